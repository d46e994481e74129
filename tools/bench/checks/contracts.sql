-- What was paid more, or less, than the contract agrees, of lines confirmed in the period.
-- The database has no contracts by an index or for a category, and prices in the unit and
-- the currency of the orders.
WITH line AS (
    SELECT p.commercial_partner_id AS partner_id,
           l.product_id,
           (l.date_promise_frozen AT TIME ZONE 'UTC' AT TIME ZONE %(tz)s)::date AS day,
           l.product_uom_qty::float8 / o.currency_rate::float8 AS weight,
           l.price_unit::float8 * (1 - COALESCE(l.discount, 0)::float8 / 100)
               * l.product_qty::float8 / l.product_uom_qty AS price
      FROM purchase_order_line l
      JOIN purchase_order o ON o.id = l.order_id
      JOIN res_partner p ON p.id = o.partner_id
     WHERE o.company_id = %(company)s
       AND COALESCE(l.date_promise_cancelled, 'infinity') > %(cutoff)s
       AND l.date_promise_frozen >= %(start)s
       AND l.date_promise_frozen < %(stop)s
       AND l.date_promise_frozen <= %(cutoff)s
       AND l.product_uom_qty > 0
       AND l.supplier_exclusion IS NULL
)
SELECT line.partner_id,
       100.0 * SUM((line.price - agreed.price) * line.weight)
           / NULLIF(SUM(agreed.price * line.weight), 0) AS price_contract
  FROM line
  JOIN supplier_contract c
    ON c.commercial_partner_id = line.partner_id
   AND c.company_id = %(company)s
   AND line.day >= c.date_effective
   AND line.day <= COALESCE(LEAST(c.date_to, c.date_closed), 'infinity')
  JOIN supplier_contract_line agreed
    ON agreed.contract_id = c.id
   AND agreed.product_id = line.product_id
   AND agreed.price_kind = 'fixed'
 GROUP BY line.partner_id
