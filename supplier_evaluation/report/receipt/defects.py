"""The SQL that says what was bad of a receipt ``m`` of an order line ``l``."""

from odoo.tools import SQL

from ..inspection.query import COUNTED_INSPECTION
from .kit import REMEMBERED
from .moves import UNITS

# Incidents ``i`` that say what was bad, by the supplier.
IS_BLAMED = SQL(
    """
    (i.incident_type = 'quality'
     AND i.responsibility = 'supplier'
     AND i.state <> 'cancelled'
     AND (i.state <> 'new' OR i.reporter_id IS NOT NULL)
     AND i.supplier_exclusion IS NULL)
    """
)


class Defects:
    """Of a receipt: what went back as faulty, was scrapped, complained of or found.

    Each unit counts once. The expression ``spoiled`` must be there, see
    :class:`.returned.blame.JudgedReturns`.

    :param ReceiptFactQuery query: says which company and orders are asked about, and up
        to when
    :param Places places: what is ours and what is not
    """

    def __init__(self, query, places):
        self.cutoff = query.cutoff
        self.places = places
        self._of_company = query._of_company
        self._asked = query.taken.live(SQL("l.order_id"), SQL("l.id"))

    def joins(self):
        """Join what :meth:`quantity` reads to receipts ``m``."""
        return SQL(
            """
            LEFT JOIN spoiled ON spoiled.move_id = m.id
            LEFT JOIN (%(scrapped)s) scrap
                   ON scrap.picking_id = m.picking_id
                  AND scrap.product_id = m.product_id
            LEFT JOIN (%(rejected)s) rejected ON rejected.move_id = m.id
            LEFT JOIN (%(inspected)s) inspected ON inspected.move_id = m.id
            """,
            scrapped=self._scrapped(),
            rejected=self._rejected(),
            inspected=self._inspected(),
        )

    def quantity(self, moved):
        """Return the SQL of what was bad, no more than came.

        :param SQL moved: how much came
        """
        return SQL(
            """
            LEAST(%(moved)s, GREATEST(
                COALESCE(spoiled.quantity, 0)
                + GREATEST(0, COALESCE(
                    scrap.quantity * %(moved)s / NULLIF(scrap.received, 0), 0)
                    - COALESCE(spoiled.scrapped, 0)),
                COALESCE(rejected.quantity, 0),
                COALESCE(inspected.quantity, 0)))
            """,
            moved=moved,
        )

    def bad_kits(self):
        """List ``(line_id, picking_id, share)`` of the kits of a receipt.

        A kit is as bad as its worst component, or as incidents about the kit say.
        """
        moved = self.places.moved()
        return SQL(
            """
            SELECT line_id, picking_id, MAX(share) AS share
              FROM (
                   SELECT l.id AS line_id, m.picking_id, %(share)s AS share
                     FROM purchase_order_line l
                     JOIN purchase_order o ON o.id = l.order_id
                     JOIN stock_move m ON m.purchase_line_id = l.id
                     %(units)s
                     %(joins)s
                    WHERE l.kit_parts IS NOT NULL
                      AND m.product_id <> l.product_id
                      AND m.state = 'done'
                      AND m.quantity > 0
                      AND %(is_receipt)s
                      AND %(of_company)s
                      AND %(asked)s
                    UNION ALL
                   SELECT line_id, picking_id, share FROM (%(rejected)s) kits
                   ) bad
             GROUP BY line_id, picking_id
            HAVING MAX(share) > 0
            """,
            share=SQL("%s / NULLIF(%s, 0)", self.quantity(moved), moved),
            units=UNITS,
            joins=self.joins(),
            is_receipt=self.places.is_receipt(SQL("m")),
            of_company=self._of_company(SQL("o.company_id")),
            asked=self._asked,
            rejected=self._rejected_kits(),
        )

    def _scrapped(self):
        """What was scrapped at a receipt, and what of the product came with it.

        Odoo links scrap to the transfer, not to the order line.
        """
        return SQL(
            """
            SELECT s.picking_id, s.product_id, s.quantity,
                   (SELECT SUM(%(moved)s)
                      FROM stock_move m
                      %(units)s
                     WHERE m.picking_id = s.picking_id
                       AND m.product_id = s.product_id
                       AND m.purchase_line_id IS NOT NULL
                       AND m.state = 'done'
                       AND %(is_receipt)s) AS received
              FROM (
                   SELECT m.picking_id, m.product_id,
                          SUM(%(moved)s) AS quantity
                     FROM stock_move m
                     %(units)s
                    WHERE m.scrap_id IS NOT NULL
                      AND m.picking_id IS NOT NULL
                      AND m.state = 'done'
                      AND m.date <= %(cutoff)s
                    GROUP BY m.picking_id, m.product_id
                   ) s
            """,
            cutoff=self.cutoff,
            is_receipt=self.places.is_receipt(SQL("m")),
            moved=self.places.moved(),
            units=UNITS,
        )

    def _rejected(self):
        """What quality incidents say was bad of each receipt, by the supplier."""
        return SQL(
            """
            SELECT move_id, SUM(quantity)::float8 AS quantity
              FROM supplier_incident i
             WHERE move_id IS NOT NULL
               AND %s
               AND date_opened <= %s
             GROUP BY move_id
            """,
            IS_BLAMED,
            self.cutoff,
        )

    def _inspected(self):
        """What inspections found bad of each receipt; a sample tells of itself only."""
        return SQL(
            """
            SELECT n.move_id, SUM(n.quantity_rejected)::float8 AS quantity
              FROM supplier_inspection n
             WHERE n.move_id IS NOT NULL
               AND n.quantity_rejected > 0
               AND n.date_done <= %s
               AND %s
             GROUP BY n.move_id
            """,
            self.cutoff,
            COUNTED_INSPECTION,
        )

    def _rejected_kits(self):
        """The same of kits: the part of the kits that came with the receipt.

        An incident about the kit itself names none of its components.
        """
        return SQL(
            """
            SELECT i.line_id, i.picking_id,
                   LEAST(1, SUM(i.quantity) / NULLIF(MIN(came.kits), 0)) AS share
              FROM (
                   SELECT DISTINCT ON (i.id)
                          i.id, i.quantity::float8, l.id AS line_id, m.picking_id
                     FROM supplier_incident i
                     JOIN purchase_order_line l
                       ON l.order_id = i.order_id
                      AND l.product_id = i.product_id
                      AND l.id = COALESCE(i.purchase_line_id, l.id)
                     JOIN stock_move m ON m.purchase_line_id = l.id
                    WHERE i.move_id IS NULL
                      AND i.quantity > 0
                      AND %(is_blamed)s
                      AND i.date_opened <= %(cutoff)s
                      AND l.kit_parts IS NOT NULL
                      AND m.state = 'done'
                      AND m.quantity > 0
                      AND m.date <= i.date_opened
                      AND m.picking_id = COALESCE(i.picking_id, m.picking_id)
                      AND %(is_receipt)s
                      AND %(asked)s
                    ORDER BY i.id, m.date DESC, m.id DESC
                   ) i
              JOIN purchase_order_line l ON l.id = i.line_id
             CROSS JOIN LATERAL (
                   SELECT MIN(COALESCE(part_came.quantity, 0) / part.quantity) AS kits
                     FROM (%(parts)s) part
                     LEFT JOIN (
                          SELECT m.product_id, SUM(%(moved)s) AS quantity
                            FROM stock_move m
                            %(units)s
                           WHERE m.purchase_line_id = i.line_id
                             AND m.picking_id = i.picking_id
                             AND m.state = 'done'
                             AND %(is_receipt)s
                           GROUP BY m.product_id
                          ) part_came USING (product_id)
                   ) came
             GROUP BY i.line_id, i.picking_id
            """,
            is_blamed=IS_BLAMED,
            cutoff=self.cutoff,
            is_receipt=self.places.is_receipt(SQL("m")),
            asked=self._asked,
            parts=REMEMBERED,
            moved=self.places.moved(),
            units=UNITS,
        )
