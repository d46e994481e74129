-- Price against the market, in the company's currency: what the supplier took for a unit
-- of the product in the period, against the median of what all suppliers took in the
-- twelve months that end with it. What was ordered is as at the cut-off.
WITH line AS (
    SELECT p.commercial_partner_id AS partner_id,
           l.product_id,
           l.date_promise_frozen >= %(start)s AS is_in_period,
           its.quantity,
           l.price_unit::float8 * (1 - COALESCE(l.discount, 0)::float8 / 100)
               * l.product_qty::float8 / l.product_uom_qty * its.quantity
               / o.currency_rate::float8 AS value
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
offered AS (
    SELECT partner_id, product_id,
           SUM(value) / SUM(quantity) AS price,
           SUM(value) FILTER (WHERE is_in_period) AS spend,
           SUM(value) FILTER (WHERE is_in_period)
               / SUM(quantity) FILTER (WHERE is_in_period) AS own_price
      FROM line
     GROUP BY partner_id, product_id
),
market AS (
    SELECT product_id, PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY price) AS price
      FROM offered
     WHERE price > 0
     GROUP BY product_id
    HAVING COUNT(*) > 1
)
SELECT partner_id,
       100 * SUM(spend * (own_price / NULLIF(market.price, 0) - 1))
           / NULLIF(SUM(spend) FILTER (WHERE market.price > 0), 0)
           AS price_competitiveness
  FROM offered
  JOIN market USING (product_id)
 WHERE own_price IS NOT NULL
 GROUP BY partner_id
