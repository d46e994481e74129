from odoo import fields, models

from .sums import BillSums


class SupplierBillSum(models.Model):
    """What a line of a bill or refund said. The id is the line's."""

    _name = "supplier.bill.sum"
    _inherit = ["supplier.bill.sum.mixin"]
    _description = "Sums of a Bill"
    _log_access = False

    _document_column = "move_id"

    move_id = fields.Integer(required=True, index=True)
    move_type = fields.Char(required=True)
    order_id = fields.Integer()
    product_id = fields.Integer()
    quantity = fields.Float()
    price = fields.Float()
    order_price = fields.Float()
    rate = fields.Float()
    rounding = fields.Float()

    _changing_idx = models.Index("(last_event) WHERE first_event < last_event")

    def _live(self, pending):
        return BillSums(self.env, pending).sql()
