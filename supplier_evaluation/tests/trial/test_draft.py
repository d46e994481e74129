from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged

from .common import TrialCommon


@tagged("post_install", "-at_install")
class TestDraft(TrialCommon):
    """A draft is a copy by which nothing is evaluated until a manager uses it."""

    def test_copy_with_other_weights_and_scales(self):
        rules = self._rules(otd=30)
        rules[0]["points"] = [[0, 0], [60, 20], [100, 100]]
        rules[0]["minimum"] = 15
        action = self._as(self.template, "chief").action_save_draft(rules)
        draft = self.env["supplier.scorecard.template"].browse(action["res_id"])
        self.assertEqual(draft.name, "Two (draft)")
        self.assertEqual(draft.draft_of_id, self.template)
        self.assertTrue(draft.is_draft)
        self.assertFalse(draft.active or draft.is_scheduled or draft.auto_publish)
        self.assertEqual(draft.minimum_lines, self.template.minimum_lines)
        first = draft.line_ids[0]
        self.assertEqual(first._points(), ((0, 0), (60, 20), (100, 100)))
        self.assertEqual((first.has_gate, first.minimum_score), (True, 15))
        self.assertEqual(
            {line.kpi_id.code: line.weight for line in draft.line_ids},
            {"otd": 30, "fill_rate": 10},
        )
        # What it is a copy of stays as it is.
        self.assertEqual(self.template.line_ids.mapped("weight"), [10, 10])

    def test_kpi_that_weighs_nothing_is_left_out(self):
        rules = [rule for rule in self._rules() if rule["kpi_id"]][:1]
        action = self._as(self.template, "chief").action_save_draft(rules)
        draft = self.env["supplier.scorecard.template"].browse(action["res_id"])
        self.assertEqual(len(draft.line_ids), 1)
        with self.assertRefused("needs a KPI"):
            self._as(self.template, "chief").action_save_draft([])

    def test_points_that_are_no_scale(self):
        rules = self._rules()
        rules[0]["points"] = [[0, 100], [100, 0]]
        with self.assertRefused("lower score", error=ValidationError):
            self._as(self.template, "chief").action_save_draft(rules)

    def test_draft_of_a_draft_is_one_of_the_template(self):
        draft = self._draft(otd=30)
        action = self._as(draft, "chief").action_save_draft(self._rules(otd=40))
        second = draft.browse(action["res_id"])
        self.assertEqual(second.draft_of_id, self.template)

    def test_nothing_is_evaluated_by_it(self):
        draft = self._draft(otd=30)
        evaluations = self.env["supplier.evaluation"]
        with self.assertRefused("is a draft", error=ValidationError):
            self._evaluate(draft)
        draft.with_user(self.people["chief"]).is_scheduled = True
        self.assertFalse(
            [item for item in evaluations._due_evaluations() if item[0] == draft]
        )
        self.assertFalse(
            [item for item in evaluations._running_periods() if item[0] == draft]
        )

    def test_used_it_is_a_template(self):
        draft = self._as(self._draft(otd=30), "chief")
        draft.action_use_draft()
        self.assertTrue(draft.active)
        self.assertFalse(draft.is_draft or draft.is_scheduled)
        self.assertEqual(draft.draft_of_id.id, self.template.id)
        self._evaluate(draft.sudo())
        with self.assertRefused("is no draft"):
            draft.action_use_draft()

    def test_archived_template_is_no_draft(self):
        self.template.action_archive()
        self.assertFalse(self.template.is_draft)
        self.template.action_unarchive()
        self.assertFalse(self.template.is_draft)

    def test_who_may(self):
        for person in ("evaluator", "asked", "elsewhere"):
            with self.subTest(person=person), self.assertRaises(AccessError):
                self._draft(person)
        draft = self._draft()
        with self.assertRaises(AccessError):
            self._as(draft, "evaluator").action_use_draft()
        with self.assertRefused("cannot be written directly"):
            self._as(draft, "chief").is_draft = False

    def test_draft_of_a_shared_template_is_of_ones_own_company(self):
        """Who does not act in every company makes no template for all of them."""
        self.template.company_id = False
        self.assertEqual(self._draft().company_id, self.company)
        self.people["chief"].company_ids = self.env["res.company"].search([])
        self.assertFalse(self._draft().company_id)
