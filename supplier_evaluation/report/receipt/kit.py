"""SQL that says what the kits of a line ``l`` need of each component.

What one kit takes was remembered when its receipts were made. Lines that were confirmed
before that was done are read from their moves: a cancelled back order still lacks, but
moves that the order was confirmed again without do not add to those made anew.
"""

from odoo.tools import SQL

from .rows import SUPPLIER_LOCATIONS

REMEMBERED = SQL(
    """
    SELECT part.key::integer AS product_id, part.value::float8 AS quantity
      FROM jsonb_each_text(l.kit_parts) part
     WHERE part.value::float8 > 0
    """
)
# Of the moves ``k``, those of the receipts as they stand.
STANDS = SQL(
    """
    (k.state <> 'cancel'
     OR EXISTS (SELECT FROM stock_picking late
                 WHERE late.id = k.picking_id AND late.backorder_id IS NOT NULL)
     OR NOT EXISTS (SELECT FROM stock_move other
                     WHERE other.purchase_line_id = k.purchase_line_id
                       AND other.state <> 'cancel'))
    """
)


def kit_parts(ordered):
    """List ``(product_id, quantity)`` that one kit takes, in the components' units.

    :param SQL ordered: how many kits the moves of the line were made for
    """
    return SQL(
        """
        %(remembered)s
         UNION ALL
        SELECT k.product_id, SUM(k.product_qty)::float8 / NULLIF(%(ordered)s, 0)
          FROM stock_move k
         WHERE l.kit_parts IS NULL
           AND k.purchase_line_id = l.id
           AND k.origin_returned_move_id IS NULL
           AND k.replaces_returned IS NOT TRUE
           AND k.location_dest_id NOT IN (%(suppliers)s)
           AND %(stands)s
         GROUP BY k.product_id
        HAVING SUM(k.product_qty) > 0
        """,
        remembered=REMEMBERED,
        ordered=ordered,
        suppliers=SUPPLIER_LOCATIONS,
        stands=STANDS,
    )
