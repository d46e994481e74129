"""The SQL of the bill facts: what was billed, against what was ordered, and when due.

Prices are per unit of the product, after discount. Bill and order are compared in the
order's currency where both have it, else in company currency, at the rates of the
bill's day: how the rate went since the order makes no difference of price.
"""

from odoo.tools import SQL

from ...tools.streams import id_array
from ..fact.documents import BILLS
from ..fact.price import (
    BILL_CURRENCIES,
    BILL_PRICE,
    HALF,
    IS_DOWNPAYMENT,
    ORDER_PRICE,
)
from ..fact.query import FactQuery, fact_columns
from ..fact.sums import Taken
from .by_hand import reversed_by_hand, settled_against
from .stored import stored_bills, taken_for

# That an order ``o`` has another currency than the bill ``m`` and the company ``c``:
# what its price is worth on the bill's day, the rates of that day tell.
HAS_OTHER_CURRENCY = SQL(
    "(o.currency_id <> m.currency_id AND o.currency_id <> c.currency_id)"
)
# The rate of a currency on the day of a bill ``m``, units for one of the group's.
DAY_RATE = """
    (SELECT r.rate::float8
       FROM res_currency_rate r
      WHERE r.currency_id = {currency}
        AND r.name <= m.invoice_date
        AND (r.company_id IS NULL
             OR r.company_id = SPLIT_PART(c.parent_path, '/', 1)::integer)
      ORDER BY r.company_id, r.name DESC
      LIMIT 1)
"""
# Units of an order's currency for one of the company's, as on the day of the bill.
ORDER_DAY_RATE = SQL(
    "CASE WHEN %s THEN %s / COALESCE(%s, 1) END",
    HAS_OTHER_CURRENCY,
    SQL(DAY_RATE.format(currency="o.currency_id")),
    SQL(DAY_RATE.format(currency="c.currency_id")),
)
# Whether bill and order differ by no more than the rounding of their subtotals, of
# which a price with tax inside is made: what a few pieces cost is the price of many.
IS_ROUNDED = SQL(
    """
    d.price <> d.order_price
    AND ABS(d.price - d.order_price) * ABS(d.quantity)
        <= mc.rounding * %s * (1 + COALESCE(
            ABS(d.quantity * u.factor / NULLIF(l.product_qty * lu.factor, 0)), 0))
    AND (%s OR %s)
    """,
    HALF,
    BILL_PRICE.has_tax,
    ORDER_PRICE.has_tax,
)
# Why a row ``b`` does not count: what was reversed is as if it had never been.
EXCLUSION = SQL("CASE WHEN b.is_reversed THEN 'cancelled' ELSE b.exclusion END")
# What is read of bills, for ``_depends``; what sums are made of is watched.
BILLS_READ = {
    "account.move": [
        "amount_total",
        "company_id",
        "currency_id",
        "date",
        "invoice_currency_rate",
        "invoice_date",
        "invoice_payment_term_id",
        "journal_id",
        "move_type",
        "partner_id",
        "reversed_entry_id",
        "state",
    ],
    "account.move.line": [
        "amount_currency",
        "balance",
        "date",
        "date_maturity",
        "discount",
        "discount_amount_currency",
        "discount_date",
        "display_type",
        "is_downpayment",
        "move_id",
        "price_ordered",
        "price_subtotal",
        "price_unit",
        "product_id",
        "product_uom_id",
        "purchase_line_id",
        "quantity",
    ],
}
# What a figure needs, by the name of its aspect. Each concerns bills, not refunds.
NEEDS = {"order": SQL("b.order_price"), "terms": SQL("b.payment_days")}


class BillQuery(FactQuery):
    """Builds the query of ``supplier.bill.fact``.

    :param Pending only: of these bills only, without what is stored of them
    """

    _sums = "supplier.bill.sum"

    def __init__(self, facts, scope=None, only=None):
        super().__init__(facts, scope)
        self.facts = facts
        if only:
            self.taken = Taken.only(only, BILLS)
        else:
            self.taken = taken_for(self, self._sums)

    def sql(self):
        """Return the whole query, one row per product line of a posted bill."""
        return SQL(
            """
            SELECT %(columns)s,
                   b.move_id, b.move_type, b.order_id,
                   b.quantity,
                   b.price,
                   b.order_price,
                   b.value,
                   b.difference,
                   ABS(b.difference) > b.rounding * %(half)s AS is_other_price,
                   b.order_price * b.quantity / b.rate AS order_value,
                   b.payment_days,
                   b.payment_days * b.value AS payment_days_weighted,
                   CASE WHEN b.payment_days IS NOT NULL THEN b.value END AS terms_value
              FROM (
                   SELECT line.*,
                          ABS(line.price - line.order_price) * line.quantity / line.rate
                              AS difference
                     FROM (%(lines)s) line
                   ) b
             WHERE %(kinds)s
            """,
            lines=self._both(stored_bills(self), self._lines()),
            half=HALF,
            columns=fact_columns(
                SQL("b"),
                self._weight(SQL("b.value")),
                res_model=SQL("'account.move'"),
                res_id=SQL("b.move_id"),
                exclusion=self._needing(EXCLUSION, NEEDS),
            ),
            kinds=SQL("b.move_type = 'in_invoice'")
            if self.scope.aspect
            else SQL("TRUE"),
        )

    def _both(self, stored, asked):
        """Return the SQL of what sums tell and of what is asked of the records.

        :param SQL stored: rows of sums
        :param SQL asked: the same columns of what is not taken from them
        """
        if self.taken.is_all_live:
            return asked
        if not self.taken.is_asking:
            return stored
        return SQL("%s UNION ALL (%s)", stored, asked)

    def _lines(self):
        """Product lines of posted bills and refunds of the period.

        A refund corrects a bill and has no price and no terms of its own. A bill that
        a refund has reversed is as if it had never come. A line without a quantity
        says nothing about its price.
        """
        return SQL(
            """
            WITH typed AS MATERIALIZED (%(by_hand)s),
                 undone AS MATERIALIZED (%(reversed)s)
            SELECT a.id,
                   m.id AS move_id,
                   m.name,
                   m.move_type,
                   o.id AS order_id,
                   p.commercial_partner_id AS partner_id,
                   m.company_id,
                   COALESCE(a.product_id, l.product_id) AS product_id,
                   t.categ_id,
                   m.date,
                   m.id IN (SELECT id FROM undone)
                       OR COALESCE(
                           m.reversed_entry_id IN (SELECT id FROM undone), FALSE)
                       OR m.id IN (SELECT refund_id FROM typed) AS is_reversed,
                   CASE WHEN %(is_downpayment)s THEN 'not_goods'
                        ELSE l.supplier_exclusion END AS exclusion,
                   l.supplier_exclusion_reason AS exclusion_reason,
                   d.quantity,
                   CASE WHEN NOT d.is_same_currency THEN d.price / d.bill_rate
                        WHEN %(is_rounded)s THEN d.order_price
                        ELSE d.price END AS price,
                   CASE WHEN m.move_type <> 'in_invoice' OR a.quantity = 0
                             OR l.id IS NULL OR %(is_downpayment)s THEN NULL
                        WHEN d.is_same_currency THEN d.order_price
                        ELSE d.order_price / COALESCE(%(day_rate)s, d.order_rate)
                   END AS order_price,
                   CASE WHEN d.is_same_currency THEN d.order_rate ELSE 1 END AS rate,
                   a.balance::float8 AS value,
                   cc.rounding::float8 AS rounding,
                   terms.days AS payment_days
              FROM account_move m
              JOIN account_move_line a ON a.move_id = m.id
              JOIN res_partner p ON p.id = m.partner_id
              JOIN res_company c ON c.id = m.company_id
              JOIN res_currency cc ON cc.id = c.currency_id
              LEFT JOIN purchase_order_line l ON l.id = a.purchase_line_id
              LEFT JOIN purchase_order o ON o.id = l.order_id
              %(currencies)s
              LEFT JOIN product_product pp
                     ON pp.id = COALESCE(a.product_id, l.product_id)
              LEFT JOIN product_template t ON t.id = pp.product_tmpl_id
              LEFT JOIN uom_uom u ON u.id = t.uom_id
              LEFT JOIN uom_uom au
                     ON au.id = COALESCE(a.product_uom_id, l.product_uom_id)
              LEFT JOIN uom_uom lu ON lu.id = l.product_uom_id
              LEFT JOIN (%(terms)s) terms ON terms.move_id = m.id
             CROSS JOIN LATERAL (
                   SELECT (a.quantity * COALESCE(au.factor / u.factor, 1))::float8
                              AS quantity,
                          (%(billed)s / COALESCE(au.factor / u.factor, 1))::float8
                              AS price,
                          COALESCE(
                              a.price_ordered,
                              %(ordered)s / COALESCE(lu.factor / u.factor, 1)
                          )::float8 AS order_price,
                          m.currency_id = o.currency_id AS is_same_currency,
                          COALESCE(NULLIF(m.invoice_currency_rate, 0), 1)::float8
                              AS bill_rate,
                          COALESCE(NULLIF(o.currency_rate, 0), 1)::float8 AS order_rate
                   OFFSET 0) d
             WHERE m.state = 'posted'
               AND m.move_type IN ('in_invoice', 'in_refund')
               AND a.display_type = 'product'
               AND %(in_period)s
               AND %(asked)s
            """,
            asked=self.taken.live(SQL("m.id")),
            day_rate=ORDER_DAY_RATE,
            is_downpayment=IS_DOWNPAYMENT,
            is_rounded=IS_ROUNDED,
            currencies=BILL_CURRENCIES,
            billed=BILL_PRICE.net(),
            ordered=ORDER_PRICE.net(),
            reversed=self._reversed(SQL("typed")),
            by_hand=self._by_hand(),
            terms=self._terms(),
            in_period=self._days_in_period(SQL("m.date"), SQL("m.company_id")),
        )

    def _reversed(self, by_hand=None):
        """The bills that refunds of their own, or typed ones, undid by the cut-off.

        They took back all the goods, and all the money: where a down payment was taken
        off, refunding a part can be more money than was billed. A refund of something
        else that pays a bill does not undo it.

        :param SQL by_hand: where the typed ones are known already
        """
        return SQL(
            """
            SELECT bill.id
              FROM account_move refund
              JOIN account_move bill ON bill.id = refund.reversed_entry_id
              JOIN res_currency currency ON currency.id = bill.currency_id
             WHERE refund.reversed_entry_id IS NOT NULL
               AND refund.move_type = 'in_refund'
               AND refund.state = 'posted'
               AND refund.date <= %(cutoff)s
               AND %(asked)s
             GROUP BY bill.id, currency.rounding
            HAVING SUM(refund.amount_total)
                   >= bill.amount_total - %(half)s * currency.rounding
               AND SUM(%(refunded)s) >= %(billed)s - %(half)s * currency.rounding
             UNION
            SELECT bill_id FROM %(by_hand)s
            """,
            by_hand=by_hand or SQL("(%s) typed", self._by_hand()),
            # By the days of the bill, of which one asks.
            cutoff=self._cutoff_day(SQL("bill.company_id")),
            asked=self._live_or_refunded(SQL("refund.reversed_entry_id")),
            half=HALF,
            refunded=self._goods(SQL("refund.id")),
            billed=self._goods(SQL("bill.id")),
        )

    def _by_hand(self):
        """The refunds that were typed in and undid bills by the cut-off."""
        known = SQL(
            "refund.date <= %s AND %s",
            self._cutoff_day(SQL("refund.company_id")),
            self._of_company(SQL("refund.company_id")),
        )
        return reversed_by_hand(
            SQL("%s AND %s", known, self._beside_asked(SQL("refund.id"))),
            SQL("%s AND %s", known, self._beside_asked(SQL("bill.id"))),
        )

    def _beside_asked(self, move):
        """Whether a bill or refund is asked about, or what it was settled against."""
        if self.taken.is_all_live:
            return SQL("TRUE")
        asked = id_array(self.taken.asked)
        return SQL(
            "%s IN (SELECT UNNEST(%s) UNION %s)",
            move,
            asked,
            settled_against(SQL("= ANY(%s)", asked)),
        )

    def _live_or_refunded(self, bill):
        """Whether a bill is asked about, or a refund of it is."""
        if self.taken.is_all_live:
            return SQL("TRUE")
        return SQL(
            """
            %(bill)s IN (
                SELECT UNNEST(%(asked)s)
                 UNION
                SELECT reversed_entry_id FROM account_move
                 WHERE id = ANY(%(asked)s) AND reversed_entry_id IS NOT NULL)
            """,
            bill=bill,
            asked=id_array(self.taken.asked),
        )

    def _goods(self, move):
        """What the goods of a bill or refund cost, whatever was paid in advance."""
        return SQL(
            """
            COALESCE((
                SELECT SUM(a.price_subtotal)
                  FROM account_move_line a
                  LEFT JOIN purchase_order_line l ON l.id = a.purchase_line_id
                 WHERE a.move_id = %s
                   AND a.display_type = 'product'
                   AND NOT %s), 0)
            """,
            move,
            IS_DOWNPAYMENT,
        )

    def _terms(self):
        """Days from the bill to its due dates, weighted with the instalments.

        Where no payment term was agreed, the bill is due on the day it was typed in.
        """
        return SQL(
            """
            SELECT a.move_id,
                   (SUM(ABS(a.balance) * (a.date_maturity - m.invoice_date))
                    / NULLIF(SUM(ABS(a.balance)), 0))::float8 AS days
              FROM account_move_line a
              JOIN account_move m ON m.id = a.move_id
             WHERE a.display_type = 'payment_term'
               AND m.state = 'posted'
               AND m.move_type = 'in_invoice'
               AND m.invoice_payment_term_id IS NOT NULL
               AND %(in_period)s
               AND %(asked)s
             GROUP BY a.move_id
            """,
            asked=self.taken.live(SQL("a.move_id")),
            in_period=self._days_in_period(SQL("m.date"), SQL("m.company_id")),
        )
