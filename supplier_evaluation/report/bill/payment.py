"""The SQL of the payment facts: when bills were due, and when they were paid.

A bill gives two rows: of the day it was booked, with its term; and of the day it was
settled, with the days until it was paid, or as one that is open still. Amounts are in
company currency at the bill's rate.
"""

from odoo.tools import SQL

from ..fact.ids import IdCodec
from ..fact.price import HALF, IS_DOWNPAYMENT
from ..fact.query import WITHOUT_PRODUCT, fact_columns
from .query import EXCLUSION, BillQuery
from .stored import stored_payments

BOOKED, SETTLED, OPEN = "booked", "settled", "open"
# What is read of what settles bills, for ``_depends``; all of it is watched.
SETTLEMENTS_READ = {
    "account.partial.reconcile": [
        "credit_amount_currency",
        "credit_move_id",
        "debit_move_id",
    ],
    "account.payment": [
        "amount",
        "currency_id",
        "date",
        "move_id",
        "payment_type",
        "state",
    ],
}
# A bill is settled, or still open.
FACT_IDS = IdCodec(2)
# The rows that a figure concerns, and what it needs there, by the name of its aspect.
ASPECTS = {"terms": (BOOKED,), "payment": (SETTLED, OPEN)}
NEEDS = {"terms": SQL("b.payment_days"), "payment": SQL("b.days_to_pay")}


class PaymentQuery(BillQuery):
    """Builds the query of ``supplier.payment.fact``."""

    _sums = "supplier.payment.sum"

    def sql(self):
        """Return the whole query, two rows for a posted bill."""
        kinds = ASPECTS.get(self.scope.aspect)
        return SQL(
            """
            SELECT %(columns)s,
                   b.kind, b.move_id, b.date_bill, b.date_paid, b.value,
                   b.payment_days,
                   b.payment_days * b.value AS payment_days_weighted,
                   CASE WHEN b.payment_days IS NOT NULL THEN b.value END AS terms_value,
                   b.days_to_pay,
                   b.days_to_pay * b.value AS days_to_pay_weighted,
                   CASE WHEN b.days_to_pay IS NOT NULL THEN b.value END AS paid_value
              FROM (%(bills)s) b
             WHERE %(kinds)s
            """,
            columns=fact_columns(
                SQL("b"),
                self._weight(SQL("b.value")),
                res_model=SQL("'account.move'"),
                res_id=SQL("b.move_id"),
                exclusion=self._needing(EXCLUSION, NEEDS),
                **WITHOUT_PRODUCT,
            ),
            bills=self._days(),
            kinds=SQL("b.kind IN %s", kinds) if kinds else SQL("TRUE"),
        )

    def _days(self):
        """Posted bills of the period, and those that were settled in it.

        One that is not settled yet is shown on the day it was booked.
        """
        return SQL(
            """
            SELECT %(id)s AS id,
                   k.kind,
                   bill.id AS move_id,
                   bill.name,
                   bill.partner_id,
                   bill.company_id,
                   k.day AS date,
                   bill.date_bill,
                   bill.paid AS date_paid,
                   bill.is_reversed,
                   bill.exclusion,
                   bill.exclusion_reason,
                   bill.value,
                   CASE WHEN k.kind = %(booked)s THEN bill.payment_days END
                       AS payment_days,
                   CASE WHEN k.kind = %(settled)s
                        THEN (bill.paid - bill.date_bill)::float8 END AS days_to_pay
              FROM (%(bills)s) bill
             CROSS JOIN LATERAL (VALUES
                   (0, %(booked)s, bill.date),
                   (1, CASE WHEN bill.settled IS NULL THEN %(open)s
                            ELSE %(settled)s END,
                    COALESCE(bill.settled, bill.date))) k (number, kind, day)
             WHERE %(in_period)s
            """,
            id=FACT_IDS.sql(SQL("bill.id"), SQL("k.number")),
            booked=BOOKED,
            settled=SETTLED,
            open=OPEN,
            bills=self._both(stored_payments(self), self._bills()),
            in_period=self._days_in_period(SQL("k.day"), SQL("bill.company_id")),
        )

    def _bills(self):
        """Posted bills that were booked or settled in the period.

        A bill counts with those of its lines that count.
        """
        return SQL(
            """
            SELECT m.id,
                   m.name,
                   p.commercial_partner_id AS partner_id,
                   m.company_id,
                   m.date,
                   m.invoice_date AS date_bill,
                   s.settled,
                   s.paid,
                   m.id IN (%(reversed)s) AS is_reversed,
                   CASE WHEN line.counted = 0 THEN line.exclusion END AS exclusion,
                   CASE WHEN line.counted = 0 THEN line.exclusion_reason END
                       AS exclusion_reason,
                   GREATEST(0, line.value) AS value,
                   terms.days AS payment_days
              FROM account_move m
              JOIN res_partner p ON p.id = m.partner_id
              LEFT JOIN (%(terms)s) terms ON terms.move_id = m.id
              LEFT JOIN (%(settlements)s) s ON s.move_id = m.id
             CROSS JOIN LATERAL (%(lines)s) line
             WHERE m.state = 'posted'
               AND m.move_type = 'in_invoice'
               AND (%(booked)s OR %(settled)s)
               AND %(asked)s
            """,
            reversed=self._reversed(),
            terms=self._terms(),
            settlements=self._settlements(),
            lines=self._bill_lines(),
            booked=self._days_in_period(SQL("m.date"), SQL("m.company_id")),
            settled=self._days_in_period(SQL("s.settled"), SQL("m.company_id")),
            asked=self.taken.live(SQL("m.id")),
        )

    def _bill_lines(self):
        """The value of the lines of a bill ``m`` that count, and why others do not."""
        return SQL(
            """
            SELECT COUNT(*) FILTER (WHERE c.exclusion IS NULL) AS counted,
                   SUM(c.balance) FILTER (WHERE c.exclusion IS NULL)::float8 AS value,
                   MIN(c.exclusion) AS exclusion,
                   MIN(c.exclusion_reason) AS exclusion_reason
              FROM (
                   SELECT a.balance,
                          CASE WHEN %(is_downpayment)s THEN 'not_goods'
                               ELSE l.supplier_exclusion END AS exclusion,
                          l.supplier_exclusion_reason AS exclusion_reason
                     FROM account_move_line a
                     LEFT JOIN purchase_order_line l ON l.id = a.purchase_line_id
                    WHERE a.move_id = m.id
                      AND a.display_type = 'product'
                   ) c
            """,
            is_downpayment=IS_DOWNPAYMENT,
        )

    # ------------------------------------------------------------
    # Settlement
    # ------------------------------------------------------------

    def _settlements(self):
        """When bills were settled by the cut-off, and when the last payment was made.

        Entries of payments, bank statements and refunds settle a bill. Where they do
        not yet, so do payments that have no entry before they meet the bank statement,
        as Odoo takes such a bill for paid; what they paid may be on a statement by
        now, and counts once. They write no discount off: in time for an early one, they
        need not pay it. A bill is settled when it has come.
        """
        return SQL(
            """
            SELECT m.id AS move_id,
                   GREATEST(part.last, m.invoice_date) AS settled,
                   part.paid
              FROM account_move m
              JOIN res_currency currency ON currency.id = m.currency_id
              LEFT JOIN (%(entries)s) entry ON entry.move_id = m.id
              LEFT JOIN (%(payments)s) payment ON payment.move_id = m.id
             CROSS JOIN LATERAL (
                   SELECT m.amount_total - %(half)s * currency.rounding AS enough,
                          COALESCE(entry.amount, 0) AS entered,
                          GREATEST(0, payment.amount - COALESCE(entry.stated, 0))
                              AS beside,
                          (SELECT COALESCE(SUM(
                                      ABS(t.amount_currency)
                                      - ABS(t.discount_amount_currency)), 0)
                             FROM account_move_line t
                            WHERE t.move_id = m.id
                              AND t.display_type = 'payment_term'
                              AND t.discount_amount_currency <> 0
                              AND t.discount_date >= payment.paid) AS discount) due
             CROSS JOIN LATERAL (
                   SELECT entry.last, entry.paid
                    WHERE due.entered >= due.enough
                    UNION ALL
                   SELECT GREATEST(entry.last, payment.paid),
                          GREATEST(entry.paid, payment.paid)
                    WHERE due.entered < due.enough
                      AND due.beside > 0
                      AND due.entered + due.beside >= due.enough - due.discount) part
             WHERE (entry.move_id IS NOT NULL OR payment.move_id IS NOT NULL)
               AND %(asked)s
            """,
            asked=self.taken.live(SQL("m.id")),
            entries=self._entries(),
            payments=self._payments_without_entry(),
            half=HALF,
        )

    def _entries(self):
        """What of bills was settled by entries."""
        return SQL(
            """
            SELECT move_id,
                   SUM(amount) AS amount,
                   SUM(amount) FILTER (WHERE is_stated) AS stated,
                   MAX(day) FILTER (WHERE NOT is_exchange) AS last,
                   MAX(day) FILTER (WHERE NOT is_exchange AND is_payment) AS paid
              FROM (%s) entered
             GROUP BY move_id
            """,
            self._entered(),
        )

    def _entered(self):
        """What was reconciled with bills; differences of exchange rates are no payment.

        When is not asked yet: a part that was paid long before the period counts with
        the last one.
        """
        return SQL(
            """
            SELECT a.move_id,
                   d.date AS day,
                   r.credit_amount_currency AS amount,
                   COALESCE(other.journal_id = c.currency_exchange_journal_id, FALSE)
                       AS is_exchange,
                   other.move_type = 'entry' AS is_payment,
                   other.statement_line_id IS NOT NULL AS is_stated
              FROM account_partial_reconcile r
              JOIN account_move_line a ON a.id = r.credit_move_id
              JOIN account_move m ON m.id = a.move_id
              JOIN account_move_line d ON d.id = r.debit_move_id
              JOIN account_move other ON other.id = d.move_id
              JOIN res_company c ON c.id = m.company_id
             WHERE a.display_type = 'payment_term'
               AND m.move_type = 'in_invoice'
               AND d.move_id <> a.move_id
               AND other.state = 'posted'
               AND d.date <= %(last_day)s
               AND %(of_company)s
               AND %(asked)s
            """,
            last_day=self._cutoff_day(SQL("m.company_id")),
            of_company=self._of_company(SQL("m.company_id")),
            asked=self.taken.live(SQL("a.move_id")),
        )

    def _payments_without_entry(self):
        """What of bills was paid by payments that are not in the books themselves."""
        return SQL(
            """
            SELECT move_id, SUM(amount) AS amount, MAX(day) AS paid
              FROM (%s) paid
             GROUP BY move_id
            """,
            self._paid_outside(),
        )

    def _paid_outside(self):
        """Payments that are not in the books themselves.

        One in another currency pays what is open: it has no amount in the bill's.
        """
        return SQL(
            """
            SELECT m.id AS move_id,
                   payment.date AS day,
                   CASE WHEN payment.currency_id = m.currency_id
                        THEN payment.amount ELSE m.amount_total END AS amount
              FROM account_payment payment
              JOIN account_move__account_payment link ON link.payment_id = payment.id
              JOIN account_move m ON m.id = link.invoice_id
             WHERE payment.move_id IS NULL
               AND payment.payment_type = 'outbound'
               AND payment.state IN ('in_process', 'paid')
               AND payment.date <= %(last_day)s
               AND m.move_type = 'in_invoice'
               AND %(of_company)s
               AND %(asked)s
            """,
            last_day=self._cutoff_day(SQL("m.company_id")),
            of_company=self._of_company(SQL("m.company_id")),
            asked=self.taken.live(SQL("m.id")),
        )
