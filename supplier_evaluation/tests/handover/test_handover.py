from datetime import timedelta

from odoo import Command, fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from ...models.alert.seen import Seen
from ...models.gate.asking import ASKED_TYPE
from ...models.risk.deciding import CLOSING
from ...wizard.handover.kinds import KINDS
from ...wizard.handover.supplier_handover_line import PARTS
from ..assessment.records import customer_questionnaire
from ..common import APPROVER, BUYER, MANAGER
from ..contract.common import ContractCommon

WHY = "Moves to logistics"


@tagged("post_install", "-at_install")
class TestHandover(ContractCommon):
    """All that somebody sees to goes to others, and nobody decides on the own."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.people |= cls._create_people(
            "handover", {"leaver": APPROVER, "next": APPROVER, "clerk": BUYER}
        )
        cls.leaver, cls.next = cls.people["leaver"], cls.people["next"]
        cls.none = cls.env["res.users"]
        cls.licence = cls.env["supplier.document.type"].create(
            {"name": "Licence", "code": "handover"}
        )
        cls.program = cls.env["supplier.certification.program"].create(
            {
                "name": "Programme",
                "company_id": cls.company.id,
                "step_ids": [
                    Command.create(
                        {
                            "name": "Approval",
                            "user_ids": [Command.set(cls.leaver.ids)],
                        }
                    )
                ],
            }
        )
        cls.supplier.buyer_id = cls.leaver
        cls.owned = cls._owned()

    @classmethod
    def _owned(cls):
        """One record of most kinds that is open and the leaver's."""
        own = {
            "partner_id": cls.supplier.id,
            "user_id": cls.leaver.id,
            "company_id": cls.company.id,
        }
        made = {
            "vendor": cls.supplier,
            "incident": cls.env["supplier.incident"].create({**own, "title": "Late"}),
            "action": cls.env["supplier.corrective.action"].create(
                {**own, "title": "Late again"}
            ),
            "document": cls.env["supplier.document"].create(
                {**own, "type_id": cls.licence.id}
            ),
            "certification": cls.env["supplier.certification"].create(
                {**own, "program_id": cls.program.id}
            ),
            "contract": cls._contract(user_id=cls.leaver.id),
            "approver": cls.program.step_ids,
            "idea": cls.env["supplier.idea"].create({**own, "title": "Boxes"}),
            "audit": cls.env["supplier.certification.audit"].create(
                {
                    "partner_id": cls.supplier.id,
                    "company_id": cls.company.id,
                    "auditor_id": cls.leaver.id,
                }
            ),
            "plan": cls.env["supplier.inspection.plan"].create(
                {
                    "name": "Threads",
                    "company_id": cls.company.id,
                    "product_id": cls.product.id,
                    "user_id": cls.leaver.id,
                }
            ),
        }
        cls.company.supplier_incident_user_id = cls.leaver
        made["company"] = cls.company
        made["document"].sudo().action_verify()
        meetings = cls._as(cls.env["supplier.meeting"], "leaver")
        made["meeting"] = meetings.create(
            {
                **own,
                "title": "Review",
                "decision_ids": [Command.create({"name": "Pack it otherwise"})],
            }
        ).with_env(cls.env)
        made["decision"] = made["meeting"].decision_ids
        made["customer"] = cls._asked()
        others = cls.env["supplier.corrective.action"].create(
            {**own, "title": "Of somebody else", "user_id": cls.people["manager"].id}
        )
        others.step_ids[3].user_id = cls.leaver
        made["step"] = others.step_ids[3]
        rule = cls.env["supplier.alert.rule"].create(
            {"name": "Low score", "threshold": 80, "company_id": cls.company.id}
        )
        seen = Seen(cls.company.id, cls.supplier.id, value=70.0, threshold=80.0)
        made["alert"] = cls.env["supplier.alert"]._open(rule, [seen])
        made["alert"]._write_guarded({"user_id": cls.leaver.id})
        made["incident"].copy({"user_id": cls.leaver.id}).action_resolve()
        made["incident"].activity_schedule(
            "mail.mail_activity_data_todo", user_id=cls.leaver.id, summary="Ask them"
        )
        return made

    @classmethod
    def _asked(cls):
        """A customer whom the leaver asked about the supplier."""
        person = cls.env["res.partner"].create(
            {"name": "Anna", "email": "anna@customer.example.com"}
        )
        asked, _problems = cls._as(cls.env["supplier.customer.review"], "leaver")._ask(
            cls.company,
            cls.supplier,
            person,
            customer_questionnaire(cls.env),
            fields.Date.today() + timedelta(days=9),
        )
        return asked.with_env(cls.env)

    def _wizard(self, user="manager", **vals):
        wizards = self._as(self.env["supplier.handover.wizard"], user)
        return wizards.create(
            {
                "from_user_id": self.leaver.id,
                "to_user_id": self.next.id,
                "reason": WHY,
                **vals,
            }
        )

    def _waiting(self, submitter):
        """A certification that waits for the leaver's approval."""
        certification = self._as(self.env["supplier.certification"], submitter).create(
            {"partner_id": self.supplier.id, "program_id": self.program.id}
        )
        certification.action_submit()
        certification = self._as(certification, "approver")
        certification.action_start_review()
        certification.action_finish_review()
        return certification.with_env(self.env)

    def test_all_goes_to_one(self):
        self.program.step_ids.substitute_ids = self.leaver
        wizard = self._wizard()
        found = {line.kind: line.count for line in wizard.line_ids}
        self.assertEqual(found.keys(), self.owned.keys() | {"activity"})
        self.assertEqual({found[kind] for kind in self.owned}, {1})
        wizard.action_apply()
        for kind, record in self.owned.items():
            with self.subTest(kind):
                people = {record[name] for name in KINDS[kind].names} - {self.none}
                self.assertEqual(people, {self.next})
                thread = record[PARTS[kind]] if kind in PARTS else record
                if isinstance(thread, self.env.registry["mail.thread"]) and thread:
                    self.assertIn(WHY, "".join(thread.message_ids[:2].mapped("body")))
        meeting = self.owned["meeting"]
        self.assertEqual(meeting.event_id.partner_ids, self.next.partner_id)
        self.assertEqual(self.owned["action"].step_ids.user_id, self.next)
        self.assertFalse(
            self.env["mail.activity"].search(
                [
                    ("user_id", "=", self.leaver.id),
                    ("res_model", "=like", "supplier.%"),
                ]
            )
        )
        self.assertEqual(self.owned["incident"].activity_ids.user_id, self.next)
        # What was resolved stays with who did it, and what is agreed is not touched.
        self.assertEqual(
            self.env["supplier.incident"]
            .search([("user_id", "=", self.leaver.id)])
            .mapped("state"),
            ["resolved"],
        )
        self.assertNotIn(self.next, self.owned["contract"].editor_ids)
        told = self.env["mail.message"].search(
            [("partner_ids", "in", self.next.partner_id.ids)]
        )
        self.assertIn(WHY, "".join(told.mapped("body")))
        with self.assertRefused("has nothing of this", UserError):
            self._wizard().action_apply()

    def test_activity_about_nothing(self):
        before = self._wizard().line_ids.mapped("count")
        kind = self.env.ref("supplier_evaluation.mail_activity_type_supplier_contact")
        kind.res_model = False
        self.env["mail.activity"].create(
            {"activity_type_id": kind.id, "user_id": self.leaver.id, "summary": "Free"}
        )
        self.assertEqual(self._wizard().line_ids.mapped("count"), before)

    def test_to_several(self):
        with Form(self._as(self.env["supplier.handover.wizard"], "manager")) as form:
            form.from_user_id = self.leaver
            form.to_user_id = self.next
        wizard = form.record
        lines = {line.kind: line for line in wizard.line_ids}
        self.assertEqual(wizard.line_ids.to_user_id, self.next)
        lines["vendor"].to_user_id = self.people["buyer"]
        lines["contract"].to_user_id = False
        wizard.action_apply()
        self.assertEqual(self.supplier.buyer_id, self.people["buyer"])
        self.assertEqual(self.owned["contract"].user_id, self.leaver)
        self.assertEqual(self.owned["incident"].user_id, self.next)

    def test_four_eyes(self):
        waiting = self._waiting("next")
        with self.assertRefused("had a hand in .*Programme", UserError):
            self._wizard().action_apply()
        self.assertEqual(self.owned["incident"].user_id, self.leaver)
        wizard = self._wizard()
        lines = {line.kind: line for line in wizard.line_ids}
        for kind in ("approver", "activity"):
            lines[kind].to_user_id = self.people["clerk"]
        with self.assertRefused("is no approver", UserError):
            wizard.action_apply()
        # Who reviewed it has no hand in it, and may approve.
        for kind in ("approver", "activity"):
            lines[kind].to_user_id = self.people["approver"]
        wizard.action_apply()
        self.assertEqual(waiting.waiting_user_ids, self.people["approver"])
        asked = waiting.activity_ids.filtered("user_id")
        self.assertEqual(asked.user_id, self.people["approver"])
        self._as(waiting, "approver")._approve()
        self.assertEqual(waiting.state, "certified")

    def _give(self, user, *kinds):
        """Give only some kinds to somebody."""
        wizard = self._wizard(to_user_id=False)
        for line in wizard.line_ids.filtered(lambda one: one.kind in kinds):
            line.to_user_id = self.people[user]
        wizard.action_apply()
        self.env.invalidate_all()

    def test_who_is_asked_in_person(self):
        """What waits for an approval goes with the step, whatever else is given."""
        waiting = self._waiting("buyer")
        waiting.user_id = self.leaver
        for kind in ("activity", "certification"):
            with self.subTest(kind):
                self._give("clerk", kind)
                self.assertEqual(waiting.activity_ids.user_id, self.leaver)
        self._give("next", "approver")
        self.assertEqual(waiting.activity_ids.user_id, self.next)
        self.assertEqual(waiting.waiting_user_ids, self.next)

    def test_who_can_decide(self):
        """Nobody is asked to decide who could not."""
        signal = self.env["supplier.risk.signal"].create(
            {
                "partner_id": self.supplier.id,
                "company_id": self.company.id,
                "kind": "litigation",
                "name": "Fire",
            }
        )
        signal.activity_schedule(CLOSING, user_id=self.leaver.id)
        order = self._order(1, 5, "2026-03-20").order_id
        order.user_id = self.next
        for user in ("clerk", "next"):
            with self.subTest(user), self.assertRefused("no right to decide on"):
                self._give(user, "activity")
        signal.activity_ids.unlink()
        order.activity_schedule(ASKED_TYPE, user_id=self.leaver.id)
        for user, text in (("clerk", "no right"), ("next", "had a hand in")):
            with self.subTest(user), self.assertRefused(text):
                self._give(user, "activity")
        self._give("approver", "activity")
        self.assertEqual(order.activity_ids.user_id, self.people["approver"])

    def test_reviews(self):
        """Asked about a supplier already, nobody is asked twice."""
        other = self._create_supplier("Other")
        for supplier in (self.supplier, other):
            line = self._order(10, 5, "2026-03-10", partner=supplier)
            self._receive(line, "2026-03-10")
        questionnaire = self.env["supplier.questionnaire"].create(
            {"name": "Asked", "question_ids": [Command.create({"name": "Polite?"})]}
        )
        template = self._create_template(
            "Reviewed",
            ["fill_rate"],
            questionnaire_id=questionnaire.id,
            reviewer_ids=[
                Command.create({"role": "quality", "user_ids": self.leaver.ids})
            ],
        )
        evaluation = self.env["supplier.evaluation"].create(
            {
                "template_id": template.id,
                "company_id": self.company.id,
                "date_from": "2026-03-01",
                "date_to": "2026-03-31",
            }
        )
        evaluation.action_ask_reviews()
        mine = evaluation.review_ids.filtered(lambda one: one.partner_id == other)
        theirs = evaluation.review_ids - mine
        mine.sudo()._unguarded().copy({"user_id": self.next.id})
        wizard = self._wizard(to_user_id=False)
        self._give("next", "review")
        self.assertEqual((mine.user_id, mine.state), (self.leaver, "cancelled"))
        self.assertEqual((theirs.user_id, theirs.state), (self.next, "open"))
        kept = {line.kind: line.to_user_id for line in wizard.line_ids}
        self.assertIn("reviewer", kept)
        tasks = self.env["mail.activity"].search([("res_model", "=", mine._name)])
        self.assertEqual(tasks.user_id, self.next)

    def test_what_companies_share(self):
        """It stays, unless it is given by somebody who acts in all of them."""
        self._create_company("Elsewhere", "UTC", "EUR")
        self.licence.verifier_ids = self.leaver
        wizard = self._wizard()
        line = wizard.line_ids.filtered(lambda one: one.kind == "verifier")
        self.assertEqual((line.count, line.to_user_id), (1, self.none))
        with self.assertRefused("is shared by all companies", AccessError):
            self._give("next", "verifier")
        manager = self.people["manager"]
        manager.company_ids = self.env["res.company"].search([])
        self._give("next", "verifier")
        self.assertEqual(self.licence.verifier_ids, self.next)

    def test_rights(self):
        for name in ("buyer", "approver"):
            with self.subTest(name), self.assertRaises(AccessError):
                self._wizard(name)
        for recipient, text in (
            (self.leaver, "these are the same"),
            (self._create_user("handover_out", "base.group_user"), "does not see"),
        ):
            with self.subTest(text), self.assertRefused(text):
                self._wizard(to_user_id=recipient.id).action_apply()
        elsewhere = self._create_company("Elsewhere", "UTC", "EUR")
        theirs = self._wizard()
        theirs.line_ids.sudo().place_id = elsewhere
        with self.assertRefused("do not act in Elsewhere", AccessError):
            theirs.action_apply()
        self.people["foreign"] = self._create_user("foreign", MANAGER, elsewhere)
        self.assertFalse(self._wizard("foreign").line_ids)

    def test_in_a_few_statements(self):
        incident = self.owned["incident"]
        own = {"user_id": self.leaver.id}
        kinds = ("incident", "action", "vendor")

        def give():
            wizard = self._wizard()
            rest = wizard.line_ids.filtered(lambda line: line.kind not in kinds)
            rest.to_user_id = False
            return self._statements_of(wizard.action_apply)

        few = give()
        for _number in range(8):
            incident.copy(own)
            self.owned["action"].copy(own)
            self.supplier.copy({"buyer_id": self.leaver.id, "name": "Another"})
        self.assertLess(give() - few, 40)

    def test_who_leaves_is_told_of(self):
        users = self._as(self.leaver, "manager")
        self.assertGreater(users.supplier_owned_count, 8)
        self.assertEqual(
            users.action_hand_over_supplier_work()["context"],
            {"default_from_user_id": self.leaver.id},
        )
        action = self.leaver.action_archive()
        self.assertEqual(action["tag"], "display_notification")
        self.assertIn(f"{self.leaver.name} (", action["params"]["message"])
        self.assertFalse(self.leaver.active)
        # It is not too late: who left is chosen among those who did.
        self._wizard().action_apply()
        self.leaver.active = True
        handover = self.env["supplier.handover.wizard"]
        self.assertFalse(handover._found(self.leaver))
        self.assertFalse(isinstance(self.leaver.action_archive(), dict))
