-- An incident for three receipts in a thousand; four in five are about quality, with a
-- part of what was received. Three in a hundred were cancelled. What would be resolved
-- after the year is still in progress.
INSERT INTO supplier_incident (name, title, partner_id, commercial_partner_id,
                               company_id, incident_type, severity, responsibility,
                               state, product_id, purchase_line_id, order_id, move_id,
                               quantity, date_opened, date_resolved, date_due,
                               reporter_id, cost, create_date, create_uid, write_uid)
SELECT 'BENCH/' || LPAD((ROW_NUMBER() OVER (ORDER BY opened, m.id))::text, 6, '0'),
       'Incident', o.partner_id, r.commercial_partner_id, p.company_id,
       CASE WHEN bench.chance(m.id, 82) < 0.8 THEN 'quality'
            ELSE (ARRAY['delivery', 'documents', 'service', 'other'])
                 [1 + FLOOR(4 * bench.chance(m.id, 83))] END,
       (ARRAY['minor', 'major', 'critical'])[1 + FLOOR(3 * bench.chance(m.id, 84) ^ 2)],
       CASE WHEN bench.chance(m.id, 85) < 0.7 THEN 'supplier'
            ELSE (ARRAY['us', 'carrier', 'open'])
                 [1 + FLOOR(3 * bench.chance(m.id, 86))] END,
       CASE WHEN bench.chance(m.id, 87) < 0.03 THEN 'cancelled'
            WHEN resolved < p.stop THEN 'resolved' ELSE 'in_progress' END,
       m.product_id, m.purchase_line_id, o.id, m.id,
       CEIL(m.quantity * (0.05 + 0.95 * bench.chance(m.id, 88) ^ 2)::numeric),
       opened,
       CASE WHEN bench.chance(m.id, 87) >= 0.03 AND resolved < p.stop THEN resolved END,
       (opened + interval '14 days')::date, p.buyer_id,
       ROUND((500 * bench.chance(m.id, 89) ^ 3)::numeric, 2), opened, 1, 1
  FROM bench.parameter p,
       stock_move m
  JOIN purchase_order_line l ON l.id = m.purchase_line_id
  JOIN purchase_order o ON o.id = l.order_id
  JOIN res_partner r ON r.id = o.partner_id,
       LATERAL (SELECT date_trunc('second', m.date + interval '4 days'
                                            * bench.chance(m.id, 90)) AS opened) its,
       LATERAL (SELECT date_trunc('second', opened + interval '25 days'
                                            * bench.chance(m.id, 91) ^ 2) AS resolved) end_
 WHERE m.id > p.move_base
   AND m.state = 'done'
   AND m.origin_returned_move_id IS NULL
   AND bench.chance(m.id, 81) < 0.003
   AND opened < p.stop
 ORDER BY opened, m.id;
