-- Price volatility: the sample variation of a product's unit price in the order's
-- currency over the twelve months that end with the period, over products and
-- currencies weighted with what was bought in the period, as it was at the cut-off.
WITH line AS (
    SELECT p.commercial_partner_id AS partner_id,
           l.product_id,
           o.currency_id,
           l.date_promise_frozen >= %(start)s AS is_in_period,
           l.price_subtotal::float8 / l.product_uom_qty * its.quantity
               / o.currency_rate::float8 AS value,
           l.price_unit::float8 * (1 - COALESCE(l.discount, 0)::float8 / 100)
               * l.product_qty::float8 / l.product_uom_qty AS price
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
       AND l.date_promise_frozen >= (%(date_to)s::date + 1 - interval '12 months')
                                 AT TIME ZONE %(tz)s AT TIME ZONE 'UTC'
       AND l.date_promise_frozen < %(stop)s
       AND l.date_promise_frozen <= %(cutoff)s
       AND l.product_uom_qty > 0
       AND l.supplier_exclusion IS NULL
),
product AS (
    SELECT partner_id,
           SUM(value) FILTER (WHERE is_in_period) AS weight,
           STDDEV_SAMP(price) FILTER (WHERE price > 0)
               / AVG(price) FILTER (WHERE price > 0) AS variation
      FROM line
     GROUP BY partner_id, product_id, currency_id
    HAVING COUNT(*) > 1
)
SELECT partner_id,
       100 * SUM(weight * variation) / NULLIF(SUM(weight), 0) AS price_volatility
  FROM product
 WHERE weight > 0 AND variation IS NOT NULL
 GROUP BY partner_id
