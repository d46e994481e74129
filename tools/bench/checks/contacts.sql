-- Of the contacts that the plan of the supplier's tier asks for in the period, how many
-- were held, at most all: as many are planned as fit in its days whole. What was entered
-- after the cut-off is not known.
WITH plan AS (
    SELECT p.id AS partner_id,
           ((LEAST(%(date_to)s::date, (%(cutoff)s::timestamp AT TIME ZONE 'UTC'
                                       AT TIME ZONE %(tz)s)::date)
             - %(date_from)s::date + 1)
            / LEAST(NULLIF(t.contact_days, 0), NULLIF(t.visit_days, 0))) AS planned,
           t.contact_days = 0 AS only_meetings
      FROM res_partner p
      JOIN supplier_tier t
        ON t.id::text = p.supplier_tier_id ->> %(company)s::text
     WHERE p.id = p.commercial_partner_id
)
SELECT plan.partner_id,
       100.0 * LEAST(plan.planned, COUNT(n.id)) / plan.planned AS contact_frequency
  FROM plan
  LEFT JOIN supplier_contact n
    ON n.commercial_partner_id = plan.partner_id
   AND n.company_id = %(company)s
   AND n.date >= %(start)s
   AND n.date < %(stop)s
   AND n.date <= %(cutoff)s
   AND n.create_date <= %(cutoff)s
   AND n.active
   AND n.supplier_exclusion IS NULL
   AND (n.kind IN ('visit', 'meeting') OR NOT plan.only_meetings)
 WHERE plan.planned > 0
 GROUP BY plan.partner_id, plan.planned
