from odoo import api, fields, models
from odoo.exceptions import UserError

#: What the meeting says that was held.
SAID = frozenset({"company_id", "date", "duration", "kind", "partner_id"})


class SupplierContact(models.Model):
    """What a meeting logged says what the meeting says."""

    _inherit = "supplier.contact"

    meeting_id = fields.Many2one(
        "supplier.meeting",
        string="Logged From",
        readonly=True,
        copy=False,
        ondelete="set null",
        index="btree_not_null",
    )

    @api.model
    def _guarded_fields(self):
        return super()._guarded_fields() | {"meeting_id"}

    def write(self, vals):
        if SAID & vals.keys():
            self._check_not_of_meeting()
        return super().write(vals)

    # Any client can say that the add-on is being uninstalled.
    @api.ondelete(at_uninstall=True)
    def _unlink_unless_of_meeting(self):
        self._check_not_of_meeting()

    def _check_not_of_meeting(self):
        """Refuse to change what a meeting logged.

        :raises UserError: naming the meeting
        """
        if self._is_unguarded():
            return
        for contact in self.filtered("meeting_id"):
            raise UserError(
                self.env._(
                    "%s logged this contact: change the meeting, and the contact "
                    "follows. A manager can reopen one that is closed.",
                    contact.sudo().meeting_id.display_name,
                )
            )
