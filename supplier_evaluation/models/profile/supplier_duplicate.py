from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL

from ...matching import REASONS, Party, pairs
from ...tools.groups import MANAGER_GROUP
from ...tools.wording import listed

# Whoever reads the list sees that two may be one; these decide.
DECIDERS = f"purchase.group_purchase_user,{MANAGER_GROUP}"


class SupplierDuplicate(models.Model):
    """Two vendors that may be one, and why. Somebody decides; nothing is merged here.

    Vendors that belong to different companies are not compared: nobody could merge
    them without taking one from its company.
    """

    _name = "supplier.duplicate"
    _inherit = ["supplier.guard.mixin"]
    _description = "Likely Duplicate"
    _order = "state, strength desc, id"

    partner_id = fields.Many2one(
        "res.partner",
        string="Supplier",
        required=True,
        readonly=True,
        ondelete="cascade",
    )
    other_id = fields.Many2one(
        "res.partner",
        string="Other Supplier",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    reasons = fields.Char(readonly=True)
    reason_text = fields.Char(string="Why", compute="_compute_reason_text")
    strength = fields.Integer(
        readonly=True,
        aggregator=None,
        help="How surely the two are one: a number of a register says more than a "
        "phone.",
    )
    state = fields.Selection(
        [("open", "To Decide"), ("different", "Not a Duplicate")],
        required=True,
        readonly=True,
        default="open",
    )
    decided_uid = fields.Many2one("res.users", string="Decided By", readonly=True)
    date_decided = fields.Datetime(string="Decided On", readonly=True)

    # Constraints, not indexes: a merge of vendors drops what breaks them.
    _pair_unique = models.Constraint(
        "UNIQUE (partner_id, other_id)", "These two vendors are compared already."
    )
    _pair_in_order = models.Constraint(
        "CHECK (partner_id < other_id)", "A vendor is not its own duplicate."
    )

    @api.model
    def _guarded_fields(self):
        return super()._guarded_fields() | {
            "partner_id",
            "other_id",
            "reasons",
            "strength",
            "state",
            "decided_uid",
            "date_decided",
        }

    @api.depends("partner_id", "other_id")
    def _compute_display_name(self):
        for pair in self:
            pair.display_name = f"{pair.partner_id.name} / {pair.other_id.name}"

    @api.depends("reasons")
    @api.depends_context("lang")
    def _compute_reason_text(self):
        words = self._words_of_reasons()
        for pair in self:
            codes = (pair.reasons or "").split(",")
            pair.reason_text = listed(self.env, (words[code] for code in codes if code))

    @api.model
    def _words_of_reasons(self):
        """Return ``{reason: words}`` of all that vendors are compared by."""
        return {
            "registry": self.env._("same registry number"),
            "tax_id": self.env._("same tax ID"),
            "name": self.env._("same name"),
            "phone": self.env._("same phone"),
            "mail": self.env._("same e-mail address"),
            "mail_domain": self.env._("same mail domain"),
        }

    # ------------------------------------------------------------
    # Looking
    # ------------------------------------------------------------

    @api.model
    def _refresh(self):
        """Compare all vendors by what is written of them, whoever asks.

        What was decided stays. Pairs that look alike no more go, unless somebody said
        that they are different: that is remembered. The number of statements does not
        depend on the number of vendors.

        :return: number of pairs to decide on
        """
        rows = self.sudo()._unguarded()
        kept = rows.search([("state", "in", ("open", "different"))])
        known = {(row.partner_id.id, row.other_id.id): row for row in kept}
        found = self._find_pairs()
        new = [
            {"partner_id": one, "other_id": other, **self._vals_of(reasons)}
            for (one, other), reasons in found.items()
            if (one, other) not in known
        ]
        changed = {}
        gone = rows.browse()
        for pair, row in known.items():
            reasons = found.get(pair)
            if reasons is None:
                gone |= row if row.state == "open" else rows.browse()
            elif row.reasons != ",".join(reasons):
                changed[reasons] = changed.get(reasons, rows.browse()) | row
        gone.unlink()
        for reasons, some in changed.items():
            some.write(self._vals_of(reasons))
        rows.create(new)
        return rows.search_count([("state", "=", "open")])

    @api.model
    def _vals_of(self, reasons):
        return {
            "reasons": ",".join(reasons),
            "strength": 10 * (len(REASONS) - REASONS.index(reasons[0])) + len(reasons),
        }

    @api.model
    def _find_pairs(self):
        """Return ``{(id, greater id): reasons}`` of vendors that may be one."""
        rows = self._read_vendors()
        company = {row[0]: row[1] for row in rows}
        parties = [
            Party(
                key,
                name=name or "",
                country=country or "",
                registry=registry or "",
                tax_id=tax_id or "",
                phones=tuple(phones or ()),
                mails=tuple(mails or ()),
            )
            for key, _company, name, country, registry, tax_id, phones, mails in rows
        ]
        return {
            (min(one, other), max(one, other)): reasons
            for one, other, reasons in pairs(parties)
            if not company[one] or company[other] in (None, company[one])
        }

    @api.model
    def _read_vendors(self):
        """Return what is compared, with phones and addresses of the contacts."""
        self.env.flush_all()
        return self.env.execute_query(
            SQL(
                """
                SELECT p.id, p.company_id, p.name, country.code, p.company_registry,
                       p.vat,
                       ARRAY_REMOVE(ARRAY_AGG(DISTINCT contact.phone), NULL),
                       ARRAY_REMOVE(ARRAY_AGG(DISTINCT contact.email), NULL)
                  FROM res_partner p
                  JOIN res_partner contact
                    ON contact.commercial_partner_id = p.id AND contact.active
                  LEFT JOIN res_country country ON country.id = p.country_id
                 WHERE p.active AND p.supplier_rank > 0
                   AND p.commercial_partner_id = p.id
                 GROUP BY p.id, country.code
                 ORDER BY p.id
                """
            )
        )

    # ------------------------------------------------------------
    # Deciding
    # ------------------------------------------------------------

    def action_refresh(self):
        """Look again now, not only once a week.

        :return: the list, with what was found
        """
        self.check_access("read")
        self._refresh()
        return self.env["ir.actions.act_window"]._for_xml_id(
            "supplier_evaluation.supplier_duplicate_action"
        )

    def action_set_different(self):
        """Remember that these are no duplicates: they are not proposed again."""
        self._decide("different")

    def action_reopen(self):
        """Forget that these are no duplicates."""
        self._decide("open")

    def _decide(self, state):
        self.check_access("read")
        if not self.env.su and not self.env.user.has_groups(DECIDERS):
            raise AccessError(
                self.env._(
                    "Buyers and managers of supplier evaluation decide whether two "
                    "vendors are one: ask one of them."
                )
            )
        is_decided = state == "different"
        self.sudo()._unguarded().write(
            {
                "state": state,
                "decided_uid": is_decided and self.env.uid,
                "date_decided": is_decided and fields.Datetime.now(),
            }
        )

    def action_merge(self):
        """Open Odoo's dialog, which merges the two and all that hangs on them.

        :raises UserError: the user may not merge contacts
        """
        self.ensure_one()
        self.check_access("read")
        if not self.env.user.has_group("base.group_partner_manager"):
            raise UserError(
                self.env._(
                    "You may not merge %(one)s and %(other)s: ask somebody with the "
                    "right to create contacts.",
                    one=self.partner_id.name,
                    other=self.other_id.name,
                )
            )
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Merge"),
            "res_model": "base.partner.merge.automatic.wizard",
            "views": [(False, "form")],
            "view_mode": "form",
            "target": "new",
            "context": {
                "active_model": "res.partner",
                "active_ids": (self.partner_id | self.other_id).ids,
            },
        }
