-- Skewed as spend is: of 5,000 suppliers, a fifth has three quarters of the orders,
-- the largest 1.5 % of them, the smallest only a few.
CREATE TABLE bench.purchase AS
SELECT number,
       p.order_base + ROW_NUMBER() OVER (ORDER BY promised - lead, number) AS id,
       supplier,
       p.partner_base
           + CASE WHEN supplier % 10 = 0 AND bench.chance(number, 11) < 0.3
                  THEN p.suppliers + supplier / 10 ELSE supplier END AS partner_id,
       promised,
       promised - lead AS confirmed,
       bench.chance(number, 12) < 0.03 AS cancelled,
       is_foreign,
       CASE WHEN is_foreign THEN ROUND((7 + 0.2 * bench.chance(number, 18))::numeric, 4)
            ELSE 1 END AS rate
  FROM bench.parameter p,
       generate_series(1, p.orders) number,
       LATERAL (
           SELECT CASE WHEN number <= p.suppliers THEN number
                       ELSE LEAST(p.suppliers, 1 + FLOOR(
                           10 * (POWER(p.suppliers / 10.0::float8 + 1,
                                       bench.chance(number, 14)) - 1))::integer)
                  END AS supplier,
                  date_trunc('second', CASE WHEN number <= p.year_orders
                      THEN p.start + (p.stop - p.start) * bench.chance(number, 15)
                      ELSE p.before + (p.start - p.before) * bench.chance(number, 15)
                  END) AS promised,
                  date_trunc('second', interval '2 days'
                             + interval '40 days' * bench.chance(number, 16) ^ 2)
                      AS lead,
                  bench.chance(number, 13) < 0.15 AS is_foreign
       ) chosen;
CREATE UNIQUE INDEX ON bench.purchase (number);

INSERT INTO purchase_order (id, name, partner_id, company_id, currency_id,
                            currency_rate, picking_type_id, state, acknowledged,
                            date_acknowledged, date_order, date_approve, date_planned, invoice_status,
                            priority, locked, create_date, create_uid, write_uid)
SELECT o.id, 'B' || LPAD(o.id::text, 7, '0'), o.partner_id, p.company_id,
       CASE WHEN is_foreign THEN p.foreign_currency_id ELSE p.currency_id END,
       rate,
       p.picking_type_id,
       CASE WHEN cancelled THEN 'cancel' ELSE 'purchase' END,
       acknowledged,
       CASE WHEN acknowledged
            THEN date_trunc('second', confirmed + (promised - confirmed)
                                                  * bench.chance(number, 19)) END,
       confirmed, confirmed, promised, 'no', '0', FALSE, confirmed, 1, 1
  FROM bench.purchase o, bench.parameter p,
       LATERAL (SELECT bench.chance(number, 17) < 0.7 AS acknowledged) its
 ORDER BY o.id;
