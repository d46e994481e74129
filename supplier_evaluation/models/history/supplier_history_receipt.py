from odoo import api, fields, models


class SupplierHistoryReceipt(models.Model):
    """What arrived on one day of an imported order line."""

    _name = "supplier.history.receipt"
    _inherit = ["supplier.guard.mixin"]
    _description = "Imported Receipt"
    _order = "date, id"

    line_id = fields.Many2one(
        comodel_name="supplier.history.line",
        string="History Line",
        required=True,
        ondelete="cascade",
        index=True,
    )
    company_id = fields.Many2one(related="line_id.company_id", store=True, index=True)
    receipt_ref = fields.Char(string="Receipt", required=True, default="1")
    date = fields.Date(required=True)
    quantity = fields.Float(required=True)

    _line_receipt_uniq = models.Constraint(
        "UNIQUE (line_id, receipt_ref)",
        "The history line already has a receipt with this reference. Use another "
        "receipt reference, or change the quantity of that receipt.",
    )
    _quantity_not_negative = models.Constraint(
        "CHECK (quantity >= 0)",
        "A received quantity cannot be negative: enter what was sent back as the "
        "returned quantity of the history line.",
    )

    @api.depends("receipt_ref", "line_id.display_name")
    def _compute_display_name(self):
        for receipt in self:
            line = receipt.line_id.display_name or ""
            receipt.display_name = f"{line} / {receipt.receipt_ref or ''}"
