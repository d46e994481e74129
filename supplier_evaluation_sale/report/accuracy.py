"""SQL of whether a supplier delivered a purchase line exactly as it was ordered."""

from odoo.tools import SQL

from odoo.addons.supplier_evaluation.report.promise.at_cutoff import ORDERED_NOW
from odoo.addons.supplier_evaluation.report.receipt.moves import REPLACED, UNITS


def judged(query):
    """List the purchase lines that were due: ``purchase_line_id, is_accurate``.

    Exactly what: no other product came, and nothing went back as the wrong article.
    Exactly how much: what was promised, neither more nor less. Exactly when: all of it
    by the promised day, or within the late tolerance of the template.

    :param SaleQuery query: gives the cut-off and how an instant is a day
    """
    return SQL(
        """
        SELECT l.id AS purchase_line_id,
               COALESCE(ABS(came.quantity - need.quantity) <= %(tolerance)s
                        AND came.is_right
                        AND came.on_day <= need.promised + %(late_days)s, FALSE)
                   AND NOT EXISTS (
                       SELECT FROM stock_move m
                         JOIN stock_picking back ON back.id = m.picking_id
                        WHERE m.purchase_line_id = l.id
                          AND m.state = 'done'
                          AND m.date <= %(cutoff)s
                          AND back.supplier_return_reason = 'wrong')
                   AS is_accurate
          FROM purchase_order_line l
          JOIN purchase_order o ON o.id = l.order_id AND o.state = 'purchase'
          JOIN product_product pp ON pp.id = l.product_id
          JOIN product_template t ON t.id = pp.product_tmpl_id
          JOIN uom_uom u ON u.id = t.uom_id
          JOIN uom_uom lu ON lu.id = l.product_uom_id
          JOIN res_company c ON c.id = o.company_id
          JOIN res_partner company_partner ON company_partner.id = c.partner_id
         CROSS JOIN LATERAL (
               SELECT COALESCE(l.quantity_promised, %(ordered)s)::float8 AS quantity,
                      %(promised)s AS promised
               ) need
          LEFT JOIN (
               SELECT m.purchase_line_id,
                      SUM(new.quantity * mu.factor / u.factor)::float8 AS quantity,
                      BOOL_AND(m.product_id = own.product_id) AS is_right,
                      MAX(%(day)s) FILTER (WHERE new.quantity > 0) AS on_day
                 FROM stock_move m
                 %(units)s
                -- What replaces returned goods is no second delivery.
                CROSS JOIN LATERAL (SELECT m.quantity - %(replaced)s AS quantity) new
                 JOIN purchase_order_line own ON own.id = m.purchase_line_id
                 JOIN res_company c ON c.id = m.company_id
                 JOIN res_partner company_partner ON company_partner.id = c.partner_id
                WHERE m.purchase_line_id IN (SELECT purchase_line_id FROM part)
                  AND m.state = 'done'
                  AND m.date <= %(cutoff)s
                  AND %(is_receipt)s
                GROUP BY m.purchase_line_id
               ) came ON came.purchase_line_id = l.id
         WHERE l.id IN (SELECT purchase_line_id FROM part)
           AND l.kit_parts IS NULL
           AND need.quantity > 0
           AND need.promised + %(late_days)s < %(today)s
        """,
        tolerance=query.tolerance,
        late_days=query.scope.late_days,
        cutoff=query.cutoff,
        ordered=ORDERED_NOW,
        promised=query._local_day(SQL("l.date_promised")),
        replaced=REPLACED,
        day=query._local_day(SQL("m.date")),
        units=UNITS,
        is_receipt=query.places.is_receipt(SQL("m")),
        today=query._local_day(SQL("%s::timestamp", query.cutoff)),
    )
