from odoo.tests import tagged

from ..fact.taxes import TaxCommon
from .common import PurchaseGateCommon


@tagged("post_install", "-at_install")
class TestSupplierAlternatives(PurchaseGateCommon, TaxCommon):
    """Who is stopped by a policy sees who else sells it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._block_stage()
        cls.nut = cls._create_product("Nut")
        cls.order = cls._draft(products=cls.product | cls.nut)

    @classmethod
    def _sell(cls, name, product=None, price=5, **vals):
        """A vendor with a price list."""
        vendor = cls._create_supplier(name)
        cls._price(vendor, product or cls.product, price, **vals)
        return vendor

    @classmethod
    def _price(cls, vendor, product, price, **vals):
        cls.env["product.supplierinfo"].create(
            {
                "partner_id": vendor.id,
                "product_tmpl_id": product.product_tmpl_id.id,
                "price": price,
                "delay": 7,
                "currency_id": cls.company.currency_id.id,
                "company_id": cls.company.id,
                **vals,
            }
        )

    def _offers(self, order=None):
        self.env.flush_all()
        self.env.invalidate_all()
        order = self._as(order or self.order, self.buyer)
        return order.retrieve_supplier_alternatives()

    def test_nobody_else(self):
        self.assertEqual(self._offers(), [])

    def test_price_lead_time_and_coverage(self):
        vendor = self._sell("One product")
        [offer] = self._offers()
        self.assertEqual(offer["id"], vendor.id)
        self.assertEqual(offer["name"], "One product")
        self.assertEqual((offer["covered"], offer["total"]), (1, 2))
        self.assertEqual((offer["amount"], offer["delay"]), (5, 7))
        self.assertIn("5.00", offer["price"])

    def test_the_vendor_of_the_order_is_none(self):
        self._sell("Other")
        self.order.partner_id = self.env["res.partner"].search([("name", "=", "Other")])
        self.assertEqual(self._offers(), [])

    def test_price_in_the_currency_of_the_order(self):
        euro = self._euros({"2020-01-01": 0.5})
        self._sell("In euros", currency_id=euro.id)
        [offer] = self._offers()
        self.assertEqual(offer["amount"], 10)

    def test_price_of_another_unit(self):
        """60 a dozen are 5 each, and five for a dozen of another unit as well."""
        self._sell("In dozens", price=60, product_uom_id=self.uom_dozen.id)
        [offer] = self._offers()
        self.assertEqual(offer["amount"], 5)
        line = self.order.order_line.filtered(lambda one: one.product_id != self.nut)
        line.product_uom_id = self.uom_dozen
        [offer] = self._offers()
        self.assertEqual(offer["amount"], 60)

    def test_price_with_tax_inside(self):
        """5.65 with 13 % of tax in it is 5, below a cent as well."""
        self.product.supplier_taxes_id = self._tax(13)
        self._sell("Tax inside", price=0.00565)
        [offer] = self._offers()
        self.assertAlmostEqual(offer["amount"], 0.005)

    def test_who_sold_it_without_a_price_list(self):
        self._order(1, 3, "2036-01-01", partner=self.supplier, confirmed="2026-11-01")
        self.env["product.supplierinfo"].search(
            [("partner_id", "=", self.supplier.id)]
        ).unlink()
        [offer] = self._offers()
        self.assertEqual((offer["price"], offer["delay"]), ("", False))

    def test_a_part_of_the_price_is_none(self):
        """Who has a price for one of two products is not the cheapest."""
        self._order(
            1,
            3,
            "2036-01-01",
            product=self.nut,
            partner=self.supplier,
            confirmed="2026-11-01",
        )
        self.nut.seller_ids.filtered(
            lambda one: one.partner_id == self.supplier
        ).unlink()
        self._price(self.supplier, self.product, 1)
        both = self._sell("Both", price=20)
        self._price(both, self.nut, 1)
        dear, part = self._offers()
        self.assertEqual((dear["id"], dear["amount"]), (both.id, 21))
        self.assertEqual((part["id"], part["covered"]), (self.supplier.id, 2))
        self.assertEqual((part["price"], part["amount"]), ("", False))
        self.assertEqual(part["delay"], 7)
        # Nobody gives it away: Odoo proposes 0 where no price was entered.
        self._price(self.supplier, self.nut, 0)
        self.assertEqual(self._offers()[1]["amount"], False)

    def test_price_list_of_a_contact(self):
        vendor = self._create_supplier("Head office")
        desk = self._create_contact("Desk", parent_id=vendor.id)
        self._price(desk, self.product, 5)
        [offer] = self._offers()
        self.assertEqual((offer["id"], offer["amount"]), (vendor.id, 5))

    def test_best_first_and_blocked_last(self):
        blocked = self._sell("Blocked")
        self._set(blocked, supplier_stage_id=self.blocked_stage.id, supplier_score=99)
        dear, cheap = self._sell("Dear", price=9), self._sell("Cheap", price=1)
        both = self._sell("Both", price=20)
        self._price(both, self.nut, 1)
        good = self._sell("Good", price=8)
        self._set(good, supplier_score=90, supplier_grade_id=self.grade_d.id)
        offers = self._offers()
        self.assertEqual(
            [offer["id"] for offer in offers],
            [both.id, good.id, cheap.id, dear.id, blocked.id],
        )
        self.assertEqual(offers[-1]["level"], "block")

    def test_statements_do_not_grow_with_vendors(self):
        self._sell("First")
        self._offers()
        counts = []
        for number in range(2):
            if number:
                for more in range(6):
                    self._sell(f"More {more}")
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self._as(self.order, self.buyer).retrieve_supplier_alternatives()
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(counts[0], counts[1])

    def test_the_order_must_be_readable(self):
        nobody = self._create_user("alternatives_nobody", "base.group_user")
        with self.assertRefused("access"):
            self._as(self.order, nobody).retrieve_supplier_alternatives()
