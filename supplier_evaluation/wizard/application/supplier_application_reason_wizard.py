from odoo import fields, models


class SupplierApplicationReasonWizard(models.TransientModel):
    _name = "supplier.application.reason.wizard"
    _description = "Refuse or Withdraw Supplier Applications"

    application_ids = fields.Many2many(
        "supplier.application", string="Applications", required=True
    )
    state = fields.Selection(
        selection=[("refused", "Refused"), ("withdrawn", "Withdrawn")],
        string="Becomes",
        required=True,
        default="refused",
    )
    reason = fields.Text(string="Why", required=True)
    is_told = fields.Boolean(
        string="Write to the Applicant",
        default=True,
        help="The mail says the reason: write it so that the applicant may read it.",
    )

    def action_apply(self):
        """Close the applications with the reason."""
        self.ensure_one()
        if self.state == "refused":
            self.application_ids._refuse(self.reason, self.is_told)
        else:
            self.application_ids._withdraw(self.reason)
        return {"type": "ir.actions.act_window_close"}
