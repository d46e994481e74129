-- Returns, defects and lots of the receipts in the period. Values are at the order's
-- price and rate. Defective is what went back to the supplier up to the cut-off, or what
-- quality incidents of the supplier's fault say of a receipt, if that is more. Nobody gave
-- a reason of a return here: it is a surplus as far as more than the order asked for had
-- come of the product, and bad beyond that.
WITH moved AS (
    SELECT m.id,
           m.origin_returned_move_id AS origin_id,
           p.commercial_partner_id AS partner_id,
           l.order_id,
           l.product_id,
           m.date,
           m.date >= %(start)s AND m.date < %(stop)s AS is_in_period,
           l.supplier_exclusion IS NULL AS counts,
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
),
-- Of each return, what had gone back so far, and how much too much had come by then.
going AS (
    SELECT gone.id, gone.origin_id, gone.order_id, gone.product_id, gone.date,
           gone.quantity,
           SUM(gone.quantity) OVER (PARTITION BY gone.order_id, gone.product_id
                                    ORDER BY gone.date, gone.id) AS went,
           GREATEST(0, came.quantity - asked.quantity) AS surplus
      FROM moved gone
      JOIN (SELECT b.id, SUM(a.quantity) AS quantity
              FROM moved b
              JOIN moved a USING (order_id, product_id)
             WHERE b.origin_id IS NOT NULL AND a.origin_id IS NULL AND a.date <= b.date
             GROUP BY b.id) came ON came.id = gone.id
      JOIN (SELECT order_id, product_id,
                   SUM(GREATEST(product_uom_qty, quantity_promised)::float8) AS quantity
              FROM purchase_order_line
             GROUP BY order_id, product_id) asked
        ON asked.order_id = gone.order_id AND asked.product_id = gone.product_id
     WHERE gone.origin_id IS NOT NULL
),
-- What is too much goes back once: no more of it than had come and is still there.
harmless AS (
    SELECT going.*,
           LEAST(went, went + MIN(surplus - went) OVER (
               PARTITION BY order_id, product_id ORDER BY date, id)) AS so_far
      FROM going
),
back AS (
    SELECT origin_id, SUM(quantity - kept) AS quantity
      FROM (SELECT harmless.*,
                   so_far - LAG(so_far, 1, 0::float8) OVER (
                       PARTITION BY order_id, product_id ORDER BY date, id) AS kept
              FROM harmless) each
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
     WHERE moved.origin_id IS NULL AND moved.is_in_period AND moved.counts
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
     WHERE origin_id IS NOT NULL AND is_in_period AND counts
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
