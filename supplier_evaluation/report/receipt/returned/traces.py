"""The SQL of which orders each move that may be a return has to do with."""

from odoo.tools import SQL

from ....tools.streams import id_array
from .named import mentions
from .returns import Returns, with_parts
from .typed import typed_traces


class Traces(Returns):
    """Rows ``(move_id, order_id, mention, is_loose)`` of moves that may be returns.

    One for each order of which it may be, and of a loose one, one for each name that
    its transfers mention. Loose is what no link leads to one receipt of one order:
    then names tell, and what had come at the time. Receipts that were typed for an
    order without its lines are loose, too.
    """

    def sql(self):
        """Return the query."""
        parts = {
            **self._found(),
            "trace": self._trace(),
            "origin": self._origin(),
            **mentions(self.places),
            "possible": self._possible(),
        }
        return SQL(
            """
            %(parts)s
            SELECT v.id AS move_id, possible.order_id, possible.mention,
                   loose.is_loose
              FROM leaving v
              LEFT JOIN origin ON origin.leaving_id = v.id
             CROSS JOIN LATERAL (
                   SELECT origin.leaving_id IS NULL OR origin.orders > 1
                          OR v.purchase_line_id IS NULL
                             AND v.origin_returned_move_id IS NULL AS is_loose
                   ) loose
              LEFT JOIN possible
                     ON possible.leaving_id = v.id
                    AND (possible.mention IS NULL OR loose.is_loose)
             UNION ALL
            SELECT move_id, order_id, mention, is_loose FROM (%(typed)s) typed
            """,
            parts=with_parts(parts),
            typed=typed_traces(self.places, self.moves),
        )

    def _possible(self):
        return SQL(
            """
            SELECT t.leaving_id, l.order_id, NULL::varchar AS mention
              FROM trace t
              JOIN stock_move r ON r.id = t.move_id
              JOIN purchase_order_line l ON l.id = r.purchase_line_id
             WHERE %(is_receipt)s
             UNION
            SELECT v.id, l.order_id, NULL
              FROM leaving v
              JOIN purchase_order_line l ON l.id = v.purchase_line_id
             UNION
            SELECT leaving_id, order_id, NULL FROM mentioned
             UNION
            SELECT leaving_id, NULL, name FROM named_source WHERE name <> ''
             UNION
            SELECT s.leaving_id, NULL, k.name
              FROM named_source s
              JOIN stock_picking k ON k.id = s.return_id
             UNION
            SELECT v.id, NULL, k.origin
              FROM leaving v
              JOIN trace t ON t.leaving_id = v.id
              JOIN stock_move at ON at.id = t.move_id
              JOIN stock_picking k ON k.id = at.picking_id
             WHERE k.origin <> '' AND v.purchase_line_id IS NULL
               AND v.origin_returned_move_id IS NULL
            """,
            is_receipt=self.places.is_receipt(SQL("r")),
        )


def possible_returns(taken):
    """Return the SQL of moves that may be returns of the orders that are asked about.

    Also of those of other suppliers: what nobody can tell the order of is perhaps of
    one of them, and went to the supplier in question.

    :param Taken taken: says which orders these are
    :return: None for all moves
    """
    if taken.is_all_live:
        return None
    return SQL(
        """
        SELECT UNNEST(%s) AS move_id
         UNION
        SELECT move_id FROM supplier_return_trace WHERE order_id = ANY(%s)
        """,
        id_array(taken.moves),
        id_array(taken.not_taken),
    )
