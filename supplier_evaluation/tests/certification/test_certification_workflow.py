from datetime import date, timedelta

from freezegun import freeze_time

from odoo import Command, fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from ..common import APPROVER, MANAGER
from .common import CertificationCommon

BUILDERS = {
    "draft": "_draft",
    "submitted": "_submitted",
    "review": "_in_review",
    "approval": "_in_approval",
    "second step": "_in_second_step",
    "certified": "_certified",
    "conditional": "_conditional",
    "suspended": "_suspended",
    "rejected": "_rejected",
    "revoked": "_revoked",
    "expired": "_expired",
}
CALLS = {
    "submit": lambda one: one.action_submit(),
    "withdraw": lambda one: one.action_withdraw(),
    "start review": lambda one: one.action_start_review(),
    "finish review": lambda one: one.action_finish_review(),
    "approve": lambda one: one._approve("Good"),
    "send back": lambda one: one._send_back("The scope is wrong"),
    "reject": lambda one: one._reject("Not good enough"),
    "meet conditions": lambda one: one.action_meet_conditions(),
    "suspend": lambda one: one._suspend("Recall"),
    "reinstate": lambda one: one._reinstate("Mended"),
    "revoke": lambda one: one._revoke("Fraud"),
    "renew": lambda one: one.action_renew(),
}
# Approvers who did not submit it.
REVIEWERS = {"first", "second", "substitute", "deputy", "manager"}
# The chief is a manager who submitted it before the submitter did.
ANYBODY = {"submitter", "colleague", "chief", *REVIEWERS}
MANAGERS = {"manager", "chief"}
GRANTERS = {"manager"}
# What may be done, by whom, and the state that follows. Anything else is refused.
ALLOWED = {
    ("submit", "draft"): (ANYBODY, "submitted"),
    ("withdraw", "submitted"): (ANYBODY, "draft"),
    ("start review", "submitted"): (REVIEWERS, "review"),
    ("finish review", "review"): (REVIEWERS, "approval"),
    ("send back", "review"): (REVIEWERS, "draft"),
    ("reject", "review"): (REVIEWERS, "rejected"),
    ("approve", "approval"): ({"first", "substitute"}, "approval"),
    ("send back", "approval"): ({"first", "substitute", "manager"}, "draft"),
    ("reject", "approval"): ({"first", "substitute"}, "rejected"),
    ("approve", "second step"): ({"second", "deputy"}, "certified"),
    ("send back", "second step"): ({"second", "deputy", "manager"}, "draft"),
    ("reject", "second step"): ({"second", "deputy"}, "rejected"),
    ("meet conditions", "conditional"): (GRANTERS, "certified"),
    ("suspend", "certified"): (MANAGERS, "suspended"),
    ("suspend", "conditional"): (MANAGERS, "suspended"),
    ("reinstate", "suspended"): (GRANTERS, "certified"),
    ("revoke", "certified"): (MANAGERS, "revoked"),
    ("revoke", "conditional"): (MANAGERS, "revoked"),
    ("revoke", "suspended"): (MANAGERS, "revoked"),
    ("renew", "certified"): (ANYBODY, "certified"),
    ("renew", "conditional"): (ANYBODY, "conditional"),
    ("renew", "suspended"): (ANYBODY, "suspended"),
    ("renew", "expired"): (ANYBODY, "expired"),
}


class Undo(Exception):
    """Takes back what was tried."""


@tagged("post_install", "-at_install")
class TestCertificationStates(CertificationCommon):
    """Every action, in every state, by every person."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.people["chief"] = cls._create_user("certification_chief", MANAGER)

    @classmethod
    def _submitted(cls, **vals):
        certification = cls._draft(**vals)
        cls._as(certification, "chief").action_submit()
        cls._as(certification, "chief").action_withdraw()
        cls._as(certification, "submitter").action_submit()
        return certification

    def _attempt(self, certification, person, action):
        """Return the state after an action, or the error that refused it."""
        try:
            with self.env.cr.savepoint():
                CALLS[action](self._as(certification, person))
                self.env.flush_all()
                result = certification.state
                raise Undo
        except Undo:
            return result
        except (AccessError, UserError) as error:
            return type(error)
        finally:
            self.env.invalidate_all()

    def test_every_action(self):
        for state, builder in BUILDERS.items():
            # A programme each: one that is in progress keeps others from it.
            certification = getattr(self, builder)(program_id=self._program().id)
            self.env.flush_all()
            for action in CALLS:
                people, after = ALLOWED.get((action, state), (set(), False))
                for person in self.people:
                    with self.subTest(state=state, action=action, person=person):
                        outcome = self._attempt(certification, person, action)
                        if person in people:
                            self.assertEqual(outcome, after)
                        elif people or person in ("portal", "clerk", "stranger"):
                            self.assertIs(outcome, AccessError)
                        else:
                            self.assertIs(outcome, UserError)

    def test_state_is_not_written(self):
        certification = self._submitted()
        for person in self.people:
            for vals in (
                {"state": "certified"},
                {"date_to": "2099-01-01"},
                {"submitted_uid": self.people["second"].id},
                {"verification_token": "x"},
                {"step_id": self.program.step_ids[1].id},
            ):
                with (
                    self.subTest(person=person, vals=vals),
                    self.assertRaises(AccessError),
                ):
                    self._as(certification, person).write(vals)

    def test_history_is_not_written(self):
        certification = self._in_second_step()
        for person in ("submitter", "first", "manager"):
            for record in (certification.transition_ids, certification.approval_ids):
                own = self._as(record[:1], person)
                with self.subTest(person=person, model=record._name):
                    with self.assertRaises(AccessError):
                        own.write({"user_id": self.env.uid})
                    with self.assertRaises(AccessError):
                        own.unlink()
                    with self.assertRaises(AccessError):
                        own.copy()

    def test_no_flag_of_a_client_deletes_evidence(self):
        certification = self._submitted()
        own = self._as(certification, "manager").with_context(_force_unlink=True)
        with self.assertRefused("was submitted before and stays"):
            own.unlink()
        self.assertTrue(certification.transition_ids)

    def test_history_goes_with_a_draft(self):
        draft = self._draft()
        draft._note_decision("sent_back", "Not this one")
        draft._transition("draft", "Not this one")
        history = draft.transition_ids, draft.approval_ids
        self.assertTrue(all(history))
        self._as(draft, "manager").unlink()
        self.assertFalse([rows for rows in history if rows.exists()])

    def test_no_state_out_of_nothing(self):
        model = self._as(self.env["supplier.certification"], "manager")
        vals = {
            "partner_id": self.supplier.id,
            "program_id": self.program.id,
            "state": "certified",
        }
        with self.assertRaises(AccessError):
            model.create(vals)
        del vals["state"]
        wished = model.with_context(default_state="certified").create(vals)
        self.assertEqual(wished.state, "draft")


@tagged("post_install", "-at_install")
class TestCertificationDuties(CertificationCommon):
    """Nobody approves what they opened or submitted, and nobody decides twice."""

    def test_submitter_is_approver(self):
        certification = self._draft()
        self._as(certification, "first").action_submit()
        own = self._as(certification, "first")
        with self.assertRefused("You opened or submitted", AccessError):
            own.action_start_review()
        self._as(certification, "manager").action_start_review()
        self._as(certification, "manager").action_finish_review()
        for call in (own._approve, own.sudo()._approve):
            with self.assertRefused("You opened or submitted", AccessError):
                call("Mine is good")
        self.assertNotIn(self.people["first"], certification.waiting_user_ids)
        self._as(certification, "substitute")._approve("Fine")
        self.assertEqual(certification.step_id.name, "Purchasing")

    def test_submitter_of_an_earlier_round(self):
        """Having a colleague submit it again makes nobody a stranger to it."""
        certification = self._draft()
        self._as(certification, "first").action_submit()
        self._as(certification, "first").action_withdraw()
        self._as(certification, "colleague").action_submit()
        self._as(certification, "manager").action_start_review()
        self._as(certification, "manager").action_finish_review()
        with self.assertRefused("You opened or submitted", AccessError):
            self._as(certification, "first")._approve("Good")

    def test_one_person_in_two_steps(self):
        both = [
            self._step("Quality", "first", "second", sequence=1),
            self._step("Purchasing", "first", "manager", sequence=2),
        ]
        certification = self._in_approval(program_id=self._program(both).id)
        self._as(certification, "first")._approve("Good")
        self.assertEqual(certification.step_id.name, "Purchasing")
        self.assertEqual(certification.waiting_user_ids, self.people["manager"])
        own = self._as(certification, "first")
        for call in (own._approve, own._reject, own._send_back):
            with self.assertRefused("already decided", AccessError):
                call("Again")
        self._as(certification, "manager")._approve("Good")
        self.assertEqual(certification.state, "certified")

    def test_all_of_them(self):
        steps = [self._step("Board", "first", "second", "manager", mode="all")]
        steps[0]["substitute_ids"] = [Command.set(self.people["substitute"].ids)]
        certification = self._in_approval(program_id=self._program(steps).id)
        self._as(certification, "second")._approve("Yes")
        self._as(certification, "first")._approve("Yes")
        self.assertEqual(certification.state, "approval")
        with self.assertRefused("already decided", AccessError):
            self._as(certification, "first")._approve("Yes, yes")
        self.assertEqual(
            certification.waiting_user_ids,
            self.people["manager"] | self.people["substitute"],
        )
        self._as(certification, "substitute")._approve("For the manager")
        self.assertEqual(certification.state, "certified")

    def test_group(self):
        approvers = self.env.ref(
            "supplier_evaluation.group_supplier_evaluation_manager"
        )
        steps = [{"name": "Managers", "group_id": approvers.id}]
        certification = self._in_approval(program_id=self._program(steps).id)
        self.assertIn(self.people["manager"], certification.waiting_user_ids)
        self.assertNotIn(self.people["stranger"], certification.waiting_user_ids)
        with self.assertRefused("does not name you", AccessError):
            self._as(certification, "first")._approve("Yes")
        self._as(certification, "manager")._approve("Yes")
        self.assertEqual(certification.state, "certified")

    def test_a_new_round_starts_over(self):
        certification = self._in_second_step()
        self._as(certification, "second")._send_back("The scope is too wide")
        self.assertEqual(certification.state, "draft")
        self._as(certification, "submitter").action_submit()
        self.assertEqual(certification.round, 2)
        self._as(certification, "manager").action_start_review()
        self._as(certification, "manager").action_finish_review()
        self.assertEqual(certification.step_id.name, "Quality")
        self._as(certification, "first")._approve("Still good")
        self._as(certification, "second")._approve("Good now")
        self.assertEqual(certification.state, "certified")

    def test_who_is_asked(self):
        certification = self._in_approval()
        self.assertEqual(certification.activity_ids.user_id, self.people["first"])
        self._as(certification, "first")._approve("Good")
        self.assertEqual(certification.activity_ids.user_id, self.people["second"])
        self._as(certification, "second")._send_back("The scope is too wide")
        self.assertEqual(certification.activity_ids.user_id, self.people["submitter"])
        self._as(certification, "submitter").action_submit()
        self.assertFalse(certification.activity_ids)

    def test_a_reason_is_needed(self):
        certification = self._in_approval()
        for call in ("_reject", "_send_back"):
            with self.assertRefused("Say why"):
                getattr(self._as(certification, "first"), call)(" ")
        certification = self._certified(program_id=self._program().id)
        for call in ("_suspend", "_revoke"):
            with self.assertRefused("Say why"):
                getattr(self._as(certification, "manager"), call)(False)

    def test_steps_name_approvers(self):
        with self.assertRefused("is not an approver", ValidationError):
            self._program([self._step("Quality", "colleague")])
        with self.assertRefused("nobody decides", ValidationError):
            self._program([self._step("Quality")])

    def test_nobody_could_decide(self):
        """It is not submitted by the only one who could decide on it."""
        certification = self._draft(
            program_id=self._program([self._step("Quality", "first")]).id
        )
        with self.assertRefused("too few people"):
            self._as(certification, "first").action_submit()
        self._as(certification, "submitter").action_submit()
        self.assertEqual(certification.state, "submitted")

    def _decide_in_dialog(self, certification, person, decision, **vals):
        """Return the dialog of a decision, as the person opens it."""
        dialogs = self.env["supplier.certification.decision.wizard"]
        return self._as(dialogs, person).create(
            {
                "certification_ids": [Command.set(certification.ids)],
                "decision": decision,
                **vals,
            }
        )

    def test_dialog_grants_nothing(self):
        """Whoever opens it is asked by the certification whether this one decides."""
        certification = self._in_approval()
        for person, text in (
            ("submitter", "Only an approver decides"),
            ("second", "“Quality” .* does not name you"),
            ("manager", "“Quality” .* does not name you"),
        ):
            dialog = self._decide_in_dialog(certification, person, "approve")
            with (
                self.subTest(person=person),
                self.assertRefused(text, AccessError),
            ):
                dialog.action_apply()
        self.assertEqual(certification.state, "approval")

    def test_others_open_no_dialog(self):
        certification = self._in_approval()
        for person, text in (
            ("portal", "not allowed to create"),
            ("clerk", "not allowed to create"),
            ("stranger", "write field .*certification_ids"),
        ):
            with self.subTest(person=person), self.assertRefused(text, AccessError):
                self._decide_in_dialog(certification, person, "approve")

    def test_approve_with_conditions_in_the_dialog(self):
        certification = self._in_approval()
        self._decide_in_dialog(
            certification,
            "first",
            "approve_conditions",
            conditions="Send the licence",
            date_conditions=fields.Date.today() + timedelta(days=9),
        ).action_apply()
        self._as(certification, "second")._approve("Good")
        self.assertEqual(certification.state, "conditional")

    def test_left_the_company(self):
        """Whoever is no longer an approver does not decide."""
        certification = self._in_approval()
        approver = self.env.ref(APPROVER.split(",")[1])
        self.people["first"].group_ids -= approver
        with self.assertRaises(AccessError):
            self._as(certification, "first")._approve("Good")

    def test_history(self):
        with freeze_time("2026-03-02 02:00:00"):
            certification = self._in_second_step()
        with freeze_time("2026-03-09 02:00:00"):
            self._as(certification, "second")._approve("Good")
        with freeze_time("2026-06-01 02:00:00"):
            self._as(certification, "manager")._suspend("Recall of a lot")
        rows = certification.transition_ids.sorted("id")
        self.assertEqual(
            [(row.state_from, row.state_to, row.user_id) for row in rows],
            [
                ("draft", "submitted", self.people["submitter"]),
                ("submitted", "review", self.people["manager"]),
                ("review", "approval", self.people["manager"]),
                ("approval", "certified", self.people["second"]),
                ("certified", "suspended", self.people["manager"]),
            ],
        )
        self.assertEqual(rows[-1].reason, "Recall of a lot")
        self.assertEqual(str(rows[-1].date), "2026-06-01 02:00:00")
        self.assertEqual(rows[3].date_from, date(2026, 3, 9))
        self.assertEqual(rows[3].date_to, date(2027, 3, 8))
