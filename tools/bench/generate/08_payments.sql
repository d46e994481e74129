-- Nine bills in ten are paid: each instalment around its due date, one in six in two
-- halves, and a bill in fifty before it came. A fifth of the bills is paid without an
-- entry, as Odoo does until the bank statement comes. What would be paid after the year
-- is open still.
CREATE TABLE bench.payment AS
SELECT ROW_NUMBER() OVER (ORDER BY a.id, half) AS number,
       a.id AS bill_line_id, a.move_id AS bill_id, a.partner_id, a.currency_id,
       -a.amount_currency * share AS amount, -a.balance * share AS value, day,
       bench.chance(a.move_id, 101) < 0.2 AS is_without_entry
  FROM bench.parameter p,
       account_move_line a
  JOIN account_move m ON m.id = a.move_id,
       LATERAL (SELECT half, 0.5 AS share FROM generate_series(0, 1) half
                 WHERE bench.chance(a.id, 102) < 0.16
                 UNION ALL
                SELECT 0, 1.0 WHERE bench.chance(a.id, 102) >= 0.16) part,
       LATERAL (SELECT CASE WHEN bench.chance(a.move_id, 103) < 0.02
                            THEN m.invoice_date - 3
                            ELSE GREATEST(m.invoice_date, a.date_maturity - 5
                                 + FLOOR(30 * bench.chance(a.id, 104) ^ 2)::integer)
                       END + 9 * half AS day) its
 WHERE a.id > p.bill_line_base
   AND a.display_type = 'payment_term'
   AND m.move_type = 'in_invoice'
   AND bench.chance(a.move_id, 105) < 0.9
   AND a.amount_currency < 0
   AND day <= p.last;

-- The entries of payments, after all bills: of each the debt, and the bank.
CREATE TABLE bench.paid AS
SELECT b.*,
       (SELECT MAX(id) FROM account_move) + ROW_NUMBER() OVER (ORDER BY number) AS entry_id,
       (SELECT MAX(id) FROM account_move_line) + 2 * ROW_NUMBER() OVER (ORDER BY number)
           AS entry_line_id
  FROM bench.payment b
 WHERE NOT is_without_entry;

INSERT INTO account_move (id, name, sequence_prefix, sequence_number, journal_id,
                          company_id, partner_id, commercial_partner_id, currency_id,
                          state, move_type, auto_post, date, amount_total,
                          amount_total_signed, payment_state, checked, posted_before,
                          create_date, create_uid, write_uid)
SELECT entry_id, 'BNK/B/' || number, 'BNK/B/', number, p.bank_journal_id, p.company_id,
       b.partner_id, b.partner_id, b.currency_id, 'posted', 'entry', 'no', day, amount,
       value, 'not_paid', TRUE, TRUE, day, 1, 1
  FROM bench.parameter p, bench.paid b
 ORDER BY entry_id;

INSERT INTO account_move_line (id, move_id, move_name, journal_id, company_id,
                               company_currency_id, currency_id, account_id, partner_id,
                               parent_state, name, display_type, sequence, date,
                               quantity, price_unit, discount, price_subtotal,
                               price_total, amount_currency, balance, debit, credit,
                               amount_residual, amount_residual_currency, reconciled,
                               is_downpayment, create_date, create_uid, write_uid)
SELECT entry_line_id + is_bank, entry_id, 'BNK/B/' || number, p.bank_journal_id,
       p.company_id, p.currency_id, b.currency_id,
       CASE is_bank WHEN 1 THEN p.bank_account_id ELSE p.payable_account_id END,
       b.partner_id, 'posted', 'Payment', 'product', 10, day, 1, 0, 0, 0, 0,
       sign * amount, sign * value, GREATEST(sign * value, 0),
       GREATEST(-sign * value, 0), 0, 0, is_bank = 0, FALSE, day, 1, 1
  FROM bench.parameter p, bench.paid b,
       (VALUES (0, 1), (1, -1)) side (is_bank, sign)
 ORDER BY entry_line_id + is_bank;

INSERT INTO account_partial_reconcile (debit_move_id, credit_move_id, debit_currency_id,
                                       credit_currency_id, company_id, amount,
                                       debit_amount_currency, credit_amount_currency,
                                       max_date, create_date, create_uid, write_uid)
SELECT entry_line_id, bill_line_id, b.currency_id, b.currency_id, p.company_id, value,
       amount, amount, GREATEST(day, m.date), day, 1, 1
  FROM bench.parameter p, bench.paid b
  JOIN account_move m ON m.id = b.bill_id
 ORDER BY number;

INSERT INTO account_payment (id, name, journal_id, company_id, currency_id, partner_id,
                             state, payment_type, partner_type, date, amount, is_matched,
                             is_reconciled, is_sent, create_date, create_uid, write_uid)
SELECT (SELECT COALESCE(MAX(id), 0) FROM account_payment) + number, 'PAY/B/' || number,
       p.bank_journal_id, p.company_id, b.currency_id, b.partner_id, 'in_process',
       'outbound', 'supplier', day, amount, FALSE, FALSE, FALSE, day, 1, 1
  FROM bench.parameter p, bench.payment b
 WHERE is_without_entry
 ORDER BY number;

INSERT INTO account_move__account_payment (invoice_id, payment_id)
SELECT bill_id, a.id
  FROM bench.payment b
  JOIN account_payment a ON a.name = 'PAY/B/' || number
 WHERE is_without_entry;
