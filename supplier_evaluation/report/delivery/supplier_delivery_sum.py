from odoo import fields, models

from .sums import DeliverySums


class SupplierDeliverySum(models.Model):
    """What came of an order line, when, and what of it counts. The id is the line's."""

    _name = "supplier.delivery.sum"
    _inherit = ["supplier.order.sum.mixin"]
    _description = "Sums of a Delivery"
    _log_access = False

    confirmed_at = fields.Datetime(required=True)
    date_promised = fields.Datetime(required=True, index=True)
    is_acknowledged = fields.Boolean()
    value = fields.Float()
    ordered = fields.Float()
    slack = fields.Float()
    rounding = fields.Float()
    allowed = fields.Float()
    promised = fields.Date()
    confirmed = fields.Date()
    order_day = fields.Date()
    exclusion = fields.Char()
    promise_kept = fields.Float()
    changed_late = fields.Boolean()
    open_until = fields.Date(help="When it was cancelled.")
    returned = fields.Float()
    faulty = fields.Float()
    received = fields.Float()
    surplus = fields.Float()
    on_time = fields.Float(help="Without tolerance.")
    counted = fields.Float()
    late = fields.Float()
    lead = fields.Float()
    began = fields.Date()
    completed = fields.Date()
    first_day = fields.Date()
    last_day = fields.Date()
    receipts = fields.Json(help="Where there is more than one day: each with its sum.")

    def _live(self, pending):
        return DeliverySums(self.env, pending).sql()
