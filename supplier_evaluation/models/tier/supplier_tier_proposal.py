from odoo import api, fields, models

from ...tools.wording import clauses


class SupplierTierProposal(models.Model):
    """That a supplier belongs into another tier, and why: somebody decides on it."""

    _name = "supplier.tier.proposal"
    _inherit = [
        "supplier.empty.help.mixin",
        "supplier.guard.mixin",
        "supplier.segregation.mixin",
    ]
    _description = "Tier Proposal"
    _order = "date desc, id desc"
    _rec_name = "partner_id"
    _check_company_auto = True

    partner_id = fields.Many2one(
        "res.partner",
        string="Supplier",
        required=True,
        index=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one("res.company", required=True)
    date = fields.Datetime(
        string="Proposed", required=True, default=fields.Datetime.now
    )
    tier_from_id = fields.Many2one("supplier.tier", string="From", ondelete="restrict")
    tier_to_id = fields.Many2one(
        "supplier.tier", string="To", required=True, ondelete="restrict"
    )
    reason = fields.Text(string="Why", required=True)
    rule_id = fields.Many2one("supplier.tier.rule", ondelete="set null")
    basis = fields.Char(
        help="What it rests on: dismissed, it comes back when that is new."
    )
    proposer_id = fields.Many2one(
        "res.users", string="Proposed By", help="Empty: a rule did."
    )
    figure_id = fields.Many2one(
        "supplier.tier.figure", string="Figures", compute="_compute_figure_id"
    )
    state = fields.Selection(
        [
            ("proposed", "Proposed"),
            ("confirmed", "Confirmed"),
            ("dismissed", "Dismissed"),
            ("obsolete", "No Longer"),
        ],
        string="Status",
        required=True,
        default="proposed",
        index=True,
    )
    decided_uid = fields.Many2one("res.users", string="Decided By")
    date_decided = fields.Datetime(string="Decided")
    decision_reason = fields.Char(string="Why It Was Decided So")
    follows = fields.Text(string="What Follows", compute="_compute_follows")

    _open_uniq = models.UniqueIndex(
        "(company_id, partner_id) WHERE state = 'proposed'",
        "There is a proposal for this supplier already.",
    )

    def _compute_figure_id(self):
        figures = self.env["supplier.tier.figure"].search(
            [
                ("partner_id", "in", self.partner_id.ids),
                ("company_id", "in", self.company_id.ids),
            ]
        )
        found = {(one.partner_id, one.company_id): one for one in figures}
        for proposal in self:
            key = proposal.partner_id, proposal.company_id
            proposal.figure_id = found.get(key)

    @api.depends("tier_to_id")
    @api.depends_context("lang")
    def _compute_follows(self):
        for proposal in self:
            proposal.follows = "\n".join(proposal._follows_in_words()) or False

    @api.model
    def _guarded_fields(self):
        return super()._guarded_fields() | {
            name
            for name, field in self._fields.items()
            if field.store and name not in models.MAGIC_COLUMNS
        }

    # ------------------------------------------------------------
    # Proposing
    # ------------------------------------------------------------

    @api.model
    def _propose(self, company, wanted):
        """Propose tiers, each for a reason; the user who asks is the proposer.

        :param dict wanted: ``{supplier: (tier, why)}``
        :return: the proposals that are new
        """
        proposer = self.env.user if not self.env.user._is_superuser() else False
        return self._propose_all(
            company,
            {
                partner: {
                    "tier_to_id": tier.id,
                    "reason": reason,
                    "proposer_id": proposer and proposer.id,
                }
                for partner, (tier, reason) in wanted.items()
            },
        )

    @api.model
    def _propose_by_rules(self, company, wanted):
        """Propose what rules say; what they say no longer is obsolete.

        What was dismissed does not come back before what it rests on is new.

        :param dict wanted: ``{supplier: (rule, reasons, basis)}``
        """
        self._forget_dismissed(company, wanted)
        dismissed = {
            (one.partner_id, one.tier_to_id, one.basis)
            for one in self.search(
                [
                    ("company_id", "=", company.id),
                    ("state", "=", "dismissed"),
                    ("partner_id", "in", [partner.id for partner in wanted]),
                ]
            )
        }
        self.search(
            [
                ("company_id", "=", company.id),
                ("state", "=", "proposed"),
                ("rule_id", "!=", False),
            ]
        ).filtered(
            lambda one: (
                one.partner_id not in wanted
                or wanted[one.partner_id][0].tier_id
                == one.partner_id.with_company(company).supplier_tier_id
            )
        )._end("obsolete")
        return self._propose_all(
            company,
            {
                partner: {
                    "tier_to_id": rule.tier_id.id,
                    "reason": self._as_sentence(reasons, rule),
                    "rule_id": rule.id,
                    "basis": basis,
                }
                for partner, (rule, reasons, basis) in wanted.items()
                if (partner, rule.tier_id, basis) not in dismissed
            },
        )

    @api.model
    def _forget_dismissed(self, company, wanted):
        """Let come back what was dismissed, once rules said something else meanwhile.

        Otherwise who left a tier's reach, and came back in years, was muted for ever.

        :param dict wanted: see :meth:`_propose_by_rules`
        """
        muted = self.sudo().search(
            [
                ("company_id", "=", company.id),
                ("state", "=", "dismissed"),
                ("basis", "!=", False),
            ]
        )

        def is_said(one):
            rule, _reasons, basis = wanted.get(one.partner_id, (None, None, None))
            return rule and (rule.tier_id, basis) == (one.tier_to_id, one.basis)

        over = muted.filtered(lambda one: not is_said(one))
        over._write_guarded({"basis": False})

    @api.model
    def _as_sentence(self, reasons, rule):
        text = clauses(self.env, reasons) or rule.name
        # Who reads another script has another full stop.
        return self.env._("%(reasons)s.", reasons=f"{text[0].upper()}{text[1:]}")

    @api.model
    def _propose_all(self, company, wanted):
        waiting = {
            one.partner_id: one
            for one in self.search(
                [("company_id", "=", company.id), ("state", "=", "proposed")]
            )
        }
        vals_list, replaced = [], []
        for partner, vals in wanted.items():
            tier = partner.with_company(company).sudo().supplier_tier_id
            if tier.id == vals["tier_to_id"]:
                continue
            present = waiting.get(partner)
            if present and not present.rule_id and vals.get("rule_id"):
                # What somebody proposed waits for a decision, whatever rules say.
                continue
            if present and present.tier_to_id.id == vals["tier_to_id"]:
                if present.reason != vals["reason"] and vals.get("rule_id"):
                    present._write_guarded(vals)
                continue
            if present:
                replaced.append(present.id)
            vals_list.append(
                {
                    "partner_id": partner.id,
                    "company_id": company.id,
                    "tier_from_id": tier.id,
                    **vals,
                }
            )
        self.browse(replaced)._end("obsolete")
        # What is open once for each supplier is asked by the database: it must know of
        # those that were ended a moment ago.
        self.flush_model(["state"])
        created = self.sudo()._unguarded().create(vals_list)
        return self.browse(created.ids)

    @api.model
    def _keep_one_of(self, partners):
        """Of vendors that become one, keep one open proposal in each company.

        Two of them refuse each other in the database, and the merge with them.

        :param partners: the vendors, the one whose proposal stays first
        """
        waiting = self.sudo().search(
            [("partner_id", "in", partners.ids), ("state", "=", "proposed")]
        )
        order = {partner: place for place, partner in enumerate(partners)}
        first = waiting.sorted(lambda one: order[one.partner_id])
        same = first.grouped("company_id")
        waiting.browse().union(*(own[1:] for own in same.values()))._end("obsolete")
        self.flush_model(["state"])

    def _end(self, state, reason=False):
        if self:
            self.sudo()._write_guarded(
                {
                    "state": state,
                    "decided_uid": self.env.uid,
                    "date_decided": fields.Datetime.now(),
                    "decision_reason": reason,
                }
            )
