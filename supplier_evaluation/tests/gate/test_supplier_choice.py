from odoo import Command
from odoo.tests import tagged

from ..common import REVIEWER
from .common import PurchaseGateCommon


@tagged("post_install", "-at_install")
class TestSupplierChoice(PurchaseGateCommon):
    """Where a vendor is chosen, one sees how good it is and whether it is blocked."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._block_stage()
        cls._set(cls.supplier, supplier_score=91.5, supplier_grade_id=cls.grade_d.id)
        cls.reviewer = cls._create_user("choice_reviewer", REVIEWER)
        cls.nobody = cls._create_user("choice_nobody", "base.group_user")

    def _offered(self, user=None, name="", limit=100, **context):
        """What the drop-down of vendors gets, by id."""
        partners = self._as(self.env["res.partner"], user or self.buyer)
        found = partners.with_context(
            res_partner_search_mode="supplier", **context
        ).web_name_search(name, {"display_name": {}}, limit=limit)
        return {one["id"]: one for one in found}

    def test_grade_and_no_entry(self):
        offered = self._offered(name="Supplier")
        good = offered[self.supplier.id]["supplier_choice"]
        self.assertEqual((good["grade"], good["score"], good["level"]), ("D", 91.5, ""))
        self.assertEqual(good["grade_title"], "Grade D")
        self.assertEqual(good["on_time"], "")
        bad = offered[self.bad_supplier.id]["supplier_choice"]
        self.assertEqual((bad["grade"], bad["score"]), ("", False))
        self.assertEqual(bad["level"], "block")
        self.assertIn("No blocked suppliers: Bad Supplier", bad["reason"])

    def test_provisional_grade_is_called_so(self):
        self._set(self.supplier, supplier_score_provisional=True)
        choice = self._offered(name="Golden")[self.supplier.id]["supplier_choice"]
        self.assertTrue(choice["provisional"])
        self.assertEqual(choice["grade_title"], "Grade D, provisional")

    def test_a_contact_is_what_its_company_is(self):
        contact = self._create_contact("Desk", parent_id=self.bad_supplier.id)
        choice = self._offered(name="Desk")[contact.id]["supplier_choice"]
        self.assertEqual(choice["level"], "block")

    def test_who_may_not_see_scores_sees_none(self):
        for user in (self.reviewer, self.nobody):
            offered = self._offered(user, name="Supplier")
            self.assertIn(self.bad_supplier.id, offered)
            for one in offered.values():
                self.assertNotIn("supplier_choice", one)

    def test_nothing_is_told_where_no_vendor_is_chosen(self):
        partners = self._as(self.env["res.partner"], self.buyer)
        for one in partners.web_name_search("Supplier", {"display_name": {}}):
            self.assertNotIn("supplier_choice", one)

    def test_each_company_has_its_policies(self):
        other = self._create_company("Other Works", "UTC", "USD")
        self.buyer.company_ids |= other
        partners = self.env["res.partner"].with_user(self.buyer)
        vendor = partners.with_context(allowed_company_ids=other.ids).browse(
            self.bad_supplier.id
        )
        self.assertEqual(vendor._supplier_choices()[vendor.id]["level"], "")

    def test_an_override_for_every_order_opens_the_door(self):
        self._override()
        choice = self._offered(name="Bad")[self.bad_supplier.id]["supplier_choice"]
        self.assertEqual(choice["level"], "warn")
        self.assertIn("Overridden by Gate Approver", choice["reason"])

    def test_an_override_for_one_order_does_not(self):
        self._override(self._draft())
        choice = self._offered(name="Bad")[self.bad_supplier.id]["supplier_choice"]
        self.assertEqual(choice["level"], "block")

    def test_an_exception_ends_the_reading(self):
        self._policy(
            sequence=1,
            effect="allow",
            message="It is the only one.",
            stage_ids=[Command.set(self.blocked_stage.ids)],
        )
        choice = self._offered(name="Bad")[self.bad_supplier.id]["supplier_choice"]
        self.assertEqual(choice["level"], "")

    def test_cards_of_vendors_say_who_is_blocked(self):
        """On a telephone vendors are chosen from cards."""
        bad = self._as(self.bad_supplier, self.buyer)
        self.assertFalse(bad.supplier_gate_level)
        choosing = bad.with_context(res_partner_search_mode="supplier")
        self.assertEqual(choosing.supplier_gate_level, "block")
        for user in (self.buyer, self.nobody):
            views = self._as(self.env["res.partner"], user).get_views(
                [(False, "kanban")]
            )
            arch = views["views"]["kanban"]["arch"]
            self.assertEqual("supplier_gate_level" in arch, user == self.buyer)

    def test_statements_do_not_grow_with_vendors(self):
        vendors = self.env["res.partner"]
        for number in range(12):
            vendor = self._create_supplier(f"Many {number}")
            self._set(
                vendor,
                supplier_stage_id=self.blocked_stage.id,
                supplier_grade_id=self.grade_d.id,
                supplier_score=50,
            )
            vendors |= vendor
        self._offered(name="Many")  # rights and policies are known from here on
        counts = []
        for limit in (2, 12):
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.assertEqual(len(self._offered(name="Many", limit=limit)), limit)
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(counts[0], counts[1])

    # ------------------------------------------------------------
    # The product's list of vendors
    # ------------------------------------------------------------

    def _prices(self, *vendors):
        prices = self.env["product.supplierinfo"].create(
            [
                {
                    "partner_id": vendor.id,
                    "product_tmpl_id": self.product.product_tmpl_id.id,
                    "price": 5,
                }
                for vendor in vendors
            ]
        )
        return self._as(prices, self.buyer)

    def test_vendors_of_a_product(self):
        good, bad = self._prices(self.supplier, self.bad_supplier)
        self.assertEqual(good.supplier_grade_id, self.grade_d)
        self.assertEqual(good.supplier_grade_color, self.grade_d.color)
        self.assertFalse(good.supplier_gate_level)
        self.assertFalse(good.supplier_has_on_time)
        self.assertFalse(bad.supplier_grade_id)
        self.assertEqual(bad.supplier_gate_level, "block")

    def test_a_price_of_another_company_is_judged_there(self):
        other = self._create_company("Other Works", "UTC", "USD")
        self.buyer.company_ids |= other
        price = self._prices(self.bad_supplier)
        price.sudo().company_id = other
        self.assertFalse(price.supplier_gate_level)

    def test_certification_counts_for_the_category_of_the_product(self):
        self._policy(
            name="Only certified",
            certification_none=True,
            certification_program_only=False,
        )
        category = self.env["product.category"].create({"name": "Certified goods"})
        program = self.env["supplier.certification.program"].search([], limit=1)
        if not program:
            program = self.env["supplier.certification.program"].create(
                {"name": "Programme"}
            )
        certification = self.env["supplier.certification"].create(
            {
                "partner_id": self.supplier.id,
                "company_id": self.company.id,
                "program_id": program.id,
                "category_ids": [Command.set(category.ids)],
            }
        )
        certification._write_guarded(
            {"state": "certified", "date_from": "2020-01-01", "date_to": "2040-01-01"}
        )
        price = self._prices(self.supplier)
        self.assertEqual(price.supplier_gate_level, "block")
        self.product.categ_id = category
        price.invalidate_recordset()
        self.assertFalse(price.supplier_gate_level)

    def test_views_open_for_everybody(self):
        for user in (self.buyer, self.reviewer, self.nobody):
            views = self._as(self.env["product.supplierinfo"], user).get_views(
                [(False, "list"), (False, "kanban")]
            )
            arch = views["views"]["list"]["arch"]
            self.assertEqual("supplier_gate_level" in arch, user == self.buyer)
