-- Which share of the supplier's people who were invited completed the trainings of the
-- period that were held, and entered by the cut-off.
SELECT n.commercial_partner_id AS partner_id,
       100.0 * SUM(n.completed) / SUM(n.invited) AS training_completed
  FROM supplier_training n
 WHERE n.company_id = %(company)s
   AND n.date BETWEEN %(date_from)s AND %(date_to)s
   AND n.date_done <= %(cutoff)s
   AND n.state = 'held'
   AND n.trainees = 'supplier'
   AND n.supplier_exclusion IS NULL
 GROUP BY n.commercial_partner_id
