"""What was typed too much on one line fills the others of its product and order.

Few lines are concerned. They are read first, and what came is shared out among them;
the query of the facts then takes these receipts in the place of those that were typed.
"""

from collections import defaultdict
from datetime import date

from odoo.tools import SQL

from ...scoring import OpenLine, fill_lines
from ..history.rows import ORDER_TABLES
from ..receipt.kit import REMEMBERED


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
        rows = facts.env.execute_query(
            SQL(
                """
                SELECT order_id, product_id, part_id, line_id, quantity, promised,
                       cancelled, day, moved
                  FROM (
                       SELECT row.*,
                              BOOL_OR(came > quantity + tolerance)
                                  OVER (PARTITION BY order_id, product_id) AS is_shared
                         FROM (%(rows)s) row
                       ) row
                 WHERE is_shared
                """,
                rows=self._rows(wanted, known, promise, moves),
            )
        )
        self.receipts = self._share_out(rows)
        self.line_ids = sorted({row[3] for row in rows})

    def _rows(self, wanted, known, promise, moves):
        return SQL(
            """
            SELECT l.order_id, l.product_id, need.product_id AS part_id,
                   l.id AS line_id, need.quantity, d.tolerance, d.promised,
                   d.cancelled, move.day, move.moved,
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
             WHERE l.order_id IN (
                   SELECT t.order_id FROM purchase_order_line t
                    WHERE t.has_twin_line AND %(wanted)s)
               AND l.has_twin_line
               AND l.display_type IS NULL
               AND l.date_promised IS NOT NULL
               AND %(known)s
            """,
            tables=ORDER_TABLES,
            promise=promise,
            parts=REMEMBERED,
            moves=moves,
            wanted=wanted,
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
            promised,
            cancelled,
            day,
            moved,
        ) in rows:
            lines, receipts = groups[order_id, product_id, part_id]
            lines[line_id] = OpenLine(
                line_id, quantity, promised, cancelled or date.max
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
        columns = ("lines", "products", "days", "quantities")
        return SQL(
            """
            SELECT own.moved, own.day, own.product_id, own.is_component, own.kind
              FROM (%(moves)s) own
             WHERE own.kind <> 'receipt' OR l.id <> ALL(%(line_ids)s)
             UNION ALL
            SELECT filled.moved, filled.day, filled.product_id,
                   filled.product_id <> l.product_id, 'receipt'
              FROM UNNEST(%(lines)s::integer[], %(products)s::integer[],
                          %(days)s::date[], %(quantities)s::float8[])
                   AS filled(line_id, product_id, day, moved)
             WHERE l.id = ANY(%(line_ids)s)
               AND filled.line_id = l.id
            """,
            moves=moves,
            line_ids=self.line_ids,
            **{
                name: [receipt[place] for receipt in self.receipts]
                for place, name in enumerate(columns)
            },
        )
