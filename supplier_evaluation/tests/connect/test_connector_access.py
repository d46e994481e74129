from odoo.exceptions import AccessError
from odoo.tests import tagged

from ..access import AccessCommon
from ..common import MANAGER

OPERATIONS = ("read", "write", "create", "unlink")
SECRET = ("url", "login_url", "login", "secret", "key", "app", "allow_private")
SET_UP = ("supplier.connector", "supplier.connector.field")


@tagged("post_install", "-at_install")
class TestConnectorAccess(AccessCommon):
    """Managers of the company see what came; administrators enter the keys."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        own = {"company_id": cls.company.id}
        source = cls.env["supplier.exchange.source"].create(
            {"name": "S", "code": "s", **own}
        )
        cls.connector = cls.env["supplier.connector"].create(
            {
                "name": "C",
                "url": "https://x.example",
                "source_id": source.id,
                "field_ids": [(0, 0, {"target": "id", "path": "id"})],
                **own,
            }
        )
        of = {"connector_id": cls.connector.id}
        runs = cls.env["supplier.connector.run"]
        letters = cls.env["supplier.connector.letter"]
        cls.letter = letters.browse(
            letters._unguarded().create({"stamp": "1", **of}).id
        )
        cls.own = (
            cls.connector,
            cls.connector.field_ids,
            runs.browse(runs._unguarded().create(of).id),
            cls.letter,
        )
        cls.people["admin"] = cls._create_user(
            "connect_admin", f"base.group_system,{MANAGER}"
        )
        cls.env.flush_all()
        cls.env.invalidate_all()

    def test_who_may_what(self):
        for person in self.people:
            for record in self.own:
                mine = self._as(record, person)
                for operation in OPERATIONS:
                    allowed = operation == "read" and person in ("manager", "admin")
                    if person == "admin" and record._name in SET_UP:
                        allowed = True
                    if person == "elsewhere" and operation == "create":
                        continue
                    with self.subTest(
                        person=person, record=record, operation=operation
                    ):
                        self.assertEqual(mine.has_access(operation), allowed)

    def test_keys_are_for_administrators(self):
        for name in SECRET:
            with self.subTest(name=name), self.assertRaises(AccessError):
                self._as(self.connector, "manager").read([name])
            self.assertTrue(self._as(self.connector, "admin").read([name]))

    def test_actions(self):
        for person in set(self.people) - {"manager", "admin"}:
            with self.subTest(person=person):
                for action in ("action_retry", "action_drop"):
                    with self.assertRaises(AccessError):
                        getattr(self._as(self.letter, person), action)()
                with self.assertRaises(AccessError):
                    self._as(self.connector, person).action_run()
        self._as(self.connector, "manager").action_run()
        self.assertTrue(self.connector.date_next)

    def test_cursor_is_not_written(self):
        with self.assertRaises(AccessError):
            self._as(self.connector, "admin").write({"cursor": {"page": 9}})
