-- A bill for three orders in five, days after the promise; one in fifty is followed by
-- a refund of half of it. What would be after the year has not happened yet. Nine
-- suppliers in ten grant a payment term, some of them in two instalments.
CREATE TABLE bench.bill AS
SELECT p.bill_base + ROW_NUMBER() OVER (ORDER BY day, o.id, is_refund) AS id,
       o.id AS order_id, o.supplier, o.partner_id, o.is_foreign, o.rate, is_refund, day,
       (ARRAY[14, 30, 30, 60])[1 + FLOOR(4 * bench.chance(supplier, 64))] AS days,
       bench.chance(supplier, 68) < 0.9 AS has_term,
       bench.chance(supplier, 69) BETWEEN 0.2 AND 0.4 AS in_instalments
  FROM bench.parameter p,
       bench.purchase o,
       LATERAL (VALUES (FALSE, 12 * bench.chance(o.id, 61)),
                       (TRUE, 20 + 10 * bench.chance(o.id, 62))) kind (is_refund, delay),
       LATERAL (SELECT (promised + delay * interval '1 day')::date AS day) chosen
 WHERE NOT cancelled AND day <= p.last AND bench.chance(o.id, 60) < 0.6
   AND (NOT is_refund OR bench.chance(o.id, 63) < 0.02);

-- Three lines in a hundred are not at the price of the order. Of what was ordered in
-- packs, half is billed in units.
CREATE TABLE bench.bill_line AS
SELECT b.id AS bill_id,
       b.is_refund,
       l.id AS line_id,
       l.product_id,
       l.discount,
       CASE WHEN in_units THEN p.unit_id ELSE l.product_uom_id END AS uom_id,
       quantity,
       price,
       price * (100 - l.discount) / 100 * quantity AS subtotal
  FROM bench.parameter p,
       bench.bill b
  JOIN purchase_order_line l ON l.order_id = b.order_id,
       LATERAL (SELECT l.product_uom_id = p.pack_id AND bench.chance(l.id, 65) < 0.5
                    AS in_units) unit,
       LATERAL (SELECT CASE WHEN is_refund THEN CEIL(l.product_qty / 2)
                            ELSE l.product_qty END
                           * CASE WHEN in_units THEN 6 ELSE 1 END AS quantity,
                       CASE WHEN bench.chance(l.id, 66) < 0.03
                            THEN ROUND(l.price_unit * (0.92 + 0.2 * bench.chance(l.id, 67))
                                                          ::numeric, 2)
                            ELSE l.price_unit END
                           / CASE WHEN in_units THEN 6 ELSE 1 END AS price) chosen;

-- Signs as Odoo's: a bill is a debt, a refund takes from it.
CREATE TABLE bench.bill_total AS
SELECT b.*, total, total / rate AS value, CASE WHEN is_refund THEN 1 ELSE -1 END AS sign,
       CASE WHEN is_refund THEN 'in_refund' ELSE 'in_invoice' END AS move_type,
       CASE WHEN is_refund THEN 'RBILL/B/' ELSE 'BILL/B/' END AS prefix,
       CASE WHEN is_foreign THEN p.foreign_currency_id ELSE p.currency_id END
           AS bill_currency_id,
       p.partner_base + supplier AS commercial_partner_id
  FROM bench.parameter p,
       bench.bill b
  JOIN (SELECT bill_id, SUM(subtotal) AS total FROM bench.bill_line GROUP BY bill_id) t
    ON t.bill_id = b.id;

INSERT INTO account_move (id, name, sequence_prefix, sequence_number, journal_id,
                          company_id, partner_id, commercial_partner_id, currency_id,
                          state, move_type, auto_post, date, invoice_date,
                          invoice_date_due, invoice_payment_term_id,
                          invoice_currency_rate, amount_untaxed,
                          amount_tax, amount_total, amount_residual,
                          amount_untaxed_signed, amount_tax_signed, amount_total_signed,
                          amount_residual_signed, amount_total_in_currency_signed,
                          amount_untaxed_in_currency_signed, payment_state,
                          invoice_origin, checked, posted_before, create_date,
                          create_uid, write_uid)
SELECT b.id, prefix || b.id, prefix, b.id, p.journal_id, p.company_id, b.partner_id,
       commercial_partner_id, bill_currency_id, 'posted', move_type, 'no', day, day,
       day + days, CASE WHEN has_term THEN p.payment_term_id END, rate, total, 0, total, total, sign * value, 0, sign * value,
       sign * value, sign * total, sign * total, 'not_paid',
       'B' || LPAD(b.order_id::text, 7, '0'), TRUE, TRUE, day, 1, 1
  FROM bench.parameter p, bench.bill_total b
 ORDER BY b.id;

INSERT INTO account_move_purchase_order_rel (purchase_order_id, account_move_id)
SELECT order_id, id FROM bench.bill_total;

CREATE TABLE bench.entry AS
SELECT b.id AS bill_id, l.line_id, b.commercial_partner_id, b.bill_currency_id,
       b.prefix || b.id AS name, b.day, b.day + b.days AS due, b.rate, l.product_id,
       l.uom_id, l.quantity, l.price, l.discount, l.subtotal,
       -b.sign * l.subtotal AS amount, 'product' AS display_type
  FROM bench.bill_total b JOIN bench.bill_line l ON l.bill_id = b.id
 UNION ALL
SELECT b.id, NULL, b.commercial_partner_id, b.bill_currency_id, b.prefix || b.id, b.day,
       b.day + b.days + later, b.rate, NULL, NULL, NULL, NULL, 0, 0,
       b.sign * total * share, 'payment_term'
  FROM bench.bill_total b,
       LATERAL (SELECT 0 AS later, 1.0 AS share WHERE NOT in_instalments
                 UNION ALL
                SELECT later, 0.5 FROM (VALUES (0), (30)) half (later)
                 WHERE in_instalments) instalment;

INSERT INTO account_move_line (id, move_id, move_name, journal_id, company_id,
                               company_currency_id, currency_id, account_id, partner_id,
                               parent_state, name, display_type, sequence, date,
                               invoice_date, date_maturity, product_id, product_uom_id,
                               quantity, price_unit, discount, price_subtotal,
                               price_total, amount_currency, balance, debit, credit,
                               amount_residual, amount_residual_currency, reconciled,
                               is_downpayment, purchase_line_id, create_date,
                               create_uid, write_uid)
SELECT p.bill_line_base
           + ROW_NUMBER() OVER (ORDER BY bill_id, e.display_type DESC, line_id, due),
       bill_id, e.name, p.journal_id, p.company_id, p.currency_id, bill_currency_id,
       CASE WHEN is_debt THEN p.payable_account_id ELSE p.expense_account_id END,
       commercial_partner_id, 'posted', 'Product', display_type, 10, day, day,
       CASE WHEN is_debt THEN due END, product_id, uom_id, quantity, price, discount,
       subtotal, subtotal, amount, value, GREATEST(value, 0), GREATEST(-value, 0),
       CASE WHEN is_debt THEN value ELSE 0 END, CASE WHEN is_debt THEN amount ELSE 0 END,
       FALSE, FALSE, line_id, day, 1, 1
  FROM bench.parameter p,
       bench.entry e,
       LATERAL (SELECT display_type = 'payment_term' AS is_debt,
                       amount / rate AS value) its;
