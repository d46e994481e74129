"""What was typed too much on one line fills the others of its product and order.

Few lines are concerned. They are read first, and what came is shared out among them;
the query of the facts then takes these receipts in the place of those that were typed.
"""

import json
from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from odoo.tools import SQL

from ...tools.streams import id_array
from ..history.rows import ORDER_TABLES
from ..receipt.kit import REMEMBERED


@dataclass(frozen=True, slots=True)
class OpenLine:
    """A line that waits for goods.

    :param key: what the caller knows it by
    :param float quantity: how much it waits for
    :param promised: by when; lines are filled in this order
    :param date open_until: last day on which it waits, before it was cancelled
    :param float tolerance: it waits for nothing when less than this is missing
    :param float rounding: less than this is not too much
    """

    key: int
    quantity: float
    promised: date
    open_until: date = date.max
    tolerance: float = 0
    rounding: float = 0


def fill_lines(lines, receipts):
    """Say which line each receipt fills.

    Day by day a receipt first fills the line on which it was typed. What is too much
    there fills the other lines that are still open, in the order of their promises.
    What is left is too much on the line on which it was typed.

    :param lines: the :class:`OpenLine` of one product on one order
    :param receipts: ``(day, key of the line, quantity)``, in any order
    :return: ``[(day, key of the line, quantity)]`` in the order of days

    >>> lines = [
    ...     OpenLine(1, 10, date(2026, 3, 20)),
    ...     OpenLine(2, 10, date(2026, 3, 15)),
    ...     OpenLine(3, 10, date(2026, 3, 10)),
    ... ]
    >>> fill_lines(
    ...     lines, [(date(2026, 3, 9), 1, 25)]
    ... )  # doctest: +NORMALIZE_WHITESPACE
    [(datetime.date(2026, 3, 9), 1, 10),
     (datetime.date(2026, 3, 9), 3, 10),
     (datetime.date(2026, 3, 9), 2, 5)]
    """
    missing = {line.key: line.quantity for line in lines}
    least = {line.key: min(line.tolerance, line.quantity) for line in lines}
    rounding = {line.key: line.rounding for line in lines}
    waiting = sorted(lines, key=lambda line: (line.promised, line.key))
    by_day = defaultdict(lambda: defaultdict(int))
    for day, key, quantity in receipts:
        by_day[day][key] += quantity
    filled = []

    def fill(day, key, quantity):
        filled.append((day, key, quantity))
        missing[key] -= quantity
        if missing[key] < least[key]:
            missing[key] = 0

    for day, typed in sorted(by_day.items()):
        surplus = {}
        for key, quantity in sorted(typed.items()):
            own = max(0, min(quantity, missing[key]))
            if own and quantity - own < rounding[key]:
                own = quantity
            if own:
                fill(day, key, own)
            surplus[key] = quantity - own
        for key, quantity in surplus.items():
            for line in waiting:
                part = min(quantity, missing[line.key])
                if part > 0 and day <= line.open_until:
                    fill(day, line.key, part)
                    quantity -= part
            if quantity > 0:
                fill(day, key, quantity)
    return filled


class SharedReceipts:
    """The receipts of the lines that share what came of their product.

    :param facts: the fact model
    :param SQL wanted: condition on a line ``t`` that is asked about
    :param SQL known: condition on a line ``l`` that there was at the cut-off
    :param SQL promise: row of what was promised, as ``d`` of the delivery facts
    :param SQL moves: what was moved of a line ``l``, see ``done_moves``
    """

    def __init__(self, facts, wanted, known, promise, moves):
        for model, names in facts._depends.items():
            facts.env[model].flush_model(names)
        order_ids = self._order_ids(facts.env, wanted)
        rows = order_ids and facts.env.execute_query(
            SQL(
                """
                SELECT order_id, product_id, part_id, line_id, quantity, tolerance,
                       rounding, promised, cancelled, day, moved
                  FROM (
                       SELECT row.*,
                              BOOL_OR(came > quantity + rounding)
                                  OVER (PARTITION BY order_id, product_id) AS is_shared
                         FROM (%(rows)s) row
                       ) row
                 WHERE is_shared
                """,
                rows=self._rows(order_ids, known, promise, moves),
            )
        )
        self.receipts = self._share_out(rows)
        self.line_ids = sorted({row[3] for row in rows})

    def _order_ids(self, env, wanted):
        """Return the orders of lines that are asked about and have twins.

        Asked first: PostgreSQL leaves a subquery for them to the end of so many joins,
        and would read every line with a twin that there ever was.
        """
        rows = env.execute_query(
            SQL(
                "SELECT DISTINCT t.order_id FROM purchase_order_line t"
                " WHERE t.has_twin_line AND %s",
                wanted,
            )
        )
        return [order_id for [order_id] in rows]

    def _rows(self, order_ids, known, promise, moves):
        return SQL(
            """
            SELECT l.order_id, l.product_id, need.product_id AS part_id,
                   l.id AS line_id, need.quantity, d.tolerance, d.rounding,
                   d.promised, d.cancelled, move.day, move.moved,
                   SUM(move.moved) OVER (PARTITION BY l.id, need.product_id) AS came
              FROM %(tables)s
              JOIN uom_uom lu ON lu.id = l.product_uom_id
             CROSS JOIN LATERAL (%(promise)s) d
             CROSS JOIN LATERAL (
                   SELECT l.product_id, d.allowed AS quantity
                    WHERE l.kit_parts IS NULL
                    UNION ALL
                   SELECT part.product_id, part.quantity * d.allowed
                     FROM (%(parts)s) part
                   ) need
              LEFT JOIN LATERAL (%(moves)s) move
                     ON move.kind = 'receipt' AND move.product_id = need.product_id
             WHERE l.order_id = ANY(%(order_ids)s)
               AND l.has_twin_line
               AND l.display_type IS NULL
               AND l.date_promised IS NOT NULL
               -- A kit of before 19.0.1.2.0 does not say what it takes.
               AND (l.kit_parts IS NOT NULL OR NOT EXISTS (
                    SELECT 1 FROM stock_move part
                     WHERE part.purchase_line_id = l.id
                       AND part.product_id <> l.product_id))
               AND %(known)s
            """,
            tables=ORDER_TABLES,
            promise=promise,
            parts=REMEMBERED,
            moves=moves,
            order_ids=id_array(order_ids),
            known=known,
        )

    def _share_out(self, rows):
        """Return ``[(line, product, day, quantity)]`` as it fills the lines."""
        groups = defaultdict(lambda: ({}, []))
        for (
            order_id,
            product_id,
            part_id,
            line_id,
            quantity,
            tolerance,
            rounding,
            promised,
            cancelled,
            day,
            moved,
        ) in rows:
            lines, receipts = groups[order_id, product_id, part_id]
            lines[line_id] = OpenLine(
                line_id, quantity, promised, cancelled or date.max, tolerance, rounding
            )
            if day:
                receipts.append((day, line_id, moved))
        return [
            (line_id, part_id, day, quantity)
            for (_order, _product, part_id), (lines, receipts) in groups.items()
            for day, line_id, quantity in fill_lines(list(lines.values()), receipts)
        ]

    def moves(self, moves):
        """List what was moved of a line ``l``, with the receipts that fill it."""
        if not self.line_ids:
            return moves
        # Read by line, for PostgreSQL asks once for each of them.
        by_line = defaultdict(list)
        for line_id, product_id, day, quantity in self.receipts:
            by_line[line_id].append(
                {"product_id": product_id, "day": str(day), "moved": quantity}
            )
        return SQL(
            """
            SELECT own.moved, own.day, own.product_id, own.is_component, own.kind
              FROM (%(moves)s) own
             WHERE own.kind <> 'receipt' OR l.id <> ALL(%(line_ids)s)
             UNION ALL
            SELECT filled.moved, filled.day, filled.product_id,
                   filled.product_id <> l.product_id, 'receipt'
              FROM JSONB_TO_RECORDSET(%(by_line)s::jsonb -> l.id::text)
                   AS filled(product_id integer, day date, moved float8)
            """,
            moves=moves,
            line_ids=self.line_ids,
            by_line=json.dumps(by_line),
        )
