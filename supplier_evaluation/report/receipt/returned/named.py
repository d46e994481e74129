"""The SQL that finds the orders of goods which somebody gave back without a link.

The source document of the transfer tells, or the order line by which they went, when
that is not the one by which they came: see ``leaving``, ``trace`` and ``origin`` in
:mod:`.returns`.
"""

from odoo.tools import SQL

from .typed import NAMES, is_typed

# What the transfers of moves without a link say: the source documents, and what they
# return. What came by a typed receipt was nothing of the order that this names.
NAMED_SOURCE = SQL(
    """
    SELECT DISTINCT v.id AS leaving_id, k.return_id, source.name
      FROM leaving v
      LEFT JOIN origin ON origin.leaving_id = v.id
      LEFT JOIN unordered ON unordered.leaving_id = v.id
      JOIN trace t ON t.leaving_id = v.id
      JOIN stock_move at ON at.id = t.move_id
      JOIN stock_picking k ON k.id = at.picking_id
      LEFT JOIN LATERAL %s ON TRUE
     WHERE v.purchase_line_id IS NULL
       AND origin.leaving_id IS NULL
       AND unordered.leaving_id IS NULL
    """,
    NAMES,
)
# The orders that such moves may belong to. ``distance`` 0: their transfers name the
# order or a receipt of it, return a transfer of it, or are of a line of it. 1: they are
# of a line with a negative quantity, by which goods of other orders of the vendor may
# go back.
MENTIONED = SQL(
    """
    SELECT s.leaving_id, o.id AS order_id, 0 AS distance
      FROM named_source s
      JOIN purchase_order o ON o.name = s.name
     UNION
    SELECT k.leaving_id, l.order_id, 0
      FROM (
           SELECT s.leaving_id, k.id AS picking_id
             FROM named_source s
             JOIN stock_picking k ON k.name = s.name
            UNION
           SELECT leaving_id, return_id FROM named_source
           ) k
      JOIN stock_move m ON m.picking_id = k.picking_id
      JOIN purchase_order_line l ON l.id = m.purchase_line_id
     UNION
    SELECT v.id, l.order_id, 0
      FROM leaving v
      LEFT JOIN origin ON origin.leaving_id = v.id
      JOIN purchase_order_line l ON l.id = v.purchase_line_id
     WHERE origin.leaving_id IS NULL
     UNION
    SELECT v.id, other.id, 1
      FROM leaving v
      LEFT JOIN origin ON origin.leaving_id = v.id
      JOIN purchase_order_line l ON l.id = v.purchase_line_id
      JOIN purchase_order o ON o.id = l.order_id
      JOIN res_partner p ON p.id = o.partner_id
      JOIN res_partner op ON op.commercial_partner_id = p.commercial_partner_id
      JOIN purchase_order other ON other.partner_id = op.id
     WHERE origin.leaving_id IS NULL
       AND l.product_qty < 0
    """
)


def mentions(places):
    """Return what moves without a link mention, by the names of the expressions.

    :param Places places: what is ours and what is not
    """
    return {
        "unordered": _unordered(places),
        "named_source": NAMED_SOURCE,
        "mentioned": MENTIONED,
    }


def _unordered(places):
    """The moves that lead to a receipt of no order line: see :mod:`.typed`."""
    return SQL(
        """
        SELECT DISTINCT t.leaving_id
          FROM trace t
          JOIN stock_move m ON m.id = t.move_id
         WHERE %s
        """,
        is_typed(places),
    )


def named(places, cutoff):
    """Return the SQL of those of them, of the vendor, that brought the product.

    Those are the nearest ones. Where several lines of an order did, the line is the
    move's own, else the one that came first.

    :param Places places: what is ours and what is not
    :param datetime cutoff: what came later did not go back
    """
    r, v = SQL("r"), SQL("v")
    return SQL(
        """
        SELECT leaving_id,
               COUNT(DISTINCT order_id) AS orders,
               (ARRAY_AGG(line_id ORDER BY is_own DESC, date, move_id))[1] AS line_id
          FROM (
               SELECT n.leaving_id, o.id AS order_id, l.id AS line_id,
                      r.id AS move_id, r.date,
                      COALESCE(l.id = v.purchase_line_id, FALSE) AS is_own,
                      RANK() OVER (PARTITION BY n.leaving_id ORDER BY n.distance)
                          AS rank
                 FROM mentioned n
                 JOIN leaving v ON v.id = n.leaving_id
                -- By its id, each: PostgreSQL would read all orders there ever were.
                CROSS JOIN LATERAL (
                      SELECT id, company_id, partner_id
                        FROM purchase_order
                       WHERE id = n.order_id
                      OFFSET 0) o
                 JOIN res_partner op ON op.id = o.partner_id
                 LEFT JOIN stock_picking k ON k.id = v.picking_id
                 LEFT JOIN res_partner kp ON kp.id = k.partner_id
                 JOIN purchase_order_line l ON l.order_id = o.id
                 JOIN stock_move r
                   ON r.purchase_line_id = l.id AND r.product_id = v.product_id
                WHERE o.company_id = v.company_id
                  AND r.state = 'done'
                  AND r.date <= %(cutoff)s
                  AND %(is_receipt)s
                  AND (v.purchase_line_id IS NOT NULL
                       OR kp.commercial_partner_id = op.commercial_partner_id
                       OR kp.id IS NULL AND NOT %(to_customer)s)
               ) line
         WHERE rank = 1
         GROUP BY leaving_id
        """,
        cutoff=cutoff,
        is_receipt=places.is_receipt(r),
        to_customer=places.to(v, places.customers),
    )
