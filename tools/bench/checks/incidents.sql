-- Of the incidents of the period, how many were resolved up to the cut-off, and how many
-- hours they took; what is open ages. Those of our own or a carrier's fault do not count.
SELECT commercial_partner_id AS partner_id,
       100.0 * COUNT(*) FILTER (WHERE date_resolved <= %(cutoff)s) / COUNT(*)
           AS resolution_rate,
       AVG(EXTRACT(EPOCH FROM LEAST(date_resolved, %(cutoff)s) - date_opened) / 3600)
           AS resolution_time
  FROM supplier_incident
 WHERE company_id = %(company)s
   AND date_opened >= %(start)s
   AND date_opened < %(stop)s
   AND date_opened <= %(cutoff)s
   AND state <> 'cancelled'
   AND responsibility IN ('supplier', 'open')
 GROUP BY commercial_partner_id
