from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .common import ApplicationCommon


@tagged("post_install", "-at_install")
class TestApplication(ApplicationCommon):
    """From the pool to a decision, and back."""

    def test_number(self):
        self.assertRegex(self.application.name, r"^APP/\d{4}/\d{5}$")
        self.assertIn(self.application.name, self.application.display_name)
        self.env["ir.sequence"].search([("code", "=", "supplier.application")]).unlink()
        with self.assertRefused("there is no sequence", UserError):
            self._apply()

    def test_claim_and_return(self):
        mine = self._as(self.application, "user")
        self.assertFalse(mine.is_mine)
        mine.action_claim()
        self.assertEqual(mine.state, "claimed")
        self.assertEqual(mine.user_id, self.people["user"])
        self.assertTrue(mine.is_mine)
        mine.action_return()
        self.assertEqual(mine.state, "new")
        self.assertFalse(mine.user_id)

    def test_what_is_claimed_is_not_claimed_again(self):
        self._as(self.application, "user").action_claim()
        theirs = self._as(self.application, "other")
        for act in (
            theirs.action_claim,
            theirs.action_return,
            theirs.action_ask_refusal,
            theirs.action_ask_acceptance,
            lambda: theirs._refuse("No"),
            lambda: theirs._accept(),
            lambda: theirs._assign(self.people["other"]),
        ):
            with self.assertRefused("sees to APP/", AccessError):
                act()
        self._as(self.application, "manager").action_claim()
        self.assertEqual(self.application.user_id, self.people["manager"])

    def test_who_has_not_claimed_decides_nothing(self):
        mine = self._as(self.application, "user")
        for act in (
            lambda: mine._refuse("No"),
            lambda: mine._accept(),
            lambda: mine._assign(self.people["other"]),
        ):
            with self.assertRefused("claim it first", AccessError):
                act()

    def test_assign_many(self):
        applications = self.application | self._apply(company_name="Second")
        wizard = self._as(self.env["supplier.application.assign.wizard"], "manager")
        action = self._as(applications, "manager").action_ask_owner()
        dialog = wizard.with_context(**action["context"]).create(
            {"user_id": self.people["other"].id}
        )
        dialog.action_apply()
        self.assertEqual(applications.user_id, self.people["other"])
        self.assertEqual(set(applications.mapped("state")), {"claimed"})

    def test_assigned_to_who_sees_none(self):
        for name in ("portal", "clerk", "stranger"):
            with (
                self.subTest(name),
                self.assertRefused("does not see applications", UserError),
            ):
                self._as(self.application, "manager")._assign(self.people[name])

    def test_refused_with_a_mail(self):
        application = self._claimed()
        wizard = self._as(self.env["supplier.application.reason.wizard"], "user")
        action = self._as(application, "user").action_ask_refusal()
        context = action["context"]
        wizard.with_context(**context).create({"reason": "No room"}).action_apply()
        self.assertEqual(application.state, "refused")
        self.assertEqual(application.decided_uid, self.people["user"])
        mail = self._mails(application.email)
        self.assertEqual(len(mail), 1)
        self.assertIn("No room", mail.body_html)
        self._as(application, "user").action_reopen()
        self.assertEqual(application.state, "new")
        self.assertFalse(application.reason)

    def test_refused_without_a_mail_and_without_a_reason(self):
        application = self._claimed()
        mine = self._as(application, "user")
        with self.assertRefused("Say why", UserError):
            mine._refuse("  ")
        mine._refuse("Nonsense", is_told=False)
        self.assertFalse(self._mails(application.email))

    def test_withdrawn(self):
        application = self._claimed()
        self._as(application, "user")._withdraw("They called")
        self.assertEqual(application.state, "withdrawn")
        with self.assertRefused("this cannot be done", UserError):
            self._as(application, "user")._refuse("Late")

    def test_the_state_is_not_written(self):
        mine = self._as(self.application, "manager")
        for vals in (
            {"state": "accepted"},
            {"user_id": self.people["user"].id},
            {"partner_id": self.supplier.id},
            {"is_compared": True},
        ):
            with self.subTest(vals), self.assertRefused("directly", AccessError):
                mine.write(vals)

    def test_a_text_without_end(self):
        with self.assertRefused("is longer than", ValidationError):
            self._apply(message="x" * 5001)

    def test_whoever_leaves_sees_to_nothing(self):
        application = self._claimed()
        done = self._claimed()
        self._as(done, "user")._refuse("No")
        self.people["user"].active = False
        self.assertEqual(application.state, "new")
        self.assertFalse(application.user_id)
        self.assertIn("does not work here", application.message_ids[0].body)
        self.assertEqual(done.state, "refused")

    def test_days_of_a_company(self):
        with self.assertRefused("enter at least 4", ValidationError):
            self.company.supplier_application_idle_days = 2
        self.company.supplier_application_days = 0
        self.assertEqual(self.company._supplier_application_days(), 1)
