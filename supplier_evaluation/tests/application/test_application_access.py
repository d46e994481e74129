import base64

from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, tagged

from .common import ApplicationCommon
from .records import PDF

FORGED = base64.b64encode(PDF + b"forged")


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

    # ------------------------------------------------------------
    # Who changes what is said in it
    # ------------------------------------------------------------

    def _changes(self, application, user):
        """Return all ways to change what an application says, and its files."""
        theirs = self._as(application, user)
        document = theirs.document_ids
        other = self._as(self._apply(), user).document_ids
        file = self._file_of(document).with_user(self.people[user])
        new = {"type_id": self.kind.id, "date_to": "2031-01-01", "file": FORGED}
        add = document.browse()
        return [
            lambda: theirs.write({"email": "me@elsewhere.example.com"}),
            lambda: theirs.write({"tax_id": "X", "website": "x.example.com"}),
            lambda: theirs.write({"document_ids": [(5,)]}),
            lambda: document.write({"file": FORGED}),
            lambda: document.write({"application_id": self.application.id}),
            lambda: other.write({"application_id": application.id}),
            lambda: add.create({"application_id": application.id, **new}),
            lambda: document.unlink(),
            lambda: file.write({"datas": FORGED}),
            lambda: file.unlink(),
        ]

    def _file_of(self, document):
        files = self.env["ir.attachment"].sudo()
        return files.search(
            [
                ("res_model", "=", document._name),
                ("res_field", "=", "file"),
                ("res_id", "=", document.id),
            ]
        ).sudo(False)

    def test_what_somebody_sees_to_is_changed_by_nobody_else(self):
        claimed = self._claimed()
        self.assertFalse(self._as(claimed, "other").can_change)
        for number, change in enumerate(self._changes(claimed, "other")):
            with self.subTest(number), self.assertRaises(AccessError):
                change()
        for user in ("user", "manager"):
            mine = self._as(claimed, user)
            self.assertTrue(mine.can_change)
            mine.tax_id = user
            mine.document_ids.file = FORGED
            mine.document_ids.copy().unlink()
        # Whoever knows them says so in the thread.
        said = "I know them"
        self._as(claimed, "other").message_post(body=said)

    def test_what_is_decided_is_changed_by_nobody(self):
        claimed = self._claimed()
        self._as(claimed, "user")._accept()
        for user in ("user", "other", "manager"):
            self.assertFalse(self._as(claimed, user).can_change)
            for number, change in enumerate(self._changes(claimed, user)):
                with self.subTest(number, user=user), self.assertRaises(UserError):
                    change()

    def test_what_is_in_the_pool_is_changed_by_whoever_sees_it(self):
        theirs = self._as(self.application, "other")
        self.assertTrue(theirs.can_change)
        theirs.phone = "1"
        theirs.document_ids.number = "L-2"

    def test_number_and_company_stay(self):
        people = (self.people["user"], self.people["manager"])
        for user in people:
            user.company_ids |= self.elsewhere
            for vals in ({"name": "APP/1"}, {"company_id": self.elsewhere.id}):
                with self.subTest(vals), self.assertRefused("stay as", AccessError):
                    self._as(self.application, user).write(vals)
        mine = self._as(self.application, "user")
        mine.write({"name": mine.name, "company_id": self.company.id, "phone": "2"})

    def test_managers_delete_what_is_refused(self):
        claimed = self._claimed()
        self._as(claimed, "user")._refuse("No")
        document = claimed.document_ids
        self._as(claimed, "manager").unlink()
        self.assertFalse(document.exists())

    def test_files_are_private(self):
        document = self.application.document_ids
        address = f"/web/content/supplier.application.document/{document.id}/file"
        attachment = self._file_of(document)
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
