-- Purchase growth: what was ordered in the period against the same days of the year
-- before, as it stood at the cut-off, in company currency. Length of cooperation: years
-- of 365.25 days from the first order that stood.
WITH day AS (
    SELECT LEAST(%(date_to)s::date,
                 (%(cutoff)s::timestamp - interval '1 second')
                     AT TIME ZONE 'UTC' AT TIME ZONE %(tz)s)::date AS last
),
line AS (
    SELECT p.commercial_partner_id AS partner_id,
           (l.date_promise_frozen AT TIME ZONE 'UTC' AT TIME ZONE %(tz)s)::date AS day,
           l.price_subtotal::float8 / l.product_uom_qty * its.quantity
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
       AND l.date_promise_frozen < %(stop)s
       AND l.date_promise_frozen <= %(cutoff)s
       AND l.product_uom_qty > 0
       AND l.supplier_exclusion IS NULL
),
summed AS (
    SELECT partner_id,
           SUM(value) FILTER (WHERE line.day >= %(date_from)s::date) AS bought,
           SUM(value) FILTER (
               WHERE line.day >= %(date_from)s::date - interval '1 year'
                 AND line.day <= CASE
                     WHEN EXTRACT(day FROM day.last + 1) = 1
                     THEN day.last + 1 - interval '1 year' - interval '1 day'
                     ELSE day.last - interval '1 year' END) AS before,
           (day.last - MIN(line.day)) / 365.25 AS years
      FROM line
     CROSS JOIN day
     GROUP BY partner_id, day.last
)
SELECT partner_id,
       CASE WHEN before > 0
            THEN 100 * (COALESCE(bought, 0) - before) / before END AS purchase_growth,
       years AS cooperation_years
  FROM summed
