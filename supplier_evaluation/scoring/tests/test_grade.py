# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import math
import unittest
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from .. import grade_index, round_score

GRADES = (90, 80, 60, 0)

scores = st.floats(0, 100)
thresholds = st.lists(st.integers(1, 10000), min_size=0, max_size=6, unique=True).map(
    lambda cents: [*(c / 100 for c in sorted(cents, reverse=True)), 0]
)


class TestRoundScore(unittest.TestCase):
    def test_half_up_of_what_is_printed(self):
        for score, stored in (
            (80.035, 80.04),  # the float is less than 80.035
            (1.005, 1.01),
            (0.125, 0.13),
            (0.135, 0.14),
            (89.994999, 89.99),
            (89.995, 90.0),
            (100, 100.0),
            (1e-7, 0.0),
            (-0.125, -0.13),
        ):
            with self.subTest(score):
                self.assertEqual(round_score(score), stored)

    def test_there_is_no_negative_zero(self):
        self.assertEqual(math.copysign(1, round_score(-0.001)), 1)

    def test_not_a_number(self):
        for score in (math.nan, math.inf, -math.inf):
            with self.assertRaises(ValueError):
                round_score(score)

    @given(scores)
    def test_is_the_nearest_and_stays(self, score):
        stored = round_score(score)
        self.assertEqual(round_score(stored), stored)
        self.assertTrue(0 <= stored <= 100)
        printed = Decimal(repr(stored))
        self.assertEqual(printed, round(printed, 2))
        distance = printed - Decimal(repr(score))
        self.assertTrue(Decimal("-0.005") < distance <= Decimal("0.005"))


class TestGradeIndex(unittest.TestCase):
    def test_borders(self):
        for score, index in (
            (100, 0),
            (90, 0),
            (89.995, 0),
            (89.994, 1),
            (80, 1),
            (79.99, 2),
            (60, 2),
            (59.994, 3),
            (0, 3),
        ):
            with self.subTest(score):
                self.assertEqual(grade_index(score, GRADES), index)

    def test_gate_caps_and_never_lifts(self):
        self.assertEqual(grade_index(95, GRADES, gated=True), 3)
        self.assertEqual(grade_index(95, GRADES, gated=True, cap=1), 1)
        self.assertEqual(grade_index(65, GRADES, gated=True, cap=1), 2)
        self.assertEqual(grade_index(95, GRADES, gated=True, cap=0), 0)

    def test_cap_needs_the_gate(self):
        self.assertEqual(grade_index(95, GRADES, cap=2), 0)

    def test_single_grade(self):
        self.assertEqual(grade_index(42, (0,)), 0)

    def test_broken_thresholds(self):
        for broken in ((), (90, 80), (80, 90, 0), (90, 90, 0), (90, 0, 0), (90, -1)):
            with self.subTest(broken), self.assertRaises(ValueError):
                grade_index(95, broken)

    def test_arguments_out_of_range(self):
        for score in (-0.01, 100.01, math.nan):
            with self.subTest(score), self.assertRaises(ValueError):
                grade_index(score, GRADES)
        for cap in (-1, 4):
            with self.subTest(cap), self.assertRaises(ValueError):
                grade_index(50, GRADES, gated=True, cap=cap)

    @given(scores, thresholds)
    def test_every_score_has_exactly_one_grade(self, score, minima):
        index = grade_index(score, minima)
        ceilings = [math.inf, *minima[:-1]]
        stored = round_score(score)
        grades = [
            i
            for i, (low, high) in enumerate(zip(minima, ceilings, strict=True))
            if low <= stored < high
        ]
        self.assertEqual([index], grades)

    @given(scores, scores, thresholds, st.booleans())
    def test_better_score_has_no_worse_grade(self, one, other, minima, gated):
        worse, better = sorted((one, other))
        self.assertLessEqual(
            grade_index(better, minima, gated), grade_index(worse, minima, gated)
        )

    @given(scores, thresholds, st.data())
    def test_gate_never_improves(self, score, minima, data):
        cap = data.draw(st.none() | st.integers(0, len(minima) - 1))
        free = grade_index(score, minima)
        capped = grade_index(score, minima, gated=True, cap=cap)
        limit = len(minima) - 1 if cap is None else cap
        self.assertEqual(capped, sorted((free, limit))[1])
