from odoo import api, fields, models

from ...tools.optional_numbers import OptionalFloat
from .payment import FACT_IDS, NEEDS, SETTLEMENTS_READ, PaymentQuery
from .query import BILLS_READ


class SupplierPaymentFact(models.Model):
    """Two rows per posted vendor bill: when it was booked, and when it was settled."""

    _name = "supplier.payment.fact"
    _inherit = ["supplier.fact.mixin"]
    _description = "Payment Analysis"
    _auto = False
    _fact_query = PaymentQuery
    _fact_aspects = tuple(NEEDS)
    _depends = {
        **BILLS_READ,
        **SETTLEMENTS_READ,
        "account.move": [
            *BILLS_READ["account.move"],
            "matched_payment_ids",
            "name",
            "statement_line_id",
        ],
        "purchase.order.line": [
            "is_downpayment",
            "supplier_exclusion",
            "supplier_exclusion_reason",
        ],
        "res.company": ["currency_exchange_journal_id"],
        "res.currency": ["rounding"],
        "res.partner": ["commercial_partner_id"],
    }

    kind = fields.Selection(
        selection=[
            ("booked", "Booked"),
            ("settled", "Settled"),
            ("open", "Open"),
        ],
        string="What the Day Is",
        readonly=True,
        help="Booked: the accounting date, by which the payment term counts. Settled: "
        "the day on which nothing was left to pay, by which the payment counts. Open: "
        "something is left to pay; the accounting date.",
    )
    move_id = fields.Many2one("account.move", string="Bill", readonly=True)
    date_bill = fields.Date(string="Bill Date", readonly=True)
    date_paid = fields.Date(
        string="Last Payment",
        readonly=True,
        help="The payment with which the bill was settled. A bill that only refunds "
        "settled has none.",
    )
    value = OptionalFloat(
        string="Billed",
        readonly=True,
        digits=(16, 2),
        help="Without tax and down payments, in company currency at the bill's rate.",
    )
    payment_days = OptionalFloat(
        string="Payment Term",
        readonly=True,
        aggregator="avg",
        help="Days from the date of the bill to its due date; of several instalments, "
        "weighted with their amounts. Empty where no payment term was agreed.",
    )
    payment_days_weighted = OptionalFloat(readonly=True)
    terms_value = OptionalFloat(readonly=True)
    days_to_pay = OptionalFloat(
        string="Days Until Paid",
        readonly=True,
        aggregator="avg",
        help="Days from the date of the bill to its last payment; negative when it was "
        "paid before it came.",
    )
    days_to_pay_weighted = OptionalFloat(readonly=True)
    paid_value = OptionalFloat(readonly=True)

    @api.model
    def _fact_definition(self):
        return (
            self.env._(
                "Posted vendor bills, with or without a purchase order, their due "
                "dates, and the payments and refunds that settled them."
            ),
            self.env._(
                "Bills that have no payment term, or for days until paid: that are "
                "open or paid in part at the cut-off, or were settled without a "
                "payment; all shown as without reference. Bills that a refund of their "
                "own reversed. Bills with nothing but down payments, or but lines of "
                "orders that a manager left out with a reason."
            ),
        )

    @property
    def _fact_ratios(self):
        return {
            "payment_days": ("payment_days_weighted", "terms_value"),
            "days_to_pay": ("days_to_pay_weighted", "paid_value"),
        }

    def action_leave_out(self):
        """Ask why the order lines that were billed shall not count.

        :raises UserError: none of the lines of the bills has one
        """
        return self._bill_lines().action_leave_out()

    def _records_left_out(self):
        return self._bill_lines()._records_left_out()

    def _bill_lines(self):
        bills = [FACT_IDS.decode(fact_id)[0] for fact_id in self.ids]
        lines = self.env["account.move.line"].sudo().search([("move_id", "in", bills)])
        return self.env["supplier.bill.fact"].browse(lines.ids)
