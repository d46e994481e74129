-- Of three suppliers in four somebody looked at a register, some of them long ago. One in
-- five has lawsuits, penalties or violations of environmental law; half are rated by one
-- or two agencies, some of them more than once.
INSERT INTO supplier_risk_check (partner_id, commercial_partner_id, company_id, source,
                                 date, has_legal, has_environment, create_date,
                                 create_uid, write_uid)
SELECT p.partner_base + n, p.partner_base + n, p.company_id, 'Register',
       p.last - FLOOR(500 * bench.chance(n, 141))::integer, TRUE,
       bench.chance(n, 142) < 0.5, p.start, 1, 1
  FROM bench.parameter p, generate_series(1, p.suppliers) n
 WHERE bench.chance(n, 143) < 0.75;

INSERT INTO supplier_risk_signal (name, partner_id, commercial_partner_id, company_id,
                                  kind, severity, severity_worst, date, date_end, source,
                                  external_ref, state, date_closed, create_date,
                                  create_uid, write_uid)
SELECT 'Signal', p.partner_base + n, p.partner_base + n, p.company_id,
       its.kind, its.severity, its.severity, its.day,
       CASE WHEN bench.chance(n * 8 + k, 145) < 0.3
            THEN its.day + FLOOR(400 * bench.chance(n * 8 + k, 146))::integer END,
       'Register', n || '/' || k, its.state,
       CASE WHEN its.state = 'closed' THEN its.day + interval '60 days' END,
       p.start, 1, 1
  FROM bench.parameter p,
       generate_series(1, p.suppliers) n,
       generate_series(1, 3) k,
       LATERAL (SELECT (ARRAY['litigation', 'penalty', 'environment', 'news'])
                           [1 + FLOOR(4 * bench.chance(n * 8 + k, 147))] AS kind,
                       (ARRAY['low', 'medium', 'high', 'critical'])
                           [1 + FLOOR(4 * bench.chance(n * 8 + k, 148) ^ 2)] AS severity,
                       (ARRAY['open', 'confirmed', 'mitigated', 'closed',
                              'false_alarm'])
                           [1 + FLOOR(5 * bench.chance(n * 8 + k, 149) ^ 2)] AS state,
                       p.last - FLOOR(800 * bench.chance(n * 8 + k, 150))::integer
                           AS day) its
 WHERE bench.chance(n, 144) < 0.2;

INSERT INTO supplier_risk_signal (name, partner_id, commercial_partner_id, company_id,
                                  kind, severity, severity_worst, date, source,
                                  external_ref, state, rating, rating_id, rating_score,
                                  create_date, create_uid, write_uid)
SELECT 'Rating', p.partner_base + n, p.partner_base + n, p.company_id, 'credit_rating',
       'low', 'low', p.last - FLOOR(900 * bench.chance(n * 8 + k, 151))::integer,
       CASE WHEN k < 3 THEN 'Agency' ELSE 'Other agency' END, n || '/' || k,
       CASE WHEN bench.chance(n * 8 + k, 152) < 0.05 THEN 'false_alarm' ELSE 'open' END,
       rating.name, rating.id, rating.score, p.start, 1, 1
  FROM bench.parameter p,
       generate_series(1, p.suppliers) n,
       generate_series(1, 3) k,
       LATERAL (SELECT r.* FROM supplier_risk_rating r
                 ORDER BY bench.chance(n * 8 + k + r.id, 153) LIMIT 1) rating
 WHERE bench.chance(n, 154) < 0.5
   AND bench.chance(n * 8 + k, 155) < 0.6;
