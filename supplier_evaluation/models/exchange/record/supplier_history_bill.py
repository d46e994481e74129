from odoo import api, fields, models

from ....tools.optional_numbers import OptionalFloat, OptionalInteger


class SupplierHistoryBill(models.Model):
    """A bill of a supplier that another system has, and what we paid of it.

    A KPI can be made of such bills: by their amounts, or by how late we paid.
    """

    _name = "supplier.history.bill"
    _inherit = [
        "supplier.empty.help.mixin",
        "supplier.guard.mixin",
        "supplier.subject.mixin",
        "supplier.optional.numbers.mixin",
    ]
    _description = "Imported Bill"
    _order = "date desc, id desc"
    _check_company_auto = True

    name = fields.Char(
        string="Number", required=True, help="The supplier's number of the bill."
    )
    company_id = fields.Many2one(
        "res.company",
        required=True,
        index=True,
        default=lambda self: self.env.company,
    )
    order_ref = fields.Char(string="Order", index=True)
    date = fields.Date(required=True, index=True)
    date_due = fields.Date(string="Due")
    currency_id = fields.Many2one(
        "res.currency",
        required=True,
        default=lambda self: self.env.company.currency_id,
        ondelete="restrict",
    )
    amount = fields.Monetary(
        required=True, aggregator=None, help="Total with taxes, in its currency."
    )
    amount_ordered = OptionalFloat(
        string="Amount by the Order",
        digits=(16, 2),
        aggregator=None,
        help="What it should be, in its currency. Empty: nobody says so.",
    )
    payment_ids = fields.One2many(
        "supplier.history.payment", "bill_id", string="Payments"
    )
    amount_paid = fields.Monetary(
        string="Paid", compute="_compute_paid", store=True, aggregator=None
    )
    date_paid = fields.Date(
        string="Paid On",
        compute="_compute_paid",
        store=True,
        help="The day on which all of it was paid.",
    )
    days_late = OptionalInteger(
        compute="_compute_paid",
        store=True,
        aggregator="avg",
        help="From the due day until all of it was paid; 0: in time. Empty: it is not "
        "paid yet, or nobody says when it is due.",
    )
    source = fields.Char(readonly=True, copy=False, help="Where it comes from.")

    _number_uniq = models.Constraint(
        "UNIQUE (company_id, commercial_partner_id, name)",
        "There is a bill of this supplier with this number already. Open that one.",
    )

    @api.depends(
        "payment_ids.amount", "payment_ids.date", "amount", "date_due", "currency_id"
    )
    def _compute_paid(self):
        for bill in self:
            bill.amount_paid = sum(bill.payment_ids.mapped("amount"))
            bill.date_paid = bill._find_date_paid()
            is_known = bool(bill.date_paid and bill.date_due)
            bill.days_late = is_known and max((bill.date_paid - bill.date_due).days, 0)

    def _find_date_paid(self):
        """Return since when all of it is paid, or False.

        What is paid later on changes nothing, unless money went back. Of a credit note
        money comes to us: both amounts are negative.
        """
        day, paid = False, 0
        sign = -1 if self.amount < 0 else 1
        payments = self.payment_ids.filtered("date")
        for date, some in sorted(payments.grouped("date").items()):
            paid += sum(some.mapped("amount"))
            is_open = (
                self.currency_id.compare_amounts(sign * self.amount, sign * paid) > 0
            )
            day = False if is_open else day or date
        return day

    def _as_said(self):
        """Return what it says, to be compared with another one of its number."""
        self.ensure_one()
        names = ("date", "date_due", "currency_id", "amount", "amount_ordered")
        payments = [(one.date, one.amount) for one in self.payment_ids]
        return [self[name] for name in names], sorted(payments)
