"""The SQL that finds the few moves which may be returns.

Of all there are, or of some moves only: then only what supplied those is read.
"""

from odoo.tools import SQL

from ....tools.streams import id_array
from ..moves import MOVED, UNITS


class Leaving:
    """Goods of ours that perhaps went back to where they had come from.

    :param Places places: what is ours and what is not
    :param of_company: says whether a column holds the company that is asked about
    """

    def __init__(self, places, of_company):
        self.places = places
        self.of_company = of_company

    def begun(self):
        """Where goods may have been on their way back, and the moves that followed.

        Somebody typed a transfer for an order without a link, or returned goods to a
        place of ours. The last move that follows may have a link to neither. Whoever is
        asked about, it is one of the same company.
        """
        return SQL(
            """
            SELECT start.id AS move_id, start.company_id
              FROM (
                   SELECT m.id, o.company_id
                     FROM purchase_order o
                     JOIN stock_picking k
                       ON k.origin = o.name AND k.company_id = o.company_id
                     JOIN stock_picking_type kt ON kt.id = k.picking_type_id
                     JOIN stock_move m ON m.picking_id = k.id
                    WHERE %(is_typed)s
                      AND %(of_order)s
                    UNION ALL
                   SELECT m.id, m.company_id
                     FROM stock_move m
                    WHERE %(is_returned)s
                   ) start
             UNION
            SELECT r.move_dest_id, begun.company_id
              FROM begun
              JOIN stock_move_move_rel r ON r.move_orig_id = begun.move_id
            """,
            is_typed=self._is_typed(),
            is_returned=self._is_returned(),
            of_order=self.of_company(SQL("o.company_id")),
        )

    def _begun_of(self, moves):
        """The same of those moves that bring goods to a customer.

        :param SQL moves: table of moves, ``move_id``
        """
        m = SQL("m")
        return SQL(
            """
            SELECT DISTINCT leaving_id AS move_id
              FROM (
                   WITH RECURSIVE upstream AS (
                       SELECT m.id AS leaving_id, m.id AS move_id, m.company_id
                         FROM (%(moves)s) wanted
                         JOIN stock_move m ON m.id = wanted.move_id
                        WHERE m.state = 'done' AND %(to_customer)s
                        UNION
                       SELECT upstream.leaving_id, r.move_orig_id,
                              upstream.company_id
                         FROM upstream
                         JOIN stock_move_move_rel r
                           ON r.move_dest_id = upstream.move_id
                   )
                   SELECT leaving_id, move_id, company_id FROM upstream
                   ) upstream
              JOIN stock_move m ON m.id = upstream.move_id
             WHERE %(is_returned)s AND m.company_id = upstream.company_id
                OR EXISTS (
                   SELECT 1
                     FROM stock_picking k
                     JOIN stock_picking_type kt ON kt.id = k.picking_type_id
                     JOIN purchase_order o
                       ON o.name = k.origin AND o.company_id = k.company_id
                    WHERE k.id = m.picking_id
                      AND o.company_id = upstream.company_id
                      AND %(is_typed)s
                      AND %(of_order)s)
            """,
            moves=moves,
            to_customer=self.places.to(m, self.places.customers),
            is_typed=self._is_typed(),
            is_returned=self._is_returned(),
            of_order=self.of_company(SQL("o.company_id")),
        )

    def _is_typed(self):
        """Whether a move ``m`` of a transfer ``k`` was typed for an order."""
        return SQL(
            """
            (kt.code <> 'incoming'
             AND m.state = 'done'
             AND m.purchase_line_id IS NULL
             AND m.origin_returned_move_id IS NULL
             AND NOT %(from_vendor)s
             AND NOT EXISTS (SELECT FROM stock_move_move_rel r
                              WHERE r.move_dest_id = m.id))
            """,
            from_vendor=self.places.out_of(SQL("m"), self.places.vendors),
        )

    def _is_returned(self):
        """Whether a move ``m`` returns goods to a place of ours."""
        m, places = SQL("m"), self.places
        return SQL(
            """
            (m.origin_returned_move_id IS NOT NULL
             AND m.state = 'done'
             AND NOT %(to_outside)s
             AND NOT %(from_outside)s
             AND %(of_move)s)
            """,
            to_outside=places.to(m, places.outside),
            from_outside=places.out_of(m, places.outside),
            of_move=self.of_company(SQL("m.company_id")),
        )

    # ------------------------------------------------------------
    # What may be a return
    # ------------------------------------------------------------

    def all(self, cutoff):
        """Each kind by itself: PostgreSQL finds it through an index."""
        m, places = SQL("m"), self.places
        return self._rows(
            cutoff,
            SQL(
                """
                SELECT id FROM stock_move
                 WHERE origin_returned_move_id IS NOT NULL
                   AND purchase_line_id IS NOT NULL
                 UNION
                SELECT m.id FROM stock_move m
                 WHERE %(to_vendor)s
                   AND (NOT %(from_vendor)s
                        OR m.origin_returned_move_id IS NOT NULL)
                 UNION
                SELECT m.id FROM stock_move m
                 WHERE %(to_customer)s
                   AND NOT %(from_vendor)s
                   AND (m.origin_returned_move_id IS NOT NULL
                        OR m.purchase_line_id IS NOT NULL)
                 UNION
                SELECT m.id FROM begun
                  JOIN stock_move m ON m.id = begun.move_id
                                   AND m.company_id = begun.company_id
                 WHERE %(to_customer)s
                """,
                to_vendor=places.to(m, places.vendors),
                to_customer=places.to(m, places.customers),
                from_vendor=places.out_of(m, places.vendors),
            ),
        )

    def some(self, cutoff, ids):
        """The rows of moves of which :meth:`ids_of` said that they may be returns.

        :param list ids: theirs; PostgreSQL knows how few they are
        """
        return self._rows(cutoff, SQL("SELECT UNNEST(%s)", id_array(ids)))

    def ids_of(self, moves):
        """Return the query of the ids of those moves that may be returns.

        :param SQL moves: table of moves, ``move_id``
        """
        m, places = SQL("m"), self.places
        return SQL(
            """
            WITH begun AS (%(begun)s)
            SELECT DISTINCT m.id
              FROM (%(moves)s) wanted
              JOIN stock_move m ON m.id = wanted.move_id
              LEFT JOIN begun ON begun.move_id = m.id
             WHERE m.origin_returned_move_id IS NOT NULL
                   AND m.purchase_line_id IS NOT NULL
                OR %(to_vendor)s
                   AND (NOT %(from_vendor)s
                        OR m.origin_returned_move_id IS NOT NULL)
                OR %(to_customer)s
                   AND (NOT %(from_vendor)s
                        AND (m.origin_returned_move_id IS NOT NULL
                             OR m.purchase_line_id IS NOT NULL)
                        OR begun.move_id IS NOT NULL)
            """,
            begun=self._begun_of(moves),
            moves=moves,
            to_vendor=places.to(m, places.vendors),
            to_customer=places.to(m, places.customers),
            from_vendor=places.out_of(m, places.vendors),
        )

    def _rows(self, cutoff, ids):
        return SQL(
            """
            SELECT m.id, m.purchase_line_id, m.origin_returned_move_id, m.product_id,
                   m.picking_id, m.company_id, m.location_id, m.location_dest_id,
                   m.date, %(moved)s AS moved
              FROM stock_move m
              %(units)s
             WHERE m.state = 'done'
               AND m.quantity > 0
               AND m.date <= %(cutoff)s
               AND %(of_company)s
               AND m.id IN (%(ids)s)
            """,
            moved=MOVED,
            units=UNITS,
            cutoff=cutoff,
            of_company=self.of_company(SQL("m.company_id")),
            ids=ids,
        )
