# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import math
import unittest

from hypothesis import given
from hypothesis import strategies as st

from .. import Trend, round_score, trend

scores = st.floats(0, 100)
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
