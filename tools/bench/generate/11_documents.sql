-- Three types that every supplier needs. Of a hundred documents, 85 are valid on the last
-- day; the others have run out, are not verified or are not there.
INSERT INTO supplier_document_type (code, name, is_required, active, create_date,
                                    create_uid, write_uid)
SELECT 'benchmark_' || n, jsonb_build_object('en_US', 'Benchmark document ' || n), TRUE,
       TRUE, p.start, 1, 1
  FROM bench.parameter p, generate_series(1, 3) n
 ORDER BY n;

INSERT INTO supplier_document (partner_id, commercial_partner_id, company_id, type_id,
                               number, issuer, date_from, date_to, verification,
                               date_verified, active, create_date, create_uid, write_uid)
SELECT p.partner_base + n, p.partner_base + n, p.company_id, t.id,
       'B-' || t.number || '-' || n, 'Issuer', day, day + 730,
       CASE WHEN luck < 0.9 THEN 'verified' ELSE 'to_verify' END,
       CASE WHEN luck < 0.9 THEN day + 1 END, TRUE, day, 1, 1
  FROM bench.parameter p,
       generate_series(1, p.suppliers) n,
       (SELECT id, ROW_NUMBER() OVER (ORDER BY id) AS number
          FROM supplier_document_type
         WHERE name ->> 'en_US' LIKE 'Benchmark document _') t,
       LATERAL (SELECT bench.chance(n * 10::bigint + t.number, 92) AS luck) its,
       LATERAL (SELECT p.last - CASE WHEN luck < 0.05 THEN 800
                                     ELSE FLOOR(700 * bench.chance(n * 10::bigint
                                                                   + t.number, 93))
                                END::integer AS day) since
 WHERE luck < 0.95
 ORDER BY n, t.number;
