from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ...tools.actions import open_dialog
from ...tools.groups import MANAGER_GROUP
from ...tools.wording import label_of, labelled
from ..base.mixin.supplier_exclusion_mixin import CORRECTED
from ..base.supplier_adjustment import read_reason

SEVERITIES = ("minor", "major", "critical")
# Whose fault an incident is that counts: so does what is not decided yet.
BLAMED = ("open", "supplier")
# What the figures of a supplier are made of, and what the receipt follows from.
FIGURES = {
    "company_id",
    "cost",
    "date_opened",
    "incident_type",
    "order_id",
    "partner_id",
    "picking_id",
    "product_id",
    "purchase_line_id",
    "quantity",
    "reporter_id",
    "severity",
    "state",
}


class SupplierIncident(models.Model):
    """Nobody alone takes an incident out of the figures that somebody else looked at.

    Whoever entered one corrects it, and cancels it with a reason, until the supplier
    answered or a score was published with it. From then on a manager does, whatever the
    way: the form, a list, an import or another system.
    """

    _inherit = "supplier.incident"

    asks_why = fields.Boolean(
        compute="_compute_asks_why",
        help="The affected quantity is changed with a reason.",
    )

    @api.depends("quantity", "state", "partner_id", "date_opened", "date_first_answer")
    @api.depends_context("uid")
    def _compute_asks_why(self):
        saved = self._origin
        counted = saved._counting().filtered("quantity")
        asks = counted - counted._own_entries() if self._is_judge() else saved.browse()
        for incident in self:
            incident.asks_why = incident._origin in asks

    # ------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------

    def write(self, vals):
        """Refuse what takes away from the figures, where it is not for the user.

        :raises AccessError: it is for a manager
        :raises UserError: it needs a reason
        """
        if not self.env.su:
            # A number is given once: letters to the supplier name it.
            self._check_guard({"name"} & vals.keys())
        again = vals.get("state") not in (None, "cancelled")
        over = self.filtered(lambda one: again and one.state == "cancelled")
        left_out = over._left_out_when_cancelled()
        is_free = self.env.su or self._is_unguarded() or not vals.keys() & FIGURES
        if left_out and not (is_free or self._is_judge()):
            raise left_out[0]._refusal("state")
        counted = self.browse() if is_free else self._counting()
        own, published = counted._own_entries(), counted._published()
        before = {one: one._in_figures() for one in counted}
        is_judged = "responsibility" in vals and not self.env.su
        judged = self - self._own_entries() if is_judged else self.browse()
        blamed = judged._counting()
        result = super().write(vals)
        counted._check_kept(before, own, published)
        left_out._note_counted_again()
        judged._note_responsibility(blamed)
        return result

    def _check_kept(self, before, own, published):
        """Refuse what took something away from the figures.

        :param dict before: what these knew of themselves, see :meth:`_in_figures`
        :param own: those that the user entered, and nobody relied on yet
        :param published: those at which published figures looked
        """
        now = self._published()
        for one in self:
            one._check_still_counted(one in own)
        for one in self - own:
            was = one in published
            one._check_quantity_kept(before[one], was)
            one._check_figures_kept(before[one], was, one in now)

    def _in_figures(self):
        """Return what figures know of it, by the name of the field to mend."""
        return {
            "quantity": self.quantity,
            "cost": self.cost,
            "severity": SEVERITIES.index(self.severity),
            "date_opened": self.date_opened,
            "partner_id": self.commercial_partner_id,
            "company_id": self.company_id,
            "incident_type": self.incident_type,
            "product_id": self.product_id,
            "picking_id": self.move_id,
        }

    def _check_still_counted(self, is_own):
        """Refuse to take it out of the figures without saying why.

        :param bool is_own: the user entered it, and nobody relied on it yet
        """
        is_cancelled = self.partner_id and self.state == "cancelled"
        if not is_cancelled and (is_own or self._is_looked_at()):
            return
        if not (is_own or self._is_judge()):
            raise self._refusal("state")
        raise UserError(
            self.env._(
                "%s counts against its supplier: cancel it with the button for that, "
                "which asks why.",
                self.display_name,
            )
        )

    def _check_quantity_kept(self, before, was_published):
        """Refuse to make the affected quantity another one without saying why."""
        old, new = before["quantity"], self.quantity
        if not old or new == old or (new > old and not was_published):
            return
        if not self._is_judge():
            raise self._refusal("quantity")
        raise UserError(
            self.env._(
                "%s counts against its supplier: change the affected quantity with the "
                "button for that, which asks why.",
                self.display_name,
            )
        )

    def _check_figures_kept(self, before, was_published, is_published):
        """Refuse users what takes it away from what is published.

        What was not known may be filled in, and all may be worse than it seemed. Until
        then a wrong supplier is mended by whoever sees it: it counts against the other.
        """
        if self._is_judge():
            return
        after = self._in_figures()
        for name, old in before.items():
            if not old or after[name] == old:
                continue
            if name in ("cost", "severity") and after[name] > old:
                continue
            hides = name == "date_opened" and is_published
            if was_published or hides:
                raise self._refusal(name)

    def _refusal(self, fname):
        self.ensure_one()
        return AccessError(
            self.env._(
                "“%(field)s” of incident %(incident)s is what its supplier is judged "
                "by. Whoever entered the incident corrects it until the supplier "
                "answers, or a score is published with it. From then on a manager "
                "does, with a reason.",
                field=self._fields[fname]._description_string(self.env),
                incident=self.display_name,
            )
        )

    # ------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------

    def action_cancel(self):
        """Cancel incidents that were none; where they count, ask why first."""
        self.check_access("write")
        counted = self.browse() if self.env.su else self._counting()
        (self - counted).state = "cancelled"
        if not counted:
            return True
        return counted._ask("cancel", self.env._("Cancel the Incident"))

    def action_correct_quantity(self):
        """Ask for the quantity that was affected, and why it is another one."""
        self.ensure_one()
        name = self.env._("Change the Affected Quantity")
        return self._ask("quantity", name, quantity=self.quantity)

    def _ask(self, deed, name, **defaults):
        self.check_access("write")
        return open_dialog(
            "supplier.incident.wizard",
            name,
            {
                "incident_ids": [fields.Command.set(self.ids)],
                "deed": deed,
                **defaults,
            },
        )

    # ------------------------------------------------------------
    # Business
    # ------------------------------------------------------------

    def _cancel(self, reason, evidence=None):
        """Cancel incidents, with a reason; what others looked at leaves the figures.

        :param str reason: why, for whoever asks about the score
        :param evidence: attachments that show it
        :raises AccessError: it is for a manager
        """
        self.check_access("write")
        reason = read_reason(self.env, reason)
        counted = self._counting()
        others = counted - counted._own_entries()
        if others and not self._is_judge():
            raise others[0]._refusal("state")
        going = self.filtered(lambda one: one.state != "cancelled")
        if others:
            self.env["supplier.adjustment"]._append_with_evidence(
                [
                    {**one._adjustment_vals("manual", reason), "favour": "supplier"}
                    for one in others
                ],
                evidence or self.env["ir.attachment"],
            )
        going._write_guarded({"state": "cancelled"})
        body = self.env._("It was cancelled: %s", reason)
        going._message_log_batch(bodies=dict.fromkeys(going.ids, body))

    def _correct_quantity(self, quantity, reason, evidence=None):
        """Change what was affected, with a reason that stands in the register.

        :param float quantity: what was affected
        :param str reason: why, for whoever asks about the score
        :param evidence: attachments that show it
        :raises AccessError: it is for a manager
        """
        self.ensure_one()
        self.check_access("write")
        reason = read_reason(self.env, reason)
        if not self._is_judge():
            raise self._refusal("quantity")
        self.env["supplier.adjustment"]._append_with_evidence(
            [
                {
                    **self._adjustment_vals(False, reason),
                    "kind": CORRECTED,
                    "favour": "supplier" if quantity < self.quantity else "company",
                }
            ],
            evidence or self.env["ir.attachment"],
        )
        self._write_guarded({"quantity": quantity})
        self._message_log(
            body=self.env._("The affected quantity was changed: %s", reason)
        )

    def _is_judge(self):
        # Also with full rights: they are not those of whoever asks.
        return self.env.user.has_group(MANAGER_GROUP)

    def _is_looked_at(self):
        """Whether it is about a supplier, and more than a mail from outside."""
        return bool(self.partner_id and (self.reporter_id or self.state != "new"))

    def _counting(self):
        """Return those that count against their suppliers, as the facts have it."""
        return self.filtered(
            lambda one: (
                one._is_looked_at()
                and one.state != "cancelled"
                and one.responsibility in BLAMED
                and not one.sudo().supplier_exclusion
            )
        )

    def _published(self):
        """Return those at which published figures looked."""
        if not self:
            return self
        moments = {(one.company_id, one.date_opened) for one in self}
        found = self.env["res.company"]._supplier_published(moments)
        return self.filtered(lambda one: (one.company_id, one.date_opened) in found)

    def _own_entries(self):
        """Return those that the user entered, and nobody relied on yet."""
        entered = self.filtered(
            lambda one: one.create_uid == self.env.user and not one.date_first_answer
        )
        return entered - entered._published()

    def _left_out_when_cancelled(self):
        """Return those that somebody cancelled who had to give account of it."""
        blamed = self.filtered(lambda one: one.responsibility in BLAMED)
        return blamed._accounted_for()

    def _accounted_for(self):
        """Return those by whose row of the register they are left out now."""
        if not self:
            return self
        rows = self.env["supplier.adjustment"].sudo()._left_out(self)
        ids = set(rows.mapped("res_id"))
        return self.filtered(
            lambda one: one.id in ids and not one.sudo().supplier_exclusion
        )

    def _note_responsibility(self, blamed):
        """Say in the register what left the figures by a decision, or came back.

        Who decides that is at fault is involved, as who leaves a record out is.

        :param blamed: those that counted against their suppliers before
        :raises UserError: the company asks for evidence, and the incident has no file
        """
        now = self._counting()
        register = self.env["supplier.adjustment"]
        for one in blamed - now:
            vals = one._adjustment_vals("responsibility", one._responsibility_words())
            asks = one.company_id.sudo().supplier_evidence_required
            files = one._attached() if asks else self.env["ir.attachment"]
            register._append_with_evidence([{**vals, "favour": "supplier"}], files)
        register._append(
            [
                {
                    **one._adjustment_vals(False, one._responsibility_words()),
                    "favour": "company",
                }
                for one in (now - blamed)._accounted_for()
            ]
        )

    def _responsibility_words(self):
        return labelled(
            self.env,
            self._fields["responsibility"]._description_string(self.env),
            label_of(self, "responsibility"),
        )

    def _attached(self):
        """Return the files at the incident."""
        return self.env["ir.attachment"].search(
            [("res_model", "=", self._name), ("res_id", "=", self.id)]
        )

    def _note_counted_again(self):
        """Say in the register that what was cancelled counts again."""
        if self:
            reason = self.env._("It was taken up again.")
            self.env["supplier.adjustment"]._append(
                [
                    {**one._adjustment_vals(False, reason), "favour": "company"}
                    for one in self
                ]
            )

    def _has_history(self):
        """What somebody else entered, and counts, is no typing error."""
        is_others = self.create_uid != self.env.user and bool(self._counting())
        return is_others or super()._has_history()
