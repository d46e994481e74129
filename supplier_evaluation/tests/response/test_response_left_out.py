from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..common import BUYER, MANAGER
from .common import ResponseCommon

THANKED = "2026-03-05 01:00:00"


@tagged("post_install", "-at_install")
class TestResponseLeftOut(ResponseCommon):
    """Who thanks wants no answer, and only who reads it can tell."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.people = cls._create_people("left", {"buyer": BUYER, "manager": MANAGER})
        cls._answer(cls.order, "2026-03-02 05:00:00")
        cls.thanks = cls._ask(cls.order, THANKED)

    def _leave_out(self, messages, user="manager", exclusion="manual"):
        wizard = self._as(self.env["supplier.exclusion.wizard"], user)
        wizard.create(
            {
                "targets": {messages._name: messages.ids},
                "exclusion": exclusion,
                "reason": "We only thanked",
            }
        ).action_apply()

    def _fact_of(self, message):
        return self._facts().filtered(lambda fact: fact.id == message.id)

    def test_figures(self):
        self.assertEqual(self._value("response_rate"), 50)
        self._leave_out(self.thanks)
        self.assertEqual(self._value("response_rate"), 100)
        fact = self._fact_of(self.thanks)
        self.assertEqual(fact.exclusion, "manual")
        self.assertEqual(fact.exclusion_reason, "We only thanked")
        self._leave_out(self.thanks, exclusion="count")
        self.assertEqual(self._value("response_rate"), 50)

    def test_what_follows_until_the_answer_belongs_to_it(self):
        """A question that is waived is not counted by its reminder."""
        self._ask(self.order, "2026-03-06 01:00:00")
        self._leave_out(self.thanks)
        self._answer(self.order, "2026-03-12 01:00:00")
        self.assertEqual(self._measure("response_time").n, 1)
        self._ask(self.order, "2026-03-13 01:00:00")
        self.assertEqual(self._value("response_rate"), 50)

    def test_it_is_told(self):
        """On the order, in the register, and which of its messages it is."""
        self._leave_out(self.thanks)
        self.assertIn("We only thanked", self.order.message_ids[0].body)
        self.assertTrue(self.order.message_ids[0].is_internal)
        row = self.env["supplier.adjustment"].search([("res_id", "=", self.thanks.id)])
        self.assertEqual(row.partner_id, self.supplier)
        self.assertEqual(row.company_id, self.company)
        self.assertIn(self.order.name, row.record_name)
        opened = self._as(row, "manager").action_open_record()
        self.assertEqual(opened["res_model"], self.order._name)
        self.assertEqual(opened["res_id"], self.order.id)

    def test_from_the_analysis(self):
        fact = self._fact_of(self.thanks)
        targets = fact.action_leave_out()["context"]["default_targets"]
        self.assertEqual(targets, {"mail.message": self.thanks.ids})
        self.assertEqual(fact._records_left_out(), targets)

    def test_with_its_incident(self):
        """An incident that is left out takes along what was asked on it."""
        incident = self._incident("Rust")
        asked = self._ask(incident, THANKED)
        self._leave_out(asked)
        self.assertEqual(self._fact_of(asked).exclusion, "manual")
        incident._set_supplier_exclusion("responsibility", "Our rain")
        fact = self._fact_of(asked)
        self.assertEqual(fact.exclusion, "responsibility")
        self.assertEqual(fact.exclusion_reason, "Our rain")
        self.assertEqual(fact._records_left_out(), {"supplier.incident": incident.ids})

    def test_who_may(self):
        vals = {"supplier_exclusion": "manual"}
        for user in ("buyer", "manager"):
            with self.subTest(user=user), self.assertRaises(AccessError):
                self._as(self.thanks, user).write(vals)
        with self.assertRaises(AccessError):
            self._leave_out(self.thanks, "buyer")
        other = self._create_company("Silver Works", "UTC", "EUR")
        stranger = self._create_user("left_elsewhere", MANAGER, other)
        with self.assertRaises(AccessError):
            self._leave_out(self.thanks, stranger)
        told = {"model": self.order._name, "res_id": self.order.id, **vals}
        with self.assertRaises(AccessError):
            self._as(self.thanks, "manager").create(told)

    def test_only_what_counts(self):
        note = self._as(self.supplier, "manager").message_post(
            body=self.order.name, subtype_xmlid="mail.mt_note"
        )
        with self.assertRaises(UserError):
            self._leave_out(note)
