from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from ...models.alert.seen import Seen
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
        }
        made["document"].sudo().action_verify()
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
        wizard = self._wizard()
        found = {line.kind: line.count for line in wizard.line_ids}
        self.assertEqual(found.keys(), self.owned.keys() | {"activity"})
        self.assertEqual({found[kind] for kind in self.owned}, {1})
        wizard.action_apply()
        for kind, record in self.owned.items():
            name = {"vendor": "buyer_id", "approver": "user_ids"}.get(kind, "user_id")
            with self.subTest(kind):
                self.assertEqual(record[name], self.next)
                thread = record.action_id if kind == "step" else record
                if kind != "approver":
                    self.assertIn(WHY, thread.message_ids[0].body)
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
        self.assertFalse(isinstance(self.leaver.action_archive(), dict))
