from odoo import fields, models

from ..fact.documents import BILLS


class SupplierBillSumMixin(models.AbstractModel):
    """What a row says that was made of a bill or refund.

    Before ``first_event`` nothing had refunded or settled it yet: what was known then
    is known exactly, too. Only between the two events the live query is asked.
    """

    _name = "supplier.bill.sum.mixin"
    _inherit = ["supplier.fact.sum.mixin"]
    _description = "Sums Made of a Bill"
    _log_access = False

    _documents = BILLS

    date = fields.Date(required=True, index=True)
    exclusion = fields.Char(help="Why it does not count, refunded or not.")
    is_reversed = fields.Boolean()
    value = fields.Float()
    payment_days = fields.Float()
    first_event = fields.Datetime(required=True)
