from odoo import fields, models


class SupplierIncidentWizard(models.TransientModel):
    """Asks why an incident leaves the figures, or counts less; it checks who may."""

    _name = "supplier.incident.wizard"
    _description = "Correct Incidents"

    incident_ids = fields.Many2many("supplier.incident", readonly=True)
    deed = fields.Selection(
        [("cancel", "Cancel"), ("quantity", "Change the Affected Quantity")],
        required=True,
        readonly=True,
    )
    quantity = fields.Float(string="Affected Quantity", digits="Product Unit")
    reason = fields.Char(string="Why", required=True)
    attachment_ids = fields.Many2many(
        "ir.attachment",
        string="Evidence",
        help="What shows it: a mail, a photo, a delivery note.",
    )

    def action_apply(self):
        """Do it; whoever may not is refused by the incident."""
        self.ensure_one()
        if self.deed == "cancel":
            self.incident_ids._cancel(self.reason, self.attachment_ids)
        else:
            self.incident_ids._correct_quantity(
                self.quantity, self.reason, self.attachment_ids
            )
        return {"type": "ir.actions.act_window_close"}
