from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import AdjustedCommon


@tagged("post_install", "-at_install")
class TestWaysAround(AdjustedCommon):
    """What one person does around the rule of four eyes does not help."""

    def _assert_refused(self, evaluation, user="one"):
        self.env.flush_all()
        self.env.invalidate_all()
        with self.assertRefused("somebody else publishes", AccessError):
            self._as(evaluation, user).action_publish()
        self.assertEqual(evaluation.state, "computed")

    def _assert_published_by_two(self, evaluation):
        self._as(evaluation, "two").action_publish()
        [words] = evaluation.changed_by_hand
        self.assertEqual(words["kind"], "left_out")

    def test_counted_again_after_computing(self):
        self._leave_out(self.late_line)
        evaluation = self._evaluate()
        self._leave_out(self.late_line, exclusion="count")
        self._assert_refused(evaluation)
        self._assert_published_by_two(evaluation)

    def test_another_template_after_computing(self):
        self._leave_out(self.late_line)
        evaluation = self._evaluate()
        self._as(self.template, "one").line_ids.unlink()
        self._assert_refused(evaluation)

    def test_the_record_vanishes_after_computing(self):
        incident = self.env["supplier.incident"].create(
            {
                "title": "Burr",
                "company_id": self.company.id,
                "partner_id": self.late_supplier.id,
                "date_opened": "2026-03-12 04:00:00",
            }
        )
        self._leave_out(incident)
        evaluation = self._evaluate(
            self._create_template("Incidents", ["otd", "resolution_rate"])
        )
        with self.assertRefused("has a history"):
            self._as(incident, "one").unlink()
        # By whoever may write to the database.
        self.env.cr.execute(
            "DELETE FROM supplier_incident WHERE id = %s", [incident.id]
        )
        self.env.invalidate_all()
        self._assert_refused(evaluation)

    def test_decided_in_another_company(self):
        other = self._create_company("Elsewhere", "UTC", "EUR")
        incident = self.env["supplier.incident"].create(
            {
                "title": "Burr",
                "company_id": other.id,
                "partner_id": self.late_supplier.id,
                "date_opened": "2026-03-12 04:00:00",
            }
        )
        self.people["one"].company_ids |= other
        self._leave_out(incident)
        incident.company_id = self.company
        self._assert_refused(
            self._evaluate(
                self._create_template("Incidents", ["otd", "resolution_rate"])
            )
        )

    def test_left_out_after_computing_is_in_no_figure(self):
        evaluation = self._evaluate()
        self._leave_out(self.late_line)
        self._as(evaluation, "one").action_publish()
        self.assertFalse(evaluation.changed_by_hand)

    def test_the_rule_that_one_lifted_oneself(self):
        template = self._as(self.template, "one")
        template.four_eyes = "none"
        evaluation = self._evaluate()
        self._override(evaluation)
        self._assert_refused(evaluation)
        template.write({"four_eyes": "changed", "four_eyes_uid": False})
        template.four_eyes = "none"
        self._assert_refused(evaluation)
        self._as(evaluation, "two").action_publish()

    def test_grades_that_began_elsewhere_when_it_was_computed(self):
        """A score that somebody decides has the grade that it would have had then."""
        evaluation = self._evaluate()
        card = self._card(evaluation, self.late_supplier)
        best = self.env["supplier.grade"]._best_first()[0]
        minimum = best.min_score
        best.write({"min_score": 99.5, "name": "Excellent"})
        self.template.write({"coverage_floor": 100, "minimum_lines": 1000})
        for line in card.line_ids:
            line.write(
                {
                    "is_overridden": True,
                    "override_score": minimum,
                    "override_reason": "Decided",
                }
            )
        self.assertEqual(card.score, minimum)
        self.assertEqual(card.grade_id, best)
        self.assertFalse(card.provisional)

    def test_of_which_grades_is_not_known(self):
        """Computed before that was kept: the grades of now, the other rules of then."""
        evaluation = self._evaluate()
        snapshot = dict(evaluation.template_snapshot)
        del snapshot["grade_ids"]
        evaluation._write_guarded({"template_snapshot": snapshot})
        before = self.template.coverage_floor, self.template.minimum_lines
        self.template.write({"coverage_floor": 100, "minimum_lines": 1000})
        best = self.env["supplier.grade"]._best_first()[0]
        best.min_score = 99.5
        rule, grades = evaluation._grading_as_computed()
        self.assertEqual(grades[0], best)
        self.assertEqual(rule.thresholds[0], 99.5)
        self.assertEqual((rule.coverage_floor * 100, rule.minimum_lines), before)

    def test_queued_before_it_was_changed(self):
        """Who asked for all of the past publishes nothing that they did not see."""
        evaluation = self._evaluate()
        self._as(evaluation, "two").sudo()._queue(publish=True)
        self._override(evaluation)
        evaluation.with_user(1)._compute_as_asked()
        self.assertEqual(evaluation.state, "computed")
        self.assertIn("changed by hand", evaluation.queue_error)

    def test_what_cannot_be_computed_stops_nothing(self):
        kpi = self.env["supplier.kpi"].search([("code", "=", "fill_rate")])
        self._leave_out(self.late_line)
        self.env.cr.execute(
            "UPDATE supplier_kpi SET domain = %s WHERE id = %s",
            ["[('no_such_field', '=', 1)]", kpi.id],
        )
        self.env.invalidate_all()
        evaluation = self._evaluate()
        self.assertIn("fill_rate", evaluation.template_snapshot["not_computed"])
        self._assert_refused(evaluation)
        self._as(evaluation, "two").action_publish()

    # ------------------------------------------------------------
    # Held back
    # ------------------------------------------------------------

    def _hold_back(self, evaluation, user="one", partner=None):
        card = self._card(evaluation, partner or self.late_supplier)
        self._as(card, user)._set_held_back(True, "It is looked into")
        return card

    def test_a_revision_withdraws_nothing(self):
        evaluation = self._evaluate()
        evaluation.action_publish()
        revision = evaluation.browse(evaluation.action_revise()["res_id"])
        revision.action_compute()
        with self.assertRefused("would be withdrawn"):
            self._hold_back(revision)

    def test_a_revision_is_opened_whatever_the_context(self):
        evaluation = self._evaluate()
        self._hold_back(evaluation)
        asking = self._as(evaluation, "two").with_context(supplier_ask_revision=True)
        asking.action_publish()
        self.assertTrue(evaluation.search([("revision_of_id", "=", evaluation.id)]))

    def test_medians_without_what_is_held_back(self):
        evaluation = self._evaluate()
        self._hold_back(evaluation)
        self._as(evaluation, "two").action_publish()
        line = self._otd(evaluation, self.supplier)
        self.assertEqual(line.peer_median, 100)

    def test_who_held_back_and_released_had_no_hand_in_it(self):
        evaluation = self._evaluate()
        card = self._hold_back(evaluation)
        self._as(card, "one").action_release()
        self._hold_back(evaluation, "two")
        self._as(evaluation, "one").action_publish()

    def test_overrides_of_what_is_held_back_are_not_published(self):
        evaluation = self._evaluate()
        self._override(evaluation)
        self._hold_back(evaluation)
        self._as(evaluation, "two").action_publish()
        kinds = [words["kind"] for words in evaluation.changed_by_hand]
        self.assertEqual(kinds, ["held_back"])

    def test_a_dialog_does_not_wipe_what_was_computed(self):
        evaluation = self._evaluate()
        evaluation.action_publish()
        revision = evaluation.browse(evaluation.action_revise()["res_id"])
        revision.action_compute()
        wizard = self._as(self.env["supplier.revision.wizard"], "one").create(
            {
                "evaluation_id": evaluation.id,
                "basis": "chosen",
                "cutoff": "2026-05-01 00:00:00",
                "reason": "Again",
            }
        )
        with self.assertRefused("computed already"):
            wizard.action_apply()
        self.assertEqual(revision.state, "computed")
