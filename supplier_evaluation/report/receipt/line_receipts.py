"""SQL that sums up the receipts of one line ``l``.

Over-delivery never counts beyond the ordered quantity: receipts are taken in
the order of their days, and each counts for what it adds below ``ordered``. A
kit is received as its slowest component is.

Both functions give one row: ``received``, ``surplus`` (what came at most, for
the upper tolerance), ``on_time``, ``counted``, ``late`` and ``lead`` (counted
quantity times days), ``completed`` (day), ``returned``.
"""

from odoo.tools import SQL

from .rows import EXCHANGES


def line_receipts(moves, on_time):
    """Sum up rows ``(moved, day, product_id, is_component, kind)`` of a line.

    :param SQL moves: the rows
    :param SQL on_time: condition on ``day`` that keeps the promise
    """
    return _receipts(_sums(moves, on_time), _capped(moves))


def kit_receipts(moves, on_time):
    """Like :func:`line_receipts`, and by the kit where the line is one.

    What a kit needs of a component is what its moves demanded, whatever became
    of them: the bill of materials may have changed since.
    """
    return _receipts(
        _sums(moves, on_time),
        SQL("(%s) UNION ALL (%s)", _capped(moves), _kit(moves, on_time)),
    )


def _receipts(sums, exact):
    """Take the plain sums, and of the few lines that need it the exact ones.

    PostgreSQL executes ``exact`` for those lines only.
    """
    return SQL(
        """
        SELECT CASE WHEN r.is_plain THEN r.received ELSE e.received END AS received,
               CASE WHEN r.is_plain THEN r.received ELSE e.surplus END AS surplus,
               CASE WHEN r.is_plain THEN r.on_time ELSE e.on_time END AS on_time,
               CASE WHEN r.is_plain THEN r.received ELSE e.counted END AS counted,
               CASE WHEN r.is_plain THEN r.late ELSE e.late END AS late,
               CASE WHEN r.is_plain THEN r.lead ELSE e.lead END AS lead,
               CASE WHEN r.is_plain THEN r.completed ELSE e.completed END
                   AS completed,
               CASE WHEN r.is_plain THEN r.returned ELSE e.returned END AS returned
          FROM (
               SELECT s.*,
                      NOT (s.is_kit OR s.received > d.ordered) IS TRUE AS is_plain
                 FROM (%(sums)s) s
               ) r
          LEFT JOIN LATERAL (%(exact)s) e ON TRUE
        """,
        sums=sums,
        exact=exact,
    )


def _sums(moves, on_time):
    return SQL(
        """
        SELECT SUM(moved) FILTER (WHERE kind = 'receipt') AS received,
               SUM(moved) FILTER (WHERE kind = 'receipt' AND %(on_time)s) AS on_time,
               SUM(moved * GREATEST(0, day - d.promised))
                   FILTER (WHERE kind = 'receipt') AS late,
               SUM(moved * (day - d.confirmed)) FILTER (WHERE kind = 'receipt')
                   AS lead,
               MAX(day) FILTER (WHERE kind = 'receipt' AND moved > 0) AS completed,
               GREATEST(0, COALESCE(SUM(moved) FILTER (WHERE kind = 'return'), 0)
                         - COALESCE(SUM(moved) FILTER (WHERE kind = 'undo'), 0)
               ) AS returned,
               BOOL_OR(is_component) AS is_kit
          FROM (%(moves)s) move
        """,
        moves=moves,
        on_time=on_time,
    )


def _capped(moves):
    """An over-delivered line: each receipt counts up to the ordered quantity."""
    return SQL(
        """
        SELECT r.received, r.received AS surplus, r.on_time, r.returned,
               step.counted, step.late, step.lead, step.completed
          FROM (
               SELECT SUM(step) AS counted,
                      SUM(step * GREATEST(0, day - d.promised)) AS late,
                      SUM(step * (day - d.confirmed)) AS lead,
                      MAX(day) FILTER (WHERE step > 0) AS completed
                 FROM (
                      SELECT day,
                             LEAST(so_far, d.ordered)
                                 - LEAST(so_far - moved, d.ordered) AS step
                        FROM (
                             SELECT moved, day,
                                    SUM(moved) OVER (ORDER BY day
                                                     ROWS UNBOUNDED PRECEDING)
                                        AS so_far
                               FROM (%(moves)s) move
                              WHERE kind = 'receipt'
                             ) running
                      ) receipt
               ) step
         WHERE r.received > d.ordered AND r.is_kit IS NOT TRUE
        """,
        moves=moves,
    )


def _kit(moves, on_time):
    return SQL(
        """
        WITH move AS NOT MATERIALIZED (%(moves)s),
        component AS NOT MATERIALIZED (
            SELECT need.product_id,
                   need.quantity,
                   COALESCE(SUM(moved) FILTER (WHERE kind = 'receipt'), 0)
                       / need.quantity AS received,
                   COALESCE(SUM(moved) FILTER
                       (WHERE kind = 'receipt' AND %(on_time)s), 0)
                       / need.quantity AS on_time,
                   COALESCE(SUM(moved) FILTER (WHERE kind = 'return'), 0)
                       - COALESCE(SUM(moved) FILTER (WHERE kind = 'undo'), 0)
                       AS returned
              FROM (%(needs)s) need
              LEFT JOIN move ON move.product_id = need.product_id
             GROUP BY need.product_id, need.quantity
        ),
        complete AS (
            SELECT day, LEAST(1, MIN(share)) AS share
              FROM (
                   SELECT days.day,
                          (SELECT COALESCE(SUM(moved), 0) FROM move
                            WHERE move.product_id = component.product_id
                              AND move.kind = 'receipt'
                              AND move.day <= days.day) / component.quantity AS share
                     FROM (SELECT DISTINCT day FROM move WHERE kind = 'receipt') days
                    CROSS JOIN component
                   ) by_component
             GROUP BY day
        ),
        receipt AS (
            SELECT day,
                   d.ordered * (share - LAG(share, 1, 0::float8) OVER (ORDER BY day))
                       AS step
              FROM complete
        )
        SELECT total.received, total.surplus, total.on_time, total.returned,
               step.counted, step.late, step.lead, step.completed
          FROM (
               SELECT d.ordered * MIN(received) AS received,
                      d.ordered * MAX(received) AS surplus,
                      d.ordered * MIN(on_time) AS on_time,
                      d.ordered * GREATEST(0, SUM(returned)) / SUM(quantity)
                          AS returned
                 FROM component
               ) total
         CROSS JOIN (
               SELECT SUM(step) AS counted,
                      SUM(step * GREATEST(0, day - d.promised)) AS late,
                      SUM(step * (day - d.confirmed)) AS lead,
                      MAX(day) FILTER (WHERE step > 0) AS completed
                 FROM receipt
               ) step
         WHERE r.is_kit
        """,
        moves=moves,
        on_time=on_time,
        needs=SQL(
            """
            SELECT m.product_id, SUM(m.product_qty)::float8 AS quantity
              FROM stock_move m
              JOIN stock_location ld ON ld.id = m.location_dest_id
             WHERE m.purchase_line_id = l.id
               AND m.origin_returned_move_id IS NULL
               AND COALESCE(m.picking_id IN (%s), FALSE) IS FALSE
               AND ld.usage <> 'supplier'
             GROUP BY m.product_id
            HAVING SUM(m.product_qty) > 0
            """,
            EXCHANGES,
        ),
    )
