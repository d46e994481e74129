from freezegun import freeze_time

from odoo.exceptions import UserError
from odoo.tests import Form, tagged

from ...models.gate.gate import PurchaseGate
from .common import NOON, ContractCommon


@tagged("post_install", "-at_install")
class TestContractGate(ContractCommon):
    """Orders are compared with the contract when they are confirmed."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["supplier.purchase.policy"].search([]).active = False
        cls.startClassPatcher(freeze_time(f"2026-03-10{NOON}"))

    # ------------------------------------------------------------
    # Levels
    # ------------------------------------------------------------

    def test_warn_is_said_and_noted(self):
        contract = self._contract()
        order = self._draft(price=12)
        self.assertEqual(order.supplier_gate_level, "warn")
        text = f"Bolt costs 12.00 USD per Units; {contract.display_name} agrees 10.00"
        self.assertIn(text, order.supplier_gate_message)
        order.button_confirm()
        self.assertEqual(order.state, "purchase")
        self.assertIn(text, " ".join(order.sudo().message_ids.mapped("body")))

    def test_block_and_override(self):
        self._contract(check_level="block")
        order = self._draft(price=12)
        self.assertEqual(order.supplier_gate_level, "block")
        with self.assertRefused("(?s)costs 12.00.*Approvers may override") as refusal:
            order.button_confirm()
        self.assertIn(order.name, str(refusal.exception))
        self.env["supplier.purchase.override"].with_user(
            self.people["approver"]
        )._grant(
            self.supplier,
            self.company,
            "Only once",
            self.company._supplier_day(self.env.cr.now()).replace(year=2036),
            order=order,
        )
        self.env.invalidate_all()
        order.button_confirm()
        self.assertEqual(order.state, "purchase")

    def test_nothing(self):
        self._contract(check_level="none", payment_term_id=self.term.id)
        self.assertEqual(self._reason(1000, 99), "")
        self.assertFalse(self._draft(price=99).supplier_gate_level)

    def test_request_is_not_compared(self):
        self._contract(check_level="block")
        order = self._draft(price=12)
        verdict = PurchaseGate(order).verdicts("rfq")[order.id]
        self.assertEqual(verdict.level, "")

    def test_banner_of_a_new_order(self):
        self._contract(payment_term_id=self.term.id)
        orders = self._as(self.env["purchase.order"], "buyer")
        form = Form(orders.with_company(self.company))
        form.partner_id = self.supplier
        with form.order_line.new() as line:
            line.product_id = self.product
            line.product_qty = 5
            line.price_unit = 11
        self.assertIn("costs 11.00", form.supplier_gate_message)
        self.assertIn("payment terms", form.supplier_gate_message)
        form.payment_term_id = self.term
        self.assertNotIn("payment terms", form.supplier_gate_message)
        with form.order_line.edit(0) as line:
            line.price_unit = 10
        self.assertFalse(form.supplier_gate_level)

    # ------------------------------------------------------------
    # Which contract
    # ------------------------------------------------------------

    def test_what_does_not_count(self):
        other = self._create_product("Nut")
        for vals in (
            {"approved": False},
            {"date_from": "2026-04-01"},
            {"date_to": "2026-03-09"},
            {"partner_id": self._create_supplier("Rival").id},
            {"lines": [{"product_id": other.id, "price": 1}]},
        ):
            with self.subTest(vals=vals):
                self._contract(**vals)
                self.assertEqual(self._reason(price=99), "")

    def test_last_day_counts(self):
        self._contract(date_to="2026-03-10")
        self.assertTrue(self._reason(price=99))
        with freeze_time("2026-03-10 16:01:00"):  # the 11th in Shanghai
            self.assertEqual(self._reason(price=99), "")

    def test_terminated_and_archived(self):
        contract = self._contract()
        with freeze_time(f"2026-03-01{NOON}"):
            self._as(contract, "manager").action_terminate("Bankrupt")
        self._as(contract, "manager").active = False
        self.assertEqual(self._reason(price=99), "")

    def test_contact_of_the_supplier(self):
        self._contract()
        contact = self._create_contact("Desk")
        self.assertTrue(self._reason(price=99, partner_id=contact.id))

    def test_companies(self):
        self._contract()
        elsewhere = self._create_company("Elsewhere", "UTC", "USD")
        self.env.user.company_ids |= elsewhere
        self.people["other"] = self._create_user(
            "contract_other", "purchase.group_purchase_user", elsewhere
        )
        order = self._draft(price=99, company=elsewhere, user="other")
        self.assertEqual(self._reasons(order), [""])

    def test_product_line_before_category(self):
        self.product.categ_id = self.goods
        unit = {"uom_id": self.uom_unit.id}
        self._contract([{"price": 10}, {"categ_id": self.goods.id, "price": 1, **unit}])
        self.assertEqual(self._reason(price=10), "")
        nut = self._create_product("Nut", categ_id=self.goods.id)
        self.assertIn("agrees 1.00", self._reason(price=10, product=nut))

    def test_revision_counts_from_its_day(self):
        contract = self._contract()
        action = self._as(contract, "buyer").action_revise()
        revision = self._as(contract, "buyer").browse(action["res_id"])
        revision.line_ids.price = 12
        self.assertTrue(self._reason(price=12), "not yet")
        self._approve(revision)
        self.assertEqual(self._reason(price=12), "")

    # ------------------------------------------------------------
    # Prices
    # ------------------------------------------------------------

    def test_price(self):
        self._contract(price_tolerance=5)
        for price, vals, is_over in (
            (10, {}, False),
            (10.5, {}, False),
            (10.51, {}, True),
            (12, {"discount": 20}, False),
            (0, {}, False),
            (120, {"uom": self.uom_dozen}, False),
            (126.01, {"uom": self.uom_dozen}, True),
        ):
            with self.subTest(price=price, vals=vals):
                reason = self._reason(1, price, **vals)
                self.assertEqual(bool(reason), is_over, reason)
        self.assertIn("and 5 % more is tolerated", self._reason(1, 11))

    def test_taxes_do_not_count(self):
        country = self.env.ref("base.us")
        group = self.env["account.tax.group"].create(
            {"name": "T", "company_id": self.company.id, "country_id": country.id}
        )
        excluded, included = self.env["account.tax"].create(
            [
                {
                    "name": kind,
                    "amount": 25,
                    "type_tax_use": "purchase",
                    "price_include_override": kind,
                    "company_id": self.company.id,
                    "country_id": country.id,
                    "tax_group_id": group.id,
                }
                for kind in ("tax_excluded", "tax_included")
            ]
        )
        self._contract()
        self.assertEqual(self._reason(1, 10, taxes=excluded), "")
        self.assertEqual(self._reason(1, 12.5, taxes=included), "")
        self.assertTrue(self._reason(1, 12.6, taxes=included))

    def test_currencies(self):
        """10 euros are 12.50 dollars on the day of the order."""
        euro = self._euros({"2026-01-01": 1, "2026-03-01": 0.8})
        self._contract(currency_id=euro.id)
        self.assertEqual(self._reason(1, 12.5), "")
        self.assertIn("agrees 12.50 USD (10.00 EUR)", self._reason(1, 12.6))
        self.assertEqual(self._reason(1, 10, currency_id=euro.id), "")
        self.assertTrue(self._reason(1, 10.1, currency_id=euro.id))

    def test_index(self):
        base, _later = self._indices({"2026-01": 100, "2026-02": 110})
        self._contract([{"price_kind": "index", "price": 10, "index_id": base.id}])
        self.assertEqual(self._reason(1, 11), "")
        self.assertIn("110 / 100", self._reason(1, 11.01))

    def test_unit_that_cannot_be_turned(self):
        self.product.categ_id = self.goods
        kilo = self.env.ref("uom.product_uom_kgm")
        self._contract([{"categ_id": self.goods.id, "price": 1, "uom_id": kilo.id}])
        self.assertIn("cannot be turned into", self._reason(1, 99))

    # ------------------------------------------------------------
    # Payment terms and quantities
    # ------------------------------------------------------------

    def test_payment_terms(self):
        self._contract(payment_term_id=self.term.id)
        self.assertEqual(self._reason(payment_term_id=self.term.id), "")
        other = self.env.ref("account.account_payment_term_immediate")
        self.assertIn(f"“{other.display_name}”", self._reason(payment_term_id=other.id))
        self.assertIn("has none", self._reason(payment_term_id=False))

    def test_quantity_left(self):
        self._contract()
        self._draft(60).button_confirm()
        self.assertEqual(self._reason(40), "")
        self.assertEqual(self._reason(3, 120, uom=self.uom_dozen), "", "36 of 40")
        self.assertIn(
            "48 Units of Bolt are ordered; of the 100 in",
            self._reason(4, 120, uom=self.uom_dozen),
        )
        self.assertIn("40 are left", self._reason(41))

    def test_confirmed_together(self):
        """Each is judged with what those before it buy; a list of drafts is not."""
        self._contract(check_level="block")
        orders = self._draft(60) | self._draft(60)
        self.assertEqual(self._reasons(orders), ["", ""])
        alone, last = self._reasons(orders, together=True)
        self.assertEqual(alone, "")
        self.assertIn("40 are left", last)
        with self.assertRefused("40 are left"):
            orders.button_confirm()
        self.assertEqual(orders.mapped("state"), ["draft"] * 2)

    def test_confirmed_order_does_not_grow(self):
        self._contract(check_level="block", payment_term_id=self.term.id)
        order = self._draft(60, payment_term_id=self.term.id)
        order.button_confirm()
        line = order.order_line
        line.product_qty = 100
        for change in (
            lambda: line.write({"product_qty": 101}),
            lambda: line.write({"price_unit": 11}),
            lambda: order.write({"payment_term_id": False}),
        ):
            with self.assertRaises(UserError), self.cr.savepoint():
                change()
        line.write({"price_unit": 9})
        self.assertEqual(order.state, "purchase")

    # ------------------------------------------------------------
    # How much is read
    # ------------------------------------------------------------

    def test_statements_do_not_grow(self):
        orders = self.env["purchase.order"]
        for number in range(20):
            product = self._create_product(f"P{number}")
            base, *_later = self._indices(
                {"2026-01": 100, "2026-02": 110}, product_id=product.id
            )
            vendor = self._create_supplier(f"V{number}")
            self._contract(
                [
                    {
                        "product_id": product.id,
                        "price_kind": "index",
                        "price": 10,
                        "index_id": base.id,
                        "quantity": 5,
                    }
                ],
                partner_id=vendor.id,
                payment_term_id=self.term.id,
            )
            orders |= self._draft(price=20, product=product, partner_id=vendor.id)
        orders = orders.with_user(self.people["buyer"])

        def judge(some):
            for reason in self._reasons(some):
                for part in ("costs", "are left", "payment terms"):
                    self.assertIn(part, reason)

        judge(orders)
        counts = [
            self._statements_of(lambda some=some: judge(some))
            for some in (orders[:2], orders)
        ]
        self.assertEqual(counts[0], counts[1])
