from odoo import fields, models
from odoo.tools import SQL

from ...tools.streams import id_array
from .sums import ReceiptSums


class SupplierReceiptSum(models.Model):
    """What a receipt brought or a return took, and what of it was bad.

    The id is the move's. A return of which nobody can tell the order has the order 0.
    """

    _name = "supplier.receipt.sum"
    _inherit = ["supplier.order.sum.mixin"]
    _description = "Sums of a Receipt"
    _log_access = False

    _line_column = SQL("purchase_line_id")

    kind = fields.Char(required=True)
    source = fields.Char(required=True)
    moved_at = fields.Datetime(required=True, index=True)
    day = fields.Date()
    picking_id = fields.Integer()
    purchase_line_id = fields.Integer(index=True)
    exclusion = fields.Char()
    received = fields.Float()
    returned = fields.Float()
    defective = fields.Float()
    faulty = fields.Float()
    return_reason = fields.Char()
    unit_value = fields.Float()

    def _live(self, pending):
        return ReceiptSums(self.env, pending).sql()

    def _written_anew(self, pending):
        return SQL(
            "%s OR order_id = 0 AND id = ANY(%s)",
            super()._written_anew(pending),
            id_array(pending.moves),
        )
