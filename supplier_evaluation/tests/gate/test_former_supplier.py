from datetime import date

from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import Form, tagged

from ..common import MANAGER
from .common import PurchaseGateCommon


@tagged("post_install", "-at_install")
class TestFormerSupplier(PurchaseGateCommon):
    """Who is blocked stays blocked as a contact of a company that is not."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._block_stage()
        cls.manager = cls._create_user("former_manager", MANAGER, name="Former Manager")
        cls.person = cls._create_supplier("Ann Lee", is_company=False)
        cls._set(cls.person, supplier_stage_id=cls.blocked_stage.id)
        cls.firm = cls._create_supplier("Good Firm")

    def _join(self, person=None, firm=None):
        (person or self.person).parent_id = firm or self.firm

    def _todos(self, partner, company=None):
        return self.env["mail.activity"].search(
            [
                ("res_model", "=", "res.partner"),
                ("res_id", "=", partner.id),
                ("supplier_company_id", "=", (company or self.company).id),
            ]
        )

    def test_a_blocked_person_stays_blocked(self):
        self._join()
        self.assertEqual(self.person.commercial_partner_id, self.firm)
        self.assertBlocked(self._draft(self.person), "Ann Lee .stage Blocked")
        desk = self._create_contact("Home", parent_id=self.person.id)
        self.assertBlocked(self._draft(desk), "Ann Lee .stage Blocked")

    def test_the_firm_and_its_others_are_not(self):
        self._join()
        other = self._create_contact("Bob", parent_id=self.firm.id)
        for partner in (self.firm, other):
            order = self._draft(partner)
            order.button_confirm()
            self.assertEqual(order.state, "purchase")

    def test_who_is_offered_is_marked(self):
        self._join()
        partners = self._as(self.person | self.firm, self.buyer)
        choices = partners._supplier_choices()
        self.assertEqual(choices[self.person.id]["level"], "block")
        self.assertEqual(choices[self.firm.id]["level"], "")

    def test_what_both_have_is_said_of_both(self):
        self._policy(name="Everybody", effect="warn")
        self._set(self.firm, supplier_stage_id=self.blocked_stage.id)
        self._join()
        order = self._draft(self.person)
        text = order.supplier_gate_message
        self.assertEqual(text.count("No blocked suppliers"), 2)
        self.assertEqual(text.count("Everybody"), 1)

    def test_its_own_limit_counts(self):
        stage = self.env["supplier.stage"].create(
            {"name": "On Trial", "code": "former_trial", "purchase_limit": 50}
        )
        self._set(self.person, supplier_stage_id=stage.id)
        self._join()
        self.assertBlocked(self._draft(self.person, price=60), "On Trial")
        self._draft(self.person, price=40).button_confirm()

    def test_a_suspended_certification_counts_and_a_missing_one_does_not(self):
        policy = {"certification_none": True, "certification_suspended": True}
        self._policy(name="Certified only", **policy)
        program = self.env["supplier.certification.program"].create(
            {"name": "P", "company_id": self.company.id, "validity_months": 12}
        )
        certifications = {}
        for partner in (self.person, self.firm):
            certifications[partner] = self.env["supplier.certification"].create(
                {"partner_id": partner.id, "program_id": program.id}
            )
            certifications[partner]._write_guarded(
                {
                    "state": "certified",
                    "date_from": date(2020, 1, 1),
                    "date_to": date(2036, 1, 1),
                }
            )
        self._set(self.person, supplier_stage_id=False)
        self._join()
        self.assertFalse(self._draft(self.person).supplier_gate_level)
        certifications[self.person]._transition("suspended", "Fraud")
        self.assertBlocked(self._draft(self.person), "Ann Lee .certification")
        self.assertFalse(self._draft(self.firm).supplier_gate_level)
        certifications[self.person]._transition("draft")
        self.assertFalse(self._draft(self.person).supplier_gate_level)

    def test_an_override_is_for_whom_it_was_granted(self):
        """That of a person does not let a whole company pass, nor the other way."""
        grant = self._as(self.env["supplier.purchase.override"], self.approver)._grant
        grant(self.person, self.company, "She is needed", date(2036, 1, 1))
        self._join()
        self._draft(self.person).button_confirm()
        self._set(self.firm, supplier_stage_id=self.blocked_stage.id)
        self.assertBlocked(self._draft(self.firm), "Good Firm .stage")
        self.assertBlocked(self._draft(self.person), "Good Firm .stage")
        other = self._create_supplier("Eve", is_company=False)
        self._set(other, supplier_stage_id=self.blocked_stage.id)
        grant(self.firm, self.company, "It is needed", date(2036, 1, 1))
        self._join(other)
        self._draft(self.firm).button_confirm()
        order = self._draft(other)
        self.assertBlocked(order, "Eve .stage")
        self._as(self.env["supplier.purchase.override"], self.approver)._grant(
            self.firm, self.company, "This one", date(2036, 1, 1), order
        )
        order.button_confirm()
        self.assertEqual(order.state, "purchase")

    def test_forms_say_so(self):
        self._join()
        for partner in (self.person, self.firm):
            form = Form(self._as(partner, self.buyer))
            self.assertIn("Ann Lee was a supplier", form.supplier_former_note)
            self.assertIn("stage “Blocked”", form.supplier_former_note)
        self.assertTrue(self.person.supplier_is_former)
        self.assertFalse(self.firm.supplier_is_former)
        for partner in (self.supplier, self._create_contact("Bob")):
            self.assertFalse(partner.supplier_former_note)

    def test_a_manager_ends_its_own_stage(self):
        self._join()
        action = self._as(self.person, self.manager).action_end_own_supplier_stage()
        wizards = self.env["supplier.stage.wizard"].with_context(**action["context"])
        with self.assertRefused("Only", AccessError):
            wizard = self._as(wizards, self.buyer).create({"reason": "Sorted out"})
            wizard.action_apply()
        wizards = wizards.with_context(allowed_company_ids=self.company.ids)
        wizards.with_user(self.manager).create({"reason": "Sorted out"}).action_apply()
        self.assertFalse(self.person.with_company(self.company).supplier_stage_id)
        self._draft(self.person).button_confirm()
        self.assertFalse(self.person.supplier_former_note)

    def test_its_card_on_the_board_moves_nobody_else(self):
        self._join()
        potential = self.env.ref("supplier_evaluation.supplier_stage_potential")
        card = self._as(self.person, self.manager)
        with self.assertRefused("is a contact of Good Firm now"):
            card.supplier_stage_id = potential
        self.assertFalse(self.firm.with_company(self.company).supplier_stage_id)

    def test_a_buyer_hears_of_it_and_everybody_reads_nothing_secret(self):
        self.firm.buyer_id = self.buyer
        self._join()
        todo = self._todos(self.person)
        self.assertEqual(todo.user_id, self.buyer)
        self.assertIn("Ann Lee was a supplier of its own", todo.note)
        self.assertNotIn("Blocked", todo.note)
        self.person.parent_id = False
        self.assertEqual(self._todos(self.person), todo)
        self.assertBlocked(self._draft(self.person))

    def test_nobody_hears_of_who_was_nothing(self):
        self._set(self.person, supplier_stage_id=False)
        self._join()
        self.assertFalse(self._todos(self.person))

    def test_each_company_hears_of_its_own(self):
        other = self._create_company("Other Works", "UTC", "USD")
        there = self._create_user("former_there", MANAGER, other)
        self.person.buyer_id = there
        self._set(self.person, other, supplier_stage_id=self.blocked_stage.id)
        self.firm.buyer_id = self.buyer
        self._join()
        self.assertEqual(self._todos(self.person).user_id, self.buyer)
        self.assertEqual(self._todos(self.person, other).user_id, there)

    def test_a_contact_that_leaves_a_blocked_supplier(self):
        self.bad_supplier.buyer_id = self.buyer
        contact = self._create_contact("Desk", parent_id=self.bad_supplier.id)
        contact.parent_id = False
        todo = self._todos(contact)
        self.assertEqual(todo.user_id, self.buyer)
        self.assertIn("does not count for it", todo.note)
        free = self._create_contact("Bob")
        free.parent_id = False
        self.assertFalse(self._todos(free))

    def test_statements_do_not_grow(self):
        """However many contacts are ordered from at once."""
        people = self._create_supplier("P0", is_company=False)
        for number in range(1, 5):
            people |= self._create_supplier(f"P{number}", is_company=False)
        for person in people:
            self._set(person, supplier_stage_id=self.blocked_stage.id)
            self._join(person)
        orders = self.env["purchase.order"].union(
            *(self._draft(person) for person in people)
        )
        few = self._statements_of(lambda: orders[:2].mapped("supplier_gate_level"))
        many = self._statements_of(lambda: orders.mapped("supplier_gate_level"))
        self.assertLessEqual(many, few)

    def test_policies_of_two_stages(self):
        """An exception for the company above is none for the contact."""
        self._policy(
            name="Partners pass",
            effect="allow",
            sequence=0,
            message="Agreed",
            tier_ids=[Command.set(self.tier.ids)],
        )
        self._set(self.firm, supplier_tier_id=self.tier.id)
        self._join()
        self.assertFalse(self._draft(self.firm).supplier_gate_level)
        self.assertEqual(self._draft(self.person).supplier_gate_level, "block")
