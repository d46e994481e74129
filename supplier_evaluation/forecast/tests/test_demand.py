# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import math
import unittest

from hypothesis import given
from hypothesis import strategies as st

from ..demand import (
    METHODS,
    SEASON,
    back_test,
    forecast_demand,
    moving_average,
    naive,
    seasonal,
    smoothing,
)

quantities = st.integers(0, 10_000)
histories = st.lists(quantities, min_size=6, max_size=48)
months = st.integers(1, 24)


class TestDemand(unittest.TestCase):
    def test_no_history_is_no_forecast(self):
        self.assertIsNone(forecast_demand([], 3))
        self.assertIsNone(forecast_demand([7] * 5, 3))
        self.assertIsNone(forecast_demand([0] * 36, 3))

    def test_constant(self):
        found = forecast_demand([8] * 30, 4)
        self.assertEqual(found.method, "moving_average")
        self.assertEqual(found.quantities, (8.0,) * 4)
        self.assertEqual((found.error, found.scaled_error), (0, None))

    def test_each_method_has_its_history(self):
        season = [10, 20, 30, 40, 50, 60, 70, 80, 90, 100, 110, 120]
        third = [0, 30, 60] * 4
        step = [10] * 20 + [100] * 4
        self.assertEqual(forecast_demand(season * 3, 1).method, "seasonal")
        self.assertEqual(forecast_demand(third, 1).method, "moving_average")
        self.assertEqual(forecast_demand(step, 1).method, "smoothing")

    def test_error_by_hand(self):
        # Means of the three months before: 2, 3 and 4; what came: 4, 5 and 9.
        self.assertAlmostEqual(
            back_test([1, 2, 3, 4, 5, 9], moving_average, 3), (2 + 2 + 5) / 3
        )

    def test_season_goes_on(self):
        year = list(range(SEASON))
        self.assertEqual(seasonal(year, 14), (*map(float, year), 0.0, 1.0))

    @given(histories, months)
    def test_within_what_was(self, history, count):
        """No method leaves the range of what was ever needed."""
        found = forecast_demand(history, count)
        if found is None:
            self.assertFalse(any(history))
            return
        self.assertEqual(len(found.quantities), count)
        for quantity in found.quantities:
            self.assertTrue(math.isfinite(quantity))
            self.assertLessEqual(quantity, max(history) * (1 + 1e-9))
            self.assertGreaterEqual(quantity, min(history) * (1 - 1e-9))

    @given(histories)
    def test_no_other_method_errs_less(self, history):
        found = forecast_demand(history, 1)
        if found:
            for method, needed in METHODS.values():
                if len(history) - needed >= found.tests:
                    error = back_test(history, method, found.tests)
                    self.assertLessEqual(found.error, error)
            scale = back_test(history, naive, found.tests)
            self.assertEqual(found.scaled_error is None, scale == 0)

    @given(histories, st.integers(2, 1000))
    def test_unit_does_not_matter(self, history, factor):
        """Pieces or dozens: the same method, and errors in the same proportion."""
        one = forecast_demand(history, 1)
        other = forecast_demand([quantity * factor for quantity in history], 1)
        self.assertEqual(one is None, other is None)
        if one:
            self.assertAlmostEqual(one.error * factor, other.error, delta=1e-6 * factor)

    @given(histories, quantities)
    def test_tests_know_the_past_only(self, history, last):
        """What comes in the end changes nothing that was forecast before it."""
        for method in (moving_average, smoothing, naive):
            with_last = back_test([*history, last], method, 1)
            expected = abs(method(history, 1)[0] - last)
            self.assertAlmostEqual(with_last, expected)
