from datetime import date

from odoo.tests import tagged

from ...scoring.period import period_of
from ...tools.periods import period_label
from ..scorecard.common import ThreeSuppliersCommon


@tagged("post_install", "-at_install")
class TestPeriodLabel(ThreeSuppliersCommon):
    """A period is named as its reader says it, with the year."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("zh_CN")

    def _label(self, kind, day, lang="en_US"):
        env = self.env(context={**self.env.context, "lang": lang})
        return period_label(env, *period_of(kind, day))

    def test_in_english(self):
        for kind, day, expected in (
            ("month", date(2026, 10, 5), "October 2026"),
            ("month", date(2024, 2, 29), "February 2024"),
            ("quarter", date(2026, 5, 20), "2nd quarter 2026"),
            ("half", date(2026, 6, 30), "First half of 2026"),
            ("half", date(2026, 7, 1), "Second half of 2026"),
            ("year", date(2026, 7, 1), "2026"),
            ("week", date(2026, 1, 1), "12/29/2025 – 01/04/2026"),
            ("rolling_90", date(2026, 4, 15), "01/31/2026 – 04/30/2026"),
            ("rolling_365", date(2026, 3, 15), "04/01/2025 – 03/31/2026"),
        ):
            with self.subTest(kind=kind, day=day):
                self.assertEqual(self._label(kind, day), expected)

    def test_in_chinese(self):
        for kind, day, expected in (
            ("month", date(2026, 10, 5), "2026年10月"),
            ("quarter", date(2026, 5, 20), "2026年第2季度"),
            ("year", date(2026, 7, 1), "2026年"),
            ("week", date(2026, 1, 1), "2025/12/29 – 2026/01/04"),
        ):
            with self.subTest(kind=kind, day=day):
                self.assertEqual(self._label(kind, day, "zh_CN"), expected)

    def test_rolling_days_that_are_a_calendar_period(self):
        """What is named is the days, whatever they were made by."""
        self.assertEqual(self._label("rolling_365", date(2025, 12, 9)), "2025")
        self.assertEqual(
            self._label("rolling_90", date(2025, 3, 9)), "1st quarter 2025"
        )

    def test_unknown(self):
        self.assertEqual(period_label(self.env, False, date(2026, 1, 1)), "")
        self.assertEqual(self.env["supplier.evaluation"].new({}).period_label, "")

    def test_in_the_language_of_the_reader(self):
        evaluation = self._evaluate()
        card = self._card(evaluation)
        for record in (evaluation, card, card.line_ids[0], card.dimension_ids[0]):
            self.assertEqual(record.period_label, "March 2026")
            chinese = record.with_context(lang="zh_CN")
            self.assertEqual(chinese.period_label, "2026年3月")
        self.assertEqual(card.display_name, "Golden Supplier, March 2026")
