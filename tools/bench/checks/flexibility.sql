-- Flexibility: of the order lines promised in the period that were urgent, or that we
-- changed by the promised day, the share by value of which all came by that day. Urgent
-- is what was marked so when it was confirmed. What came too much on another line of
-- the order is not looked at.
WITH line AS (
    SELECT l.id,
           p.commercial_partner_id AS partner_id,
           l.quantity_promised::float8 AS ordered,
           (l.price_subtotal / l.product_uom_qty / o.currency_rate)::float8
               * l.quantity_promised AS weight,
           its.promised,
           u.factor::float8 AS factor,
           l.urgent_promised IS TRUE OR its.promised - its.confirmed < (
               SELECT MIN(s.delay)
                 FROM product_supplierinfo s
                 JOIN res_partner sp ON sp.id = s.partner_id
                WHERE sp.commercial_partner_id = p.commercial_partner_id
                  AND s.product_tmpl_id = t.id
                  AND COALESCE(s.product_id, pp.id) = pp.id
                  AND COALESCE(s.company_id, o.company_id) = o.company_id
                  AND its.confirmed BETWEEN COALESCE(s.date_start, its.confirmed)
                                        AND COALESCE(s.date_end, its.confirmed)
                  AND s.delay > 0) AS is_urgent,
           EXISTS (
               SELECT FROM supplier_promise_change c
                WHERE c.line_id = l.id
                  AND c.date <= %(cutoff)s
                  AND c.is_late IS NOT TRUE
                  AND (c.date AT TIME ZONE 'UTC' AT TIME ZONE %(tz)s)::date
                      <= its.promised
                  AND (c.reason = 'buyer' AND c.date_to <> c.date_from
                       OR c.reason = 'order' AND c.quantity_to > 0
                          AND c.quantity_to <> c.ordered_from)) AS is_changed
      FROM purchase_order_line l
      JOIN purchase_order o ON o.id = l.order_id
      JOIN res_partner p ON p.id = o.partner_id
      JOIN product_product pp ON pp.id = l.product_id
      JOIN product_template t ON t.id = pp.product_tmpl_id
      JOIN uom_uom u ON u.id = t.uom_id
     CROSS JOIN LATERAL (
           SELECT (l.date_promised AT TIME ZONE 'UTC' AT TIME ZONE %(tz)s)::date
                      AS promised,
                  (l.date_promise_frozen AT TIME ZONE 'UTC' AT TIME ZONE %(tz)s)::date
                      AS confirmed,
                  CASE WHEN l.date_promise_cancelled <= %(cutoff)s
                       THEN (l.date_promise_cancelled
                             AT TIME ZONE 'UTC' AT TIME ZONE %(tz)s)::date
                  END AS cancelled
           ) its
     WHERE o.company_id = %(company)s
       AND (its.cancelled <= its.promised) IS NOT TRUE
       AND l.date_promise_frozen <= %(cutoff)s
       AND l.date_promised >= %(start)s
       AND l.date_promised < %(stop)s
       AND l.quantity_promised > 0
       AND l.supplier_exclusion IS NULL
       AND t.type = 'consu'
),
met AS (
    SELECT line.partner_id, line.id, line.weight,
           COALESCE(SUM(m.quantity::float8 * mu.factor::float8), 0)
               >= line.ordered * line.factor * (1 - 1e-6) AS is_met
      FROM line
      LEFT JOIN stock_move m
             ON m.purchase_line_id = line.id
            AND m.state = 'done'
            AND m.date <= %(cutoff)s
            AND m.origin_returned_move_id IS NULL
            AND (m.date AT TIME ZONE 'UTC' AT TIME ZONE %(tz)s)::date <= line.promised
      LEFT JOIN uom_uom mu ON mu.id = m.product_uom
     WHERE line.is_urgent OR line.is_changed
     GROUP BY line.partner_id, line.id, line.weight, line.ordered, line.factor
)
SELECT partner_id,
       100 * COALESCE(SUM(weight) FILTER (WHERE is_met), 0)
           / NULLIF(SUM(weight), 0) AS flexibility
  FROM met
 GROUP BY partner_id
