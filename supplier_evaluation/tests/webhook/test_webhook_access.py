from odoo.exceptions import AccessError
from odoo.tests import tagged

from ..access import AccessCommon
from ..common import MANAGER

OPERATIONS = ("read", "write", "create", "unlink")


@tagged("post_install", "-at_install")
class TestWebhookAccess(AccessCommon):
    """Administrators say where records go; managers of the company see it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        own = {"company_id": cls.company.id}
        manager = cls.people["manager"]
        source = cls.env["supplier.exchange.source"].create(
            {"name": "S", "code": "s", "user_id": manager.id, **own}
        )
        cls.hook = cls.env["supplier.outbox.channel"].create(
            {
                "name": "Data lake",
                "kind": "exchange",
                "source_id": source.id,
                "url": "https://x.example",
                "secret": "S3CRET",
                **own,
            }
        )
        cls.feed = cls.env["supplier.outbox.feed"].create(
            {"channel_id": cls.hook.id, "kind": "scorecard", "date_from": False}
        )
        cls.people["admin"] = cls._create_user(
            "webhook_admin", f"base.group_system,{MANAGER}"
        )
        cls.env.flush_all()
        cls.env.invalidate_all()

    def test_who_may_what(self):
        for person in self.people:
            mine = self._as(self.feed, person)
            for operation in OPERATIONS:
                allowed = person == "admin"
                allowed |= operation == "read" and person == "manager"
                if person == "elsewhere" and operation == "create":
                    continue
                with self.subTest(person=person, operation=operation):
                    self.assertEqual(mine.has_access(operation), allowed)

    def test_who_lets_all_be_sent_again(self):
        for person in set(self.people) - {"admin"}:
            with self.subTest(person=person), self.assertRaises(AccessError):
                self._as(self.feed, person).action_send_all()
        self._as(self.feed, "admin").action_send_all()

    def test_the_cursor_is_ours(self):
        for vals in ({"cursor": "2026-01-01T00:00:00~0"}, {"number": 5}):
            with self.assertRaises(AccessError):
                self._as(self.feed, "admin").write(vals)

    def test_the_secret_is_for_administrators(self):
        for name in ("url", "secret", "allow_private"):
            with self.subTest(name=name), self.assertRaises(AccessError):
                self._as(self.hook, "manager").read([name])

    def test_what_others_were_told_is_not_read(self):
        for person in set(self.people) - {"admin"}:
            records = self._as(self.env["supplier.outbox.feed.record"], person)
            with self.subTest(person=person):
                self.assertFalse(records.has_access("read"))

    def test_published_scorecards_go_out_with_their_evaluation(self):
        self.feed._collect()
        [message] = self.hook.message_ids
        records = message.content["data"]["records"]
        card = self.records["supplier.scorecard"]
        self.assertIn(str(card.id), {record["id"] for record in records})
        for record in records:
            self.assertIn(record["status"], ("published", "superseded"))
