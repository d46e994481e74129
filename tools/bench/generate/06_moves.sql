-- A move per delivery; what never came has one, too, open or cancelled. Receipts
-- and returns that would be after the year have not happened yet.
CREATE TABLE bench.move AS
WITH delivery AS (
    SELECT l.*, piece,
           CASE WHEN piece < GREATEST(1, deliveries) THEN quantity / deliveries
                ELSE quantity - quantity / GREATEST(1, deliveries) * (piece - 1)
                     + CASE WHEN is_over THEN CEIL(quantity * 0.2) ELSE 0 END
           END AS moved,
           GREATEST(
               confirmed + interval '2 hours',
               promised + interval '1 day' * (
                   CASE WHEN punctual THEN -6 * bench.chance(l.id, 41) ^ 2
                        ELSE LEAST(60, 0.3 - 5 * LN(1 - bench.chance(l.id, 42)))
                   END + (piece - 1) * (1 + 8 * bench.chance(l.id, 43)))
           ) AS arrived
      FROM bench.line l, generate_series(1, GREATEST(1, deliveries)) piece
     WHERE NOT is_service
),
booked AS (
    SELECT d.*,
           CASE WHEN cancelled THEN 'cancel'
                WHEN deliveries = 0 OR arrived >= p.stop THEN 'assigned'
                WHEN deliveries > 1 AND piece = deliveries AND is_short
                THEN 'assigned'
                ELSE 'done' END AS state,
           FALSE AS is_return
      FROM delivery d, bench.parameter p
),
every AS (
    SELECT * FROM booked WHERE moved > 0
     UNION ALL
    SELECT id, order_id, partner_id, supplier, cancelled, confirmed, promised,
           product_id, is_service, quantity, units, rate, price, discount, punctual,
           deliveries, is_over, is_short, is_returned, 9 AS piece, CEIL(moved * bench.chance(id, 44)),
           arrived + interval '15 days' * bench.chance(id, 45), state, TRUE
      FROM booked, bench.parameter p
     WHERE is_returned AND piece = 1 AND state = 'done'
       AND moved > 0
       AND arrived + interval '15 days' * bench.chance(id, 45) < p.stop
)
SELECT ROW_NUMBER() OVER (
           ORDER BY CASE WHEN piece = 1 THEN confirmed ELSE arrived END, id, piece
       ) AS number, every.*
  FROM every;
CREATE INDEX ON bench.move (id) WHERE piece = 1;

-- One line in a hundred was lowered after its promised day: the promised quantity stays.
-- Orders are cancelled before their promise as often as after it.
-- Subtotals are not rounded, so that there is one answer to what a unit costs after
-- its discount.
INSERT INTO purchase_order_line (id, order_id, name, product_id, product_uom_id,
                                 product_qty, product_uom_qty, price_unit, discount,
                                 price_subtotal, price_total, company_id, partner_id,
                                 date_planned, date_promised, date_promise_frozen,
                                 quantity_promised, has_twin_line,
                                 date_promise_cancelled, date_promise_broken,
                                 supplier_exclusion, supplier_exclusion_reason,
                                 qty_received_method, qty_received, qty_invoiced,
                                 sequence, create_date, create_uid, write_uid)
SELECT l.id, l.order_id, 'Product', l.product_id,
       CASE l.units WHEN 6 THEN p.pack_id ELSE p.unit_id END,
       ordered, ordered * units, price_unit, discount,
       price_unit * (100 - discount) / 100 * ordered,
       price_unit * (100 - discount) / 100 * ordered,
       p.company_id, l.partner_id, l.promised, l.promised, confirmed,
       quantity * units,
       COUNT(*) OVER (PARTITION BY l.order_id, l.product_id) > 1,
       CASE WHEN cancelled
            THEN LEAST(p.stop - interval '1 second',
                       date_trunc('second', confirmed + 2 * (promised - confirmed)
                                            * bench.chance(l.order_id, 54))) END,
       CASE WHEN bench.chance(l.id, 51) < 0.04
            THEN date_trunc('second', confirmed + (promised - confirmed)
                                                  * bench.chance(l.id, 52)) END,
       CASE WHEN bench.chance(l.id, 53) < 0.01 THEN 'manual' END,
       CASE WHEN bench.chance(l.id, 53) < 0.01 THEN 'Our own delay' END,
       CASE WHEN is_service THEN 'manual' ELSE 'stock_moves' END,
       COALESCE(received, 0), 0, 10, confirmed, 1, 1
  FROM bench.parameter p,
       bench.line l
 CROSS JOIN LATERAL (
           SELECT ROUND((l.price * l.units * l.rate)::numeric, 2) AS price_unit,
                  CASE WHEN bench.chance(l.id, 55) < 0.01
                        AND l.promised < p.stop - interval '10 days'
                       THEN CEIL(quantity / 2.0) ELSE quantity END AS ordered
       ) of_order
  LEFT JOIN (SELECT id, SUM(CASE WHEN is_return THEN -moved ELSE moved END) AS received
               FROM bench.move WHERE state = 'done' GROUP BY id) m ON m.id = l.id
 ORDER BY l.id;

-- What is changed of an order is written down.
INSERT INTO supplier_promise_change (line_id, order_id, company_id, user_id, reason, date,
                                     date_from, date_to, quantity_from, quantity_to,
                                     note, is_late, create_date, create_uid, write_uid)
SELECT l.id, l.order_id, l.company_id, 1, 'order', changed, date_promised, date_promised,
       quantity_promised, product_uom_qty, 'Lowered', FALSE, changed, 1, 1
  FROM purchase_order_line l,
       LATERAL (SELECT date_trunc('second', date_promised + interval '1 day'
                                            + interval '8 days' * bench.chance(l.id, 56))
                           AS changed) its
 WHERE quantity_promised <> product_uom_qty
 ORDER BY l.id;

INSERT INTO stock_move (id, purchase_line_id, company_id, product_id, product_uom,
                        product_uom_qty, product_qty, quantity, picked, state, date,
                        location_id, location_dest_id, origin_returned_move_id,
                        picking_type_id, procure_method, to_refund, is_in, is_out,
                        price_unit, priority, sequence, additional, propagate_cancel,
                        is_inventory, create_date, create_uid, write_uid)
SELECT p.move_base + m.number, m.id, p.company_id, m.product_id,
       CASE m.units WHEN 6 THEN p.pack_id ELSE p.unit_id END,
       m.moved, m.moved * m.units,
       CASE WHEN m.state = 'done' THEN m.moved ELSE 0 END, m.state = 'done', m.state,
       date_trunc('second',
                  CASE WHEN m.state = 'done' THEN m.arrived ELSE m.promised END),
       CASE WHEN m.is_return THEN p.stock_id ELSE p.vendors_id END,
       CASE WHEN m.is_return THEN p.vendors_id ELSE p.stock_id END,
       CASE WHEN m.is_return THEN p.move_base + original.number END,
       p.picking_type_id, 'make_to_stock', m.is_return, NOT m.is_return, m.is_return,
       m.price, '0', 10, FALSE, TRUE, FALSE, m.confirmed, 1, 1
  FROM bench.parameter p,
       bench.move m
  LEFT JOIN bench.move original
         ON m.is_return AND original.id = m.id AND original.piece = 1
 ORDER BY m.number;
