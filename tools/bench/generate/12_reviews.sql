-- Assessments of a fifth of the suppliers by one or two people, for an evaluation of the
-- year that measures nothing else.
INSERT INTO supplier_evaluation (template_id, company_id, state, revision,
                                 date_from, date_to, cutoff, create_date, create_uid,
                                 write_uid)
SELECT t.id, p.company_id, 'published', 0,
       (p.last + 1 - interval '1 year')::date, p.last, p.stop, p.stop, 1, 1
  FROM bench.parameter p,
       (SELECT MIN(id) AS id FROM supplier_scorecard_template) t;

INSERT INTO supplier_review (evaluation_id, partner_id, company_id, user_id, role,
                             questionnaire_id, date, date_due, date_done, state, score,
                             has_score, create_date, create_uid, write_uid)
SELECT e.id, p.partner_base + n, p.company_id, u.id, 'quality',
       (SELECT MIN(id) FROM supplier_questionnaire), p.last, day + 3, day, 'done',
       ROUND((100 * SQRT(bench.chance(n, 95 + u.number::integer)))::numeric, 2), TRUE,
       day, 1, 1
  FROM bench.parameter p,
       supplier_evaluation e,
       generate_series(1, p.suppliers) n,
       (SELECT id, ROW_NUMBER() OVER (ORDER BY id) AS number
          FROM res_users WHERE login IN ('__system__', 'admin')) u,
       LATERAL (SELECT p.last - FLOOR(365 * bench.chance(n * 10::bigint + u.number, 98))
                                ::integer AS day) its
 WHERE e.revision = 0
   AND bench.chance(n, 99) < 0.2
   AND (u.number = 1 OR bench.chance(n, 100) < 0.5)
 ORDER BY n, u.number;
