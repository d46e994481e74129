from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import CertificationCommon

EXPIRE = "supplier_evaluation.ir_cron_supplier_certification_expire"


@tagged("post_install", "-at_install")
class TestCertificationSteps(CertificationCommon):
    """Steps whose people are too few, or gone, certify nobody and block nothing."""

    def test_one_person_for_two_steps(self):
        """It is not submitted when the steps need the same person."""
        for people in (
            (("first",), ("first",)),
            (("first",), ("first",), ("second", "deputy", "manager")),
            (("first", "second"), ("first", "second"), ("second", "first")),
        ):
            steps = [
                self._step(f"Step {number}", *names, sequence=number)
                for number, names in enumerate(people)
            ]
            certification = self._draft(program_id=self._program(steps).id)
            with (
                self.subTest(people=people),
                self.assertRefused("all steps together"),
            ):
                self._as(certification, "submitter").action_submit()
        steps = [
            self._step("Quality", "first", "second", sequence=1),
            self._step("Purchasing", "first", sequence=2),
        ]
        self._submitted(program_id=self._program(steps).id)

    def test_who_opened_it_and_let_a_colleague_submit_it(self):
        draft = self._as(self.env["supplier.certification"], "first").create(
            {"partner_id": self.supplier.id, "program_id": self.program.id}
        )
        self._as(draft, "colleague").action_submit()
        own = self._as(draft, "first")
        self.assertTrue(own.is_own_submission)
        with self.assertRefused("You opened or submitted", AccessError):
            own.action_start_review()
        self._as(draft, "manager").action_start_review()
        self._as(draft, "manager").action_finish_review()
        self.assertEqual(draft.waiting_user_ids, self.people["substitute"])
        for call in (own._approve, own._reject, own.sudo()._approve):
            with self.assertRefused("You opened or submitted", AccessError):
                call("Mine is good")

    def test_who_opened_it_is_missing_in_a_step(self):
        """The checklist says so before a colleague submits it."""
        steps = [self._step("Quality", "first")]
        draft = self._as(self.env["supplier.certification"], "first").create(
            {
                "partner_id": self.supplier.id,
                "program_id": self._program(steps).id,
            }
        )
        with self.assertRefused("without whoever opens or submits it"):
            self._as(draft, "colleague").action_submit()

    def test_a_manager_frees_what_is_stuck(self):
        """Also a manager who decided already; nobody who submitted it."""
        steps = [
            self._step("Quality", "manager", "second", sequence=1),
            self._step("Purchasing", "manager", sequence=2),
        ]
        certification = self._in_approval(program_id=self._program(steps).id)
        manager = self._as(certification, "manager")
        manager._approve("Good")
        self.assertFalse(certification.waiting_user_ids)
        self.assertFalse(self._as(certification, "second").can_send_back)
        with self.assertRaises(AccessError):
            self._as(certification, "second")._send_back("Nobody is left")
        self.assertTrue(manager.can_send_back)
        manager._send_back("Nobody is left")
        self.assertEqual(certification.state, "draft")

    def test_everybody_archived(self):
        """Nobody left to approve is no approval."""
        steps = [self._step("Board", "first", "second", mode="all")]
        certification = self._in_review(program_id=self._program(steps).id)
        (self.people["first"] | self.people["second"]).active = False
        self.env.invalidate_all()
        self._as(certification, "manager").action_finish_review()
        self.assertEqual(certification.state, "approval")
        self.assertEqual(certification.step_id.name, "Board")

    def test_a_manager_hears_that_nobody_decides(self):
        certification = self._in_approval()
        for person in ("first", "substitute"):
            self.people[person].action_archive()
        self.assertFalse(self._asked(certification))
        self._trigger(EXPIRE)
        self.assertEqual(self._asked(certification), self.people["manager"])
        self.assertEqual(certification.activity_ids.summary, "Nobody may decide")
        self._trigger(EXPIRE)
        self.assertEqual(len(certification.activity_ids), 1)
        self.program.step_ids[0].user_ids = self.people["deputy"]
        self._trigger(EXPIRE)
        self.assertEqual(self._asked(certification), self.people["deputy"])

    def test_no_step_left(self):
        certification = self._in_review()
        self.program.step_ids.unlink()
        with self.assertRefused("Test programme.* adds a step"):
            self._as(certification, "manager").action_finish_review()
        self.assertFalse(certification.date_from)

    def _asked(self, certification):
        """Return who has it on the list."""
        certification.invalidate_recordset(["activity_ids"])
        return certification.sudo().activity_ids.user_id

    def test_a_substitute_is_asked_where_nobody_else_decides(self):
        """The one whom it stands for submitted it, or has left."""
        certification = self._draft()
        own = self._as(certification, "first")
        own.action_submit()
        self._as(certification, "manager").action_start_review()
        self._as(certification, "manager").action_finish_review()
        self.assertEqual(self._asked(certification), self.people["substitute"])
        self.people["second"].active = False
        self._as(certification, "substitute")._approve("Fine")
        self.assertEqual(self._asked(certification), self.people["deputy"])

    def test_a_substitute_is_asked_where_too_few_decide(self):
        steps = [self._step("Board", "first", "second", mode="all")]
        steps[0]["substitute_ids"] = [Command.set(self.people["substitute"].ids)]
        certification = self._draft(program_id=self._program(steps).id)
        self._as(certification, "first").action_submit()
        self._as(certification, "manager").action_start_review()
        self._as(certification, "manager").action_finish_review()
        both = self.people["second"] | self.people["substitute"]
        self.assertEqual(self._asked(certification), both)
        # Who decided has nothing to do any more.
        self._as(certification, "second")._approve("Yes")
        self.assertEqual(self._asked(certification), self.people["substitute"])

    def test_others_are_asked_when_somebody_leaves(self):
        """Archived, or in another company now: the night asks who is left, once."""
        gone = self._in_approval()
        moved = self._in_approval(program_id=self._program().id)
        self.assertEqual(self._asked(gone | moved), self.people["first"])
        with self.subTest("archived"):
            self.people["first"].active = False
            self._trigger(EXPIRE)
            self.assertEqual(self._asked(gone), self.people["substitute"])
            self.assertEqual(gone.waiting_user_ids, self.people["substitute"])
        self.people["first"].active = True
        self._trigger(EXPIRE)
        self.assertEqual(self._asked(moved), self.people["first"])
        with self.subTest("in another company"):
            self.people["first"].write(
                {
                    "company_id": self.elsewhere.id,
                    "company_ids": [Command.set(self.elsewhere.ids)],
                }
            )
            self._trigger(EXPIRE)
            self.assertEqual(self._asked(moved), self.people["substitute"])
        # Who ticked it off has seen it, and is not asked every night.
        moved.sudo().activity_ids.action_done()
        self._trigger(EXPIRE)
        self.assertFalse(self._asked(moved))
