from datetime import date

from freezegun import freeze_time

from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import PDF, PortalCommon


@tagged("post_install", "-at_install")
class TestDispute(PortalCommon):
    """From a number to a dispute, and from a dispute to the new number."""

    def test_what_is_to_be_done_is_of_the_day_where_the_company_is(self):
        """At 17 h UTC it is tomorrow in Shanghai: nobody is late from the beginning."""
        old = self._document_of(self.supplier, self.company)
        with freeze_time("2036-03-01 17:00:00"):
            dispute = self._dispute()
            document = self._door("ours")._send_document(
                old.type_id.id,
                {"date_to": "2037-01-01"},
                [("a.pdf", PDF)],
                self.company.id,
                old.id,
            )
        for record in (dispute, document):
            with self.subTest(record=record):
                self.assertEqual(
                    record.activity_ids.mapped("date_deadline"), [date(2036, 3, 2)]
                )

    def test_record_is_left_out(self):
        dispute = self._dispute(fact_id=self.late.id * 2, files=[("a.pdf", PDF)])
        self.assertEqual(dispute.state, "new")
        self.assertEqual(dispute.user_id, self.people["ours"])
        self.assertTrue(dispute.activity_ids)
        before = self.line.value
        self._as(dispute, "buyer").action_review()
        self.assertEqual(dispute.state, "in_review")
        self._decide(dispute, decision="accepted", outcome="exclusion")
        self.assertEqual(dispute.state, "accepted")
        self.assertEqual(self.late.supplier_exclusion, "responsibility")
        revision = dispute.revision_id
        self.assertEqual(revision.revision_of_id, self.evaluation)
        self.assertEqual(revision.cutoff, self.evaluation.cutoff)
        self.assertEqual(revision.state, "computed")
        self.assertEqual(self.line.value, before)
        self.assertEqual(dispute.revised_line_id.value, 100)
        self.assertEqual(dispute.adjustment_ids.user_id, self.people["manager"])
        self.assertIn(dispute.name, dispute.adjustment_ids.reason)
        # Whoever decided does not publish it.
        with self.assertRefused(".", AccessError):
            self._as(revision, "manager").action_publish()
        self._as(revision, "second").action_publish()
        card = self._card_of(revision, self.supplier)
        self.assertEqual(card.dispute_count, 1)
        self.assertEqual(
            self.env["supplier.dispute"].search(card._disputes_domain()), dispute
        )
        self.assertTrue(self._door("ours")._get("supplier.scorecard", card.id))
        cards = card | self.card | self.their_card
        self.env.invalidate_all()
        cards.mapped("partner_id")
        before = self.env.cr.sql_log_count
        self.assertEqual(cards.mapped("dispute_count"), [1, 1, 0])
        # The disputes, and what of them is counted.
        self.assertLess(self.env.cr.sql_log_count - before, 3)

    def test_score_is_corrected(self):
        dispute = self._dispute()
        self._decide(dispute, decision="accepted", outcome="score", score=90)
        line = dispute.revised_line_id
        self.assertEqual((line.score, line.override_uid), (90, self.people["manager"]))
        self.assertIn(dispute.name, line.override_reason)
        # Whoever computes again does not forget it.
        dispute.revision_id.action_compute()
        line = dispute.revised_line_id
        self.assertEqual((line.score, line.override_uid), (90, self.people["manager"]))

    def test_records_were_corrected(self):
        dispute = self._dispute()
        self._decide(dispute, decision="accepted", outcome="records")
        self.assertEqual(dispute.revision_id.state, "computed")

    def test_rejected(self):
        dispute = self._dispute()
        self._decide(dispute, decision="rejected", answer="It came late")
        self.assertEqual(dispute.state, "rejected")
        self.assertFalse(dispute.revision_id)
        with self.assertRefused("decided already"):
            self._decide(dispute)

    def test_four_eyes(self):
        self.good.with_user(self.people["manager"])._set_supplier_exclusion(
            "manual", "Typed twice"
        )
        revision = self.evaluation.browse(self.evaluation.action_revise()["res_id"])
        revision.action_compute()
        self._as(revision, "second").action_publish()
        line = self._card_of(revision, self.supplier).line_ids
        dispute = self._dispute(line=line)
        with self.assertRefused("somebody else decides", AccessError):
            self._decide(dispute, decision="rejected")
        self._decide(dispute, "second", decision="rejected")

    def test_buyers_do_not_decide(self):
        dispute = self._dispute()
        with self.assertRefused(".", AccessError):
            self._as(dispute, "buyer")._reject("No")

    def test_too_late(self):
        self.company.supplier_dispute_days = 0
        with self.assertRefused("any more"):
            self._dispute()

    def test_twice(self):
        self._dispute()
        with self.assertRefused("already"):
            self._dispute()
        self.assertTrue(self._dispute(fact_id=self.late.id * 2))

    def test_figure_without_record_is_not_left_out(self):
        dispute = self._dispute()
        with self.assertRefused("names no record"):
            self._decide(dispute, decision="accepted", outcome="exclusion")

    def test_files_stay(self):
        dispute = self._dispute(files=[("a.pdf", PDF)])
        self._decide(dispute, decision="rejected")
        with self.assertRefused("stay as they are"):
            dispute._files().unlink()

    def test_two_at_the_same_moment(self):
        """The one that came later cannot see the other, and is refused."""
        dispute = self._dispute()
        vals = {"name": "DIS", "user_id": self.env.uid, "reason": "Again"}
        for fact_id in (False, "7"):
            with self.subTest(fact_id=fact_id):
                twin = {
                    **vals,
                    "fact_id": fact_id,
                    "scorecard_line_id": dispute.scorecard_line_id.id,
                }
                disputes = self.env["supplier.dispute"].sudo()._unguarded()
                if fact_id:
                    disputes._create_once(twin)
                with self.assertRefused("already"):
                    disputes._create_once(twin)
        self._decide(dispute, decision="rejected")
        self.assertTrue(self._dispute())

    def test_they_talk_about_it(self):
        """In the chatter, whoever reads it."""
        dispute = self._as(self._dispute(), "buyer")
        text = "Ask the carrier"
        message = dispute.message_post(body=text, message_type="comment")
        self.assertEqual(message.author_id, self.people["buyer"].partner_id)
        self.assertIn(message, dispute.message_ids)

    def test_accepted_without_a_change(self):
        """What a form asks for, any client can leave out."""
        dispute = self._dispute()
        for outcome in (False, "nothing"):
            with self.subTest(outcome=outcome), self.assertRefused("what changes"):
                self._as(dispute, "manager")._accept(outcome, "You are right")
        with self.assertRefused("what changes"):
            self._decide(dispute, decision="accepted", outcome=False)
        self.assertEqual(dispute.state, "new")

    def test_nobody_writes_it(self):
        dispute = self._dispute()
        for change in (
            lambda: self._as(dispute, "manager").write({"state": "accepted"}),
            lambda: self._as(dispute, "manager").unlink(),
            lambda: dispute.sudo().unlink(),
            lambda: dispute.sudo().write({"reason": "Nothing"}),
        ):
            with self.assertRefused(".", AccessError):
                change()
