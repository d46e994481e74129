"""The SQL that makes the sums of deliveries: the live query, of some orders."""

from odoo.tools import SQL

from ..fact.sums import EVERYTHING_EVER
from ..history.rows import FACT_IDS, ORDER_LINE
from ..receipt.events import CONFIRMED_AT, last_events
from ..receipt.line_receipts import kit_receipts
from .query import DeliveryQuery


class DeliverySums(DeliveryQuery):
    """Builds the rows of ``supplier.delivery.sum``.

    :param env: environment
    :param Pending pending: which orders
    """

    def __init__(self, env, pending):
        super().__init__(env["supplier.delivery.fact"], EVERYTHING_EVER, pending)

    def sql(self):
        """Return the query."""
        return SQL(
            """
            %(returns)s
            SELECT %(id)s AS id, s.order_id, s.partner_id, s.company_id, s.product_id,
                   CASE WHEN event.has_returns THEN event.of_order
                        ELSE event.of_line END AS last_event,
                   s.confirmed_at, s.date_promised,
                   s.acknowledged_order_id IS NOT NULL AS is_acknowledged,
                   s.value, s.ordered, s.slack, s.rounding, s.allowed, s.promised,
                   s.confirmed, s.order_day, s.exclusion, s.promise_kept,
                   s.changed_late, s.open_until, s.returned, s.faulty, s.received,
                   s.surplus, s.on_time, s.counted, s.late, s.lead, s.began,
                   s.completed, s.first_day, s.last_day,
                   CASE WHEN s.first_day <> s.last_day OR s.is_kit
                        THEN s.receipts END AS receipts
              FROM (%(orders)s) s
              JOIN event ON event.line_id = %(id)s
            """,
            returns=self.returns.expressions({"event": last_events(self.taken)}),
            id=FACT_IDS.sql_record(ORDER_LINE, SQL("s.id")),
            orders=self._orders(),
        )

    def _more_of_orders(self):
        return SQL(
            "%s AS confirmed_at, l.date_promised AS date_promised,", CONFIRMED_AT
        )

    def _summed_receipts(self, moves):
        return kit_receipts(moves, self._on_time(), with_days=True)
