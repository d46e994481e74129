-- One row per line, with what will become of it.
CREATE TABLE bench.line AS
SELECT p.line_base + ROW_NUMBER() OVER (ORDER BY o.id, n) AS id,
       o.id AS order_id,
       o.partner_id,
       o.cancelled,
       o.confirmed,
       LEAST(p.stop - interval '1 second',
             o.promised + interval '1 day'
                 * CASE WHEN bench.chance(n, 21) < 0.2
                        THEN CEIL(10 * bench.chance(n, 22)) ELSE 0 END) AS promised,
       p.product_base + article AS product_id,
       bench.chance(article, 1) < 0.03 AS is_service,
       1 + FLOOR(200 * bench.chance(n, 23) ^ 2)::integer AS quantity,
       CASE WHEN bench.chance(n, 24) < 0.05 THEN 6 ELSE 1 END AS units,
       CASE WHEN bench.chance(n, 25) < 0.003 THEN 0
            ELSE ROUND((1 + 400 * bench.chance(article, 26) ^ 4)::numeric, 2)
       END AS price,
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
       generate_series(1, p.lines) n
  JOIN bench.purchase o ON o.number = bench.order_of(n),
       LATERAL (SELECT 1 + FLOOR(p.products * bench.chance(n, 20) ^ 2)::integer
                    AS article) chosen;
