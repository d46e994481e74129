import base64
import json

from odoo.exceptions import AccessError
from odoo.tests import tagged

from ....exchange.contract import CONTRACT
from ....exchange.kinds_out import OUT
from ...access import AccessCommon
from ..records import audited_records

OPERATIONS = ("read", "write", "create", "unlink")
# What managers may do; all else is done by messages.
MANAGED = {
    "supplier.exchange.source": OPERATIONS,
    "supplier.exchange.message": ("read",),
    "supplier.exchange.result": ("read",),
    "supplier.exchange.question": ("read", "write"),
    "supplier.exchange.identity": ("read", "unlink"),
}


@tagged("post_install", "-at_install")
class TestExchangeAccess(AccessCommon):
    """Managers of the company exchange records; nobody else sees them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.own = audited_records(cls.env, cls.company, cls.people["manager"])
        cls.source = cls.own["supplier.exchange.source"]

    def test_who_may_what(self):
        for model, record in self.own.items():
            for person in self.people:
                mine = self._as(record, person)
                for operation in OPERATIONS:
                    allowed = person == "manager" and operation in MANAGED[model]
                    if person == "elsewhere" and operation == "create":
                        continue
                    with self.subTest(model=model, person=person, operation=operation):
                        self.assertEqual(mine.has_access(operation), allowed)

    def test_others_take_and_give_nothing(self):
        message = {
            "contract": CONTRACT,
            "id": "2",
            "records": [{"kind": "supplier", "id": "9", "name": "Planted"}],
        }
        for person in self.people:
            if person == "manager":
                continue
            messages = self._as(self.env["supplier.exchange.message"], person)
            source = self._as(self.source, person)
            with self.subTest(person=person):
                with self.assertRaises(AccessError):
                    messages.take(source, message)
                with self.assertRaises(AccessError):
                    messages.give(source, "supplier")
        self.assertFalse(self.env["res.partner"].search([("name", "=", "Planted")]))

    def test_what_goes_out_is_of_the_contract(self):
        messages = self._as(self.env["supplier.exchange.message"], "manager")
        source = self._as(self.source, "manager")
        vendor = {"kind": "supplier", "id": "G", "name": self.supplier.name}
        message = {"contract": CONTRACT, "id": "4", "records": [vendor]}
        messages.take(source, message)
        for name, kind in OUT.items():
            known = {"kind", "id", *(field.name for field in kind.fields)}
            with self.subTest(kind=name):
                records = messages.give(source, name)["records"]
                self.assertTrue(records)
                json.dumps(records)
                for record in records:
                    self.assertEqual(set(record), known)
                if kind.field("supplier_there"):
                    [there] = {one["supplier_there"] for one in records}
                    self.assertEqual(there, "G")
        [published, *_others] = messages.give(source, "scorecard")["records"]
        card = self.records["supplier.scorecard"]
        self.assertEqual(published["id"], str(card.id))
        self.assertEqual(published["score"], card.score)
        self.assertEqual(len(published["lines"]), len(card.line_ids))

    def test_no_file_for_a_system_of_others(self):
        dialogs = self._as(self.env["supplier.exchange.import"], "elsewhere")
        vals = {
            "source_id": self.source.id,
            "file": base64.b64encode(b"kind,id,name\nsupplier,9,Planted\n"),
        }
        with self.assertRaises(AccessError):
            dialogs.create(vals).action_import()

    def test_answers_are_given_by_the_actions(self):
        question = self._as(self.own["supplier.exchange.question"], "manager")
        for vals in ({"state": "known"}, {"candidate_ids": False}):
            with self.assertRefused("cannot be written directly", AccessError):
                question.write(vals)

    def test_records_have_the_rights_of_who_takes_them(self):
        """Who may not make contacts makes none by a message, either."""
        manager = self.people["manager"]
        access = self.env["ir.model.access"].search(
            [("model_id.model", "=", "res.partner"), ("perm_create", "=", True)]
        )
        access.perm_create = False
        message = {
            "contract": CONTRACT,
            "id": "3",
            "records": [{"kind": "supplier", "id": "9", "name": "Planted"}],
        }
        messages = self._as(self.env["supplier.exchange.message"], manager)
        result = messages.take(self._as(self.source, manager), message).result_ids
        self.assertEqual(result.state, "refused")
        self.assertIn("no right", result.reason)
