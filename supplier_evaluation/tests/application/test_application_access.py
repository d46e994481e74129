from odoo.exceptions import AccessError
from odoo.tests import HttpCase, tagged

from .common import ApplicationCommon


@tagged("post_install", "-at_install")
class TestApplicationAccess(ApplicationCommon, HttpCase):
    """Nobody outside sees an application, its files, or whom it looks like."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.application._compare()
        cls.public = cls.env.ref("base.public_user")
        cls.records = [
            cls.application,
            cls.application.document_ids,
            cls.env["supplier.application.attempt"].create(
                {"key": "k", "date": "2026-01-01", "count": 1}
            ),
        ]

    def test_outside_nothing_is_read_or_written(self):
        people = [self.public, *(self.people[name] for name in ("portal", "clerk"))]
        for user in people:
            for record in self.records:
                theirs = record.with_user(user).sudo(False)
                for act in (
                    lambda one: one.read(["id"]),
                    lambda one: one.search([]),
                    lambda one: one.write({}),
                    lambda one: one.create({}),
                    lambda one: one.unlink(),
                ):
                    with (
                        self.subTest(user=user.login, model=record._name),
                        self.assertRaises(AccessError),
                    ):
                        act(theirs)

    def test_methods_are_not_for_outsiders(self):
        for user in (self.public, self.people["portal"], self.people["clerk"]):
            theirs = self.application.with_user(user).sudo(False)
            for name in (
                "action_claim",
                "action_return",
                "action_reopen",
                "action_compare",
                "action_ask_refusal",
                "action_ask_acceptance",
            ):
                with (
                    self.subTest(user=user.login, method=name),
                    self.assertRaises(AccessError),
                ):
                    getattr(theirs, name)()

    def test_another_company_sees_nothing(self):
        theirs = self._as(self.env["supplier.application"], "stranger")
        self.assertFalse(theirs.search([("id", "=", self.application.id)]))
        with self.assertRaises(AccessError):
            self._as(self.application, "stranger").action_claim()

    def test_files_are_private(self):
        document = self.application.document_ids
        address = f"/web/content/supplier.application.document/{document.id}/file"
        attachment = (
            self.env["ir.attachment"]
            .sudo()
            .search(
                [
                    ("res_model", "=", document._name),
                    ("res_field", "=", "file"),
                    ("res_id", "=", document.id),
                ]
            )
        )
        self.assertFalse(attachment.public)
        addresses = (address, f"/web/content/{attachment.id}")
        for login in (None, "application_portal", "application_clerk"):
            self.authenticate(login, login)
            for one in addresses:
                with self.subTest(login=login, address=one):
                    self.assertIn(self.url_open(one).status_code, (403, 404))
        self.authenticate("application_user", "application_user")
        response = self.url_open(address)
        self.assertEqual(response.status_code, 200)
        self.assertEqual(response.headers["X-Content-Type-Options"], "nosniff")
