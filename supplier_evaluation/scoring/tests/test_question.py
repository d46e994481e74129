# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What the sums of one supplier mean."""

import unittest

from .. import KpiQuestion


class TestQuestion(unittest.TestCase):
    def test_weighted_share(self):
        question = KpiQuestion(
            "otd",
            "ratio",
            "on_time_weighted:sum",
            "weight:sum",
            "weight:count",
            unweighted="on_time_share:sum",
            is_weighted=True,
            factor=100.0,
            share=True,
        )
        self.assertIn("weight_square:sum", question.aggregates())
        values = {
            "weight:count": 2,
            "on_time_weighted:sum": 30.0,
            "weight:sum": 40.0,
            "weight_square:sum": 1000.0,
            "on_time_share:sum": 1.0,
        }
        measure = question.measure(values)
        self.assertEqual((measure.value, measure.n, measure.n_eff), (75.0, 2, 1.6))
        self.assertLess(measure.low, 75.0)
        free = {**values, "weight:sum": 0.0, "on_time_weighted:sum": 0.0}
        self.assertEqual(question.measure(free).value, 50.0)

    def test_ratio_of_different_records(self):
        question = KpiQuestion("ack", "ratio", "acknowledged", "orders", factor=100.0)
        measure = question.measure({"acknowledged": 1, "orders": 4})
        self.assertEqual((measure.value, measure.n), (25.0, 4))
        nothing = question.measure({"acknowledged": 0, "orders": 0})
        self.assertIsNone(nothing.value)

    def test_ratio_of_amounts_counts_its_records(self):
        question = KpiQuestion("r", "ratio", "back", "came", "receipts", factor=100.0)
        measure = question.measure({"back": 120.0, "came": 6640.0, "receipts": 9})
        self.assertAlmostEqual(measure.value, 1.8072, 4)
        self.assertEqual((measure.n, measure.n_eff), (9, 9.0))
        self.assertIsNone(measure.low)

    def test_mean_and_variation_count_their_values(self):
        values = {"days": 12.0, "squares": 80.0, "values": 2}
        mean = KpiQuestion("lead", "mean", "days", counted="values")
        self.assertEqual((mean.measure(values).value, mean.measure(values).n), (6.0, 2))
        spread = KpiQuestion("cv", "cv", "days", "squares", "values", factor=100.0)
        self.assertAlmostEqual(spread.measure(values).value, 47.1405, 4)
        none = {**values, "days": None, "squares": None, "values": 0}
        self.assertIsNone(mean.measure(none).value)
        self.assertIsNone(spread.measure(none).value)

    def test_sum_and_count(self):
        values = {"__count": 3, "quantity": 30.0}
        self.assertEqual(KpiQuestion("n", "count").measure(values).value, 3.0)
        self.assertEqual(KpiQuestion("q", "sum", "quantity").measure(values).value, 30)
