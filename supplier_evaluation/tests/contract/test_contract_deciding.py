from datetime import date

from freezegun import freeze_time

from odoo import SUPERUSER_ID
from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import NOON, PDF, ContractCommon

BOLTED = b"%PDF-1.4 other terms\n%%EOF\n"


@tagged("post_install", "-at_install")
class TestContractDeciding(ContractCommon):
    """Two people decide on each contract, and one contract counts in one time."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.startClassPatcher(freeze_time(f"2026-05-10{NOON}"))

    # ------------------------------------------------------------
    # Who decides
    # ------------------------------------------------------------

    def test_who_exchanged_the_paper_does_not_approve(self):
        contract = self._contract(approved=False)
        mine = self._as(contract, "buyer")
        mine.file_ids = [(0, 0, {"name": "signed.pdf", "raw": PDF})]
        file = self._as(contract.file_ids, "second")
        for change in (
            lambda: file.write({"raw": BOLTED}),
            lambda: file.write({"name": "other.pdf"}),
            lambda: file.unlink(),
        ):
            contract._write_guarded({"editor_ids": [(6, 0, self.people["buyer"].ids)]})
            change()
            self.assertIn(self.people["second"], contract.editor_ids)

    def test_what_is_attached_for_us_makes_no_editor(self):
        contract = self._contract(approved=False)
        note = self.env["ir.attachment"].create(
            {
                "name": "note.txt",
                "raw": b"Ask Li",
                "res_model": contract._name,
                "res_id": contract.id,
            }
        )
        self._as(note, "second").write({"raw": b"Ask Wang"})
        self.assertNotIn(self.people["second"], contract.editor_ids)

    def test_a_robot_is_not_one_of_two_people(self):
        contract = self._contract(approved=False)
        self._as(contract, "buyer").action_submit()
        robot = contract.with_user(SUPERUSER_ID)
        self.assertFalse(robot.can_approve)
        with self.assertRefused("Two people approve", AccessError):
            robot.action_approve()

    def test_who_approves_at_the_same_time_meets(self):
        """Or each would be the first of two, and it would wait for ever."""
        contract = self._contract(approved=False)
        other = self._contract([{"product_id": self._nut().id, "price": 1}])
        rival = self._contract(approved=False, partner_id=self._rival().id)
        self._as(contract, "buyer").action_submit()
        records = (contract, other, rival)
        places = [self._row(one) for one in records]
        self._as(contract, "approver").action_approve()
        moved = [
            self._row(one) != place for one, place in zip(records, places, strict=True)
        ]
        self.assertEqual(moved, [True, True, False])

    def _nut(self):
        return self._create_product("Nut")

    def _rival(self):
        return self._create_supplier("Rival")

    # ------------------------------------------------------------
    # One contract in one time
    # ------------------------------------------------------------

    def test_two_that_are_approved_at_once(self):
        both = self._contract(approved=False) | self._contract(approved=False)
        self._as(both, "buyer").action_submit()
        self._as(both, "approver").action_approve()
        with self.assertRefused("so does"), self.cr.savepoint():
            self._as(both, "manager").action_approve()
        self.assertEqual(both.mapped("state"), ["to_approve"] * 2)
        self._as(both[0], "manager").action_approve()
        self.assertEqual(both[0].state, "in_force")

    def test_a_later_one_does_not_reach_into_the_time_of_an_earlier(self):
        """Who ends a contract does not write another one for orders of before."""
        first = self._contract()
        self._as(first, "manager").action_terminate("Too dear")
        second = self._contract(approved=False)
        with self.assertRefused("so does"):
            second.action_submit()
        second.date_from = "2026-05-11"
        self._approve(second)
        self.assertEqual(second.state, "in_force")
        self.assertEqual(first.date_closed, date(2026, 5, 10))

    def test_the_time_of_versions_is_one(self):
        contract = self._contract()
        for price in (11, 12):
            contract = self._revision(contract)
            contract.line_ids.price = price
            self._approve(contract)
        self.assertEqual(contract.version, 3)
        self.assertEqual(contract.state, "in_force")

    # ------------------------------------------------------------
    # Versions
    # ------------------------------------------------------------

    def test_a_revision_after_one_that_was_put_away(self):
        contract = self._contract()
        revision = self._revision(contract)
        revision.action_submit()
        self._as(revision, "manager").action_send_back("No")
        revision.active = False
        self.env.flush_all()
        again = self._revision(contract)
        self.assertNotEqual(again, revision)
        self.assertEqual((again.name, again.version), (contract.name, 3))
        self._approve(again)
        self.assertEqual(contract.state, "replaced")

    def test_what_nobody_chooses(self):
        """Each has a number of its own, and its lines are of its company."""
        other = self._create_company("Elsewhere", "UTC", "EUR")
        contract = self._contract(approved=False, name="")
        self.assertRegex(contract.name, r"CON/2026/\d{5}")
        for line in (contract.line_ids, self._as(contract, "buyer").line_ids):
            with self.assertRefused("cannot be written directly", AccessError):
                line.company_id = other

    def test_a_contact_takes_no_contract_along(self):
        """Who changes the employer does not show the prices to the next one."""
        desk = self._create_contact("Desk")
        contract = self._contract(partner_id=desk.id)
        self.assertEqual(contract.partner_id, self.supplier)
        desk.parent_id = self._rival()
        self.assertEqual(contract.commercial_partner_id, self.supplier)
        draft = self._revision(contract)
        clerk = self._create_contact("Clerk")
        draft.partner_id = clerk
        self.assertEqual(draft.partner_id, self.supplier)

    # ------------------------------------------------------------
    # Reminders
    # ------------------------------------------------------------

    def test_far_too_early(self):
        """More days than there were since the year 1 are an answer, not a crash."""
        contract = self._contract(
            approved=False, notice_days=10**7, reminder_days=10**7
        )
        self.assertFalse(contract.date_notice)
        self._approve(contract)
        self.assertEqual(contract.date_next_reminder, contract.date_from)

    def test_nobody_reads_what_a_robot_gets(self):
        contract = self._contract()
        contract.user_id = False
        self.people["buyer"].active = False
        managers = self.people["manager"] | self.people["second"]
        [told] = contract.sudo()._listeners().values()
        self.assertIn(told, managers)
