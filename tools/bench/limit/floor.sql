-- The floor (tools/bench/floor.sql) in the words of DuckDB: the same question of the same
-- rows. Only how surplus is shared is said otherwise: all orders step by step together.
WITH RECURSIVE line AS (
    SELECT l.id,
           p.commercial_partner_id AS partner_id,
           o.id AS order_id,
           CASE WHEN o.acknowledged AND o.date_acknowledged <= $cutoff
                THEN o.id END AS acknowledged_id,
           l.quantity_promised AS ordered,
           (l.price_subtotal / l.product_uom_qty / o.currency_rate)::float8
               * l.quantity_promised AS weight,
           its.promised,
           (l.date_promise_frozen AT TIME ZONE 'UTC' AT TIME ZONE $tz)::date
               AS confirmed,
           (o.date_order AT TIME ZONE 'UTC' AT TIME ZONE $tz)::date AS ordered_on,
           LEAST(its.cancelled,
                 ($cutoff::timestamp AT TIME ZONE 'UTC' AT TIME ZONE $tz)::date)
               - its.promised AS age,
           CASE WHEN l.date_promise_broken <= $cutoff THEN 0 ELSE 1 END AS is_kept,
           u.factor
      FROM purchase_order_line l
      JOIN purchase_order o ON o.id = l.order_id
      JOIN res_partner p ON p.id = o.partner_id
      JOIN product_product pp ON pp.id = l.product_id
      JOIN product_template t ON t.id = pp.product_tmpl_id
      JOIN uom_uom u ON u.id = t.uom_id
     CROSS JOIN LATERAL (
           SELECT (l.date_promised AT TIME ZONE 'UTC' AT TIME ZONE $tz)::date
                      AS promised,
                  CASE WHEN l.date_promise_cancelled <= $cutoff
                       THEN (l.date_promise_cancelled
                             AT TIME ZONE 'UTC' AT TIME ZONE $tz)::date
                  END AS cancelled
           ) its
     WHERE o.company_id = $company
       AND (its.cancelled <= its.promised) IS NOT TRUE
       AND l.date_promise_frozen <= $cutoff
       AND l.date_promised >= $start
       AND l.date_promised < $stop
       AND l.quantity_promised > 0
       AND l.supplier_exclusion IS NULL
       AND t.type = 'consu'
),
receipt AS NOT MATERIALIZED (
    SELECT m.purchase_line_id AS line_id,
           m.quantity::float8 * mu.factor::float8 AS moved,
           (m.date AT TIME ZONE 'UTC' AT TIME ZONE $tz)::date AS day
      FROM stock_move m
      JOIN uom_uom mu ON mu.id = m.product_uom
     WHERE m.state = 'done'
       AND m.date <= $cutoff
       AND m.purchase_line_id IS NOT NULL
       AND m.origin_returned_move_id IS NULL
),
-- Lines of one product on one order: what came too much on one of them fills the others.
twin AS (
    SELECT l.id, l.order_id, l.product_id,
           GREATEST(l.quantity_promised, l.product_uom_qty)::float8
               * u.factor::float8 AS ordered,
           (l.date_promised AT TIME ZONE 'UTC' AT TIME ZONE $tz)::date AS promised
      FROM purchase_order_line l
      JOIN product_product pp ON pp.id = l.product_id
      JOIN product_template t ON t.id = pp.product_tmpl_id
      JOIN uom_uom u ON u.id = t.uom_id
     WHERE l.company_id = $company
       AND l.has_twin_line
       AND l.date_promise_frozen <= $cutoff
),
arrival AS (
    SELECT twin.id, twin.order_id, twin.product_id, twin.ordered, receipt.day,
           SUM(receipt.moved) AS moved
      FROM twin
      JOIN receipt ON receipt.line_id = twin.id
     GROUP BY twin.id, twin.order_id, twin.product_id, twin.ordered, receipt.day
),
shared AS (
    SELECT DISTINCT order_id, product_id
      FROM (SELECT order_id, product_id
              FROM arrival
             GROUP BY id, order_id, product_id, ordered
            HAVING SUM(moved) > ordered) over
),
waiting AS (
    SELECT twin.*,
           ROW_NUMBER() OVER (PARTITION BY order_id, product_id
                              ORDER BY promised, id)::integer AS place
      FROM twin
      JOIN shared USING (order_id, product_id)
),
coming AS (
    SELECT arrival.*,
           ROW_NUMBER() OVER (PARTITION BY order_id, product_id
                              ORDER BY day, id)::integer AS place
      FROM arrival
      JOIN shared USING (order_id, product_id)
),
-- Day by day, what came may fill first the line on which it was typed, then the others
-- in the order of their promises.
filling AS (
    SELECT w.order_id, w.product_id,
           ARRAY_AGG(c.place ORDER BY c.day, c.id <> w.id, c.id, w.place) AS source,
           ARRAY_AGG(w.place ORDER BY c.day, c.id <> w.id, c.id, w.place) AS target
      FROM waiting w
      JOIN coming c USING (order_id, product_id)
     GROUP BY w.order_id, w.product_id
),
step AS (
    SELECT f.order_id, f.product_id, 0 AS number, 0 AS source, 0 AS target,
           0::float8 AS part, w.missing, c.moved, f.source AS sources,
           f.target AS targets
      FROM filling f
      JOIN (SELECT order_id, product_id, ARRAY_AGG(ordered ORDER BY place) AS missing
              FROM waiting GROUP BY order_id, product_id) w USING (order_id, product_id)
      JOIN (SELECT order_id, product_id, ARRAY_AGG(moved ORDER BY place) AS moved
              FROM coming GROUP BY order_id, product_id) c USING (order_id, product_id)
     UNION ALL
    SELECT order_id, product_id, number, source, target, part,
           missing[: target - 1] || [missing[target] - part] || missing[target + 1 :],
           moved[: source - 1] || [moved[source] - part] || moved[source + 1 :],
           sources, targets
      FROM (SELECT *, LEAST(missing[target], moved[source]) AS part
              FROM (SELECT order_id, product_id, number + 1 AS number, missing, moved,
                           sources, targets, sources[number + 1] AS source,
                           targets[number + 1] AS target
                      FROM step
                     WHERE number < len(sources)) following) each_step
),
filled AS (
    SELECT order_id, product_id, source, target, part FROM step WHERE part > 0
),
arrived AS (
    SELECT line_id, moved, day
      FROM receipt
     WHERE NOT EXISTS (SELECT 1 FROM coming WHERE coming.id = receipt.line_id)
     UNION ALL
    SELECT w.id, filled.part, c.day
      FROM filled
      JOIN waiting w ON w.order_id = filled.order_id
                    AND w.product_id = filled.product_id AND w.place = filled.target
      JOIN coming c ON c.order_id = filled.order_id
                   AND c.product_id = filled.product_id AND c.place = filled.source
     UNION ALL
    SELECT c.id, c.moved - COALESCE(SUM(filled.part), 0), c.day
      FROM coming c
      LEFT JOIN filled ON filled.order_id = c.order_id
                      AND filled.product_id = c.product_id AND filled.source = c.place
     GROUP BY c.id, c.moved, c.day
    HAVING c.moved > COALESCE(SUM(filled.part), 0)
),
-- A return is a surplus as far as more than the order asked for had come of the product
-- by then, each unit once; and bad beyond that.
going AS (
    SELECT gone.id, l.id AS line_id, l.order_id, l.product_id, gone.date,
           gone.quantity::float8 * mu.factor::float8 AS quantity,
           SUM(gone.quantity::float8 * mu.factor::float8)
               OVER (PARTITION BY l.order_id, l.product_id
                     ORDER BY gone.date, gone.id) AS went,
           GREATEST(0, came.quantity) AS surplus
      FROM stock_move gone
      JOIN uom_uom mu ON mu.id = gone.product_uom
      JOIN purchase_order_line l ON l.id = gone.purchase_line_id
     CROSS JOIN LATERAL (
           SELECT SUM(COALESCE(line.moved, 0)
                      - GREATEST(ol.product_uom_qty, ol.quantity_promised)::float8
                        * u.factor::float8) AS quantity
             FROM purchase_order_line ol
             JOIN product_product pp ON pp.id = ol.product_id
             JOIN product_template t ON t.id = pp.product_tmpl_id
             JOIN uom_uom u ON u.id = t.uom_id
            CROSS JOIN LATERAL (
                  SELECT SUM(m.quantity::float8 * ou.factor::float8) AS moved
                    FROM stock_move m
                    JOIN uom_uom ou ON ou.id = m.product_uom
                   WHERE m.purchase_line_id = ol.id
                     AND m.state = 'done'
                     AND m.date <= gone.date
                     AND m.origin_returned_move_id IS NULL) line
            WHERE ol.order_id = l.order_id AND ol.product_id = l.product_id) came
     WHERE gone.state = 'done'
       AND gone.date <= $cutoff
       AND gone.origin_returned_move_id IS NOT NULL
),
harmless AS (
    SELECT going.*,
           LEAST(went, went + MIN(surplus - went)
               OVER (PARTITION BY order_id, product_id ORDER BY date, id)) AS so_far
      FROM going
),
faulty AS (
    SELECT DISTINCT line_id
      FROM (SELECT harmless.*,
                   so_far - LAG(so_far, 1, 0::float8) OVER (
                       PARTITION BY order_id, product_id ORDER BY date, id) AS kept
              FROM harmless) each
     WHERE quantity > kept
),
counted AS (
    SELECT line.*,
           arrived.moved / line.factor::float8 AS moved,
           arrived.day
      FROM line
      LEFT JOIN arrived ON arrived.line_id = line.id
),
-- Receipts in the order of their days: one counts for what it adds below the ordered
-- quantity. All groups are in the order of this one sort.
stepped AS (
    SELECT counted.*,
           SUM(moved)
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
           SUM(moved) AS received,
           SUM(moved) FILTER (WHERE day <= promised) AS on_time,
           id IN (SELECT line_id FROM faulty) AS is_returned,
           SUM(step) AS taken,
           SUM(step * GREATEST(0, day - promised)) AS late,
           SUM(step * (day - confirmed)) AS lead,
           MIN(confirmed) AS confirmed,
           MIN(ordered_on) AS ordered_on,
           MIN(day) FILTER (WHERE step > 0) AS began,
           MAX(day) FILTER (WHERE step > 0) AS completed,
           MIN(age) AS age
      FROM (
           SELECT stepped.*,
                  LEAST(so_far, ordered) - LEAST(so_far - moved, ordered) AS step
             FROM stepped
           ) stepped
     GROUP BY partner_id, id
),
-- What was typed in after its goods had come counts from the day of its order, if that
-- is before them.
timed AS (
    SELECT measured.*,
           lead / NULLIF(taken, 0) + (confirmed - begun) AS lead_time,
           completed - begun AS cycle
      FROM measured
     CROSS JOIN LATERAL (
           SELECT CASE WHEN began >= confirmed THEN confirmed
                       WHEN ordered_on < began THEN ordered_on END AS begun
           ) its
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
       AVG(lead_time) AS lead_time,
       CASE WHEN COUNT(lead_time) > 1
            THEN 100 * STDDEV_SAMP(lead_time) / NULLIF(AVG(lead_time), 0)
       END AS lead_time_cv,
       AVG(cycle) FILTER (WHERE taken >= ordered * (1 - 1e-6)) AS cycle_time,
       100 * AVG(is_kept) AS promise_kept,
       100.0 * COUNT(DISTINCT acknowledged_id) / COUNT(DISTINCT order_id) AS ack_rate
  FROM timed
 GROUP BY partner_id
