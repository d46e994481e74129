from datetime import date

from freezegun import freeze_time

from odoo.tests import tagged

from .common import StageCommon


@tagged("post_install", "-at_install")
class TestStageFunnel(StageCommon):
    """Four suppliers that came into screening in January, one in February."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        names = ("fast", "slow", "gone", "stuck", "late")
        cls.vendors = {name: cls._create_supplier(name) for name in names}
        cls._story("fast", screening="2026-01-05", trial="2026-01-15")
        cls._story(
            "slow",
            screening="2026-01-06",
            potential="2026-01-26",
            approved="2026-02-05",
        )
        cls._story("gone", screening="2026-01-07", blocked="2026-01-08")
        cls._story("stuck", screening="2026-01-08")
        cls._story("late", screening="2026-02-20")
        cls.env["supplier.stage"].search([]).write({"conversion_target": 0})
        cls.stages["screening"].write({"conversion_target": 60, "days_target": 60})
        cls.env.flush_all()

    @classmethod
    def _story(cls, name, **stages):
        for code, day in stages.items():
            cls._move(code, day, partner=cls.vendors[name])

    def _rows(self, code="screening", now="2026-03-01 12:00:00"):
        with freeze_time(now):
            self.env.invalidate_all()
            rows = self.env["supplier.stage.funnel"].search(
                [
                    ("stage_id", "=", self.stages[code].id),
                    ("company_id", "=", self.company.id),
                ],
                order="date",
            )
            rows.read()
        return rows

    def test_one_month(self):
        row = self._rows()[0]
        self.assertEqual(row.date, date(2026, 1, 1))
        self.assertEqual(row.entered, 4)
        # One went on at once, one by a way back.
        self.assertEqual(row.went_on, 2)
        # One is still there, 52 of 60 days.
        self.assertEqual(row.in_time, 1)
        self.assertEqual(row.left_path, 1)
        self.assertEqual(row.decided, 3)
        self.assertAlmostEqual(row.conversion, 2 / 3)
        self.assertAlmostEqual(row.gap, 2 / 3 - 0.6)
        self.assertFalse(row.is_weak)
        # 10, 20 and 1 day.
        self.assertAlmostEqual(row.days_median, 10)

    def test_who_is_too_slow_did_not_go_on(self):
        row = self._rows(now="2026-03-10 12:00:00")[0]
        self.assertEqual((row.in_time, row.left_path), (0, 2))
        self.assertAlmostEqual(row.conversion, 0.5)
        self.assertAlmostEqual(row.gap, -0.1)
        self.assertTrue(row.is_weak)

    def test_nothing_decided_is_not_weak(self):
        row = self._rows()[1]
        self.assertEqual((row.date, row.entered), (date(2026, 2, 1), 1))
        self.assertEqual(row.decided, 0)
        self.assertFalse(row.conversion)
        self.assertFalse(row.is_weak)

    def test_no_benchmark_no_mark(self):
        self.stages["screening"].conversion_target = 0
        row = self._rows(now="2026-03-10 12:00:00")[0]
        self.assertAlmostEqual(row.conversion, 0.5)
        self.assertFalse(row.is_weak)

    def test_exactly_the_benchmark(self):
        self.stages["screening"].conversion_target = 50
        self.assertFalse(self._rows(now="2026-03-10 12:00:00")[0].is_weak)

    def test_all_months_together(self):
        """A total counts suppliers; it is no mean of means, nor of medians."""
        with freeze_time("2026-06-01 12:00:00"):
            self.env.invalidate_all()
            ((conversion, gap, days, entered),) = self.env[
                "supplier.stage.funnel"
            ]._read_group(
                [
                    ("stage_id", "=", self.stages["screening"].id),
                    ("company_id", "=", self.company.id),
                ],
                aggregates=[
                    "conversion:avg",
                    "gap:avg",
                    "days_median:avg",
                    "entered:sum",
                ],
            )
        self.assertEqual(entered, 5)
        self.assertAlmostEqual(conversion, 2 / 5)
        self.assertAlmostEqual(gap, 2 / 5 - 0.6)
        self.assertAlmostEqual(days, 10)

    def test_supplier_counts_once(self):
        self._story("slow", screening="2026-03-05")
        rows = self._rows(now="2026-03-10 12:00:00")
        self.assertEqual(rows.mapped("entered"), [4, 1])

    def test_last_stage_converts_nobody(self):
        self.stages["preferred"].write(
            {"needs_certification": False, "min_grade_id": False}
        )
        self._story("fast", preferred="2026-03-01")
        row = self._rows("preferred", "2026-06-10 12:00:00")
        self.assertEqual((row.entered, row.decided), (1, 0))
        self.assertFalse(row.is_weak)

    def test_off_the_path_is_no_step(self):
        self.assertFalse(self._rows("blocked"))

    def test_month_is_local(self):
        """23:00 UTC of the last day of March is April in Shanghai."""
        vendor = self._create_supplier("Night")
        self._move("screening", "2026-03-31 23:00:00", partner=vendor)
        row = self._rows(now="2026-04-10 12:00:00")[-1]
        self.assertEqual(row.date, date(2026, 4, 1))
        action = row.action_open_changes()
        changes = self.env[action["res_model"]].search(action["domain"])
        self.assertEqual(changes.partner_id, vendor)

    def test_archived_vendor_stays_in_the_history(self):
        self.vendors["gone"].active = False
        self.assertEqual(self._rows()[0].entered, 4)

    def test_rows_open_their_changes(self):
        action = self._rows()[0].action_open_changes()
        changes = self.env[action["res_model"]].search(action["domain"])
        self.assertEqual(
            set(changes.partner_id.mapped("name")), {"fast", "slow", "gone", "stuck"}
        )
        self.assertEqual(changes.stage_to_id, self.stages["screening"])

    def test_companies(self):
        self._move("screening", "2026-01-09", company=self.elsewhere)
        self.assertEqual(self._rows()[0].entered, 4)
        funnel = self._as(self.env["supplier.stage.funnel"], "stranger")
        self.assertEqual(funnel.search([]).mapped("entered"), [1])
