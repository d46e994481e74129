"""The SQL of bills that a refund took back which somebody typed in by himself.

Odoo links a refund to its bill where it was made from it. One that was typed in says
nothing; but it undid the bill where it has the same goods, for the same money, and both
were settled against each other.
"""

from odoo.tools import SQL

from ..fact.price import HALF, IS_DOWNPAYMENT

# Whether a refund says that it is of an order line which the bill is not of.
ELSEWHERE = SQL(
    """
    EXISTS (
        SELECT FROM account_move_line a
         WHERE a.move_id = refund.id
           AND a.purchase_line_id IS NOT NULL
           AND NOT EXISTS (
               SELECT FROM account_move_line b
                WHERE b.move_id = bill.id
                  AND b.purchase_line_id = a.purchase_line_id))
    """
)
# Whether a refund and a bill differ in the quantity of a product.
DIFFER = SQL(
    """
    EXISTS (
        SELECT FROM account_move_line a
          LEFT JOIN purchase_order_line l ON l.id = a.purchase_line_id
          LEFT JOIN product_product pp ON pp.id = a.product_id
          LEFT JOIN product_template t ON t.id = pp.product_tmpl_id
          LEFT JOIN uom_uom u ON u.id = t.uom_id
          LEFT JOIN uom_uom au ON au.id = a.product_uom_id
         WHERE a.move_id IN (refund.id, bill.id)
           AND a.display_type = 'product'
           AND NOT %s
         GROUP BY a.product_id
        HAVING a.product_id IS NULL
            OR ABS(SUM(CASE WHEN a.move_id = bill.id THEN a.quantity
                            ELSE -a.quantity END
                       * COALESCE(au.factor / u.factor, 1))) > 1e-6)
    """,
    IS_DOWNPAYMENT,
)


def reversed_by_hand(wanted):
    """List ``(refund_id, bill_id, date)``: the refund took all of the bill back.

    :param SQL wanted: condition on the ``refund`` and the ``bill``
    """
    return SQL(
        """
        SELECT refund.id AS refund_id, bill.id AS bill_id, refund.date
          FROM account_move refund
          JOIN account_move_line d ON d.move_id = refund.id
          JOIN account_partial_reconcile r ON r.debit_move_id = d.id
          JOIN account_move_line c ON c.id = r.credit_move_id
          JOIN account_move bill ON bill.id = c.move_id
          JOIN res_currency currency ON currency.id = bill.currency_id
         WHERE refund.move_type = 'in_refund'
           AND refund.reversed_entry_id IS NULL
           AND refund.state = 'posted'
           AND d.display_type = 'payment_term'
           AND bill.move_type = 'in_invoice'
           AND bill.state = 'posted'
           AND bill.currency_id = refund.currency_id
           AND %(wanted)s
         GROUP BY refund.id, bill.id, currency.rounding
        HAVING SUM(r.credit_amount_currency)
               >= GREATEST(bill.amount_total, refund.amount_total)
                  - %(half)s * currency.rounding
           AND NOT %(differ)s
           AND NOT %(elsewhere)s
        """,
        wanted=wanted,
        half=HALF,
        differ=DIFFER,
        elsewhere=ELSEWHERE,
    )
