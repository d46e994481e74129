-- What is generated, and the records of the database that it hangs on.
CREATE TABLE bench.parameter AS
SELECT suppliers,
       lines,
       bench.order_of(lines) AS orders,
       GREATEST(100, lines / 50) AS products,
       first::timestamp AT TIME ZONE tz AT TIME ZONE 'UTC' AS start,
       (last + 1)::timestamp AT TIME ZONE tz AT TIME ZONE 'UTC' AS stop,
       c.id AS company_id,
       c.currency_id,
       (SELECT id FROM res_currency WHERE name = 'CNY') AS foreign_currency_id,
       (SELECT MAX(id) FROM res_partner) AS partner_base,
       COALESCE((SELECT MAX(id) FROM product_template), 0) AS template_base,
       COALESCE((SELECT MAX(id) FROM product_product), 0) AS product_base,
       COALESCE((SELECT MAX(id) FROM purchase_order), 0) AS order_base,
       COALESCE((SELECT MAX(id) FROM purchase_order_line), 0) AS line_base,
       COALESCE((SELECT MAX(id) FROM stock_move), 0) AS move_base,
       (SELECT id FROM uom_uom WHERE factor = 1 ORDER BY id LIMIT 1) AS unit_id,
       (SELECT id FROM uom_uom WHERE factor = 6 ORDER BY id LIMIT 1) AS pack_id,
       (SELECT MIN(id) FROM product_category) AS category_id,
       (SELECT MIN(id) FROM stock_location WHERE usage = 'supplier') AS vendors_id,
       type.default_location_dest_id AS stock_id,
       type.id AS picking_type_id
  FROM (SELECT %s::integer AS suppliers, %s::integer AS lines,
               %s::date AS first, %s::date AS last, %s AS tz) given
 CROSS JOIN LATERAL (SELECT * FROM res_company ORDER BY id LIMIT 1) c
 CROSS JOIN LATERAL (SELECT * FROM stock_picking_type
                      WHERE code = 'incoming' AND company_id = c.id
                      ORDER BY id LIMIT 1) type;
