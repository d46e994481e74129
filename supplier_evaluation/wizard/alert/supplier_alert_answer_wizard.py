from datetime import timedelta

from odoo import fields, models
from odoo.exceptions import UserError


class SupplierAlertAnswerWizard(models.TransientModel):
    """Asks until when an alert is put off, or why it is over."""

    _name = "supplier.alert.answer.wizard"
    _description = "Answer an Alert"

    alert_ids = fields.Many2many(
        "supplier.alert", "supplier_alert_answer_rel", required=True
    )
    answer = fields.Selection(
        [("snooze", "Snooze"), ("resolve", "Resolve")], required=True, readonly=True
    )
    until = fields.Datetime(
        default=lambda self: fields.Datetime.now() + timedelta(days=1)
    )
    reason = fields.Char(string="Why")

    def action_apply(self):
        """Do it; the alert checks who may.

        :raises UserError: it does not say until when
        """
        self.ensure_one()
        if self.answer == "resolve":
            self.alert_ids._resolve(self.reason)
        elif not self.until:
            raise UserError(self.env._("Say until when it is put off."))
        else:
            self.alert_ids._snooze(self.until)
        return {"type": "ir.actions.act_window_close"}
