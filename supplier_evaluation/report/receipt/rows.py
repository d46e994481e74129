"""SQL that lists what was moved of one line ``l``.

Rows ``(moved, day, product_id, is_component, kind)``, ``moved`` in the unit of the
product, or of the component of a kit; ``kind`` is one of

- ``receipt``;
- ``return``: to the supplier, or through the transit location to one of our group;
- ``undo``: of a return; it lowers the returned quantity and is no receipt;
- ``exchange``: replaces returned goods, and the ordered quantity had come before.
"""

from odoo.tools import SQL

# What is read of what was moved, for ``_depends``.
MOVES_READ = {
    "stock.move": [
        "date",
        "location_dest_id",
        "origin_returned_move_id",
        "picking_id",
        "product_id",
        "product_qty",
        "product_uom",
        "purchase_line_id",
        "quantity",
        "state",
    ],
    "stock.location": ["usage"],
    "stock.picking": ["return_id"],
    "supplier.history.receipt": ["date", "line_id", "quantity"],
}
# Odoo links the transfer that replaces returned goods to the return.
EXCHANGES = SQL("SELECT id FROM stock_picking WHERE return_id IS NOT NULL")
SUPPLIER_LOCATIONS = SQL("SELECT id FROM stock_location WHERE usage = 'supplier'")
TRANSIT_LOCATIONS = SQL("SELECT id FROM stock_location WHERE usage = 'transit'")
# Of the unit in which component ``m.product_id`` is stocked.
COMPONENT_FACTOR = SQL(
    """
    SELECT cu.factor FROM product_product cp
      JOIN product_template ct ON ct.id = cp.product_tmpl_id
      JOIN uom_uom cu ON cu.id = ct.uom_id
     WHERE cp.id = m.product_id
    """
)


def done_moves(day, cutoff):
    """List the done moves of an order line.

    :param SQL day: the company's calendar day of a move ``m``
    :param datetime cutoff: nothing moved later is looked at
    """
    return SQL(
        """
        SELECT CASE WHEN m.product_uom = u.id AND m.product_id = l.product_id
                    THEN m.quantity::float8
                    ELSE (m.quantity * (SELECT factor FROM uom_uom
                                         WHERE id = m.product_uom)
                          / CASE WHEN m.product_id = l.product_id THEN u.factor
                                 ELSE (%(component_factor)s) END)::float8
               END AS moved,
               %(day)s AS day,
               m.product_id,
               m.product_id <> l.product_id AS is_component,
               CASE WHEN m.location_dest_id IN (%(suppliers)s) THEN 'return'
                    WHEN m.origin_returned_move_id IS NULL
                         THEN CASE WHEN m.picking_id IN (%(exchanges)s)
                                   THEN 'exchange' ELSE 'receipt' END
                    WHEN m.location_dest_id IN (%(transits)s) THEN 'return'
                    ELSE 'undo' END AS kind
          FROM stock_move m
         WHERE m.purchase_line_id = l.id
           AND m.state = 'done'
           AND m.date <= %(cutoff)s
        OFFSET 0
        """,
        day=day,
        cutoff=cutoff,
        suppliers=SUPPLIER_LOCATIONS,
        transits=TRANSIT_LOCATIONS,
        exchanges=EXCHANGES,
        component_factor=COMPONENT_FACTOR,
    )


def imported_receipts(last_day):
    """List the receipts and the return of an imported line.

    :param SQL last_day: last day that is looked at
    """
    return SQL(
        """
        SELECT h.quantity::float8 AS moved,
               h.date AS day,
               l.product_id,
               FALSE AS is_component,
               'receipt' AS kind
          FROM supplier_history_receipt h
         WHERE h.line_id = l.id AND h.date <= %(last_day)s
         UNION ALL
        SELECT l.quantity_returned::float8, l.date_returned, l.product_id,
               FALSE, 'return'
         WHERE l.quantity_returned > 0
           AND COALESCE(l.date_returned <= %(last_day)s, TRUE)
        """,
        last_day=last_day,
    )
