from odoo import api, fields, models

from ....tools.actions import open_dialog
from ....tools.groups import USER_GROUP

# What a row of the register says of a record.
LEFT_OUT, COUNTED, CORRECTED = "left_out", "counted", "corrected"


class SupplierExclusionMixin(models.AbstractModel):
    """A record that a manager may leave out of the evaluation, with a reason."""

    _name = "supplier.exclusion.mixin"
    _inherit = ["supplier.guard.mixin"]
    _description = "Record That Can Be Left Out of an Evaluation"

    supplier_exclusion = fields.Selection(
        selection=[
            ("responsibility", "Not the supplier's responsibility"),
            ("manual", "Waived by a manager"),
        ],
        string="Left Out of Evaluation",
        copy=False,
        readonly=True,
        groups=USER_GROUP,
        help="Why this record does not count in supplier scores. It stays visible "
        "among the excluded records of a scorecard.",
    )
    supplier_exclusion_reason = fields.Char(
        string="Reason for Leaving Out",
        copy=False,
        readonly=True,
        groups=USER_GROUP,
    )

    @api.model
    def _guarded_fields(self):
        return super()._guarded_fields() | {
            "supplier_exclusion",
            "supplier_exclusion_reason",
        }

    # ------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------

    def action_leave_out(self):
        """Open the wizard that leaves the records out, or counts them again."""
        return self._leave_out_action({self._name: self.ids})

    @api.model
    def _leave_out_action(self, targets):
        return open_dialog(
            "supplier.exclusion.wizard",
            self.env._("Leave Out of Evaluation"),
            {"targets": targets},
        )

    # ------------------------------------------------------------
    # Business
    # ------------------------------------------------------------

    def _set_supplier_exclusion(self, exclusion, reason, evidence=None):
        """Leave the records out of the evaluation, or count them again.

        :param exclusion: ``responsibility``, ``manual``, or ``False`` to count again
        :param str reason: why, for whoever disputes the score
        :param evidence: attachments that show it
        """
        self._write_guarded(
            {
                "supplier_exclusion": exclusion,
                "supplier_exclusion_reason": reason,
            }
        )
        favours = self._exclusion_favours(exclusion)
        self.env["supplier.adjustment"]._append_with_evidence(
            [
                {
                    **record._adjustment_vals(exclusion, reason),
                    "favour": favours.get(record.id, "unknown"),
                }
                for record in self
            ],
            evidence or self.env["ir.attachment"],
        )

    def _adjustment_vals(self, exclusion, reason):
        self.ensure_one()
        return {
            "partner_id": self._excluded_suppliers().id,
            "company_id": self._excluded_company().id,
            "kind": LEFT_OUT if exclusion else COUNTED,
            "exclusion": exclusion,
            "res_model": self._name,
            "res_id": self.id,
            "record_name": self.display_name,
            "reason": reason,
        }

    def _exclusion_favours(self, exclusion):
        """Return for whom it is good that records are left out, or count again.

        To be extended by who knows.

        :return: choices of ``favour`` of the register by id, of those that are known
        """
        return {}

    def _excluded_suppliers(self):
        """Return the companies whose scores the records count in.

        :rtype: res.partner
        """
        return self.sudo().partner_id.commercial_partner_id

    def _excluded_company(self):
        """Return whose register the decision on the record is in."""
        return self.company_id or self.env.company

    def _left_out_document(self):
        """Return where the decision is looked at: what the record is a part of."""
        return self

    def _log_supplier_exclusion(self, decision, reason):
        """Tell the decision where people look for it: in the chatter, if there is one.

        To be extended by who is a part of a document with a chatter.
        """
        if not isinstance(self, self.pool["mail.thread"]):
            return
        body = self.env._(
            "%(decision)s in supplier evaluation. %(reason)s",
            decision=decision,
            reason=reason,
        )
        self._message_log_batch(bodies=dict.fromkeys(self.ids, body))
