"""SQL that sums up the receipts of one line ``l``.

Over-delivery never counts beyond the ordered quantity: receipts are taken in
the order of their days, and each counts for what it adds below ``ordered``. A
kit is received as its slowest component is. What is less than the rounding of units
(``tolerance``) below the ordered quantity is all of it.

Both functions give one row: ``received``, ``surplus`` (what came at most, for
the upper tolerance), ``on_time``, ``counted``, ``late`` and ``lead`` (counted
quantity times days), ``began`` and ``completed`` (days).
"""

from odoo.tools import SQL

from .kit import kit_parts

NOTHING = SQL()
# What is told of days: of a kit by the kits, of other lines by what came.
BY_DAY = SQL(
    """
    , r.first_day, r.last_day, COALESCE(r.is_kit, FALSE) AS is_kit,
      CASE WHEN r.is_kit THEN e.receipts ELSE r.receipts END AS receipts
    """
)
OF_SUMS = SQL(
    """
    , MIN(day) FILTER (WHERE kind = 'receipt') AS first_day,
      MAX(day) FILTER (WHERE kind = 'receipt') AS last_day,
      JSONB_AGG(JSONB_BUILD_OBJECT('day', day, 'moved', moved))
          FILTER (WHERE kind = 'receipt') AS receipts
    """
)
OF_CAPPED = SQL(", NULL::jsonb AS receipts")
OF_KIT = SQL(
    """
    , (SELECT JSONB_AGG(JSONB_BUILD_OBJECT('day', day, 'moved', whole))
         FROM receipt) AS receipts
    """
)


def line_receipts(moves, on_time):
    """Sum up rows ``(moved, day, product_id, is_component, kind)`` of a line.

    :param SQL moves: the rows
    :param SQL on_time: condition on ``day`` that keeps the promise
    """
    return _receipts(_sums(moves, on_time), _capped(moves))


def kit_receipts(moves, on_time, with_days=False):
    """Like :func:`line_receipts`, and by the kit where the line is one.

    What a kit needs of a component is what one kit takes, times the kits ordered.

    :param bool with_days: also tell the first and the last day, ``receipts``, which are
        what came by day as JSON, and whether it ``is_kit``
    """
    of_sums = OF_SUMS if with_days else SQL()
    return _receipts(
        _sums(moves, on_time, of_sums),
        SQL(
            "(%s) UNION ALL (%s)",
            _capped(moves, OF_CAPPED if with_days else SQL()),
            _kit(moves, on_time, OF_KIT if with_days else SQL()),
        ),
        BY_DAY if with_days else SQL(),
    )


def _receipts(sums, exact, more=NOTHING):
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
               CASE WHEN r.is_plain THEN r.began ELSE e.began END AS began,
               CASE WHEN r.is_plain THEN r.completed ELSE e.completed END
                   AS completed
               %(more)s
          FROM (
               SELECT s.*,
                      NOT (s.is_kit OR s.received > d.ordered) IS TRUE AS is_plain
                 FROM (%(sums)s) s
               ) r
          LEFT JOIN LATERAL (%(exact)s) e ON TRUE
        """,
        sums=sums,
        exact=exact,
        more=more,
    )


def _sums(moves, on_time, more=NOTHING):
    return SQL(
        """
        SELECT SUM(moved) FILTER (WHERE kind = 'receipt') AS received,
               SUM(moved) FILTER (WHERE kind = 'receipt' AND %(on_time)s) AS on_time,
               SUM(moved * GREATEST(0, day - d.promised))
                   FILTER (WHERE kind = 'receipt') AS late,
               SUM(moved * (day - d.confirmed)) FILTER (WHERE kind = 'receipt')
                   AS lead,
               MIN(day) FILTER (WHERE kind = 'receipt' AND moved > 0) AS began,
               MAX(day) FILTER (WHERE kind = 'receipt' AND moved > 0) AS completed,
               BOOL_OR(is_component) AS is_kit
               %(more)s
          FROM (%(moves)s) move
        """,
        moves=moves,
        on_time=on_time,
        more=more,
    )


def _capped(moves, more=NOTHING):
    """An over-delivered line: each receipt counts up to the ordered quantity."""
    return SQL(
        """
        SELECT r.received, r.received AS surplus, r.on_time,
               step.counted, step.late, step.lead, step.began, step.completed
               %(more)s
          FROM (
               SELECT SUM(step) AS counted,
                      SUM(step * GREATEST(0, day - d.promised)) AS late,
                      SUM(step * (day - d.confirmed)) AS lead,
                      MIN(day) FILTER (WHERE step > 0) AS began,
                      -- A rest that rounding leaves open completes nothing.
                      MAX(day) FILTER (WHERE step >= LEAST(d.tolerance, d.ordered))
                          AS completed
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
        more=more,
    )


def _kit(moves, on_time, more=NOTHING):
    """A kit: of each component, the share of its need that had come by each day.

    A kit came on the day on which the last of its components did: whether that was in
    time, or too early, says this day alone.
    """
    return SQL(
        """
        WITH move AS NOT MATERIALIZED (%(moves)s),
        component AS NOT MATERIALIZED (
            SELECT need.product_id,
                   need.quantity,
                   %(share_received)s AS received
              FROM (
                   SELECT part.product_id,
                          part.quantity * d.ordered AS quantity
                     FROM (%(parts)s) part
                   ) need
              LEFT JOIN move ON move.product_id = need.product_id
             WHERE need.quantity > 0
             GROUP BY need.product_id, need.quantity
        ),
        complete AS (
            SELECT day, MIN(share) AS share
              FROM (
                   SELECT days.day, %(share_by_day)s AS share
                     FROM (SELECT DISTINCT day FROM move WHERE kind = 'receipt') days
                    CROSS JOIN component need
                     LEFT JOIN move
                            ON move.product_id = need.product_id
                           AND move.day <= days.day
                    GROUP BY days.day, need.product_id, need.quantity
                   ) by_component
             GROUP BY day
        ),
        receipt AS (
            SELECT day,
                   d.ordered * (share - LAG(share, 1, 0::float8) OVER by_day) AS whole,
                   d.ordered * (LEAST(1, share)
                       - LAG(LEAST(1, share), 1, 0::float8) OVER by_day) AS step
              FROM complete
            WINDOW by_day AS (ORDER BY day)
        )
        SELECT total.received, total.surplus, step.on_time,
               step.counted, step.late, step.lead, step.began, step.completed
               %(more)s
          FROM (
               SELECT d.ordered * MIN(received) AS received,
                      d.ordered * MAX(received) AS surplus
                 FROM component
               ) total
         CROSS JOIN (
               SELECT SUM(whole) FILTER (WHERE %(on_time)s) AS on_time,
                      SUM(step) AS counted,
                      SUM(step * GREATEST(0, day - d.promised)) AS late,
                      SUM(step * (day - d.confirmed)) AS lead,
                      MIN(day) FILTER (WHERE step > 0) AS began,
                      MAX(day) FILTER (WHERE step > 0) AS completed
                 FROM receipt
               ) step
         WHERE r.is_kit
        """,
        moves=moves,
        more=more,
        parts=kit_parts(SQL("d.made_for")),
        share_received=_share(SQL("kind = 'receipt'")),
        on_time=on_time,
        share_by_day=_share(SQL("kind = 'receipt'")),
    )


def _share(condition):
    """The part of a component's ``need`` that came, 1 where only rounding lacks."""
    came = SQL("COALESCE(SUM(moved) FILTER (WHERE %s), 0)", condition)
    return SQL(
        """
        CASE WHEN ABS(%(came)s - need.quantity) < LEAST(d.tolerance, need.quantity)
             THEN 1 ELSE %(came)s / need.quantity END
        """,
        came=came,
    )
