"""SQL about one stock move ``m``: what it moved, and what that takes to tell."""

from odoo.tools import SQL


def in_own_unit(quantity):
    """Return the SQL of a quantity of ``m`` in the unit of its product, by UNITS."""
    return SQL("(%s * mu.factor / u.factor)::float8", quantity)


# What a move ``m`` moved, in the unit of its product, and what it takes to tell.
MOVED = in_own_unit(SQL("m.quantity"))
# What of it replaces what had gone back, in its own unit: no more than was asked for.
REPLACED = SQL(
    "CASE WHEN m.replaces_returned THEN LEAST(m.quantity, m.product_uom_qty) ELSE 0 END"
)
UNITS = SQL(
    """
    JOIN product_product mp ON mp.id = m.product_id
    JOIN product_template mt ON mt.id = mp.product_tmpl_id
    JOIN uom_uom u ON u.id = mt.uom_id
    JOIN uom_uom mu ON mu.id = m.product_uom
    """
)
