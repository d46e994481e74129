"""The SQL that makes the sums of receipts: the live query, of some orders."""

from odoo.tools import SQL

from ..fact.sums import EVERYTHING_EVER
from .events import last_events
from .query import FACT_IDS, MOVE, ReceiptFactQuery


class ReceiptSums(ReceiptFactQuery):
    """Builds the rows of ``supplier.receipt.sum``.

    :param env: environment
    :param Pending pending: which orders, and which moves may be returns of them
    """

    def __init__(self, env, pending):
        super().__init__(env["supplier.receipt.fact"], EVERYTHING_EVER, pending)

    def sql(self):
        """Return the query."""
        return SQL(
            """
            %(about_returns)s
            SELECT m.id, COALESCE(f.order_id, 0) AS order_id, f.partner_id,
                   f.company_id, f.product_id,
                   GREATEST(
                       m.date, scrap.date, of_line.date, of_order.date,
                       inspected.date,
                       unknown.last_date,
                       CASE WHEN event.has_returns THEN event.of_order END
                   ) AS last_event,
                   f.kind, f.source, m.date AS moved_at, f.date AS day, f.picking_id,
                   f.purchase_line_id, f.exclusion, f.received, f.returned, f.defective,
                   f.faulty, f.return_reason, f.unit_value
              FROM (%(sources)s) f
              -- By its id, each: PostgreSQL would read all moves there ever were.
             CROSS JOIN LATERAL (
                   SELECT id, date, picking_id
                     FROM stock_move
                    WHERE id = %(move_id)s
                   OFFSET 0) m
              LEFT JOIN event ON event.line_id = f.purchase_line_id
              LEFT JOIN left_out unknown ON unknown.move_id = m.id
              LEFT JOIN LATERAL (%(scrapped)s) scrap ON m.picking_id IS NOT NULL
              LEFT JOIN (%(of_line)s) of_line ON of_line.line_id = f.purchase_line_id
              LEFT JOIN (%(of_order)s) of_order ON of_order.order_id = f.order_id
              LEFT JOIN (%(inspected)s) inspected
                     ON inspected.line_id = f.purchase_line_id
             -- One that may be of an order after all is always asked about.
             WHERE f.order_id IS NOT NULL
                OR NOT EXISTS (
                   SELECT FROM supplier_return_trace loose
                    WHERE loose.move_id = m.id AND loose.order_id IS NOT NULL)
            """,
            about_returns=self.returns.expressions({"event": last_events(self.taken)}),
            sources=SQL(" UNION ALL ").join(
                [self._receipts(), self._returns(), self._left_out()]
            ),
            move_id=FACT_IDS.sql_record(MOVE, SQL("f.id")),
            scrapped=SCRAPPED,
            of_line=COMPLAINED_OF_LINE,
            of_order=COMPLAINED_OF_ORDER,
            inspected=INSPECTED_OF_LINE,
        )


SCRAPPED = SQL(
    """
    SELECT MAX(date) AS date
      FROM stock_move
     WHERE picking_id = m.picking_id AND scrap_id IS NOT NULL AND state = 'done'
    """
)
# An incident is about what was moved of a line, about a line, or about its order.
COMPLAINED_OF_LINE = SQL(
    """
    SELECT COALESCE(m.purchase_line_id, i.purchase_line_id) AS line_id,
           MAX(i.date_opened) AS date
      FROM supplier_incident i
      LEFT JOIN stock_move m ON m.id = i.move_id
     WHERE i.incident_type = 'quality'
     GROUP BY 1
    """
)
COMPLAINED_OF_ORDER = SQL(
    """
    SELECT order_id, MAX(date_opened) AS date
      FROM supplier_incident
     WHERE incident_type = 'quality'
       AND move_id IS NULL
       AND purchase_line_id IS NULL
     GROUP BY order_id
    """
)
# What was found of a component, the whole kit may depend on.
INSPECTED_OF_LINE = SQL(
    """
    SELECT m.purchase_line_id AS line_id, MAX(n.date_done) AS date
      FROM supplier_inspection n
      JOIN stock_move m ON m.id = n.move_id
     GROUP BY 1
    """
)
