from odoo.exceptions import AccessError
from odoo.tests import tagged

from ..access import AccessCommon
from ..common import MANAGER

OPERATIONS = ("read", "write", "create", "unlink")


@tagged("post_install", "-at_install")
class TestOutboxAccess(AccessCommon):
    """Managers of the company see chats and messages; administrators the address."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.chat = cls.env["supplier.outbox.channel"].create(
            {"name": "Team", "url": "https://x.example", "company_id": cls.company.id}
        )
        outbox = cls.env["supplier.outbox"].sudo()
        cls.message = outbox.enqueue(cls.chat, "k", "Hello")
        cls.people["admin"] = cls._create_user(
            "outbox_admin", f"base.group_system,{MANAGER}"
        )
        cls.env.flush_all()
        cls.env.invalidate_all()

    def test_who_may_what(self):
        for person in self.people:
            for record in (self.chat, self.message):
                mine = self._as(record, person)
                for operation in OPERATIONS:
                    allowed = operation == "read" and person in ("manager", "admin")
                    if person == "admin" and record == self.chat:
                        allowed = True
                    if person == "elsewhere" and operation == "create":
                        continue
                    with self.subTest(
                        person=person, record=record, operation=operation
                    ):
                        self.assertEqual(mine.has_access(operation), allowed)

    def test_the_address_is_for_administrators(self):
        for name in ("url", "secret", "allow_private"):
            with self.subTest(name=name), self.assertRaises(AccessError):
                self._as(self.chat, "manager").read([name])
            self.assertTrue(self._as(self.chat, "admin").read([name]))
        mine = self._as(self.env["supplier.outbox.channel"], "manager")
        with self.assertRaises(AccessError):
            mine.search([("url", "ilike", "x")])

    def test_who_sees_to_messages(self):
        for person in set(self.people) - {"manager", "admin"}:
            mine = self._as(self.message, person)
            for action in ("action_retry", "action_drop"):
                with (
                    self.subTest(person=person, action=action),
                    self.assertRaises(AccessError),
                ):
                    getattr(mine, action)()
        self._as(self.message, "manager").action_drop()
        self.assertEqual(self.message.state, "dropped")

    def test_what_is_said_is_not_written(self):
        for vals in ({"title": "Forged"}, {"state": "sent"}):
            with self.assertRaises(AccessError):
                self._as(self.message, "admin").write(vals)
