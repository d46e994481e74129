INSERT INTO res_partner (id, name, complete_name, is_company, active, parent_id,
                         commercial_partner_id, type, supplier_rank, group_rfq,
                         group_on, autopost_bills, create_date)
SELECT p.partner_base + n, 'Supplier ' || n, 'Supplier ' || n, TRUE, TRUE, NULL,
       p.partner_base + n, 'contact', 1, 'default', 'default', 'ask', p.start
  FROM bench.parameter p, generate_series(1, p.suppliers) n;

-- Every tenth supplier has a sales office, which takes a part of the orders.
INSERT INTO res_partner (id, name, complete_name, is_company, active, parent_id,
                         commercial_partner_id, type, supplier_rank, group_rfq,
                         group_on, autopost_bills, create_date)
SELECT p.partner_base + p.suppliers + n, 'Sales office',
       'Supplier ' || n * 10 || ', Sales office', FALSE, TRUE,
       p.partner_base + n * 10, p.partner_base + n * 10,
       'other', 0, 'default', 'default', 'ask', p.start
  FROM bench.parameter p, generate_series(1, p.suppliers / 10) n;

INSERT INTO product_template (id, name, type, is_storable, uom_id, categ_id, active,
                              purchase_ok, sale_ok, service_tracking, tracking,
                              purchase_method, create_date)
SELECT p.template_base + n, jsonb_build_object('en_US', 'Product ' || n),
       CASE WHEN service THEN 'service' ELSE 'consu' END, NOT service,
       p.unit_id, p.category_id, TRUE, TRUE, TRUE, 'no', 'none', 'receive', p.start
  FROM bench.parameter p, generate_series(1, p.products) n,
       LATERAL (SELECT bench.chance(n, 1) < 0.03 AS service) kind;

INSERT INTO product_product (id, product_tmpl_id, active, combination_indices,
                             create_date)
SELECT p.product_base + n, p.template_base + n, TRUE, '', p.start
  FROM bench.parameter p, generate_series(1, p.products) n;
