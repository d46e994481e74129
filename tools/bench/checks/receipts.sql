-- Returns, defects and lots of the receipts in the period. Values are at the order's
-- price and rate. Defective is what went back to the supplier up to the cut-off, or what
-- quality incidents of the supplier's fault say of a receipt, if that is more.
WITH moved AS (
    SELECT m.id,
           m.origin_returned_move_id AS origin_id,
           p.commercial_partner_id AS partner_id,
           m.date >= %(start)s AND m.date < %(stop)s AS is_in_period,
           m.quantity::float8 * mu.factor::float8 / tu.factor::float8 AS quantity,
           l.price_subtotal::float8 / o.currency_rate::float8 / l.product_uom_qty
               AS price
      FROM stock_move m
      JOIN uom_uom mu ON mu.id = m.product_uom
      JOIN purchase_order_line l ON l.id = m.purchase_line_id
      JOIN purchase_order o ON o.id = l.order_id
      JOIN res_partner p ON p.id = o.partner_id
      JOIN product_product pp ON pp.id = l.product_id
      JOIN product_template t ON t.id = pp.product_tmpl_id
      JOIN uom_uom tu ON tu.id = t.uom_id
     WHERE o.company_id = %(company)s
       AND o.state = 'purchase'
       AND m.state = 'done'
       AND m.quantity > 0
       AND m.date <= %(cutoff)s
       AND l.product_uom_qty > 0
       AND l.supplier_exclusion IS NULL
),
back AS (
    SELECT origin_id, SUM(quantity) AS quantity
      FROM moved
     WHERE origin_id IS NOT NULL
     GROUP BY origin_id
),
complaint AS (
    SELECT commercial_partner_id AS partner_id, move_id, quantity,
           date_opened >= %(start)s AND date_opened < %(stop)s AS is_in_period
      FROM supplier_incident
     WHERE company_id = %(company)s
       AND incident_type = 'quality'
       AND responsibility = 'supplier'
       AND state <> 'cancelled'
       AND date_opened <= %(cutoff)s
),
rejected AS (
    SELECT move_id, SUM(quantity)::float8 AS quantity FROM complaint GROUP BY move_id
),
complaints AS (
    SELECT partner_id, COUNT(*) AS number FROM complaint WHERE is_in_period GROUP BY 1
),
receipt AS (
    SELECT moved.partner_id,
           moved.quantity * moved.price AS value,
           LEAST(1, GREATEST(COALESCE(back.quantity, 0), COALESCE(rejected.quantity, 0))
                    / moved.quantity) AS defective
      FROM moved
      LEFT JOIN back ON back.origin_id = moved.id
      LEFT JOIN rejected ON rejected.move_id = moved.id
     WHERE moved.origin_id IS NULL AND moved.is_in_period
),
received AS (
    SELECT partner_id,
           COUNT(*) AS receipts,
           SUM(value) AS value,
           1e6 * COALESCE(SUM(value * defective) / NULLIF(SUM(value), 0),
                          AVG(defective)) AS defect_ppm,
           100 * AVG(CASE WHEN defective = 0 THEN 1 ELSE 0 END) AS lot_acceptance
      FROM receipt
     GROUP BY partner_id
),
returned AS (
    SELECT partner_id, SUM(quantity * price) AS value
      FROM moved
     WHERE origin_id IS NOT NULL AND is_in_period
     GROUP BY partner_id
)
SELECT received.partner_id,
       100 * COALESCE(returned.value, 0) / NULLIF(received.value, 0) AS return_rate,
       defect_ppm,
       lot_acceptance,
       100.0 * COALESCE(complaints.number, 0) / receipts AS complaint_rate
  FROM received
  LEFT JOIN returned USING (partner_id)
  LEFT JOIN complaints USING (partner_id)
