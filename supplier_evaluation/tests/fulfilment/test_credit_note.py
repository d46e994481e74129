from datetime import date

from freezegun import freeze_time

from odoo.exceptions import AccessError
from odoo.tests import tagged

from ...tools.groups import MANAGER_GROUP
from ..common import BUYER
from ..contract.common import NOON, ContractCommon
from ..fact.common import CatalogueCommon

ACCOUNTANT = f"{BUYER},account.group_account_invoice"


@tagged("post_install", "-at_install")
class TestCreditNote(CatalogueCommon, ContractCommon):
    """A claimed penalty becomes a draft credit note, once."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._create_accounts()
        cls.people |= {"accountant": cls._create_user("credit_note", ACCOUNTANT)}
        cls._contract([{"price": 10, "penalty_percent": 0.5, "penalty_max_percent": 5}])
        euro = cls._euros({"2026-01-01": 0.5})
        cls.line = cls._order(100, 10, "2026-03-10", currency_id=euro.id)
        cls.receipt = cls._receive(cls.line, str(date(2026, 3, 14)))
        cls.env.flush_all()
        with freeze_time(f"2026-04-10{NOON}"):
            cls.penalty = cls.env["supplier.contract.penalty"]._propose(cls.company)

    def _claim(self):
        self._as(self.penalty, "manager").action_claim("Agreed by phone")

    def _make(self, user="accountant"):
        action = self._as(self.penalty, user).action_make_credit_note()
        self.env.invalidate_all()
        self.assertEqual(action["res_id"], self.penalty.credit_note_id.id)
        return self.penalty.credit_note_id

    def test_what_is_credited_is_not_taken_back(self):
        self._claim()
        note = self._make()
        self.line._set_supplier_exclusion("manual", "Our forwarder")
        self.env.flush_all()
        self.env["supplier.contract.penalty"]._propose(self.company)
        self.assertTrue(self.penalty.is_outdated)
        with self.assertRefused("Cancel that one first"):
            self._as(self.penalty, "manager").action_reconsider()
        note.button_cancel()
        self._as(self.penalty, "manager").action_reconsider()
        self.assertEqual(self.penalty.state, "dropped")

    def test_made_once(self):
        self.assertFalse(self._as(self.penalty, "accountant").can_credit)
        with self.assertRefused("Proposed"):
            self._make()
        self._claim()
        self.assertTrue(self._as(self.penalty, "accountant").can_credit)
        note = self._make()
        self.assertEqual((note.move_type, note.state), ("in_refund", "draft"))
        self.assertEqual(note.partner_id, self.supplier)
        self.assertEqual(note.company_id, self.company)
        self.assertEqual(note.currency_id, self.penalty.currency_id)
        self.assertEqual(note.amount_total, self.penalty.amount)
        self.assertEqual(note.amount_total, 20)
        [line] = note.invoice_line_ids
        for text in (
            self.line.order_id.name,
            self.penalty.contract_id.name,
            self.receipt.name,
            "4 days",
        ):
            self.assertIn(text, line.name)
        self.assertFalse(line.purchase_line_id, "the order is not invoiced by it")
        with self.assertRefused("has a credit note already"):
            self._make()
        with self.assertRaises(AccessError):
            self._as(self.penalty, "accountant").credit_note_id = False

    def test_both_ways(self):
        self._claim()
        note = self._make()
        self.assertEqual(note.supplier_penalty_count, 1)
        action = note.action_open_supplier_penalties()
        self.assertEqual(
            self.env[action["res_model"]].search(action["domain"]), self.penalty
        )
        action = self._as(self.penalty, "accountant").action_open_credit_note()
        self.assertEqual(action["res_id"], note.id)

    def test_made_again(self):
        """After it was cancelled, or deleted; a posted one counts."""
        self._claim()
        note = self._make()
        note.action_post()
        with self.assertRefused("has a credit note already"):
            self._make()
        note.button_draft()
        note.button_cancel()
        self.assertTrue(self._as(self.penalty, "accountant").can_credit)
        other = self._make()
        self.assertNotEqual(other, note)
        other.unlink()
        self.env.invalidate_all()
        self.assertTrue(self._make().exists())

    def test_who_makes_it(self):
        self._claim()
        elsewhere = self._create_company("Elsewhere", "UTC", "EUR")
        stranger = self._create_user(
            "credit_note_stranger", f"{ACCOUNTANT},{MANAGER_GROUP}", elsewhere
        )
        for user in ("manager", "buyer", stranger):
            own = (
                self._as(self.penalty, user)
                if isinstance(user, str)
                else self.penalty.with_user(user)
            )
            for asked in (own, own.sudo()):
                with self.assertRaises(AccessError):
                    asked.action_make_credit_note()
        self.assertFalse(self._as(self.penalty, "manager").can_credit)
        self.assertFalse(self.penalty.credit_note_id)
