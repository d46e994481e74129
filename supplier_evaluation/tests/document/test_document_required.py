from freezegun import freeze_time

from odoo.tests import tagged

from .common import DocumentCommon


@tagged("post_install", "-at_install")
class TestDocumentRequired(DocumentCommon):
    """Which suppliers must have a document."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.strategic = cls.env.ref("supplier_evaluation.supplier_tier_strategic")
        cls.partner_tier = cls.env.ref("supplier_evaluation.supplier_tier_partner")
        cls.tags = cls.env["res.partner.category"].create(
            [{"name": "Metal"}, {"name": "Plastic"}, {"name": "Paper"}]
        )
        cls.germany = cls.env.ref("base.de")
        cls.china = cls.env.ref("base.cn")
        cls.raw = cls.env["product.category"].create({"name": "Raw"})
        cls.steel = cls.env["product.category"].create(
            {"name": "Steel", "parent_id": cls.raw.id}
        )
        cls._order(10, 5, "2026-03-10")

    def _is_required(self, **scope):
        return bool(self._document_fact(**scope))

    def test_not_required(self):
        self.assertTrue(self._is_required())
        self.licence.is_required = False
        self.assertFalse(self._is_required())
        self.assertIsNone(self._percent())
        self.licence.write({"is_required": True, "active": False})
        self.assertFalse(self._is_required())

    def test_tier_of_the_company(self):
        london = self._create_company("London", "UTC", "GBP")
        self._order(1, 5, "2026-03-10", company=london)
        self.licence.tier_ids = self.strategic
        self.assertFalse(self._is_required())
        self.supplier.with_company(london).supplier_tier_id = self.strategic
        self.assertFalse(self._is_required())
        self.assertTrue(self._is_required(company=london))
        self.supplier.supplier_tier_id = self.partner_tier
        self.assertFalse(self._is_required())
        self.licence.tier_ids |= self.partner_tier
        self.assertTrue(self._is_required())

    def test_default_tier(self):
        """A vendor without a tier of its own has the default one."""
        self.licence.tier_ids = self.strategic
        self.env["ir.default"].set(
            "res.partner", "supplier_tier_id", self.strategic.id, company_id=True
        )
        self.assertEqual(self.supplier.supplier_tier_id, self.strategic)
        self.assertTrue(self._is_required())
        self.supplier.supplier_tier_id = self.partner_tier
        self.assertFalse(self._is_required())
        self.supplier.supplier_tier_id = False
        self.assertFalse(self._is_required())

    def test_supplier_tags(self):
        self.licence.category_ids = self.tags[:2]
        self.assertFalse(self._is_required())
        self.supplier.category_id = self.tags[2]
        self.assertFalse(self._is_required())
        self.supplier.category_id |= self.tags[1]
        self.assertTrue(self._is_required())

    def test_supplier_countries(self):
        self.licence.country_ids = self.germany | self.china
        self.assertFalse(self._is_required())
        self.supplier.country_id = self.env.ref("base.us")
        self.assertFalse(self._is_required())
        self.supplier.country_id = self.china
        self.assertTrue(self._is_required())

    def test_conditions_combine(self):
        self.licence.write(
            {
                "tier_ids": self.strategic.ids,
                "category_ids": self.tags[:1].ids,
                "country_ids": self.china.ids,
                "product_category_ids": self.raw.ids,
            }
        )
        self.product.categ_id = self.steel
        self.supplier.write(
            {"category_id": self.tags[:1].ids, "country_id": self.china.id}
        )
        self.assertFalse(self._is_required())
        self.supplier.supplier_tier_id = self.strategic
        self.assertTrue(self._is_required())
        for field in ("category_id", "country_id"):
            self.supplier[field] = False
            self.assertFalse(self._is_required())
            self.supplier.write(
                {"category_id": self.tags[:1].ids, "country_id": self.china.id}
            )
        self.product.categ_id = self.env["product.category"].create({"name": "Office"})
        self.assertFalse(self._is_required())

    def test_product_category_with_those_below(self):
        self.licence.product_category_ids = self.raw
        self.assertFalse(self._is_required())
        self.product.categ_id = self.steel
        self.assertTrue(self._is_required())
        self.licence.product_category_ids = self.steel
        self.product.categ_id = self.raw
        self.assertFalse(self._is_required())

    def test_product_category_within_a_year(self):
        self.licence.product_category_ids = self.raw
        iron = self._create_product("Iron", categ_id=self.raw.id)
        self._order(1, 5, "2025-04-20", confirmed="2025-04-04", product=iron)
        self.assertFalse(self._is_required())
        line = self._order(1, 5, "2025-04-20", confirmed="2025-04-05", product=iron)
        self.assertTrue(self._is_required())
        line.order_id.button_cancel()
        self.assertFalse(self._is_required())
        self._order(1, 5, "2026-05-20", confirmed="2026-04-05", product=iron)
        self.assertFalse(self._is_required())

    def test_product_category_of_another_company(self):
        london = self._create_company("London", "UTC", "GBP")
        self.licence.product_category_ids = self.raw
        iron = self._create_product("Iron", categ_id=self.raw.id)
        self._order(1, 5, "2026-03-10", product=iron, company=london)
        self.assertFalse(self._is_required())
        self.assertTrue(self._is_required(company=london))

    def test_who_is_a_supplier(self):
        customer = self._create_supplier("Customer")
        self.assertFalse(self._is_required(partner=customer))
        customer.supplier_rank = 1
        self.assertTrue(self._is_required(partner=customer))
        late = self._create_supplier("Ordered after the cut-off")
        self._order(1, 5, "2026-05-01", confirmed="2026-04-20", partner=late)
        late.supplier_rank = 0
        self.assertFalse(self._is_required(partner=late))
        with freeze_time("2026-03-01"):
            quotation = self.env["purchase.order"].create(
                {"partner_id": late.id, "company_id": self.company.id}
            )
        self.assertFalse(self._is_required(partner=late))
        self.assertEqual(quotation.state, "draft")

    def test_vendor_of_another_company(self):
        london = self._create_company("London", "UTC", "GBP")
        local = self._create_supplier("Local", company_id=london.id, supplier_rank=1)
        self.assertTrue(self._is_required(partner=local, company=london))
        self.assertFalse(self._is_required(partner=local))

    def test_contact_counts_for_its_company(self):
        parent = self._create_supplier("Parent")
        contact = self._create_supplier(
            "Desk", parent_id=parent.id, is_company=False, supplier_rank=1
        )
        self._order(1, 5, "2026-03-10", partner=contact)
        self.assertFalse(self._is_required(partner=contact))
        self.assertTrue(self._is_required(partner=parent))
        self._document(partner_id=contact.id)
        self.assertEqual(self._percent(partner=parent), 100)

    def test_archived_supplier(self):
        self.supplier.active = False
        self.assertTrue(self._is_required())
        self._document()
        self.assertEqual(self._percent(), 100)
