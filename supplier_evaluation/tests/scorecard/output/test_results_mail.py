import io
from unittest.mock import patch

from openpyxl import load_workbook

from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ...common import BUYER, MANAGER
from ...paper import PaperCase
from ..common import ThreeSuppliersCommon

CRON = "supplier_evaluation.ir_cron_supplier_evaluation_results"
REPORT = "supplier_evaluation.supplier_scorecard_report"
MAIL = "odoo.addons.supplier_evaluation.report.scorecard.results_mail"


@tagged("post_install", "-at_install")
class TestResultsMail(ThreeSuppliersCommon, PaperCase):
    """Who is named on the template gets what was published, and nobody else does."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.cron = cls.env.ref(CRON)
        cls.people = cls._create_people(
            "results", {"buyer": BUYER, "other": BUYER, "manager": MANAGER}
        )
        cls.buyer = cls.people["buyer"]
        cls.template.report_user_ids = cls.buyer
        cls.evaluation = cls._evaluate()

    def _send(self):
        """Run the scheduled action; return the mails that wait since."""
        mails = self.env["mail.mail"]
        before = mails.search([])
        self.env.flush_all()
        with self.enter_registry_test_mode():
            self.cron.method_direct_trigger()
        self.env.invalidate_all()
        return mails.search([]) - before

    def _workbook(self, mail):
        [workbook] = mail.attachment_ids.filtered(
            lambda file: file.name.endswith("xlsx")
        )
        return load_workbook(io.BytesIO(workbook.raw))

    def _cover(self, mail):
        """Return what the first sheet says, by label."""
        rows = self._workbook(mail)["Cover"].values
        return dict(row[:2] for row in rows if row[0])

    def _notes(self):
        return "\n".join(self.evaluation.message_ids.mapped("body"))

    def test_noted_in_the_language_of_the_company(self):
        self.env["res.lang"]._activate_lang("de_DE")
        self.company.partner_id.lang = "de_DE"
        self.evaluation.action_publish()
        self._send()
        self.assertIn(f"wurden an {self.buyer.name} gesendet", self._notes())

    def test_publishing_queues_and_sends_nothing_itself(self):
        mails = self.env["mail.mail"].search_count([])
        with patch(f"{MAIL}.ResultsMail.send", side_effect=AssertionError):
            self.evaluation.action_publish()
        self.assertEqual(self.evaluation.state, "published")
        self.assertTrue(self.evaluation.is_result_due)
        self.assertEqual(self.env["mail.mail"].search_count([]), mails)
        triggers = self.env["ir.cron.trigger"].search([("cron_id", "=", self.cron.id)])
        self.assertTrue(triggers)

    def test_mail(self):
        self.evaluation.action_publish()
        mail = self._send()
        self.assertEqual(mail.state, "outgoing")
        self.assertEqual(mail.recipient_ids, self.buyer.partner_id)
        self.assertEqual(mail.subject, "Supplier scorecards, Two, March 2026")
        for text in (
            "March 2026",
            "Golden Supplier",
            "100.0",
            "Late",
            "No score changed by more than chance explains.",
            f"model=supplier.evaluation&amp;res_id={self.evaluation.id}",
        ):
            self.assertIn(text, mail.body_html)
        self.assertIn("sent to buyer", self._notes().replace("results_", ""))
        self.assertFalse(self.evaluation.is_result_due)
        self.assertFalse(self._send())

    def test_workbook_is_attached(self):
        self.evaluation.action_publish()
        mail = self._send()
        book = self._workbook(mail)
        self.assertEqual(book.sheetnames, ["Cover", "Ranking", "Heat Map", "KPIs"])
        self.assertEqual(len(list(book["Ranking"].values)), 4)
        self.assertEqual(self._cover(mail)["Exported by"], self.buyer.name)

    def test_template_renamed_since(self):
        """What is sealed keeps the name under which it was published."""
        self.evaluation.action_publish()
        self.template.name = "Renamed"
        mail = self._send()
        self.assertEqual(mail.subject, "Supplier scorecards, Two, March 2026")
        self.assertEqual(self._cover(mail)["Template"], "Two")
        html, _kind = self.env["ir.actions.report"]._render_qweb_html(
            REPORT, self.evaluation.scorecard_ids.ids
        )
        self.assertNotIn("Renamed", html.decode())

    def test_pages_are_attached(self):
        self.evaluation.action_publish()
        evaluation = self.evaluation.with_context(force_report_rendering=True)
        with self.allow_pdf_render():
            evaluation._send_results()
        mail = self.env["mail.mail"].search([], limit=1, order="id desc")
        [pdf] = mail.attachment_ids.filtered(lambda file: file.name.endswith(".pdf"))
        self.assertEqual(len(self._pages(pdf.raw)), 3)

    def test_many_suppliers_without_pages(self):
        self.evaluation.action_publish()
        with patch(f"{MAIL}.MOST_PAGES", 2):
            mail = self._send()
        self.assertEqual(len(mail.attachment_ids), 1)

    def test_what_changed(self):
        """Only what exceeds chance is news."""
        self.evaluation.action_publish()
        self._send()
        for _index in range(8):
            line = self._order(10, 5, "2026-04-10", partner=self.late_supplier)
            self._receive(line, "2026-04-10")
            line = self._order(10, 5, "2026-04-10")
            self._receive(line, "2026-04-10")
        april = self._evaluate(
            date_from="2026-04-01", date_to="2026-04-30", cutoff="2026-05-04 16:00:00"
        )
        april.action_publish()
        card = self._card(april, self.late_supplier)
        before = card.score - card.trend
        self.assertTrue(card.is_trend_firm)
        body = " ".join(self._send().body_html.split())
        changed = body.split("What changed")[1]
        self.assertIn(f"from {before:.1f} to {card.score:.1f} points", changed)
        self.assertNotIn("Golden Supplier", changed)

    def test_language_of_the_reader(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        self.people["other"].lang = "fr_FR"
        self.template.report_user_ids |= self.people["other"]
        self.evaluation.action_publish()
        mails = self._send()
        subjects = {mail.recipient_ids: mail.subject for mail in mails}
        self.assertEqual(len(subjects), 2)
        self.assertIn("March 2026", subjects[self.buyer.partner_id])
        self.assertIn("mars 2026", subjects[self.people["other"].partner_id])

    def test_readers_of_other_companies(self):
        elsewhere = self._create_company("Elsewhere", "UTC", "EUR")
        stranger = self._create_user("results_stranger", BUYER, elsewhere)
        self.template.report_user_ids |= stranger
        self.evaluation.action_publish()
        self.assertEqual(self._send().recipient_ids, self.buyer.partner_id)
        self.assertIn(
            "not sent to results_stranger",
            self._notes().replace(stranger.name, stranger.login),
        )

    def test_who_may_no_longer_read(self):
        self.buyer.group_ids = [Command.set(self.env.ref("base.group_user").ids)]
        self.evaluation.action_publish()
        self.assertFalse(self._send())
        self.assertIn("were not sent to", self._notes())

    def test_who_has_no_mail_address(self):
        unreached = self.people["other"]
        unreached.email = False
        self.template.report_user_ids |= unreached
        self.evaluation.action_publish()
        self.assertEqual(self._send().recipient_ids, self.buyer.partner_id)
        self.assertIn(
            f"The results were not sent to {unreached.name}: no mail address is known.",
            self._notes(),
        )
        self.assertIn(f"The results were sent to {self.buyer.name}.", self._notes())

    def test_only_readers_are_named(self):
        nobody = self._create_user("results_nobody", "base.group_user")
        with self.assertRefused("may not read scorecards", ValidationError):
            self.template.report_user_ids |= nobody

    def test_failure_is_told(self):
        """Publishing is done; why the mail failed is in the chatter."""
        self.evaluation.action_publish()
        with (
            patch(f"{MAIL}.scorecards_xlsx", side_effect=UserError("No more disk")),
            mute_logger("odoo.addons.supplier_evaluation.tools.scheduled"),
            self._failing(self.cron, "No more disk"),
        ):
            self.assertFalse(self._send())
        self.assertEqual(self.evaluation.state, "published")
        self.assertIn("could not be sent: No more disk", self._notes())
        self.assertFalse(self.evaluation.is_result_due)

    def test_without_a_printer(self):
        self.evaluation.action_publish()
        report = self.env.registry["ir.actions.report"]
        with (
            patch.object(
                report, "_render_qweb_pdf", side_effect=UserError("No printer")
            ),
            self.assertLogs(MAIL, "WARNING"),
        ):
            mail = self._send()
        self.assertEqual(len(mail.attachment_ids), 1)
        self.assertIn("sent without a PDF: No printer", self._notes())

    def test_sent_again(self):
        self.evaluation.action_publish()
        self._send()
        self._as(self.evaluation, "manager").action_send_results()
        self.assertEqual(len(self._send()), 1)

    def test_superseded_meanwhile(self):
        """What a revision replaced before the action ran is not sent any more."""
        self.evaluation.action_publish()
        action = self.evaluation.action_revise()
        revision = self.evaluation.browse(action["res_id"])
        revision.action_compute()
        revision.action_publish()
        self.assertEqual(self.evaluation.state, "superseded")
        mail = self._send()
        self.assertEqual(len(mail), 1)
        self.assertEqual(self._cover(mail)["Revision"], "2")
        self.assertFalse((self.evaluation | revision).filtered("is_result_due"))

    def test_nobody_to_send_to(self):
        self.template.report_user_ids = False
        self.evaluation.action_publish()
        self.assertFalse(self.evaluation.is_result_due)
        with self.assertRefused("Nobody is to get"):
            self.evaluation.action_send_results()

    def test_only_managers_send(self):
        self.evaluation.action_publish()
        for records in (self.evaluation, self.evaluation.scorecard_ids):
            with (
                self.subTest(model=records._name),
                self.assertRefused("not allowed to modify", AccessError),
            ):
                self._as(records, "buyer").action_send_results()

    def test_from_scorecards(self):
        """The overview shows scorecards, and sends what they are from."""
        self.template.report_user_ids = False
        self.evaluation.action_publish()
        self.template.report_user_ids = self.people["manager"]
        self._as(self.evaluation.scorecard_ids, "manager").action_send_results()
        self.assertTrue(self.evaluation.is_result_due)

    def test_only_what_is_published_is_sent(self):
        with self.assertRefused("only while it is Published"):
            self._as(self.evaluation, "manager").action_send_results()
