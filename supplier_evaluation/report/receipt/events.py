"""The SQL of when something happened last that sums are made of.

Asked about a cut-off before it, sums may be wrong: then the live query answers.
"""

from odoo.tools import SQL

from ..fact.sums import FOREVER
from ..promise.at_cutoff import CONFIRMED

# Of a line that nobody knows the day of, all is known.
CONFIRMED_AT = SQL("COALESCE(%s, '1900-01-01'::timestamp)", CONFIRMED)


def last_events(taken):
    """Return the SQL of a row for each line of the orders that are asked about.

    ``(line_id, of_line, of_order, has_returns)``: the last event of the line, or of the
    lines with which it shares what came of their product; that of its order; whether
    something went back, which is judged by all that the order knows. What a loose
    return is of, what comes next may change. ``went_back`` must be there.

    :param Taken taken: says which orders these are
    """
    return SQL(
        """
        SELECT own.line_id,
               CASE WHEN own.has_twin_line THEN MAX(own.date) OVER of_product
                    ELSE own.date END AS of_line,
               CASE WHEN loose.order_id IS NOT NULL THEN %(forever)s
                    ELSE GREATEST(MAX(own.date) OVER of_order, gone.date)
               END AS of_order,
               gone.order_id IS NOT NULL OR loose.order_id IS NOT NULL AS has_returns
          FROM (%(own)s) own
          LEFT JOIN (
               SELECT order_id, MAX(last_date) AS date
                 FROM went_back GROUP BY order_id
               ) gone ON gone.order_id = own.order_id
          LEFT JOIN (
               SELECT DISTINCT order_id FROM supplier_return_trace
                WHERE is_loose AND order_id IS NOT NULL
               ) loose ON loose.order_id = own.order_id
        WINDOW of_order AS (PARTITION BY own.order_id),
               of_product AS (PARTITION BY own.order_id, own.product_id)
        """,
        forever=FOREVER,
        own=_of_lines(taken.live(SQL("l.order_id"), SQL("l.id"))),
    )


def _of_lines(wanted):
    """The last event of each line by itself."""
    return SQL(
        """
        SELECT l.id AS line_id, l.order_id, l.product_id, l.has_twin_line,
               GREATEST(
                   %(confirmed)s, l.date_promise_cancelled, l.date_promise_excused,
                   l.date_promise_broken, l.date_promise_rebased_late,
                   o.date_acknowledged, moved.date, changed.date) AS date
          FROM purchase_order_line l
          JOIN purchase_order o ON o.id = l.order_id
          -- Of each line: PostgreSQL would read all moves there ever were.
          LEFT JOIN LATERAL (
               SELECT MAX(m.date) AS date
                 FROM stock_move m
                WHERE m.purchase_line_id = l.id AND m.state = 'done'
               ) moved ON TRUE
          LEFT JOIN (
               SELECT line_id, MAX(date) AS date
                 FROM supplier_promise_change
                WHERE reason <> 'supplier'
                GROUP BY line_id
               ) changed ON changed.line_id = l.id
         WHERE %(wanted)s
        """,
        confirmed=CONFIRMED_AT,
        wanted=wanted,
    )
