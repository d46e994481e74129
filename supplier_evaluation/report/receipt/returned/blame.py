"""The SQL that says what of a return counts against the supplier, and of which receipt.

All figures see these same returns: the return rate, what was on time and in full,
defects and lots.
"""

from odoo.tools import SQL

from ...promise.at_cutoff import ORDERED_NOW, PromiseAtCutoff
from ..kit import kit_parts
from ..moves import UNITS, in_own_unit
from .mistakes import MISTAKE
from .returns import SURPLUS, Returns

# What one kit ``l`` takes of each component.
KIT_PARTS = kit_parts(
    SQL("COALESCE(NULLIF(l.product_uom_qty, 0), l.quantity_promised)")
)
# Reasons of a return by what they mean for the supplier. Without a reason a return is
# a surplus as far as more than ordered had come, and bad goods beyond that.
BLAMED = ("quality", "wrong")
NOT_BLAMED = ("ours", "other", MISTAKE)


class JudgedReturns(Returns):
    """Common table expressions about returns and whose fault they are.

    ``judged`` has a row ``(move_id, line_id, root_id, product_id, reason, returned,
    faulty)`` per return, see :class:`Returns`; ``faulty`` is what of the returned
    quantity counts against the supplier. ``returned_of_line`` sums up both by
    ``line_id``, of a kit in kits. ``spoiled`` has ``(move_id, quantity)`` of the
    receipts of which something counts against the supplier.
    """

    def __init__(self, env, query, moves=None):
        super().__init__(env, query, moves)
        digits = env["decimal.precision"].precision_get("Product Unit")
        self.half_unit = 0.5 * 10**-digits
        self.promise = PromiseAtCutoff.of(env, query.scope, query.taken.asked)

    def _parts(self):
        return super()._parts() | {
            "bought": self._bought(),
            "running": self._running(),
            "harmless": self._harmless(),
            "judged": self._judged(),
            "returned_of_line": self._returned_of_line(),
            "blamed": self._blamed(),
            "spoiled": self._spoiled(),
        }

    def _bought(self):
        """How much was ordered when products went back, perhaps as a surplus.

        A surplus is one of the order: one line's goods may have come on another's. What
        may come before it is one is what was promised, or ordered, when it went back.
        Where somebody says that it is one, what was ordered: less may have been since
        it came. What is ordered afterwards does not make it bad.
        """
        return SQL(
            """
            SELECT g.move_id, g.order_id, g.product_id, g.is_component, g.date,
                   g.returned,
                   SUM(GREATEST(0, known.ordered,
                                CASE WHEN g.reason IS NULL THEN known.promised END)
                       * need.quantity) AS ordered
              FROM went_back g
              JOIN purchase_order_line l
                ON l.order_id = g.order_id
               AND (l.product_id = g.product_id OR g.is_component)
              JOIN product_product lp ON lp.id = l.product_id
              JOIN product_template lt ON lt.id = lp.product_tmpl_id
              JOIN uom_uom u ON u.id = lt.uom_id
              JOIN uom_uom lu ON lu.id = l.product_uom_id
              LEFT JOIN LATERAL (
                   SELECT COALESCE(c.ordered_from, c.quantity_from)::float8 AS ordered,
                          c.quantity_from::float8 AS promised
                     FROM supplier_promise_change c
                    WHERE c.line_id = l.id
                      AND c.reason <> 'supplier'
                      AND c.date > g.date
                    ORDER BY c.date, c.id
                    LIMIT 1) later ON TRUE
             CROSS JOIN LATERAL (
                   SELECT COALESCE(later.ordered, %(ordered_now)s) AS ordered,
                          COALESCE(later.promised, l.quantity_promised,
                                   %(ordered_now)s)::float8 AS promised) known
             CROSS JOIN LATERAL (
                   SELECT CASE WHEN l.product_id = g.product_id THEN 1
                               ELSE (SELECT SUM(part.quantity)
                                       FROM (%(kit_parts)s) part
                                      WHERE part.product_id = g.product_id)
                          END AS quantity) need
             WHERE g.may_be_surplus
               AND COALESCE(l.date_promise_frozen, %(cutoff)s) <= %(cutoff)s
             GROUP BY g.move_id, g.order_id, g.product_id, g.is_component, g.date,
                      g.returned
            """,
            ordered_now=ORDERED_NOW,
            kit_parts=KIT_PARTS,
            cutoff=self.cutoff,
        )

    def _running(self):
        """Of each such return: what of it had gone so far, what surplus had come."""
        return SQL(
            """
            SELECT e.move_id, e.order_id, e.product_id, e.date,
                   GREATEST(0, SUM(e.came) OVER so_far - e.ordered) AS surplus,
                   SUM(e.went) OVER so_far AS went
              FROM (
                   SELECT NULL::integer AS move_id, g.order_id, g.product_id, m.date,
                          %(came)s AS came,
                          0 AS went, NULL::float8 AS ordered
                     FROM (
                          SELECT order_id, product_id,
                                 BOOL_OR(is_component) AS is_component
                            FROM bought
                           GROUP BY order_id, product_id
                          ) g
                     JOIN purchase_order_line l
                       ON l.order_id = g.order_id
                      AND (l.product_id = g.product_id OR g.is_component)
                     JOIN stock_move m ON m.purchase_line_id = l.id
                                      AND m.product_id = g.product_id
                     %(units)s
                    WHERE m.state = 'done'
                      AND m.date <= %(cutoff)s
                      AND %(is_receipt)s
                    UNION ALL
                   SELECT move_id, order_id, product_id, date, 0, returned, ordered
                     FROM bought
                   ) e
            WINDOW so_far AS (PARTITION BY e.order_id, e.product_id
                              ORDER BY e.date, e.move_id NULLS FIRST
                              ROWS UNBOUNDED PRECEDING)
            """,
            came=in_own_unit(self.places.came()),
            units=UNITS,
            cutoff=self.cutoff,
            is_receipt=self.places.is_receipt(SQL("m")),
        )

    def _harmless(self):
        """What of each is a surplus: no more than had come, each unit once."""
        return SQL(
            """
            SELECT move_id,
                   so_far - LAG(so_far, 1, 0::float8) OVER by_day AS quantity
              FROM (
                   SELECT *,
                          went + LEAST(0, MIN(surplus - went) OVER by_day) AS so_far
                     FROM running
                    WHERE move_id IS NOT NULL
                   WINDOW by_day AS (PARTITION BY order_id, product_id
                                     ORDER BY date, move_id
                                     ROWS UNBOUNDED PRECEDING)
                   ) each
            WINDOW by_day AS (PARTITION BY order_id, product_id
                              ORDER BY date, move_id)
            """
        )

    def _judged(self):
        """What is left of a return beside the surplus is bad, or it is a rounding."""
        return SQL(
            """
            SELECT b.move_id, b.line_id, b.root_id, b.product_id, b.returned,
                   b.is_of_scrap,
                   COALESCE(b.reason,
                            CASE WHEN h.quantity > %(half_unit)s THEN %(surplus)s
                                 ELSE 'quality' END) AS reason,
                   CASE WHEN b.reason IN %(blamed)s THEN b.returned
                        WHEN b.reason IN %(not_blamed)s THEN 0
                        WHEN b.returned - COALESCE(h.quantity, 0) < %(half_unit)s
                             THEN 0
                        ELSE b.returned - COALESCE(h.quantity, 0)
                   END AS faulty
              FROM went_back b
              LEFT JOIN harmless h ON h.move_id = b.move_id
            """,
            half_unit=self.half_unit,
            surplus=SURPLUS,
            blamed=BLAMED,
            not_blamed=NOT_BLAMED,
        )

    def _returned_of_line(self):
        """The sums of each line; of a kit, by the component that spoils most."""
        return SQL(
            """
            SELECT j.line_id,
                   MAX(j.returned / kit.takes) AS returned,
                   MAX(j.faulty / kit.takes) AS faulty
              FROM (
                   SELECT line_id, product_id, SUM(returned) AS returned,
                          SUM(faulty) AS faulty
                     FROM judged
                    GROUP BY line_id, product_id
                   ) j
              JOIN purchase_order_line l ON l.id = j.line_id
             CROSS JOIN LATERAL (
                   SELECT COALESCE(
                          CASE WHEN j.product_id <> l.product_id THEN (
                               SELECT NULLIF(SUM(part.quantity), 0)
                                 FROM (%s) part
                                WHERE part.product_id = j.product_id)
                          END, 1) AS takes) kit
             GROUP BY j.line_id
            """,
            KIT_PARTS,
        )

    def _blamed(self):
        """The same by receipt, where it is known."""
        return SQL(
            """
            SELECT root_id AS move_id, SUM(faulty) AS quantity,
                   SUM(CASE WHEN is_of_scrap THEN faulty ELSE 0 END) AS scrapped
              FROM judged
             WHERE root_id IS NOT NULL
             GROUP BY root_id
            """
        )

    def _spoiled(self):
        """By receipt; what is of no known one is of the line's first receipts.

        ``scrapped`` of it had been scrapped before it went back.
        """
        return SQL(
            """
            SELECT move_id, SUM(quantity) AS quantity, SUM(scrapped) AS scrapped
              FROM (
                   SELECT move_id, quantity, scrapped FROM blamed
                    UNION ALL
                   SELECT move_id, quantity, quantity * of_scrap
                     FROM (
                          SELECT r.id AS move_id, r.of_scrap,
                                 GREATEST(0, LEAST(r.free, r.loose + r.free
                                     - SUM(r.free) OVER so_far)) AS quantity
                            FROM (%(receipts)s) r
                          WINDOW so_far AS (PARTITION BY r.line_id, r.product_id
                                            ORDER BY r.date, r.id
                                            ROWS UNBOUNDED PRECEDING)
                          ) spread
                   ) each
             GROUP BY move_id
            """,
            receipts=self._receipts_of_loose(),
        )

    def _receipts_of_loose(self):
        """What came of the lines of which returns are of no known receipt."""
        return SQL(
            """
            SELECT m.id, m.date, loose.line_id, loose.product_id,
                   loose.quantity AS loose, loose.of_scrap,
                   GREATEST(0, %(moved)s - COALESCE(blamed.quantity, 0)) AS free
              FROM (
                   SELECT line_id, product_id, SUM(faulty) AS quantity,
                          SUM(CASE WHEN is_of_scrap THEN faulty ELSE 0 END)
                              / SUM(faulty) AS of_scrap
                     FROM judged
                    WHERE root_id IS NULL AND faulty > 0
                    GROUP BY line_id, product_id
                   ) loose
              JOIN stock_move m ON m.purchase_line_id = loose.line_id
                               AND m.product_id = loose.product_id
              %(units)s
              LEFT JOIN blamed ON blamed.move_id = m.id
             WHERE m.state = 'done'
               AND m.date <= %(cutoff)s
               AND %(is_receipt)s
            """,
            moved=self.places.moved(),
            units=UNITS,
            cutoff=self.cutoff,
            is_receipt=self.places.is_receipt(SQL("m")),
        )
