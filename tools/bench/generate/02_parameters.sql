-- What is generated, and the records of the database that it hangs on.
CREATE TABLE bench.parameter AS
SELECT suppliers,
       lines,
       bench.order_of(lines) AS year_orders,
       -- The quarter before the year is a twentieth more: where prices come from.
       lines + lines / 20 AS all_lines,
       bench.order_of(lines + lines / 20) AS orders,
       GREATEST(100, lines / 50) AS products,
       (first - interval '3 months') AT TIME ZONE tz AT TIME ZONE 'UTC' AS before,
       first::timestamp AT TIME ZONE tz AT TIME ZONE 'UTC' AS start,
       (last + 1)::timestamp AT TIME ZONE tz AT TIME ZONE 'UTC' AS stop,
       last,
       c.id AS company_id,
       c.currency_id,
       (SELECT id FROM res_currency WHERE name = 'CNY') AS foreign_currency_id,
       (SELECT MAX(id) FROM res_partner) AS partner_base,
       COALESCE((SELECT MAX(id) FROM product_template), 0) AS template_base,
       COALESCE((SELECT MAX(id) FROM product_product), 0) AS product_base,
       COALESCE((SELECT MAX(id) FROM purchase_order), 0) AS order_base,
       COALESCE((SELECT MAX(id) FROM purchase_order_line), 0) AS line_base,
       COALESCE((SELECT MAX(id) FROM stock_move), 0) AS move_base,
       COALESCE((SELECT MAX(id) FROM account_move), 0) AS bill_base,
       COALESCE((SELECT MAX(id) FROM account_move_line), 0) AS bill_line_base,
       COALESCE((SELECT MAX(id) FROM mail_message), 0) AS message_base,
       (SELECT id FROM uom_uom WHERE factor = 1 ORDER BY id LIMIT 1) AS unit_id,
       (SELECT id FROM uom_uom WHERE factor = 6 ORDER BY id LIMIT 1) AS pack_id,
       (SELECT MIN(id) FROM product_category) AS category_id,
       (SELECT MIN(id) FROM stock_location WHERE usage = 'supplier') AS vendors_id,
       type.default_location_dest_id AS stock_id,
       type.id AS picking_type_id,
       (SELECT MIN(id) FROM account_journal
         WHERE type = 'purchase' AND company_id = c.id) AS journal_id,
       (SELECT MIN(id) FROM account_journal
         WHERE type = 'bank' AND company_id = c.id) AS bank_journal_id,
       (SELECT MIN(id) FROM account_payment_term) AS payment_term_id,
       c.expense_account_id,
       (SELECT MIN(id) FROM account_account
         WHERE account_type = 'liability_payable') AS payable_account_id,
       (SELECT MIN(id) FROM account_account
         WHERE account_type = 'asset_cash') AS bank_account_id,
       (SELECT partner_id FROM res_users WHERE login = 'admin') AS buyer_id,
       (SELECT res_id FROM ir_model_data
         WHERE module = 'mail' AND name = 'mt_comment') AS comment_id,
       (SELECT res_id FROM ir_model_data
         WHERE module = 'mail' AND name = 'mt_note') AS note_id
  FROM (SELECT %s::integer AS suppliers, %s::integer AS lines,
               %s::date AS first, %s::date AS last, %s AS tz) given
 CROSS JOIN LATERAL (SELECT * FROM res_company ORDER BY id LIMIT 1) c
 CROSS JOIN LATERAL (SELECT * FROM stock_picking_type
                      WHERE code = 'incoming' AND company_id = c.id
                      ORDER BY id LIMIT 1) type;
