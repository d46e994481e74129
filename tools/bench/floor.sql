-- The floor: the nine delivery KPIs of every supplier for a period, in one statement
-- written by hand for this database. It stores and explains nothing, and it leaves out
-- what the database does not hold: kits, imported history, weights that are all 0,
-- tolerances other than the default ones.
WITH line AS (
    SELECT l.id,
           p.commercial_partner_id AS partner_id,
           o.id AS order_id,
           CASE WHEN o.acknowledged THEN o.id END AS acknowledged_id,
           l.product_uom_qty AS ordered,
           (l.price_subtotal / o.currency_rate)::float8 AS weight,
           (l.date_promised AT TIME ZONE 'UTC' AT TIME ZONE %(tz)s)::date AS promised,
           (o.date_approve AT TIME ZONE 'UTC' AT TIME ZONE %(tz)s)::date AS confirmed,
           CASE WHEN l.date_promise_broken <= %(cutoff)s THEN 0 ELSE 1 END AS is_kept,
           u.factor
      FROM purchase_order_line l
      JOIN purchase_order o ON o.id = l.order_id
      JOIN res_partner p ON p.id = o.partner_id
      JOIN product_product pp ON pp.id = l.product_id
      JOIN product_template t ON t.id = pp.product_tmpl_id
      JOIN uom_uom u ON u.id = t.uom_id
     WHERE o.company_id = %(company)s
       AND o.state = 'purchase'
       AND o.date_approve <= %(cutoff)s
       AND l.date_promised >= %(start)s
       AND l.date_promised < %(stop)s
       AND l.product_uom_qty > 0
       AND l.supplier_exclusion IS NULL
       AND t.type = 'consu'
),
receipt AS (
    SELECT m.purchase_line_id AS line_id,
           m.quantity::float8 * mu.factor::float8 AS moved,
           (m.date AT TIME ZONE 'UTC' AT TIME ZONE %(tz)s)::date AS day,
           m.origin_returned_move_id IS NOT NULL AS is_return
      FROM stock_move m
      JOIN uom_uom mu ON mu.id = m.product_uom
     WHERE m.state = 'done'
       AND m.date <= %(cutoff)s
       AND m.purchase_line_id IS NOT NULL
),
counted AS (
    SELECT line.*,
           receipt.moved / line.factor::float8 AS moved,
           receipt.day,
           receipt.is_return
      FROM line
      LEFT JOIN receipt ON receipt.line_id = line.id
),
-- Receipts in the order of their days: one counts for what it adds below the ordered
-- quantity. All groups are in the order of this one sort.
stepped AS (
    SELECT counted.*,
           SUM(moved) FILTER (WHERE NOT is_return)
               OVER (PARTITION BY partner_id, id ORDER BY day
                     ROWS UNBOUNDED PRECEDING) AS so_far
      FROM counted
),
measured AS (
    SELECT partner_id,
           MIN(order_id) AS order_id,
           MIN(acknowledged_id) AS acknowledged_id,
           MIN(is_kept) AS is_kept,
           MIN(ordered) AS ordered,
           MIN(weight) AS weight,
           SUM(moved) FILTER (WHERE NOT is_return) AS received,
           SUM(moved) FILTER (WHERE NOT is_return AND day <= promised) AS on_time,
           BOOL_OR(is_return) AS is_returned,
           SUM(step) AS taken,
           SUM(step * GREATEST(0, day - promised)) AS late,
           SUM(step * (day - confirmed)) AS lead,
           MAX(day) FILTER (WHERE step > 0) - MIN(confirmed) AS cycle,
           (%(cutoff)s::timestamp AT TIME ZONE 'UTC' AT TIME ZONE %(tz)s)::date
               - MIN(promised) AS age
      FROM (
           SELECT stepped.*,
                  CASE WHEN NOT is_return
                       THEN LEAST(so_far, ordered) - LEAST(so_far - moved, ordered)
                  END AS step
             FROM stepped
           ) stepped
     GROUP BY partner_id, id
)
SELECT partner_id,
       100 * SUM(weight * LEAST(1, COALESCE(on_time, 0) / ordered)) / SUM(weight)
           AS otd,
       100 * COALESCE(SUM(weight) FILTER (
           WHERE on_time >= ordered * (1 - 1e-6) AND received <= ordered * (1.1 + 1e-6)
             AND NOT is_returned), 0) / SUM(weight) AS otif,
       100 * SUM(weight * COALESCE(taken, 0) / ordered) / SUM(weight) AS fill_rate,
       SUM(weight * (COALESCE(late, 0) + (ordered - COALESCE(taken, 0))
                     * GREATEST(0, age)) / ordered) / SUM(weight) AS days_late,
       AVG(lead / NULLIF(taken, 0)) AS lead_time,
       CASE WHEN COUNT(taken) > 1
            THEN 100 * STDDEV_SAMP(lead / NULLIF(taken, 0)) / NULLIF(AVG(lead / NULLIF(taken, 0)), 0)
       END AS lead_time_cv,
       AVG(cycle) FILTER (WHERE taken >= ordered * (1 - 1e-6)) AS cycle_time,
       100 * AVG(is_kept) AS promise_kept,
       100.0 * COUNT(DISTINCT acknowledged_id) / COUNT(DISTINCT order_id) AS ack_rate
  FROM measured
 GROUP BY partner_id
