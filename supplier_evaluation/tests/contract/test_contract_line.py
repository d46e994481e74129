from freezegun import freeze_time
from psycopg2 import IntegrityError

from odoo import Command
from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import NOON, ContractCommon


@tagged("post_install", "-at_install")
class TestContractLine(ContractCommon):
    """What a line costs on a day, and how much of it was ordered."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.startClassPatcher(freeze_time(f"2027-02-01{NOON}"))

    def _price(self, line, day):
        with freeze_time(f"{day}{NOON}"):
            self.env.invalidate_all()
            return line.price_today

    def _few_and_all(self, lines):
        """Two lines and all of them, not known as lines of their contract."""
        return lines.browse(lines[:2].ids), lines.browse(lines.ids)

    # ------------------------------------------------------------
    # Prices
    # ------------------------------------------------------------

    def test_price_follows_the_index(self):
        base, *_later = self._indices({"2026-01": 200, "2026-03": 220, "2026-06": 150})
        self._indices({"2026-03": 999}, source="Other")
        contract = self._contract(
            [
                {
                    "price_kind": "index",
                    "price": 10,
                    "index_id": base.id,
                    "index_share": 50,
                }
            ]
        )
        line = contract.line_ids
        for day, price in (
            ("2026-01-15", 10),
            ("2026-02-28", 10),
            ("2026-03-01", 10.5),  # 10 × (1 + 50 % × 10 %)
            ("2026-05-31", 10.5),
            ("2026-06-01", 8.75),  # 10 × (1 − 50 % × 25 %)
        ):
            with self.subTest(day=day):
                self.assertAlmostEqual(self._price(line, day), price)
        with freeze_time(f"2026-03-10{NOON}"):
            self.env.invalidate_all()
            self.assertIn(
                "10.00 USD × (1 + 50 % × (220 / 200 − 1)) = 10.50 USD", line.price_text
            )

    def test_a_corrected_index_does_not_change_what_was_agreed(self):
        base, _later = self._indices({"2026-01": 200, "2026-03": 220})
        contract = self._contract(
            [{"price_kind": "index", "price": 10, "index_id": base.id}]
        )
        base.value = 100
        self.assertEqual(contract.line_ids.index_base, 200)
        self.assertAlmostEqual(self._price(contract.line_ids, "2026-03-05"), 11)
        self.assertAlmostEqual(self._price(contract.line_ids, "2026-02-05"), 10)

    def test_index_is_kept_as_it_is_when_submitted(self):
        [base] = self._indices({"2026-01": 200})
        contract = self._contract(
            [{"price_kind": "index", "price": 10, "index_id": base.id}],
            approved=False,
        )
        base.value = 210
        with self.assertRaises(AccessError):
            contract.line_ids.index_base = 100
        self.assertEqual(contract.line_ids.index_base, 200)
        with freeze_time(f"2026-01-01{NOON}"):
            self._approve(contract)
        self.assertEqual(contract.line_ids.index_base, 210)

    def test_prices_take_one_statement(self):
        months = {f"2026-{month:02}": 100 + month for month in range(1, 7)}
        lines = []
        for number in range(20):
            product = self._create_product(f"P{number}")
            base, *_later = self._indices(months, product_id=product.id)
            lines.append(
                {
                    "product_id": product.id,
                    "price_kind": "index",
                    "price": 10,
                    "index_id": base.id,
                }
            )
        contract = self._contract(lines)
        # How many digits prices have is asked once, and then known.
        contract.line_ids[0].read(["price_today"])
        counts = [
            self._statements_of(lambda some=some: some.mapped("price_today"))
            for some in self._few_and_all(contract.line_ids)
        ]
        self.assertEqual(counts[0], counts[1])

    def test_no_price(self):
        [line] = self._contract([{"price_kind": "none"}]).line_ids
        self.assertIs(line.price_today, False)
        for vals, text in (
            ({"price": 0}, "above 0"),
            ({"price_kind": "index", "price": 1}, "price index"),
            ({"price": 1, "uom_id": self.env.ref("uom.product_uom_kgm").id}, "turned"),
        ):
            with self.subTest(text=text), self.assertRefused(text, ValidationError):
                self._contract([vals], approved=False)

    def test_product_or_category(self):
        for vals in (
            {"product_id": False, "price": 1},
            {"categ_id": self.goods.id, "product_id": self.product.id},
        ):
            with (
                self.subTest(vals=vals),
                mute_logger("odoo.sql_db"),
                self.assertRaises(IntegrityError),
                self.cr.savepoint(),
            ):
                self._contract([{"price_kind": "none", **vals}], approved=False)

    # ------------------------------------------------------------
    # Quantities
    # ------------------------------------------------------------

    def test_used_and_left(self):
        contract = self._contract()
        line = contract.line_ids
        self.assertEqual((line.quantity_used, line.quantity_left), (0, 100))
        self._order(30, 10, "2026-03-10")
        self._order(1, 120, "2026-03-10", uom=self.uom_dozen)
        contact = self._create_contact("Desk")
        self._order(8, 10, "2026-03-10", partner=contact)
        # None of these: too early, too late, of others, not confirmed, cancelled.
        self._order(1, 10, "2026-03-10", confirmed="2025-12-31")
        self._order(1, 10, "2027-03-10", confirmed="2027-01-01")
        self._order(1, 10, "2026-03-10", partner=self._create_supplier("Rival"))
        self._order(1, 10, "2026-03-10", product=self._create_product("Nut"))
        self._order(1, 10, "2026-03-10").order_id.button_cancel()
        elsewhere = self._create_company("Elsewhere", "UTC", "USD")
        self.env.user.company_ids |= elsewhere
        self._order(1, 10, "2026-03-10", company=elsewhere)
        self.env.invalidate_all()
        self.assertEqual(line.quantity_used, 50)
        self.assertEqual(line.quantity_left, 50)

    def test_days_are_those_of_the_company(self):
        """What is confirmed at 17 h UTC of the last day is of the next one."""
        line = self._contract(date_to="2026-03-31").line_ids
        order = self._order(5, 10, "2026-04-10", confirmed="2026-03-31").order_id
        self.env.invalidate_all()
        self.assertEqual(line.quantity_used, 5)
        order.date_approve = "2026-03-31 17:00:00"
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertEqual(line.quantity_used, 0)

    def test_product_before_category_before_its_parent(self):
        parent = self.env["product.category"].create({"name": "Metal"})
        child = self.env["product.category"].create(
            {"name": "Steel", "parent_id": parent.id}
        )
        bolt, nut, ring = (
            self._create_product(name, categ_id=categ.id)
            for name, categ in (("B", child), ("N", child), ("R", parent))
        )
        unit = {"price_kind": "none", "quantity": 100, "uom_id": self.uom_unit.id}
        contract = self._contract(
            [
                {"product_id": bolt.id, **unit},
                {"categ_id": child.id, **unit},
                {"categ_id": parent.id, **unit},
            ]
        )
        for product, quantity in ((bolt, 1), (nut, 2), (ring, 4)):
            self._order(quantity, 1, "2026-03-10", product=product)
        self.env.invalidate_all()
        self.assertEqual(contract.line_ids.mapped("quantity_used"), [1, 2, 4])

    def test_a_revision_goes_on_counting(self):
        contract = self._contract()
        self._order(30, 10, "2026-03-10")
        with freeze_time(f"2026-05-10{NOON}"):
            action = self._as(contract, "buyer").action_revise()
            revision = self._as(contract, "buyer").browse(action["res_id"])
            revision.line_ids.quantity = 200
            self._approve(revision)
        self._order(20, 10, "2026-06-10", confirmed="2026-06-01")
        self.env.invalidate_all()
        self.assertEqual(contract.line_ids.quantity_used, 30)
        self.assertEqual(revision.line_ids.quantity_used, 50)
        self.assertEqual(revision.line_ids.quantity_left, 150)

    def test_drafts_count_nothing(self):
        self._order(30, 10, "2026-03-10")
        line = self._contract(approved=False).line_ids
        self.assertIs(line.quantity_used, False)
        self.assertIs(line.quantity_left, False)

    def test_used_takes_one_statement(self):
        lines = []
        for number in range(20):
            product = self._create_product(f"P{number}")
            lines.append({"product_id": product.id, "price": 1, "quantity": 5})
            self._order(1, 1, "2026-03-10", product=product)
        contract = self._contract(lines)
        counts = [
            self._statements_of(lambda some=some: some.mapped("quantity_used"))
            for some in self._few_and_all(contract.line_ids)
        ]
        self.assertEqual(counts[0], counts[1])

    def test_form_proposes_the_unit(self):
        contract = self._contract(approved=False)
        contract.line_ids = [
            Command.create(
                {"product_id": self._create_product("Nut").id, "price_kind": "none"}
            )
        ]
        self.assertEqual(contract.line_ids[-1].uom_id, self.uom_unit)
