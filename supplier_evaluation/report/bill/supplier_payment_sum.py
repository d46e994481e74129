from odoo import fields, models

from .sums import PaymentSums


class SupplierPaymentSum(models.Model):
    """When a bill was due, and when it was settled. The id is the bill's."""

    _name = "supplier.payment.sum"
    _inherit = ["supplier.bill.sum.mixin"]
    _description = "Sums of a Payment"
    _log_access = False

    date_bill = fields.Date()
    settled = fields.Date(index=True)
    paid = fields.Date()

    _changing_idx = models.Index("(last_event) WHERE first_event < last_event")

    def _live(self, pending):
        return PaymentSums(self.env, pending).sql()
