from datetime import date

from freezegun import freeze_time

from odoo.tests import tagged

from ...common import BUYER, SupplierEvaluationCommon
from ...scheduled import SCHEDULED

TEXT = "So far in March 2026: 100.0 (provisional: too little evidence yet)"


@tagged("post_install", "-at_install")
class TestRunning(SupplierEvaluationCommon):
    """March while it runs, after a February that is published: 0 then, 100 so far."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.cron = cls.env.ref(
            "supplier_evaluation.ir_cron_supplier_evaluation_running"
        )
        cls.closing = cls.env.ref("supplier_evaluation.ir_cron_supplier_evaluation")
        cls.env["supplier.scorecard.template"].search([]).active = False
        cls.template = cls._create_template(
            "Monthly", ["otd"], auto_publish=True, date_start=date(2026, 2, 1)
        )
        cls.reader = cls._create_user("running_reader", BUYER)
        cls._order(10, 5, "2026-02-10", "2026-02-01")
        cls._receive(cls._order(10, 5, "2026-03-10"), "2026-03-10")
        cls._order(10, 5, "2026-03-28")
        cls.env.flush_all()

    def _run(self, now="2026-03-20 01:00:00", cron=None):
        with freeze_time(now), self.enter_registry_test_mode():
            (cron or self.cron).method_direct_trigger()
        self.env.invalidate_all()

    def _evaluations(self, *domain):
        return self.env["supplier.evaluation"].search(
            [("template_id", "=", self.template.id), *domain]
        )

    def _running(self, now="2026-03-20 02:00:00"):
        with freeze_time(now):
            return self.env["supplier.evaluation"]._running(self.company)

    def _vendor(self):
        return self._as(self.supplier, self.reader).with_company(self.company)

    def test_each_night(self):
        self._run("2026-03-09 01:00:00")
        run = self._running("2026-03-09 02:00:00")
        self.assertTrue(run.is_preview)
        self.assertFalse(run.scorecard_ids)
        self._run()
        self.assertEqual(self._running(), run)
        self.assertEqual(run.scorecard_ids.score, 100)
        self.assertEqual(len(self._evaluations()), 1)

    def test_also_where_somebody_looked_at_fewer_days(self):
        self._run()
        run = self._running()
        run.cutoff = "2026-03-05 12:00:00"
        self._run("2026-03-21 01:00:00")
        self.assertEqual(str(run.cutoff), "2026-03-21 01:00:00")

    def test_the_first_hours_of_a_month(self):
        """In Shanghai it is April, where Odoo's clock says the 31st of March."""
        self._run("2026-03-31 17:00:00")
        run = self._running("2026-03-31 17:00:00")
        self.assertEqual(run.date_from, date(2026, 4, 1))

    def test_other_periods(self):
        for period, first, last in (
            ("year", date(2026, 1, 1), date(2026, 12, 31)),
            ("rolling_90", date(2026, 1, 1), date(2026, 3, 31)),
            ("week", date(2026, 3, 16), date(2026, 3, 22)),
        ):
            with self.subTest(period=period):
                self.template.period = period
                self._run()
                run = self._running()
                self.assertEqual((run.date_from, run.date_to), (first, last))

    def test_who_is_not_looked_at(self):
        for vals in (
            {"is_live": False},
            {"is_live": True, "is_scheduled": False},
            {"is_scheduled": True, "date_start": date(2026, 4, 1)},
        ):
            with self.subTest(vals=vals):
                self.template.write(vals)
                self._run()
                self.assertFalse(self._evaluations())

    def test_is_replaced_when_the_period_is_over(self):
        self._run()
        run = self._running()
        self._run("2026-04-10 12:00:00", self.closing)
        self.assertEqual(self._evaluations(("date_to", "=", "2026-03-31")), run)
        self.assertEqual(run.state, "published")
        self.assertEqual(run.scorecard_ids.score, 50)
        self.assertFalse(self._running("2026-04-10 12:00:00"))

    def test_one_that_was_not_replaced_yet_is_none(self):
        self._run()
        self.assertFalse(self._running("2026-04-02 12:00:00"))

    def test_never_counts(self):
        """Neither for the vendor nor as the period before, nor in the figures."""
        self._run("2026-03-06 12:00:00", self.closing)
        february = self._evaluations()
        self.assertEqual(february.state, "published")
        self._run()
        run = self._running()
        card, last = run.scorecard_ids, february.scorecard_ids
        self.assertEqual(card.previous_id, last)
        self.assertTrue(february.is_latest)
        self.assertFalse(run.is_latest)
        vendor = self._vendor()
        self.assertEqual(vendor.supplier_scorecard_id, last)
        self.assertEqual(vendor.supplier_score, 0)
        self.assertEqual(vendor.supplier_scorecard_ids, last)
        self.assertEqual(vendor.supplier_scorecard_count, 1)
        with self.assertRefused("is a preview"):
            run.action_publish()
        self._run("2026-04-02 12:00:00")
        april = self._running("2026-04-02 12:30:00")
        self.assertNotIn(card, april.scorecard_ids.previous_id)
        overview = self._as(self.env["supplier.scorecard"], self.reader)
        self.assertEqual(overview._choose(None, None).history, february)

    @freeze_time("2026-03-20 02:00:00")
    def test_beside_what_was_published(self):
        self._run("2026-03-06 12:00:00", self.closing)
        self._run()
        with freeze_time("2026-03-20 02:00:00"):
            vendor = self._vendor()
            card = self._running().scorecard_ids
            self.assertEqual(vendor.supplier_so_far_id.id, card.id)
            self.assertEqual(vendor.supplier_score_so_far, 100)
            self.assertEqual(vendor.supplier_grade_so_far_id.id, card.grade_id.id)
            self.assertEqual(vendor.supplier_so_far_text, TEXT)
            last = vendor.supplier_scorecard_id
            self.assertEqual(last.so_far_text, TEXT)
            self.assertEqual(last.action_open_so_far()["res_id"], card.id)
            self.assertFalse(card.so_far_id)
            contact = self._create_contact("Desk")
            self.assertEqual(self._as(contact, self.reader).supplier_score_so_far, 100)

    def test_no_data_is_not_zero(self):
        stranger = self._create_supplier("Stranger")
        self._run()
        with freeze_time("2026-03-20 02:00:00"):
            vendor = self._as(stranger, self.reader)
            self.assertIs(vendor.supplier_score_so_far, False)
            self.assertFalse(vendor.supplier_so_far_text)

    def test_each_company_has_its_own(self):
        other = self._create_company("Elsewhere", "America/New_York", "USD")
        self.template.company_id = False
        self._run()
        with freeze_time("2026-03-20 02:00:00"):
            runs = self.env["supplier.evaluation"]._running(self.company | other)
            self.assertEqual(runs.company_id, self.company | other)
            self.assertFalse(self.supplier.with_company(other).supplier_score_so_far)

    def test_filter(self):
        self._run()
        with freeze_time("2026-03-20 02:00:00"):
            found = self._evaluations(("is_running", "=", True))
            self.assertEqual(found, self._running())
            self.assertTrue(found.is_running)
        with freeze_time("2026-04-20 02:00:00"):
            self.env.invalidate_all()
            self.assertFalse(self._evaluations(("is_running", "=", True)))
            self.assertFalse(found.is_running)

    def test_on_demand(self):
        with freeze_time("2026-03-20 02:00:00"):
            action = self.template.action_look_at_running()
            self.assertEqual(action["res_id"], self._running().id)
            reader = self._as(self.template, self.reader)
            with self.assertRefused("not allowed to modify"):
                reader.action_look_at_running()

    def test_one_that_fails_stops_no_other(self):
        broken = self._create_template("Broken", ["otd"])
        broken.line_ids.unlink()
        broken.sequence = 1
        with (
            self.assertLogs(SCHEDULED, "WARNING"),
            self._failing(self.cron, "has no KPI"),
        ):
            self._run()
        self.assertIn("has no KPI", broken.running_error)
        self.assertFalse(broken.last_error)
        self.assertEqual(self._running().template_id, self.template)
        broken.is_live = False
        self._run("2026-03-21 01:00:00")
        self.assertFalse(self.template.running_error)

    def test_statements_of_vendors(self):
        """However many vendors are read."""
        more = [self._create_supplier(f"More {index}") for index in range(20)]
        for partner in more:
            self._receive(
                self._order(1, 1, "2026-03-09", partner=partner), "2026-03-09"
            )
        self._run()
        names = ["supplier_score_so_far", "supplier_so_far_text"]
        vendors = self._as(self.supplier.union(*more), self.reader)
        with freeze_time("2026-03-20 02:00:00"):
            vendors.read(names)
            few, many = (
                self._statements_of(lambda some=some: some.read(names))
                for some in (vendors[:3], vendors)
            )
        self.assertEqual(few, many)
        self.assertEqual(vendors[-1].supplier_score_so_far, 100)
