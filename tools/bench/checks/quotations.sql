-- Quotation volatility: the sample variation of what was asked for a product in the
-- twelve months that end with the period, in requests that were sent and in orders that
-- stood at the cut-off, weighted with what was quoted in the period.
WITH line AS (
    SELECT p.commercial_partner_id AS partner_id,
           l.product_id,
           o.currency_id,
           its.instant >= %(start)s AS is_in_period,
           l.price_subtotal::float8 / l.product_uom_qty * its.quantity
               / o.currency_rate::float8 AS value,
           l.price_unit::float8 * (1 - COALESCE(l.discount, 0)::float8 / 100)
               * l.product_qty::float8 / l.product_uom_qty AS price
      FROM purchase_order_line l
      JOIN purchase_order o ON o.id = l.order_id
      JOIN res_partner p ON p.id = o.partner_id
     CROSS JOIN LATERAL (
           SELECT COALESCE(l.date_promise_frozen <= %(cutoff)s, FALSE) AS is_ordered,
                  CASE WHEN l.date_promise_frozen <= %(cutoff)s
                       THEN l.date_promise_frozen ELSE o.date_order END AS instant,
                  COALESCE((
                      SELECT COALESCE(c.ordered_from, c.quantity_from)
                        FROM supplier_promise_change c
                       WHERE c.line_id = l.id
                         AND c.reason <> 'supplier'
                         AND c.date > %(cutoff)s
                         AND l.date_promise_frozen <= %(cutoff)s
                       ORDER BY c.date, c.id LIMIT 1), l.product_uom_qty)::float8
                      AS quantity) its
     WHERE o.company_id = %(company)s
       AND (its.is_ordered AND COALESCE(l.date_promise_cancelled, 'infinity') > %(cutoff)s
            OR NOT its.is_ordered AND o.state <> 'draft')
       AND its.instant >= (%(date_to)s::date + 1 - interval '12 months')
                                 AT TIME ZONE %(tz)s AT TIME ZONE 'UTC'
       AND its.instant < %(stop)s
       AND its.instant <= %(cutoff)s
       AND l.product_uom_qty > 0
       AND l.price_unit > 0
       AND l.supplier_exclusion IS NULL
),
product AS (
    SELECT partner_id,
           SUM(value) FILTER (WHERE is_in_period) AS weight,
           STDDEV_SAMP(price) / AVG(price) AS variation
      FROM line
     WHERE price > 0
     GROUP BY partner_id, product_id, currency_id
    HAVING COUNT(*) > 1
)
SELECT partner_id,
       100 * SUM(weight * variation) / NULLIF(SUM(weight), 0) AS quotation_volatility
  FROM product
 WHERE weight > 0 AND variation IS NOT NULL
 GROUP BY partner_id
