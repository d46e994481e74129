from datetime import timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.tests import tagged

from .common import ApplicationCommon

CALLED = "I called them"


@tagged("post_install", "-at_install")
class TestApplicationIdle(ApplicationCommon):
    """What nobody sees to goes back; what nobody confirmed is deleted."""

    def _later(self, days):
        self._run("idle", fields.Datetime.now() + timedelta(days=days))

    def _activities(self, application):
        return application.activity_ids.filtered(
            lambda one: "goes back into the pool" in (one.summary or "")
        )

    def test_reminded_and_then_returned(self):
        application = self._claimed()
        self._later(10)
        self.assertFalse(application.date_reminded)
        self._later(12)
        self.assertTrue(application.date_reminded)
        reminder = self._activities(application)
        self.assertEqual(reminder.user_id, self.people["user"])
        self._later(12.5)
        self.assertEqual(self._activities(application), reminder)
        self._later(15)
        self.assertEqual(application.state, "new")
        self.assertFalse(application.user_id)
        self.assertFalse(self._activities(application))
        said = "".join(application.message_ids.mapped("body"))
        self.assertIn("had not seen to it for 14 days", said)

    def test_returned_in_the_language_of_the_company(self):
        self.env["res.lang"]._activate_lang("de_DE")
        self.company.partner_id.lang = "de_DE"
        application = self._claimed()
        self._later(12)
        self._later(15)
        said = "".join(application.message_ids.mapped("body"))
        self.assertIn("zurück im Pool", said)

    def test_not_returned_without_a_reminder(self):
        application = self._claimed()
        self._later(40)
        self.assertEqual(application.state, "claimed")
        self._later(43)
        self.assertEqual(application.state, "new")

    def test_whoever_does_something_keeps_it(self):
        for act in (
            lambda one: one.write({"phone": "1"}),
            lambda one: one.message_post(body=CALLED),
        ):
            application = self._claimed()
            self._later(12)
            self.assertTrue(application.date_reminded)
            with freeze_time(fields.Datetime.now() + timedelta(days=13)):
                act(self._as(application, "user"))
            self.assertFalse(application.date_reminded)
            self.assertFalse(self._activities(application))
            self._later(20)
            self.assertEqual(application.state, "claimed")

    def test_others_do_not_keep_it(self):
        application = self._claimed()
        before = application.date_touched
        self._as(application, "manager").message_post(body=CALLED)
        self.assertEqual(application.date_touched, before)

    def test_never(self):
        self.company.supplier_application_idle_days = 0
        application = self._claimed()
        self._later(400)
        self.assertFalse(application.date_reminded)

    def test_unconfirmed_is_deleted(self):
        model = self.env["supplier.application"]
        forgotten = model._receive(
            self.company,
            {"company_name": "Forgotten", "email": "f@f.example.com"},
            [
                {
                    "type_id": self.kind.id,
                    "file": self.application.document_ids.file,
                    "filename": "f.pdf",
                }
            ],
        )
        self.env["supplier.application.attempt"].create(
            {"key": "k", "date": fields.Datetime.now(), "count": 1}
        )
        file = self.env["ir.attachment"].search(
            [
                ("res_model", "=", "supplier.application.document"),
                ("res_id", "=", forgotten.document_ids.id),
                ("res_field", "=", "file"),
            ]
        )
        self.assertTrue(file)
        for days, is_there in ((2, True), (3.1, False)):
            self._run("forget", fields.Datetime.now() + timedelta(days=days))
            self.assertEqual(bool(forgotten.exists()), is_there)
        self.assertFalse(file.exists())
        self.assertFalse(self.env["supplier.application.attempt"].search([]))
        self.assertTrue(self.application.exists())
