"""The SQL that makes the sums of prices: the live query, of some orders."""

from odoo.tools import SQL

from ..fact.sums import EVERYTHING_EVER
from ..history.rows import FACT_IDS, ORDER_LINE
from .lines import PriceLines


class PriceSums(PriceLines):
    """Builds the rows of ``supplier.price.sum``.

    :param env: environment
    :param Pending pending: which orders
    """

    def __init__(self, env, pending):
        super().__init__(env["supplier.price.fact"], EVERYTHING_EVER, pending)

    def sql(self):
        """Return the query."""
        return SQL(
            """
            SELECT l.id, s.order_id, s.partner_id, s.company_id, s.product_id,
                   GREATEST(
                       s.confirmed, l.date_promise_cancelled,
                       (SELECT MAX(c.date) FROM supplier_promise_change c
                         WHERE c.line_id = l.id AND c.reason <> 'supplier')
                   ) AS last_event,
                   s.currency_id, s.confirmed, s.day, s.rate, s.quantity, s.price,
                   s.gross_value, s.value, s.exclusion
              FROM (%(orders)s) s
              JOIN purchase_order_line l ON l.id = %(id)s
            """,
            orders=self._orders(),
            id=FACT_IDS.sql_record(ORDER_LINE, SQL("s.id")),
        )
