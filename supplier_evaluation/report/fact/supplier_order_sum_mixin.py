from odoo import fields, models
from odoo.tools import SQL

from ...tools.streams import id_array
from .documents import ORDERS


class SupplierOrderSumMixin(models.AbstractModel):
    """A row of facts that was made of an order, most often of a line of it."""

    _name = "supplier.order.sum.mixin"
    _inherit = ["supplier.fact.sum.mixin"]
    _description = "Sums of an Order"
    _log_access = False

    _documents = ORDERS
    _document_column = "order_id"
    # The column with the order line of a row.
    _line_column = SQL("id")

    order_id = fields.Integer(required=True, index=True)
    product_id = fields.Integer()
    last_event = fields.Datetime(index=True)

    def _concerns(self, pending):
        return super()._concerns(pending) or bool(pending.lines or pending.moves)

    def _written_anew(self, pending):
        if pending.lines is None:
            return super()._written_anew(pending)
        return SQL("%s = ANY(%s)", self._line_column, id_array(pending.lines))
