from freezegun import freeze_time

from odoo.tests import tagged

from .common import StageCommon

NOW = "2026-04-01 08:00:00"


@tagged("post_install", "-at_install")
class TestSupplierSource(StageCommon):
    """Who sells a product, and who of them is approved."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.backup = cls._create_supplier("Backup")
        cls._order(10, 5, "2026-03-10")
        cls._move("approved")

    def _sources(self, product=None, company=None, now=NOW):
        company = company or self.company
        with freeze_time(now):
            self.env.flush_all()
            self.env.invalidate_all()
            rows = (
                self.env["supplier.source"]
                .with_context(allowed_company_ids=company.ids)
                .search(
                    [
                        ("product_id", "=", (product or self.product).id),
                        ("company_id", "=", company.id),
                    ]
                )
            )
            rows.read()
        return rows

    def _price(self, partner, **vals):
        return self.env["product.supplierinfo"].create(
            {
                "partner_id": partner.id,
                "product_tmpl_id": self.product.product_tmpl_id.id,
                "price": 5,
                "company_id": self.company.id,
                **vals,
            }
        )

    def test_single_source(self):
        row = self._sources()
        self.assertEqual(row.partner_id, self.supplier)
        self.assertEqual(row.product_tmpl_id, self.product.product_tmpl_id)
        self.assertEqual(row.stage_id, self.stages["approved"])
        self.assertTrue(row.is_approved)
        self.assertEqual(row.order_count, 1)
        self.assertEqual(str(row.date_last_order), "2026-03-01")
        self.assertEqual((row.approved_count, row.source_count), (1, 1))

    def test_days_are_those_of_the_company(self):
        order = self.env["purchase.order"].search(
            [("partner_id", "=", self.supplier.id)], limit=1
        )
        order.date_approve = "2026-03-01 17:00:00"
        self.assertEqual(str(self._sources().date_last_order), "2026-03-02")

    def test_backup(self):
        """Another vendor helps only once it is approved."""
        self._price(self.backup)
        rows = self._sources()
        self.assertEqual(rows.partner_id, self.supplier | self.backup)
        self.assertEqual(set(rows.mapped("approved_count")), {1})
        self.assertEqual(set(rows.mapped("source_count")), {2})
        self._move("approved", partner=self.backup)
        rows = self._sources()
        self.assertEqual(set(rows.mapped("approved_count")), {2})
        backup = rows.filtered(lambda row: row.partner_id == self.backup)
        self.assertTrue(backup.has_pricelist)
        self.assertEqual(backup.order_count, 0)

    def test_price_ends_where_we_are(self):
        """In Shanghai, 15 March 17:00 UTC is the 16th."""
        self._price(self.backup, date_end="2026-03-15")
        for hour, sources in ((15, 2), (17, 1)):
            with self.subTest(hour=hour):
                rows = self._sources(now=f"2026-03-15 {hour}:00:00")
                self.assertEqual(len(rows), sources)

    def test_single_source_list(self):
        """The filter lists products with one approved source, and no others."""
        double = self._create_product("Double")
        none = self._create_product("None")
        self._move("approved", partner=self.backup)
        for product in (double, none):
            self._order(1, 5, "2026-03-10", product=product, partner=self.backup)
        self._order(1, 5, "2026-03-10", product=double)
        self.env["product.supplierinfo"].search(
            [("product_tmpl_id", "=", none.product_tmpl_id.id)]
        ).unlink()
        self._move("blocked", partner=self.backup)
        self._move("approved", partner=self.backup)
        other = self._create_supplier("Other")
        self._order(1, 5, "2026-03-10", product=self.product, partner=other)
        with freeze_time(NOW):
            self.env.flush_all()
            self.env.invalidate_all()
            single = self.env["supplier.source"].search(
                [("company_id", "=", self.company.id), ("approved_count", "=", 1)]
            )
        self.assertEqual(single.product_id, self.product | none)

    def test_old_orders(self):
        prices = self.env["product.supplierinfo"].search(
            [("product_tmpl_id", "=", self.product.product_tmpl_id.id)]
        )
        prices.unlink()
        self.assertTrue(self._sources(now="2028-02-29 12:00:00"))
        self.assertFalse(self._sources(now="2028-03-02 12:00:00"))

    def test_drafts_and_cancelled_orders(self):
        other = self._create_product("Nut")
        line = self._order(1, 5, "2026-03-10", product=other, partner=self.backup)
        self.env["product.supplierinfo"].search(
            [("product_tmpl_id", "=", other.product_tmpl_id.id)]
        ).unlink()
        self.assertTrue(self._sources(other))
        line.order_id.button_cancel()
        self.assertFalse(self._sources(other))

    def test_contact_orders_count_for_its_company(self):
        contact = self._create_supplier(
            "Desk", parent_id=self.supplier.id, is_company=False
        )
        self._order(1, 5, "2026-03-10", partner=contact)
        row = self._sources()
        self.assertEqual((row.partner_id, row.order_count), (self.supplier, 2))

    def test_price_list_over(self):
        self._price(self.backup, date_end="2026-03-31")
        self.assertEqual(self._sources().partner_id, self.supplier)

    def test_price_list_of_every_company(self):
        self._price(self.backup, company_id=False)
        rows = self._sources(company=self.elsewhere)
        self.assertEqual(rows.partner_id, self.backup)
        self.assertEqual(rows.approved_count, 0)

    def test_archived(self):
        self.supplier.active = False
        self.assertFalse(self._sources())
        self.supplier.active = True
        self.product.active = False
        self.assertFalse(self._sources())

    def test_companies(self):
        self._order(1, 5, "2026-03-10", company=self.elsewhere)
        row = self._sources(company=self.elsewhere)
        self.assertFalse(row.stage_id)
        self.assertEqual(row.approved_count, 0)
        self.assertEqual(self._sources().approved_count, 1)
        seen = self._as(self.env["supplier.source"], "stranger").search(
            [("product_id", "=", self.product.id)]
        )
        self.assertEqual(seen.company_id, self.elsewhere)

    def test_rows_are_read_by_their_id(self):
        row = self._sources()
        with freeze_time(NOW):
            self.env.invalidate_all()
            again = self.env["supplier.source"].browse(row.id)
            self.assertEqual(again.partner_id, self.supplier)
            self.assertEqual(again.approved_count, 1)

    def test_button_on_products(self):
        self._price(self.backup)
        product = self._as(self.product, "user")
        template = product.product_tmpl_id
        self.assertEqual(product.supplier_source_count, 1)
        self.assertEqual(template.supplier_source_count, 1)
        self._move("approved", partner=self.backup)
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertEqual(product.supplier_source_count, 2)
        for record in (product, template):
            action = record.action_open_supplier_sources()
            rows = record.env["supplier.source"].search(action["domain"])
            self.assertEqual(rows.partner_id, self.supplier | self.backup)

    def test_domain_reaches_the_tables(self):
        """The product in a domain limits the rows of orders and of price lists."""
        query = self.env["supplier.source"]._search(
            [("product_id", "=", self.product.id), ("company_id", "=", self.company.id)]
        )
        self.cr.execute(f"EXPLAIN {query.select().code}", query.select().params)
        plan = "\n".join(line for (line,) in self.cr.fetchall())
        # Which index is used depends on the number of rows; what is carried down, not.
        asked = self.product.id
        for table, condition in (
            ("purchase_order_line line", f"product_id = {asked}"),
            ("product_product product_1", f"id = {asked}"),
        ):
            with self.subTest(table=table):
                node = plan.partition(f"on {table} ")[2].partition("->")[0]
                self.assertIn(condition, node)
