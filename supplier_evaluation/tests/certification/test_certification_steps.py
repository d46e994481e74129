from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import CertificationCommon


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

    def test_no_step_left(self):
        certification = self._in_review()
        self.program.step_ids.unlink()
        with self.assertRefused("Test programme.* adds a step"):
            self._as(certification, "manager").action_finish_review()
        self.assertFalse(certification.date_from)
