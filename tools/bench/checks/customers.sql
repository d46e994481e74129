-- What people outside say of a supplier: the mean over people of what each of them
-- answered in the period, where somebody who answered several times is one.
WITH person AS (
    SELECT p.commercial_partner_id AS partner_id,
           r.respondent_id,
           AVG(r.score::float8) AS score
      FROM supplier_customer_review r
      JOIN res_partner p ON p.id = r.partner_id
     WHERE r.company_id = %(company)s
       AND r.state = 'done'
       AND r.has_score
       AND r.supplier_exclusion IS NULL
       AND r.date_done <= %(cutoff)s
       AND (r.date_done AT TIME ZONE 'UTC' AT TIME ZONE %(tz)s)::date
           BETWEEN %(date_from)s AND %(date_to)s
     GROUP BY p.commercial_partner_id, r.respondent_id
)
SELECT partner_id,
       AVG(score) AS customer_assessment
  FROM person
 GROUP BY partner_id
