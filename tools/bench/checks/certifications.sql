-- How a supplier stood at the cut-off in the one programme, which is for everybody:
-- certified, with conditions, or neither. What a certification was then is what its last
-- decision up to then had made it, as long as it is valid.
SELECT p.id AS partner_id,
       COALESCE((
           SELECT CASE decision.state_to WHEN 'certified' THEN 100
                                         WHEN 'conditional' THEN 50 END
             FROM (
                  SELECT t.state_to, t.date_from, t.date_to
                    FROM supplier_certification c
                    JOIN supplier_certification_transition t
                      ON t.certification_id = c.id
                   WHERE c.partner_id = p.id
                     AND c.company_id = %(company)s
                     AND t.date <= %(cutoff)s
                   ORDER BY t.date DESC
                   LIMIT 1
                  ) decision
            WHERE ((%(cutoff)s::timestamp - interval '1 second')
                   AT TIME ZONE 'UTC' AT TIME ZONE %(tz)s)::date
                  BETWEEN decision.date_from AND decision.date_to), 0)
           AS certification
  FROM res_partner p
 WHERE p.commercial_partner_id = p.id
   AND p.supplier_rank > 0
