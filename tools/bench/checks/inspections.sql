-- Which share of what was inspected in the period was good, by worth. An inspection that
-- was corrected, left out, or turned out to be the fault of others does not count.
SELECT n.commercial_partner_id AS partner_id,
       100.0 * SUM((n.quantity_inspected - n.quantity_rejected) * n.unit_value)
           / NULLIF(SUM(n.quantity_inspected * n.unit_value), 0) AS pass_rate
  FROM supplier_inspection n
  LEFT JOIN supplier_inspection later
    ON later.previous_id = n.id AND later.state = 'done'
  LEFT JOIN supplier_incident blamed
    ON blamed.inspection_id = n.id AND blamed.state <> 'cancelled'
   AND blamed.responsibility IN ('us', 'carrier', 'force_majeure')
 WHERE n.company_id = %(company)s
   AND n.date BETWEEN %(date_from)s AND %(date_to)s
   AND (n.date_done IS NULL OR n.date_done <= %(cutoff)s)
   AND n.state = 'done'
   AND n.quantity_inspected > 0
   AND n.supplier_exclusion IS NULL
   AND later.id IS NULL
   AND blamed.id IS NULL
 GROUP BY n.commercial_partner_id
