"""Receipts that were entered by mistake, and taken back with the return dialog.

Odoo has no other way to take back a receipt. Goods that never came did not go back:
such a return makes its receipt smaller, and is none itself. That holds at any cut-off,
as it does when somebody corrects the day of a receipt: what was entered by mistake had
never happened. What returns such a return brings the goods at last.
"""

from odoo.tools import SQL

# The reason of a return that says so.
MISTAKE = "mistake"
# Such returns, each straight of what a line had brought.
MISTAKES = SQL(
    """
    SELECT back.id, back.origin_returned_move_id AS came_id
      FROM stock_picking k
      JOIN stock_move back ON back.picking_id = k.id
      JOIN stock_move came ON came.id = back.origin_returned_move_id
     WHERE k.supplier_return_reason = %s
       AND back.state = 'done'
       AND came.purchase_line_id IS NOT NULL
       AND came.origin_returned_move_id IS NULL
    """,
    MISTAKE,
)
# Moves by what they have to do with it: ``mistaken`` were entered so, by ``after
# mistake`` their goods came later.
MISTAKEN = SQL(
    """
    WITH mistake AS (%s)
    SELECT id, 'mistake' AS kind FROM mistake
     UNION ALL
    SELECT DISTINCT came_id, 'mistaken' FROM mistake
     UNION ALL
    SELECT again.id, 'after mistake'
      FROM mistake
      JOIN stock_move again ON again.origin_returned_move_id = mistake.id
    """,
    MISTAKES,
)


def taken_back(went_outside):
    """Return the SQL of what of a move ``m`` was entered by mistake, in its own unit.

    :param SQL went_outside: whether a move ``back`` went out of our own places
    """
    return SQL(
        """
        LEAST(m.quantity, COALESCE((
            SELECT SUM(back.quantity * back_unit.factor / own_unit.factor)
              FROM stock_move back
              JOIN stock_picking k ON k.id = back.picking_id
              JOIN uom_uom back_unit ON back_unit.id = back.product_uom
              JOIN uom_uom own_unit ON own_unit.id = m.product_uom
             WHERE back.origin_returned_move_id = m.id
               AND back.state = 'done'
               AND back.product_id = m.product_id
               AND k.supplier_return_reason = %(mistake)s
               AND %(went_outside)s), 0))
        """,
        mistake=MISTAKE,
        went_outside=went_outside,
    )
