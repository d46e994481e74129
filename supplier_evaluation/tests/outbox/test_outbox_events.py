from datetime import date, timedelta

from odoo.tests import tagged

from ..certification.records import certification_records
from .common import OutboxCommon


@tagged("post_install", "-at_install")
class TestOutboxEvents(OutboxCommon):
    """What is told in the chats, in their language."""

    def _messages(self):
        return self.env["supplier.outbox"].search(
            [("channel_id", "=", self.chat.id)], order="id"
        )

    def test_alert(self):
        rule = self._rule("Low scores", threshold=80, severity="critical")
        alert = self._alert(rule)
        message = self._messages()
        self.assertEqual(message.title, "Low scores")
        self.assertEqual(
            message.text, f"{self.supplier.display_name}: {alert._seen_sentence()}"
        )
        self.assertEqual((message.res_model, message.res_id), (alert._name, alert.id))
        self.assertIn(f"/odoo/supplier.alert/{alert.id}", message.preview)

    def test_alerts_that_are_not_told(self):
        self._alert(self._rule("Small", threshold=80, severity="info"))
        self.chat.on_alert = False
        self._alert(self._rule("Large", threshold=80, severity="critical"))
        self.assertFalse(self._messages())

    def test_chats_of_other_companies(self):
        other = self._chat(name="Theirs", company_id=self.elsewhere.id)
        self._alert()
        self.assertFalse(other.message_ids)
        self.assertTrue(self._messages())

    def test_published_scores(self):
        line = self._order(10, 5, "2026-03-10")
        self._receive(line, "2026-03-10")
        run = self._evaluate()
        self.assertFalse(self._messages())
        run.action_publish()
        message = self._messages()
        self.assertEqual(message.title, f"Published: {run.display_name}")
        self.assertIn(self.supplier.name, message.text)
        [said] = message.content["data"]["scores"]
        self.assertEqual(said["score"], run.scorecard_ids.score)

    def test_expiring_document(self):
        kind = self.env.ref("supplier_evaluation.supplier_document_type_iso_9001")
        document = self.env["supplier.document"].create(
            {
                "partner_id": self.supplier.id,
                "company_id": self.company.id,
                "type_id": kind.id,
                "date_to": date.today() + timedelta(days=5),
                "user_id": self.people["buyer"].id,
            }
        )
        document._write_guarded(
            {"verification": "verified", "date_verified": "2026-01-01 08:00:00"}
        )
        self.assertTrue(document.date_next_reminder)
        for _twice in range(2):
            self.env.flush_all()
            document._remind(document._local_days(self.company))
        message = self._messages()
        self.assertEqual(message.title, "Documents expire: 1")
        self.assertIn("expires in", message.text)

    def test_document_of_all_companies(self):
        kind = self.env.ref("supplier_evaluation.supplier_document_type_iso_9001")
        document = self.env["supplier.document"].create(
            {
                "partner_id": self.supplier.id,
                "company_id": False,
                "type_id": kind.id,
                "date_to": date.today() + timedelta(days=5),
                "user_id": self.people["buyer"].id,
            }
        )
        self.assertFalse(document.company_id)
        document._write_guarded(
            {"verification": "verified", "date_verified": "2026-01-01 08:00:00"}
        )
        self.env.flush_all()
        everywhere = self.env["res.company"].search([])
        document._remind(document._local_days(everywhere))
        self.assertEqual(self._messages().title, "Documents expire: 1")

    def test_certification(self):
        questionnaire = self.env["supplier.questionnaire"].search([], limit=1)
        made = certification_records(
            self.env, self.company, self.supplier, questionnaire
        )
        certification = made["supplier.certification"]
        certification._transition("draft")
        self.assertFalse(self._messages())
        certification._transition("rejected", "No answer")
        message = self._messages()
        self.assertIn("Rejected", message.title)
        self.assertIn("No answer", message.text)

    def test_in_the_language_of_the_chat(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        self.chat.lang = "fr_FR"
        rule = self._rule("Low", threshold=80)
        rule.with_context(lang="fr_FR").name = "Faible"
        self._alert(rule)
        self.assertEqual(self._messages().title, "Faible")

    def test_statements(self):
        """A chat costs the same for one alert of a rule and for many."""
        rule = self._rule("Many", threshold=80)
        partners = self.env["res.partner"].create(
            [{"name": f"S{number}", "is_company": True} for number in range(21)]
        )
        outbox = self.env["supplier.alert"]

        def count(some):
            seen = [self._seen(one, value=70.0, threshold=80.0) for one in some]
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            outbox._open(rule, seen)
            self.env.flush_all()
            return self.env.cr.sql_log_count - before

        one = count(partners[:1])
        self.assertLess(count(partners[1:]), one + 30)
