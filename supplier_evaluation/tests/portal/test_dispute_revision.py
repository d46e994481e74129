from odoo.exceptions import AccessError
from odoo.tests import tagged

from ..common import MANAGER
from .common import PDF, PortalCommon


@tagged("post_install", "-at_install")
class TestDisputeRevision(PortalCommon):
    """What was decided before holds in a revision, and whose deed it was."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.people["third"] = cls._create_user("portal_third", MANAGER)

    def _line_in(self, evaluation, supplier):
        return self._card_of(evaluation, supplier).line_ids

    def _correct(self, line, user, score):
        """Let a dispute of a figure be accepted, and return its revision."""
        dispute = self._dispute(line=line)
        self._decide(dispute, user, decision="accepted", outcome="score", score=score)
        return dispute.revision_id

    def _override(self, line, user, score=77):
        self._as(line, user).write(
            {
                "is_overridden": True,
                "override_score": score,
                "override_reason": "The carrier was late",
            }
        )

    def _overridden_evaluation(self, line_of, user="second"):
        """Publish a revision in which a score was overridden by hand."""
        revision = self.evaluation.browse(self.evaluation.action_revise()["res_id"])
        revision.action_compute()
        self._override(self._line_in(revision, line_of), user)
        self._as(revision, "third").action_publish()
        return revision

    def test_who_is_told_of_a_revision(self):
        """Whoever disputed; of the other one it says what it said before."""
        revision = self._correct(self.line, "manager", 91)
        self._as(revision, "third").action_publish()
        self.assertTrue(self._mails(self._card_of(revision, self.supplier)))
        self.assertFalse(self._mails(self._card_of(revision, self.rival)))
        self.assertTrue(self._mails(self.their_card), "told when it was new")

    # ------------------------------------------------------------
    # The last correction of a figure
    # ------------------------------------------------------------

    def test_the_last_correction_holds(self):
        first = self._correct(self.line, "manager", 91)
        self._as(first, "third").action_publish()
        last = self._correct(self._line_in(first, self.supplier), "second", 99)
        line = self._line_in(last, self.supplier)
        self.assertEqual((line.score, line.override_uid), (99, self.people["second"]))
        last.action_compute()
        line = self._line_in(last, self.supplier)
        self.assertEqual((line.score, line.override_uid), (99, self.people["second"]))
        with self.assertRefused("somebody else", AccessError):
            self._as(last, "second").action_publish()
        self._as(last, "manager").action_publish()

    def test_records_that_were_corrected_since_count(self):
        """The score that was right before is not put in the place of theirs."""
        first = self._correct(self.line, "manager", 91)
        self._as(first, "third").action_publish()
        dispute = self._dispute(line=self._line_in(first, self.supplier))
        self._decide(dispute, "second", decision="accepted", outcome="records")
        line = self._line_in(dispute.revision_id, self.supplier)
        self.assertFalse(line.is_overridden)
        self.assertNotEqual(line.score, 91)

    # ------------------------------------------------------------
    # Who decides does not publish
    # ------------------------------------------------------------

    def test_who_decided_does_not_publish(self):
        dispute = self._dispute()
        self._decide(dispute, decision="accepted", outcome="records")
        revision = dispute.revision_id
        with self.assertRefused("somebody else", AccessError):
            self._as(revision, "manager").action_publish()
        # Nor the next one, when the revision is gone.
        revision.unlink()
        again = self.evaluation.browse(self.evaluation.action_revise()["res_id"])
        self.assertEqual(dispute.revision_id, again)
        self._as(again, "manager").action_compute()
        with self.assertRefused("somebody else", AccessError):
            self._as(again, "manager").action_publish()
        self._as(again, "second").action_publish()
        # What somebody else published is nobody's deed any more.
        later = self.evaluation.browse(again.action_revise()["res_id"])
        later.action_compute()
        self._as(later, "manager").action_publish()

    def test_the_template_lifts_it(self):
        self.template.with_user(self.people["third"]).sudo().four_eyes = "none"
        self.evaluation = self._evaluate_again()
        dispute = self._dispute(line=self._line_in(self.evaluation, self.supplier))
        self._decide(dispute, decision="accepted", outcome="records")
        self._as(dispute.revision_id, "manager").action_publish()

    def _evaluate_again(self):
        revision = self.evaluation.browse(self.evaluation.action_revise()["res_id"])
        revision.action_compute()
        revision.action_publish()
        return revision

    # ------------------------------------------------------------
    # What was overridden by hand
    # ------------------------------------------------------------

    def test_what_was_overridden_of_others_stays(self):
        published = self._overridden_evaluation(self.rival)
        before = self._line_in(published, self.rival)
        dispute = self._dispute(
            line=self._line_in(published, self.supplier), files=[("a.pdf", PDF)]
        )
        self._decide(dispute, decision="accepted", outcome="score", score=90)
        revision = dispute.revision_id
        line = self._line_in(revision, self.rival)
        self.assertEqual(line.score, 77)
        self.assertEqual(line.override_uid, self.people["second"])
        self.assertEqual(line.override_date, before.override_date)
        self.assertEqual(line.override_reason, before.override_reason)
        self.assertEqual(self._line_in(revision, self.supplier).score, 90)
        self.assertEqual(dispute.adjustment_ids.user_id, self.people["manager"])
        for user in ("second", "manager"):
            with self.assertRefused("somebody else", AccessError):
                self._as(revision, user).action_publish()
        self._as(revision, "third").action_publish()

    def test_what_was_overridden_in_the_open_revision_stays(self):
        revision = self.evaluation.browse(self.evaluation.action_revise()["res_id"])
        revision.action_compute()
        self._override(self._line_in(revision, self.rival), "second", 66)
        dispute = self._dispute()
        self._decide(dispute, decision="accepted", outcome="records")
        self.assertEqual(dispute.revision_id, revision)
        self.assertEqual(self._line_in(revision, self.rival).score, 66)

    def test_the_decided_figure_is_computed(self):
        published = self._overridden_evaluation(self.supplier)
        dispute = self._dispute(line=self._line_in(published, self.supplier))
        self._decide(dispute, decision="accepted", outcome="records")
        self.assertFalse(dispute.revised_line_id.is_overridden)
        said = " ".join(dispute.revision_id.message_ids.mapped("body"))
        self.assertIn("computed now", said)
        self.assertIn(self.supplier.name, said)

    def test_without_the_evidence_that_is_asked_for(self):
        """What was overridden before the company asked for it is told, not lost."""
        published = self._overridden_evaluation(self.rival)
        self.company.supplier_evidence_required = True
        line = self._line_in(published, self.supplier)
        dispute = self._dispute(line=line)
        with self.assertRefused("evidence"):
            self._decide(dispute, decision="accepted", outcome="score", score=90)
        self._decide(dispute, decision="accepted", outcome="records")
        self.assertFalse(self._line_in(dispute.revision_id, self.rival).is_overridden)
        said = " ".join(dispute.revision_id.message_ids.mapped("body"))
        self.assertIn(self.rival.name, said)
