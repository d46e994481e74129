from odoo import fields, models


class SupplierHistoryPayment(models.Model):
    """What we paid of a bill on one day."""

    _name = "supplier.history.payment"
    _inherit = ["supplier.guard.mixin"]
    _description = "Imported Payment"
    _order = "date, id"
    _rec_name = "date"

    bill_id = fields.Many2one(
        "supplier.history.bill", required=True, ondelete="cascade", index=True
    )
    company_id = fields.Many2one(related="bill_id.company_id", store=True, index=True)
    commercial_partner_id = fields.Many2one(
        related="bill_id.commercial_partner_id", string="Supplier"
    )
    currency_id = fields.Many2one(related="bill_id.currency_id")
    date = fields.Date(required=True)
    amount = fields.Monetary(required=True, help="In the currency of the bill.")
