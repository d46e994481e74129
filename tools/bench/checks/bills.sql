-- Bill against order: posted bills of the period, by their accounting date. A refund corrects a bill and is none. Lines of bills whose order line was left
-- out do not count.
WITH line AS (
    SELECT p.commercial_partner_id AS partner_id,
           b.price_unit::float8 * (1 - COALESCE(b.discount, 0)::float8 / 100)
               * tu.factor::float8 / bu.factor::float8 AS billed,
           l.price_unit::float8 * (1 - COALESCE(l.discount, 0)::float8 / 100)
               * tu.factor::float8 / lu.factor::float8 AS ordered,
           b.quantity::float8 * bu.factor::float8 / tu.factor::float8 AS quantity,
           o.currency_rate::float8 AS rate
      FROM account_move m
      JOIN account_move_line b ON b.move_id = m.id AND b.display_type = 'product'
      JOIN res_partner p ON p.id = m.partner_id
      LEFT JOIN purchase_order_line l ON l.id = b.purchase_line_id
      LEFT JOIN purchase_order o ON o.id = l.order_id
      LEFT JOIN product_product pp ON pp.id = b.product_id
      LEFT JOIN product_template t ON t.id = pp.product_tmpl_id
      LEFT JOIN uom_uom tu ON tu.id = t.uom_id
      LEFT JOIN uom_uom bu ON bu.id = b.product_uom_id
      LEFT JOIN uom_uom lu ON lu.id = l.product_uom_id
     WHERE m.company_id = %(company)s
       AND m.state = 'posted'
       AND m.move_type = 'in_invoice'
       AND m.date BETWEEN %(date_from)s AND %(date_to)s
       AND l.supplier_exclusion IS NULL
)
SELECT partner_id,
       100 * SUM(ABS(billed - ordered) * quantity / rate)
           / NULLIF(SUM(ordered * quantity / rate), 0) AS bill_price_variance
  FROM line
 GROUP BY partner_id
