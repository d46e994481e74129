from datetime import date, datetime

from freezegun import freeze_time

from odoo.tests import tagged

from ..common import SupplierEvaluationCommon

MIDDLE = "2026-03-26 04:00:00"
# April begins in Shanghai.
END = datetime(2026, 3, 31, 16, 0)


@tagged("post_install", "-at_install")
class TestPreview(SupplierEvaluationCommon):
    """March, looked at before it is over: a late delivery of the 28th is missing."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.cron = cls.env.ref("supplier_evaluation.ir_cron_supplier_evaluation")
        cls.env["supplier.scorecard.template"].search([]).active = False
        cls.template = cls._create_template("Monthly", ["otd"], auto_publish=True)
        line = cls._order(10, 5, "2026-03-10")
        cls._receive(line, "2026-03-10")
        cls._order(10, 5, "2026-03-28")
        cls.env.flush_all()

    def _preview(self, **vals):
        vals.setdefault("cutoff", False)
        with freeze_time(MIDDLE):
            evaluation = self.env["supplier.evaluation"].create(
                {
                    "template_id": self.template.id,
                    "company_id": self.company.id,
                    "date_from": date(2026, 3, 1),
                    "date_to": date(2026, 3, 31),
                    **{name: value for name, value in vals.items() if value},
                }
            )
            evaluation.action_compute()
        return evaluation

    def _run(self, now="2026-04-10 12:00:00"):
        with freeze_time(now), self.enter_registry_test_mode():
            self.cron.method_direct_trigger()
        self.env.invalidate_all()

    def _evaluations(self):
        return self.env["supplier.evaluation"].search(
            [("template_id", "=", self.template.id)]
        )

    def test_computed_before_the_end(self):
        evaluation = self._preview()
        self.assertTrue(evaluation.is_preview)
        self.assertTrue(evaluation.scorecard_ids.is_preview)
        self.assertEqual(evaluation.scorecard_ids.score, 100)
        self.assertEqual(evaluation.search([("is_preview", "=", True)]), evaluation)

    def test_draft_of_a_running_period_is_none(self):
        with freeze_time(MIDDLE):
            draft = self.env["supplier.evaluation"].create(
                {
                    "template_id": self.template.id,
                    "company_id": self.company.id,
                    "date_from": date(2026, 3, 1),
                    "date_to": date(2026, 3, 31),
                }
            )
        self.assertFalse(draft.is_preview)

    def test_the_end_is_that_of_the_company(self):
        evaluation = self._preview()
        for cutoff, expected in (
            (datetime(2026, 3, 31, 15, 59, 59), True),
            (END, False),
        ):
            evaluation.cutoff = cutoff
            self.assertEqual(evaluation.is_preview, expected)

    def test_what_is_published_stays_none(self):
        """The company moves to the west, where its period ends later."""
        evaluation = self._preview()
        evaluation.cutoff = END
        with freeze_time("2026-04-02"):
            evaluation.action_compute()
            evaluation.action_publish()
        self.company.partner_id.tz = "America/New_York"
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertFalse(evaluation.is_preview)
        self.assertFalse(evaluation.scorecard_ids.is_preview)
        self.assertFalse(evaluation.search([("is_preview", "=", True)]))

    def test_is_not_published(self):
        """Neither while the period runs, nor later, without another look."""
        evaluation = self._preview()
        for now in (MIDDLE, "2026-04-10 12:00:00"):
            with freeze_time(now), self.assertRefused("is a preview.*04/01/2026"):
                evaluation.action_publish()
        self.assertEqual(evaluation.state, "computed")
        vendor = self.supplier.with_company(self.company)
        self.assertFalse(vendor.supplier_scorecard_id)

    def test_not_even_if_the_cut_off_was_chosen(self):
        evaluation = self._preview(cutoff=datetime(2026, 3, 20))
        with freeze_time("2026-04-10"):
            evaluation.action_compute()
            with self.assertRefused("is a preview"):
                evaluation.action_publish()
            evaluation.cutoff = END
            evaluation.action_compute()
            evaluation.action_publish()
        self.assertEqual(evaluation.state, "published")
        self.assertEqual(evaluation.scorecard_ids.score, 50)

    def test_computed_again_after_the_end(self):
        evaluation = self._preview()
        with freeze_time("2026-04-02"):
            evaluation.action_compute()
            self.assertFalse(evaluation.is_preview)
            evaluation.action_publish()
        self.assertEqual(evaluation.scorecard_ids.score, 50)

    def test_said_in_the_language_of_the_company(self):
        self.env["res.lang"]._activate_lang("de_DE")
        self.company.partner_id.lang = "de_DE"
        evaluation = self._preview()
        self._run()
        told = "".join(evaluation.message_ids.mapped("body"))
        self.assertNotIn("was a preview", told)
        self.assertIn("Vorschau", told)

    def test_scheduler_does_the_real_one(self):
        for vals in ({}, {"cutoff": datetime(2026, 3, 20)}):
            with self.subTest(vals=vals):
                evaluation = self._preview(**vals)
                self._run()
                self.assertEqual(evaluation.state, "published")
                self.assertFalse(evaluation.is_preview)
                self.assertEqual(evaluation.cutoff, datetime(2026, 4, 4, 16, 0))
                self.assertEqual(evaluation.scorecard_ids.score, 50)
                self.assertEqual(self._evaluations(), evaluation)
                told = "".join(evaluation.message_ids.mapped("body"))
                self.assertIn("was a preview", told)
                self.assertFalse(self.template.last_error)
                self.template = self._create_template("M2", ["otd"], auto_publish=True)

    def test_scheduler_waits_for_the_grace_days(self):
        evaluation = self._preview()
        self._run("2026-04-02 12:00:00")
        self.assertEqual((evaluation.state, evaluation.is_preview), ("computed", True))
        self.assertEqual(evaluation.scorecard_ids.score, 100)

    def test_scheduler_takes_a_draft_with_an_early_cut_off(self):
        evaluation = self._preview(cutoff=datetime(2026, 3, 20))
        evaluation.cutoff = datetime(2026, 3, 21)
        self.assertEqual(evaluation.state, "draft")
        self._run()
        self.assertEqual(evaluation.state, "published")
        self.assertEqual(evaluation.scorecard_ids.score, 50)

    def test_scheduler_leaves_what_was_computed_after_the_end(self):
        evaluation = self._preview()
        with freeze_time("2026-04-02"):
            evaluation.action_compute()
        computed = evaluation.date_computed
        self._run()
        self.assertEqual(evaluation.date_computed, computed)
        self.assertEqual(evaluation.state, "computed")

    def test_running_period_is_not_published_by_the_way(self):
        """Also where a period is evaluated as the scheduler does it."""
        with freeze_time(MIDDLE):
            self.env["supplier.evaluation"]._evaluate_period(
                self.template, self.company, date(2026, 3, 1), date(2026, 3, 31)
            )
        self.assertEqual(self._evaluations().state, "computed")
        self.assertTrue(self._evaluations().is_preview)

    def test_revision_has_a_cut_off_of_its_own(self):
        evaluation = self._preview()
        evaluation.cutoff = END
        with freeze_time("2026-04-02"):
            evaluation.action_compute()
            evaluation.action_publish()
            action = evaluation.action_revise()
        revision = evaluation.browse(action["res_id"])
        self.assertEqual(evaluation.cutoff, END)
        self.assertEqual(revision.cutoff, datetime(2026, 4, 4, 16, 0))
