"""SQL that lists what was moved of one line ``l``.

Rows ``(moved, day, product_id, is_component, kind)``, ``moved`` in the unit of the
product, or of the component of a kit; ``kind`` is one of

- ``receipt``: what came beyond what a transfer in exchange had to replace is one, too;
- ``exchange``: replaces returned goods, and the ordered quantity had come before.

What went back is no receipt; :mod:`.returned.returns` finds it.
"""

from odoo.tools import SQL

# What is read of what was moved, for ``_depends``.
MOVES_READ = {
    "stock.move": [
        "company_id",
        "date",
        "location_dest_id",
        "location_id",
        "origin_returned_move_id",
        "picking_id",
        "picking_type_id",
        "product_id",
        "product_qty",
        "product_uom",
        "product_uom_qty",
        "purchase_line_id",
        "quantity",
        "replaces_returned",
        "scrap_id",
        "state",
    ],
    "stock.location": ["company_id", "parent_path", "usage", "warehouse_id"],
    "stock.picking": [
        "backorder_id",
        "company_id",
        "name",
        "origin",
        "partner_id",
        "picking_type_id",
        "return_id",
        "supplier_return_reason",
    ],
    "stock.picking.type": ["code"],
    "supplier.history.receipt": ["date", "line_id", "quantity"],
}
SUPPLIER_LOCATIONS = SQL("SELECT id FROM stock_location WHERE usage = 'supplier'")
# Of the unit in which component ``m.product_id`` is stocked.
COMPONENT_FACTOR = SQL(
    """
    SELECT cu.factor FROM product_product cp
      JOIN product_template ct ON ct.id = cp.product_tmpl_id
      JOIN uom_uom cu ON cu.id = ct.uom_id
     WHERE cp.id = m.product_id
    """
)


def done_moves(day, cutoff, places):
    """List the receipts of an order line.

    :param SQL day: the company's calendar day of a move ``m``
    :param datetime cutoff: nothing moved later is looked at
    :param Places places: what is ours and what is not
    """
    return SQL(
        """
        SELECT CASE WHEN m.product_uom = u.id AND m.product_id = l.product_id
                    THEN came.quantity::float8
                    ELSE (came.quantity * (SELECT factor FROM uom_uom
                                         WHERE id = m.product_uom)
                          / CASE WHEN m.product_id = l.product_id THEN u.factor
                                 ELSE (%(component_factor)s) END)::float8
               END AS moved,
               %(day)s AS day,
               m.product_id,
               m.product_id <> l.product_id AS is_component,
               CASE WHEN m.replaces_returned AND came.quantity = 0
                    THEN 'exchange' ELSE 'receipt' END AS kind
          FROM stock_move m
         CROSS JOIN LATERAL (SELECT %(came)s AS quantity) came
         WHERE m.purchase_line_id = l.id
           AND m.state = 'done'
           AND m.date <= %(cutoff)s
           AND %(is_receipt)s
        OFFSET 0
        """,
        day=day,
        cutoff=cutoff,
        is_receipt=places.is_receipt(SQL("m")),
        came=places.came(),
        component_factor=COMPONENT_FACTOR,
    )


def imported_receipts(last_day):
    """List the receipts of an imported line.

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
         WHERE h.line_id = l.id AND h.date <= %s
        """,
        last_day,
    )


def imported_returned(last_day):
    """Return the SQL of what went back of an imported line.

    :param last_day: last day that is looked at, SQL or a date
    """
    return SQL(
        """
        CASE WHEN COALESCE(l.date_returned, l.date_received, %(last)s) <= %(last)s
             THEN l.quantity_returned ELSE 0 END
        """,
        last=last_day,
    )


def imported_faulty(last_day):
    """Return the SQL of what of it counts against the supplier.

    A file gives no reason of a return: it is a surplus as far as more than ordered had
    come, and bad goods beyond that.

    :param last_day: last day that is looked at, SQL or a date
    """
    return SQL(
        """
        GREATEST(0, %(returned)s - GREATEST(0, COALESCE((
            SELECT SUM(came.quantity)
              FROM supplier_history_receipt came
             WHERE came.line_id = l.id
               AND came.date <= COALESCE(l.date_returned, %(last_day)s)), 0)
            - l.quantity_ordered))
        """,
        returned=imported_returned(last_day),
        last_day=last_day,
    )
