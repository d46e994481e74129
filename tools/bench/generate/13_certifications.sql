-- A programme for every supplier. Four in five have applied; most of them hold a
-- certificate, some with conditions; some lost it again, or it has run out.
INSERT INTO supplier_certification_program (name, validity_months, active, create_date,
                                            create_uid, write_uid)
SELECT jsonb_build_object('en_US', 'Benchmark programme'), 12, TRUE, p.start, 1, 1
  FROM bench.parameter p;

CREATE TABLE bench.certification AS
SELECT p.partner_base + n AS partner_id, t.id AS program_id, day, day + 365 AS date_to,
       CASE WHEN luck < 0.6 THEN 'certified' WHEN luck < 0.75 THEN 'conditional'
       END AS granted,
       CASE WHEN luck > 0.5 AND luck < 0.55
            THEN p.stop - (p.stop - day) * bench.chance(n, 111) END AS suspended
  FROM bench.parameter p,
       generate_series(1, p.suppliers) n,
       (SELECT MAX(id) AS id FROM supplier_certification_program) t,
       LATERAL (SELECT bench.chance(n, 112) AS luck,
                       p.last - 40 - FLOOR(400 * bench.chance(n, 113))::integer
                           AS day) its
 WHERE luck < 0.8;

INSERT INTO supplier_certification (name, partner_id, company_id, program_id, state,
                                    date_from, date_to, active, create_date, create_uid,
                                    write_uid)
SELECT 'BENCH/C/' || partner_id, partner_id, p.company_id, program_id,
       CASE WHEN suspended IS NOT NULL THEN 'suspended'
            WHEN granted IS NOT NULL THEN granted ELSE 'submitted' END,
       CASE WHEN granted IS NOT NULL THEN day END,
       CASE WHEN granted IS NOT NULL THEN date_to END, TRUE, day, 1, 1
  FROM bench.parameter p, bench.certification
 ORDER BY partner_id;

INSERT INTO supplier_certification_transition (certification_id, company_id, user_id,
                                               state_from, state_to, date, date_from,
                                               date_to, create_date, create_uid,
                                               write_uid)
SELECT c.id, c.company_id, 1, step.state_from, step.state_to, step.date,
       CASE WHEN step.state_to <> 'submitted' THEN c.date_from END,
       CASE WHEN step.state_to <> 'submitted' THEN c.date_to END, step.date, 1, 1
  FROM bench.certification b
  JOIN supplier_certification c ON c.name = 'BENCH/C/' || b.partner_id,
       LATERAL (VALUES ('draft', 'submitted', day - interval '30 days'),
                       ('submitted', granted, day + interval '2 hours'),
                       (granted, 'suspended', date_trunc('second', suspended)))
           step (state_from, state_to, date)
 WHERE step.state_to IS NOT NULL AND step.date IS NOT NULL
 ORDER BY c.id, step.date;
