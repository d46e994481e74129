-- One row per line, with what will become of it. Two in a hundred are added to their
-- order after it was confirmed.
CREATE TABLE bench.line AS
SELECT p.line_base + ROW_NUMBER() OVER (ORDER BY o.id, n) AS id,
       o.id AS order_id,
       o.partner_id,
       o.supplier,
       o.cancelled,
       o.confirmed
           + CASE WHEN bench.chance(n, 40) < 0.02
                  THEN date_trunc('second', interval '36 hours' * bench.chance(n, 46))
                  ELSE interval '0' END AS confirmed,
       LEAST(p.stop - interval '1 second',
             o.promised + interval '1 day'
                 * CASE WHEN bench.chance(n, 21) < 0.2
                        THEN CEIL(10 * bench.chance(n, 22)) ELSE 0 END) AS promised,
       p.product_base + article AS product_id,
       bench.chance(article, 1) < 0.03 AS is_service,
       1 + FLOOR(200 * bench.chance(n, 23) ^ 2)::integer AS quantity,
       CASE WHEN bench.chance(n, 24) < 0.05 THEN 6 ELSE 1 END AS units,
       o.rate,
       -- Of one unit of the product, in the company's currency: each supplier has its
       -- level and its trend, in steps of a quarter; three lines in ten are a haggle.
       CASE WHEN bench.chance(n, 25) < 0.003 THEN 0
            ELSE (1 + 400 * bench.chance(article, 26) ^ 4)
                 * (0.9 + 0.2 * bench.chance(assortment, 34))
                 * (1 + 0.03 * quarter * (bench.chance(assortment, 35) - 0.4))
                 * CASE WHEN bench.chance(n, 36) < 0.3
                        THEN 0.97 + 0.06 * bench.chance(n, 37) ELSE 1 END
       END AS price,
       CASE WHEN bench.chance(n, 38) < 0.1
            THEN 5 + FLOOR(11 * bench.chance(n, 39))::integer ELSE 0 END AS discount,
       -- each supplier is as punctual as it is
       bench.chance(n, 27) < 0.5 + 0.48 * bench.chance(o.supplier, 28) AS punctual,
       CASE WHEN bench.chance(n, 29) < 0.03 THEN 0
            WHEN bench.chance(n, 29) < 0.68 THEN 1
            WHEN bench.chance(n, 29) < 0.94 THEN 2
            ELSE 3 END AS deliveries,
       bench.chance(n, 30) < 0.03 AS is_over,
       bench.chance(n, 31) < 0.10 AS is_short,
       bench.chance(n, 32) < 0.025 AS is_returned
  FROM bench.parameter p,
       generate_series(1, p.all_lines) n
  JOIN bench.purchase o ON o.number = bench.order_of(n),
       -- A supplier sells 5 articles, the largest 140; some are sold by many suppliers.
       LATERAL (SELECT FLOOR((5 + 1500 / (o.supplier + 10)) * bench.chance(n, 20) ^ 2)
                           ::bigint AS pick) picked,
       LATERAL (SELECT 1 + FLOOR(p.products
                           * bench.chance(o.supplier * 1000::bigint + pick, 33) ^ 2)
                           ::integer AS article) chosen,
       LATERAL (SELECT o.supplier * 1000000::bigint + article AS assortment,
                       FLOOR(EXTRACT(EPOCH FROM o.confirmed - p.start) / 7889400)
                           AS quarter) its;
