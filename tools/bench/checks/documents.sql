-- Of the documents that every supplier must have, how many there are, verified and valid
-- at the cut-off.
SELECT p.id AS partner_id,
       AVG(100.0 * (EXISTS (
           SELECT FROM supplier_document d
            WHERE d.commercial_partner_id = p.id
              AND d.type_id = t.id
              AND d.verification = 'verified'
              AND d.date_verified <= %(cutoff)s
              AND ((%(cutoff)s::timestamp - interval '1 second')
                   AT TIME ZONE 'UTC' AT TIME ZONE %(tz)s)::date
                  BETWEEN d.date_from AND d.date_to))::integer) AS document_validity
  FROM res_partner p
 CROSS JOIN supplier_document_type t
 WHERE t.is_required
   AND p.commercial_partner_id = p.id
   AND p.supplier_rank > 0
 GROUP BY p.id
