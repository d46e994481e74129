SELECT setval('res_partner_id_seq', (SELECT MAX(id) FROM res_partner)),
       setval('product_template_id_seq', (SELECT MAX(id) FROM product_template)),
       setval('product_product_id_seq', (SELECT MAX(id) FROM product_product)),
       setval('purchase_order_id_seq', (SELECT MAX(id) FROM purchase_order)),
       setval('purchase_order_line_id_seq', (SELECT MAX(id) FROM purchase_order_line)),
       setval('stock_move_id_seq', (SELECT MAX(id) FROM stock_move)),
       setval('account_move_id_seq', (SELECT MAX(id) FROM account_move)),
       setval('account_move_line_id_seq', (SELECT MAX(id) FROM account_move_line)),
       setval('account_payment_id_seq', (SELECT COALESCE(MAX(id), 1)
                                           FROM account_payment)),
       setval('mail_message_id_seq', (SELECT MAX(id) FROM mail_message));

UPDATE res_partner SET tz = 'Asia/Shanghai'
 WHERE id IN (SELECT partner_id FROM res_company);

DROP SCHEMA bench CASCADE;
