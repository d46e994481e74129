"""The SQL of bills that refunds took back which somebody typed in by himself.

Odoo links a refund to its bill where it was made from it. One that was typed in says
nothing; but it undid the bill where it has the same goods, for the same money, and both
were settled against each other. So did one refund of several bills, and several of one
bill, of which some may be made from it.
"""

from odoo.tools import SQL

from ..fact.price import HALF, IS_DOWNPAYMENT

# Whether refunds say that they are of an order line which the bills are not of.
ELSEWHERE = SQL(
    """
    EXISTS (
        SELECT FROM account_move_line a
         WHERE a.move_id = ANY(whole.refund_ids)
           AND a.purchase_line_id IS NOT NULL
           AND NOT EXISTS (
               SELECT FROM account_move_line b
                WHERE b.move_id = ANY(whole.bill_ids)
                  AND b.purchase_line_id = a.purchase_line_id))
    """
)
# Whether refunds and bills differ in the quantity of a product; of what is no product,
# in the money. Of bills without any product, nobody can tell.
DIFFER = SQL(
    """
    EXISTS (
        SELECT FROM account_move_line a
          LEFT JOIN purchase_order_line l ON l.id = a.purchase_line_id
          LEFT JOIN product_product pp ON pp.id = a.product_id
          LEFT JOIN product_template t ON t.id = pp.product_tmpl_id
          LEFT JOIN uom_uom u ON u.id = t.uom_id
          LEFT JOIN uom_uom au ON au.id = a.product_uom_id
         CROSS JOIN LATERAL (
               SELECT CASE WHEN a.move_id = ANY(whole.bill_ids) THEN 1 ELSE -1 END
                   AS sign) side
         WHERE a.move_id = ANY(whole.refund_ids || whole.bill_ids)
           AND a.display_type = 'product'
           AND NOT %(is_downpayment)s
         GROUP BY a.product_id
        HAVING CASE WHEN a.product_id IS NULL
                    THEN ABS(SUM(side.sign * a.price_subtotal))
                         > whole.rounding * %(half)s
                    ELSE ABS(SUM(side.sign * a.quantity
                                 * COALESCE(au.factor / u.factor, 1))) > 1e-6 END)
    OR NOT EXISTS (
        SELECT FROM account_move_line a
         WHERE a.move_id = ANY(whole.bill_ids)
           AND a.display_type = 'product'
           AND a.product_id IS NOT NULL)
    """,
    is_downpayment=IS_DOWNPAYMENT,
    half=HALF,
)


def settled_against(is_one):
    """List the ``move_id`` of what was settled against some entries, on either side.

    :param SQL is_one: which these are, as what follows the id of an entry
    """
    return SQL(
        """
        SELECT a.move_id
          FROM account_move_line d
          JOIN account_partial_reconcile r ON r.debit_move_id = d.id
          JOIN account_move_line a ON a.id = r.credit_move_id
         WHERE d.move_id %(is_one)s
         UNION
        SELECT d.move_id
          FROM account_move_line a
          JOIN account_partial_reconcile r ON r.credit_move_id = a.id
          JOIN account_move_line d ON d.id = r.debit_move_id
         WHERE a.move_id %(is_one)s
        """,
        is_one=is_one,
    )


def reversed_by_hand(of_refund, of_bill):
    """List ``(refund_id, bill_id, first, last)``: refunds took all of bills back.

    What belongs together did so from the last day on, and some of it was there since
    the first one.

    :param SQL of_refund: condition on the ``refund`` and the ``bill``, true for all
        bills of a refund or for none
    :param SQL of_bill: the same, true for all refunds of a bill that are known
    """
    one_refund = SQL(
        """
        SUM(pair.settled) >= GREATEST(SUM(pair.billed), MAX(pair.refunded))
                             - %s * MIN(pair.rounding)
        AND (MAX(pair.original_id) IS NULL
             OR COUNT(*) > 1
             AND MAX(pair.original_id) = ANY(ARRAY_AGG(pair.bill_id)))
        """,
        HALF,
    )
    # One of each is told already; so are refunds that were all made from the bill.
    one_bill = SQL(
        """
        SUM(pair.settled) >= GREATEST(SUM(pair.refunded), MAX(pair.billed))
                             - %s * MIN(pair.rounding)
        AND COUNT(*) > 1
        AND COUNT(pair.original_id) < COUNT(*)
        AND MIN(COALESCE(pair.original_id, pair.bill_id)) = pair.bill_id
        AND MAX(COALESCE(pair.original_id, pair.bill_id)) = pair.bill_id
        """,
        HALF,
    )
    return SQL(
        "%s UNION ALL %s",
        _together(SQL("refund_id"), of_refund, one_refund),
        _together(SQL("bill_id"), of_bill, one_bill),
    )


def _together(one, wanted, settled):
    """Refunds and bills that were settled against each other, and nothing beside.

    :param SQL one: what there is one of
    :param SQL wanted: condition on the ``refund`` and the ``bill``
    :param SQL settled: whether nothing of each ``pair`` is left
    """
    return SQL(
        """
        SELECT UNNEST(whole.refund_ids) AS refund_id,
               UNNEST(whole.bill_ids) AS bill_id,
               whole.first, whole.last
          FROM (SELECT ARRAY_AGG(pair.refund_id) AS refund_ids,
                       ARRAY_AGG(pair.bill_id) AS bill_ids,
                       MIN(pair.date) AS first,
                       MAX(pair.date) AS last,
                       MIN(pair.rounding) AS rounding
                  FROM (%(pairs)s) pair
                 GROUP BY pair.%(one)s
                HAVING %(settled)s) whole
         WHERE NOT (%(differ)s)
           AND NOT %(elsewhere)s
        """,
        pairs=_pairs(wanted),
        one=one,
        settled=settled,
        differ=DIFFER,
        elsewhere=ELSEWHERE,
    )


def _pairs(wanted):
    """Each refund with each bill that it was settled against, and how much of it."""
    return SQL(
        """
        SELECT refund.id AS refund_id,
               bill.id AS bill_id,
               refund.reversed_entry_id AS original_id,
               refund.date,
               currency.rounding,
               refund.amount_total AS refunded,
               bill.amount_total AS billed,
               SUM(r.credit_amount_currency) AS settled
          FROM account_move refund
          JOIN account_move_line d ON d.move_id = refund.id
          JOIN account_partial_reconcile r ON r.debit_move_id = d.id
          JOIN account_move_line c ON c.id = r.credit_move_id
          JOIN account_move bill ON bill.id = c.move_id
          JOIN res_currency currency ON currency.id = bill.currency_id
         WHERE refund.move_type = 'in_refund'
           AND refund.state = 'posted'
           AND d.display_type = 'payment_term'
           AND bill.move_type = 'in_invoice'
           AND bill.state = 'posted'
           AND bill.currency_id = refund.currency_id
           AND %(wanted)s
         GROUP BY refund.id, bill.id, currency.rounding
        """,
        wanted=wanted,
    )
