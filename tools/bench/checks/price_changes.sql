-- Price change and discounts of the lines confirmed in the period. The reference is the
-- supplier's last confirmed line before the period of the same product and currency that
-- had a price. What was ordered is as at the cut-off: some of it was lowered later.
WITH line AS (
    SELECT l.id,
           p.commercial_partner_id AS partner_id,
           l.product_id,
           o.currency_id,
           l.date_promise_frozen AS confirmed,
           o.currency_rate::float8 AS rate,
           its.quantity,
           l.price_unit::float8 * (1 - COALESCE(l.discount, 0)::float8 / 100)
               * l.product_qty::float8 / l.product_uom_qty AS price,
           l.price_unit::float8 * l.product_qty::float8
               * its.quantity / l.product_uom_qty AS gross,
           COALESCE(l.discount, 0)::float8 / 100 AS discount
      FROM purchase_order_line l
      JOIN purchase_order o ON o.id = l.order_id
      JOIN res_partner p ON p.id = o.partner_id
     CROSS JOIN LATERAL (
           SELECT COALESCE((
                      SELECT COALESCE(c.ordered_from, c.quantity_from)
                        FROM supplier_promise_change c
                       WHERE c.line_id = l.id
                         AND c.reason <> 'supplier'
                         AND c.date > %(cutoff)s
                       ORDER BY c.date, c.id LIMIT 1), l.product_uom_qty)::float8
                      AS quantity) its
     WHERE o.company_id = %(company)s
       AND COALESCE(l.date_promise_cancelled, 'infinity') > %(cutoff)s
       AND l.date_promise_frozen < %(stop)s
       AND l.date_promise_frozen <= %(cutoff)s
       AND l.product_uom_qty > 0
       AND l.supplier_exclusion IS NULL
),
reference AS (
    SELECT DISTINCT ON (partner_id, product_id, currency_id)
           partner_id, product_id, currency_id, price
      FROM line
     WHERE confirmed < %(start)s AND price > 0
     ORDER BY partner_id, product_id, currency_id, confirmed DESC, id DESC
)
SELECT line.partner_id,
       100 * SUM((line.price - reference.price) * line.quantity / line.rate)
           / SUM(reference.price * line.quantity / line.rate) AS price_variance,
       100 * SUM(gross * discount / rate) / NULLIF(SUM(gross / rate), 0)
           AS discount_rate
  FROM line
  LEFT JOIN reference USING (partner_id, product_id, currency_id)
 WHERE line.confirmed >= %(start)s
 GROUP BY line.partner_id
