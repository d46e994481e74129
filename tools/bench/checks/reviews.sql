-- What our people say of a supplier: the mean of what was handed in for the period.
SELECT partner_id,
       AVG(score::float8) AS review
  FROM supplier_review
 WHERE company_id = %(company)s
   AND date BETWEEN %(date_from)s AND %(date_to)s
   AND date_done <= %(cutoff)s
   AND state = 'done'
   AND has_score
 GROUP BY partner_id
