-- Lawsuits that are open on the last day, and the penalties and violations of the year
-- that ends with it; somebody who looked in this year makes it 0. The last rating of each
-- agency, if it is not older than two years.
WITH day AS (
       SELECT LEAST(%(date_to)s::date,
                    ((%(cutoff)s::timestamp - interval '1 second')
                     AT TIME ZONE 'UTC' AT TIME ZONE %(tz)s)::date) AS last),
     signal AS (
       SELECT s.*, day.last
         FROM supplier_risk_signal s, day
        WHERE s.company_id = %(company)s
          AND s.state <> 'false_alarm'
          AND s.date <= day.last),
     legal AS (
       SELECT commercial_partner_id, 1 AS cases FROM signal
        WHERE kind = 'penalty' AND date > last - interval '1 year'
           OR kind = 'litigation'
              AND (date_end IS NULL OR date_end > last)
              AND (state <> 'closed' OR date_closed > %(cutoff)s)
        UNION ALL
       SELECT commercial_partner_id, 0 FROM supplier_risk_check, day
        WHERE company_id = %(company)s AND has_legal
          AND date <= last AND date > last - interval '1 year'),
     violation AS (
       SELECT commercial_partner_id,
              (CASE severity WHEN 'low' THEN 1 WHEN 'medium' THEN 2 WHEN 'high' THEN 4
                             ELSE 8 END)::float8
              / CASE WHEN state IN ('mitigated', 'closed') THEN 2 ELSE 1 END AS points
         FROM signal
        WHERE kind = 'environment' AND date > last - interval '1 year'
        UNION ALL
       SELECT commercial_partner_id, 0 FROM supplier_risk_check, day
        WHERE company_id = %(company)s AND has_environment
          AND date <= last AND date > last - interval '1 year'),
     rated AS (
       SELECT DISTINCT ON (commercial_partner_id, source)
              commercial_partner_id, rating_score, date, last
         FROM signal WHERE kind = 'credit_rating'
        ORDER BY commercial_partner_id, source, date DESC, id DESC)
SELECT p.id AS partner_id,
       (SELECT SUM(cases) FROM legal l
         WHERE l.commercial_partner_id = p.id) AS legal_cases,
       (SELECT AVG(rating_score) FROM rated r
         WHERE r.commercial_partner_id = p.id
           AND r.date > r.last - interval '2 years') AS risk_rating,
       (SELECT SUM(points) FROM violation v
         WHERE v.commercial_partner_id = p.id) AS environment
  FROM res_partner p
 WHERE p.commercial_partner_id = p.id AND p.supplier_rank > 0
