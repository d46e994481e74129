from freezegun import freeze_time

from odoo.exceptions import AccessError
from odoo.tests import tagged

from odoo.addons.supplier_evaluation.models.gate.gate import PurchaseGate

from .common import TODAY, RequisitionCommon


@tagged("post_install", "-at_install")
class TestBlanketContract(RequisitionCommon):
    """A blanket order becomes a contract, and orders are compared with that."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.nut = cls._create_product("Nut")

    def setUp(self):
        super().setUp()
        clock = freeze_time(TODAY)
        clock.start()
        self.addCleanup(clock.stop)

    def _reasons(self, order):
        return " ".join(PurchaseGate(order).verdicts("order")[order.id].reasons)

    def _call_off(self, blanket, quantity, price=10):
        """A request of the blanket order."""
        return self._request(self.supplier, price, quantity, requisition_id=blanket.id)

    def test_terms(self):
        blanket = self._blanket(
            [(10, 60), (10, 40), (7, 5, {"product_id": self.nut.id})]
        )
        contract = self._contract_of(blanket, approved=False)
        self.assertEqual(contract.state, "draft")
        self.assertEqual(contract.requisition_id, blanket)
        self.assertEqual(contract.partner_id, self.supplier)
        self.assertEqual(str(contract.date_from), "2026-01-01")
        self.assertEqual(str(contract.date_to), "2026-12-31")
        self.assertEqual(
            contract.line_ids.mapped(lambda term: (term.price, term.quantity)),
            [(10, 100), (7, 5)],
        )
        # Twice the same button opens the same contract.
        self.assertEqual(self._contract_of(blanket, approved=False), contract)
        self.assertFalse(blanket.supplier_contract_warning)

    def test_orders_are_checked(self):
        """By price and by what is left, and what was ordered counts once."""
        blanket = self._blanket()
        self.assertFalse(self._reasons(self._call_off(blanket, 10, price=11)))
        contract = self._contract_of(blanket)
        self.assertEqual(contract.state, "in_force")
        # What the supplier delivered in April is under it as well.
        self.assertEqual(contract.line_ids.quantity_used, 40)
        self.assertFalse(self._reasons(self._call_off(blanket, 10)))
        self.assertIn("agrees", self._reasons(self._call_off(blanket, 10, price=11)))
        self._call_off(blanket, 30).button_confirm()
        self.env.invalidate_all()
        self.assertEqual(contract.line_ids.quantity_used, 70)
        self.assertEqual(blanket.line_ids.qty_ordered, 30)
        self.assertIn("are left", self._reasons(self._call_off(blanket, 31)))
        self.assertFalse(self._reasons(self._call_off(blanket, 30)))

    def test_two_others_approve(self):
        contract = self._contract_of(self._blanket(), approved=False)
        contract = self._as(contract, "buyer")
        contract.action_submit()
        with self.assertRefused("approve", AccessError):
            contract.action_approve()

    def test_revision_is_of_the_same(self):
        blanket = self._blanket()
        contract = self._contract_of(blanket)
        action = self._as(contract, "buyer").action_revise()
        revision = self._as(contract, "buyer").browse(action["res_id"])
        self.assertEqual(revision.requisition_id, blanket)
        self.assertEqual(blanket.supplier_contract_id, contract)
        self.assertFalse(contract.copy({"title": "Copy"}).requisition_id)

    def test_differences_are_told(self):
        blanket = self._blanket().with_env(self.env)
        contract = self._contract_of(blanket)
        blanket.line_ids.price_unit = 12
        self.assertIn("Bolt", blanket.supplier_contract_warning)
        blanket.line_ids.price_unit = 10
        self.assertFalse(blanket.supplier_contract_warning)
        blanket.date_end = "2026-06-30"
        self.assertIn("06/30/2026", blanket.supplier_contract_warning)
        blanket.line_ids.copy({"requisition_id": blanket.id, "price_unit": 3})
        self.assertIn("Bolt", blanket.supplier_contract_warning)
        blanket.action_done()
        self.assertIn("is over", blanket.supplier_contract_warning)
        self._as(contract, "manager").action_terminate("over")
        self.env.invalidate_all()
        self.assertFalse(blanket.supplier_contract_warning)

    def test_other_head_is_told(self):
        """Another currency or first day is told, another vendor is refused."""
        blanket = self._blanket().with_env(self.env)
        contract = self._contract_of(blanket, approved=False)
        own = self._as(contract, "buyer")
        own.currency_id = self._euros({"2026-01-01": 0.5})
        self.assertIn("EUR", blanket.supplier_contract_warning)
        own.currency_id = blanket.currency_id
        own.date_from = "2026-02-01"
        self.assertIn("02/01/2026", blanket.supplier_contract_warning)
        own.date_from = "2026-01-01"
        self.assertFalse(blanket.supplier_contract_warning)
        blanket.action_draft()
        with self.assertRefused("keeps its vendor"):
            blanket.vendor_id = self.rival
        with self.assertRefused("is its contract"):
            blanket.unlink()
        self._as(contract, "manager").unlink()
        blanket.vendor_id = self.rival
        blanket.unlink()

    def test_refused(self):
        with self.assertRefused("Confirm it first"):
            self._blanket(confirmed=False).action_make_supplier_contract()
        with self.assertRefused("several prices"):
            self._blanket([(10, 5), (11, 5)]).action_make_supplier_contract()
        contract = self._contract_of(self._blanket(), approved=False)
        with self.assertRefused("cannot be written", AccessError):
            contract.requisition_id = False
        with self.assertRefused("keeps the supplier"):
            contract.partner_id = self.rival

    def test_who_may(self):
        """Who buys; not who has nothing to do with it, nor another company."""
        blanket = self._blanket()
        self.assertNotIn("supplier_contract_id", self._as(blanket, "none").fields_get())
        for name in ("none", "portal", "reviewer"):
            with self.subTest(name=name), self.assertRaises(AccessError):
                self._as(blanket, name).action_make_supplier_contract()
        company = self._create_company("Elsewhere", "Europe/Berlin", "EUR")
        other = self._create_user("elsewhere", "purchase.group_purchase_user", company)
        with self.assertRaises(AccessError):
            self._as(blanket, other).action_make_supplier_contract()
