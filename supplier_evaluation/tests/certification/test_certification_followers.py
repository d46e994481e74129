from odoo.tests import tagged

from odoo.addons.mail.tests.common import MailCommon

from .common import CertificationCommon


@tagged("post_install", "-at_install")
class TestCertificationFollowers(CertificationCommon, MailCommon):
    """Who follows a certification learns of every move, who made it and why."""

    def _told(self, certification):
        """Return the kinds of the messages, the first one first."""
        prefix = "supplier_evaluation.mt_certification_"
        messages = certification.message_ids.sorted("id")
        names = messages.subtype_id._get_external_ids()
        kinds = [names[message.subtype_id.id][0] for message in messages]
        return [kind.removeprefix(prefix) for kind in kinds if kind.startswith(prefix)]

    def test_every_decision_is_in_the_chatter(self):
        certification = self._certified()
        self.assertEqual(
            self._told(certification),
            ["submitted", "review", "approval", "approved", "approved", "certified"],
        )
        first = certification.message_ids.sorted("id")[3]
        self.assertEqual(first.author_id, self.people["first"].partner_id)
        self.assertIn("Quality", first.body)
        self.assertIn("Parts are fine", first.body)

    def test_reasons(self):
        for certification, kind, reason in (
            (self._rejected(), "rejected", "No quality system"),
            (
                self._suspended(program_id=self._program(name="2").id),
                "suspended",
                "lot",
            ),
            (self._revoked(program_id=self._program(name="3").id), "revoked", "Forged"),
        ):
            with self.subTest(kind=kind):
                self.assertEqual(self._told(certification)[-1], kind)
                self.assertIn(reason, certification.message_ids[0].body)

    def test_sent_back(self):
        certification = self._in_second_step()
        self._as(certification, "second")._send_back("A page is missing")
        self.assertEqual(self._told(certification)[-1], "draft")
        self.assertIn("A page is missing", certification.message_ids[0].body)

    def test_sent_back_to_somebody_of_another_language(self):
        """What is to be done is said as the reader does, and not as the sender."""
        self.env["res.lang"]._activate_lang("zh_CN")
        self.people["submitter"].lang = self.people["second"].lang = "zh_CN"
        certification = self._in_approval()
        sender = self._as(certification, "first").with_context(lang="en_US")
        next_step = certification.program_id.step_ids[1]
        next_step.with_context(lang="zh_CN").name = "采购"
        sender._approve("Good")
        self.assertEqual(certification.activity_ids.summary, "采购")
        self._as(certification, "second").with_context(lang="en_US")._send_back("Late")
        task = certification.activity_ids
        self.assertEqual(task.user_id, self.people["submitter"])
        self.assertEqual(task.summary, "已退回")

    def test_followers_are_notified(self):
        certification = self._in_approval()
        follower = self.people["colleague"].partner_id
        certification.message_subscribe(follower.ids)
        with self.mock_mail_gateway(), self.mock_mail_app():
            self._as(certification, "first")._approve("Parts are fine")
        self.assertIn(follower, self._new_msgs.notified_partner_ids)

    def test_portal_follower_is_not_told(self):
        certification = self._in_approval()
        stranger = self.people["portal"].partner_id
        certification.message_subscribe(stranger.ids)
        with self.mock_mail_gateway(), self.mock_mail_app():
            self._as(certification, "first")._approve("Parts are fine")
        self.assertNotIn(stranger, self._new_msgs.notified_partner_ids)

    def test_nobody_is_mailed_about_what_ends_by_itself(self):
        certification = self._certified()
        certification.message_subscribe(self.people["colleague"].partner_id.ids)
        with self.mock_mail_gateway(), self.mock_mail_app():
            certification._expire()
        self.assertFalse(self._new_msgs.notified_partner_ids)
        self.assertIn("validity is over", certification.message_ids[0].body)
