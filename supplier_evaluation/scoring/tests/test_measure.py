# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import math
import statistics
import unittest

from hypothesis import assume, given
from hypothesis import strategies as st

from .. import Measure, effective_sample, mean, ratio, total, variation, wilson

numbers = st.floats(-1e6, 1e6)
weights = st.lists(st.floats(0.01, 1e6), min_size=1, max_size=30)


class TestMeasure(unittest.TestCase):
    def test_zero_is_a_value_and_none_is_not(self):
        self.assertTrue(Measure(0.0).has_value)
        self.assertFalse(Measure(None).has_value)

    def test_bare_measure_has_no_sample_and_no_interval(self):
        expected = Measure(None, 0.0, 0.0, 0, 0.0, None, None)
        self.assertEqual(Measure(None), expected)

    def test_is_frozen(self):
        with self.assertRaises(AttributeError):
            Measure(1.0).value = 2.0


class TestEffectiveSample(unittest.TestCase):
    def test_no_weight(self):
        self.assertEqual(effective_sample(0, 0), 0.0)

    def test_negative_sum_of_squares(self):
        with self.assertRaises(ValueError):
            effective_sample(1, -1)

    @given(weights)
    def test_lies_between_one_and_the_number_of_records(self, values):
        n_eff = effective_sample(math.fsum(values), math.fsum(w * w for w in values))
        self.assertGreaterEqual(n_eff, 1 - 1e-9)
        self.assertLessEqual(n_eff, len(values) * (1 + 1e-9))

    @given(st.floats(0.01, 1e6), st.integers(1, 1000))
    def test_equal_weights_count_fully(self, weight, n):
        n_eff = effective_sample(n * weight, n * weight * weight)
        self.assertAlmostEqual(n_eff / n, 1)

    @given(weights, st.floats(0.001, 1000))
    def test_unit_of_the_weight_does_not_matter(self, values, factor):
        n_eff = effective_sample(sum(values), sum(w * w for w in values))
        scaled = [factor * w for w in values]
        n_eff_scaled = effective_sample(sum(scaled), sum(w * w for w in scaled))
        self.assertAlmostEqual(n_eff / n_eff_scaled, 1)


class TestRatio(unittest.TestCase):
    def test_return_rate_of_set_d(self):
        measure = ratio(120, 6640, n=11, factor=100)
        self.assertEqual(f"{measure.value:.4f}", "1.8072")
        self.assertEqual((measure.numerator, measure.denominator), (120, 6640))
        self.assertEqual((measure.n, measure.n_eff), (11, 11.0))
        self.assertIsNone(measure.low)
        self.assertIsNone(measure.high)

    def test_ppm(self):
        self.assertEqual(ratio(1, 8, n=8, factor=1e6).value, 125000.0)

    def test_share_carries_the_interval_in_its_unit(self):
        measure = ratio(4140, 7640, n=11, n_eff=5.5497, factor=100, share=True)
        self.assertEqual(f"{measure.value:.4f}", "54.1885")
        self.assertEqual(f"{measure.low:.2f}", "20.56")
        self.assertEqual(f"{measure.high:.2f}", "84.39")

    def test_no_data(self):
        for numerator, denominator, n in ((0, 0, 5), (1, 0, 5), (3, 4, 0), (0, 0, 0)):
            measure = ratio(numerator, denominator, n, share=True)
            self.assertFalse(measure.has_value)
            self.assertIsNone(measure.low)
            self.assertIsNone(measure.high)
            self.assertEqual(measure.n, n)

    def test_one_record_is_data(self):
        self.assertEqual(ratio(0, 2, n=1).value, 0.0)

    def test_what_is_no_share_has_a_value_and_no_interval(self):
        for numerator in (-1, 11):
            measure = ratio(numerator, 10, n=5, share=True)
            self.assertEqual(measure.value, numerator / 10)
            self.assertIsNone(measure.low)
            self.assertIsNone(measure.high)

    def test_rounding_of_a_sum_is_not_an_error(self):
        above = ratio(1 + 1e-12, 1, n=3, factor=100, share=True)
        self.assertEqual((above.value, above.high), (100.0, 100.0))
        below = ratio(-1e-12, 1, n=3, factor=100, share=True)
        self.assertEqual((below.value, below.low), (0.0, 0.0))

    def test_without_effective_sample_there_is_no_interval(self):
        measure = ratio(1, 2, n=3, n_eff=0, share=True)
        self.assertEqual(measure.value, 0.5)
        self.assertIsNone(measure.low)

    @given(st.floats(0, 1), st.floats(0.01, 1e9), st.integers(1, 10**6))
    def test_interval_encloses_a_share(self, share, denominator, n):
        measure = ratio(share * denominator, denominator, n, factor=100, share=True)
        self.assertTrue(0 <= measure.low <= measure.value <= measure.high <= 100)
        low, high = wilson(measure.value / 100, n)
        self.assertAlmostEqual(measure.low, 100 * low)
        self.assertAlmostEqual(measure.high, 100 * high)


class TestMean(unittest.TestCase):
    def test_mean_of_days_is_no_share(self):
        self.assertEqual(mean(1, 2), Measure(0.5, 1.0, 2.0, 2, 2.0))

    def test_mean_of_nothing_is_no_data(self):
        self.assertFalse(mean(0, 0).has_value)

    def test_share_of_lines(self):
        measure = mean(10, 11, factor=100, share=True)
        self.assertEqual(f"{measure.value:.4f}", "90.9091")
        low, high = wilson(10 / 11, 11)
        self.assertAlmostEqual(measure.low, 100 * low)
        self.assertAlmostEqual(measure.high, 100 * high)

    @given(st.lists(numbers, min_size=1))
    def test_agrees_with_statistics(self, values):
        measure = mean(math.fsum(values), len(values))
        self.assertAlmostEqual(measure.value, statistics.fmean(values), places=6)
        self.assertEqual(measure.n_eff, len(values))


class TestVariation(unittest.TestCase):
    def test_lead_times_of_set_d(self):
        days = [9, 10.2, 18, 24, 25, 11, 17, 29, 8, 15]
        measure = variation(sum(days), sum(day * day for day in days), len(days))
        self.assertEqual(f"{measure.value:.4f}", "44.2962")
        self.assertAlmostEqual(measure.denominator, 16.62)
        self.assertAlmostEqual(measure.numerator, statistics.stdev(days))
        self.assertEqual((measure.n, measure.n_eff), (10, 10.0))

    def test_prices_of_set_c(self):
        # 10.00, 10.00, 10.50 and 9.50.
        measure = variation(40, 400.5, 4)
        self.assertEqual(f"{measure.value:.4f}", "4.0825")

    def test_no_data(self):
        self.assertFalse(variation(0, 0, 0).has_value)
        self.assertFalse(variation(5, 25, 1).has_value)
        self.assertFalse(variation(0, 2, 2).has_value)

    def test_two_records_are_enough(self):
        self.assertAlmostEqual(variation(4, 10, 2, factor=1).value, math.sqrt(2) / 2)

    def test_negative_remainder_of_rounding_is_no_variation(self):
        self.assertEqual(variation(3, 3 - 1e-15, 3).value, 0.0)

    def test_negative_records_do_not_look_steady(self):
        self.assertEqual(variation(-4, 10, 2).value, variation(4, 10, 2).value)

    @given(st.floats(1e-3, 1e6), st.integers(2, 500))
    def test_constant_records_do_not_vary(self, value, n):
        total_, squares = 0.0, 0.0
        for _record in range(n):  # as a database adds them up, with its rounding
            total_ += value
            squares += value * value
        self.assertEqual(variation(total_, squares, n).value, 0.0)

    @given(st.lists(st.floats(0.1, 1e4), min_size=2, max_size=50))
    def test_agrees_with_statistics(self, values):
        deviation = statistics.stdev(values) / statistics.fmean(values)
        assume(deviation > 1e-4)
        squares = math.fsum(value * value for value in values)
        measure = variation(math.fsum(values), squares, len(values), factor=1)
        self.assertAlmostEqual(measure.value / deviation, 1, places=5)


class TestTotal(unittest.TestCase):
    def test_zero_of_something_is_a_value(self):
        self.assertEqual(total(0, 1).value, 0.0)
        self.assertEqual(total(3, 7), Measure(3.0, 3.0, 1.0, 7, 7.0))

    def test_zero_of_nothing_is_no_data(self):
        self.assertFalse(total(0, 0).has_value)
