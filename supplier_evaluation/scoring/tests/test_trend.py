# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import math
import unittest

from hypothesis import given
from hypothesis import strategies as st

from .. import Trend, exceeds_interval, round_score, trend

scores = st.floats(0, 100)
stored_scores = st.integers(0, 10_000).map(lambda hundredths: hundredths / 100)
OPPOSITE = {"up": "down", "down": "up", "flat": "flat"}


class TestTrend(unittest.TestCase):
    def test_directions(self):
        self.assertEqual(trend(80.51, 80.0), Trend(0.51, "up"))
        self.assertEqual(trend(79.49, 80.0), Trend(-0.51, "down"))
        self.assertEqual(trend(80.0, 80.0), Trend(0.0, "flat"))

    def test_dead_band_is_inclusive_and_free_of_noise(self):
        # 83.7 - 83.2 is 0.5 and 70.1 - 69.6 is a little more, in binary.
        for score, previous in ((83.7, 83.2), (70.1, 69.6)):
            self.assertEqual(trend(score, previous), Trend(0.5, "flat"))
            self.assertEqual(trend(previous, score), Trend(-0.5, "flat"))

    def test_dead_band_can_be_set(self):
        self.assertEqual(trend(82.0, 80.0, dead_band=2).direction, "flat")
        self.assertEqual(trend(82.01, 80.0, dead_band=2).direction, "up")
        self.assertEqual(trend(80.01, 80.0, dead_band=0).direction, "up")
        self.assertEqual(trend(80.0, 80.0, dead_band=0).direction, "flat")

    def test_nothing_to_compare(self):
        for score, previous in ((80.0, None), (None, 80.0), (None, None)):
            self.assertEqual(trend(score, previous), Trend(None, "new"))

    def test_zero_is_a_score(self):
        self.assertEqual(trend(0.0, 80.0), Trend(-80.0, "down"))
        self.assertEqual(trend(80.0, 0.0), Trend(80.0, "up"))

    def test_refused_arguments(self):
        for arguments in ((math.nan, 80.0), (80.0, math.inf), (80.0, 80.0, -1)):
            with self.subTest(arguments), self.assertRaises(ValueError):
                trend(*arguments)
        with self.assertRaises(ValueError):
            trend(80.0, 80.0, math.nan)

    @given(scores, scores)
    def test_is_antisymmetric(self, score, previous):
        there, back = trend(score, previous), trend(previous, score)
        self.assertEqual(there.delta, -back.delta)
        self.assertEqual(there.direction, OPPOSITE[back.direction])

    @given(scores, scores)
    def test_delta_is_that_of_the_stored_scores(self, score, previous):
        self.assertAlmostEqual(
            trend(score, previous).delta, round_score(score) - round_score(previous)
        )


class TestExceedsInterval(unittest.TestCase):
    """Only what is more than chance is news."""

    def test_half_of_the_width_decides(self):
        for delta in (5.01, -5.01):
            self.assertTrue(exceeds_interval(75.0, 75.0 - delta, 70.0, 80.0))
        for delta in (5.0, 0.0, -5.0):
            self.assertFalse(exceeds_interval(75.0, 75.0 - delta, 70.0, 80.0))

    def test_what_is_cut_off_at_100_is_as_long_below(self):
        self.assertFalse(exceeds_interval(98.14, 91.5, 87.96, 100.0))
        self.assertTrue(exceeds_interval(98.14, 87.95, 87.96, 100.0))

    def test_is_free_of_noise(self):
        # In binary, 70.3 - 60.1 is a little less than 10.2.
        self.assertFalse(exceeds_interval(65.2, 65.2 - 5.1, 60.1, 70.3))
        self.assertTrue(exceeds_interval(65.2, 65.2 - 5.11, 60.1, 70.3))

    def test_a_full_count_has_no_chance(self):
        self.assertTrue(exceeds_interval(70.0, 69.99, 70.0, 70.0))
        self.assertFalse(exceeds_interval(70.0, 70.0, 70.0, 70.0))

    def test_what_is_not_known(self):
        self.assertFalse(exceeds_interval(None, 70.0, 60.0, 80.0))
        self.assertFalse(exceeds_interval(70.0, None, 60.0, 80.0))
        self.assertTrue(exceeds_interval(70.0, 69.0, None, None))
        self.assertFalse(exceeds_interval(70.0, 70.0, None, None))

    @given(stored_scores, stored_scores, stored_scores, stored_scores)
    def test_is_the_same_in_both_directions(self, score, previous, one, other):
        low, high = sorted((one, other))
        self.assertEqual(
            exceeds_interval(score, previous, low, high),
            exceeds_interval(100 - score, 100 - previous, 100 - high, 100 - low),
        )
