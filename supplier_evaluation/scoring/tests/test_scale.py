# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import math
import unittest
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from .. import Scale, ScaleError, ScaleProblem, check_points

RISING = ((60.0, 0.0), (80.0, 50.0), (95.0, 100.0))
FALLING = ((0.0, 100.0), (2.0, 80.0), (10.0, 0.0))

finite = st.floats(-1e12, 1e12)
any_value = st.floats(allow_nan=False)
directions = st.sampled_from([True, False])
modes = st.sampled_from(["linear", "step"])


@st.composite
def points(draw, higher_is_better=None):
    values = draw(st.lists(finite, min_size=2, max_size=8, unique=True))
    scores = draw(
        st.lists(st.floats(0, 100), min_size=len(values), max_size=len(values))
    )
    rising = draw(directions) if higher_is_better is None else higher_is_better
    pairs = zip(sorted(values), sorted(scores, reverse=not rising), strict=True)
    return tuple(pairs)


class TestLinear(unittest.TestCase):
    def test_interpolates(self):
        scale = Scale(RISING)
        self.assertEqual(scale.score(70), 25.0)
        self.assertEqual(scale.score(80), 50.0)
        self.assertEqual(scale.score(83), 60.0)

    def test_open_at_both_ends(self):
        scale = Scale(FALLING)
        for value in (-math.inf, -1, 0):
            self.assertEqual(scale.score(value), 100.0)
        for value in (10, 11, math.inf):
            self.assertEqual(scale.score(value), 0.0)

    def test_flat_segment(self):
        self.assertEqual(Scale(((0, 40), (1, 40), (2, 90))).score(0.3), 40.0)

    @given(points(), st.data())
    def test_agrees_with_the_chord(self, pairs, data):
        left, right = data.draw(st.sampled_from(list(pairwise(pairs))))
        value = data.draw(st.floats(left[0], right[0]))
        share = (value - left[0]) / (right[0] - left[0])
        expected = left[1] * (1 - share) + right[1] * share
        self.assertAlmostEqual(Scale(pairs).score(value), expected, places=9)

    @given(points())
    def test_goes_through_its_points(self, pairs):
        scale = Scale(pairs)
        for value, score in pairs:
            self.assertEqual(scale.score(value), score)


class TestStep(unittest.TestCase):
    def test_bands_are_half_open(self):
        scale = Scale(FALLING, mode="step")
        self.assertEqual(scale.score(math.nextafter(2, 0)), 100.0)
        self.assertEqual(scale.score(2), 80.0)
        self.assertEqual(scale.score(math.nextafter(10, 0)), 80.0)
        self.assertEqual(scale.score(10), 0.0)

    def test_open_at_both_ends(self):
        scale = Scale(RISING, mode="step")
        self.assertEqual(scale.score(-math.inf), 0.0)
        self.assertEqual(scale.score(math.inf), 100.0)

    @given(points(), any_value, st.data())
    def test_every_value_is_in_exactly_one_band(self, pairs, value, data):
        # Half of the time the value is a border, where a gap would be.
        value = data.draw(st.sampled_from([value, *(value for value, _s in pairs)]))
        borders = [-math.inf, *(border for border, _score in pairs[1:])]
        ends = [*borders[1:], None]
        bands = [
            score
            for low, high, (_value, score) in zip(borders, ends, pairs, strict=True)
            if low <= value and (high is None or value < high)
        ]
        self.assertEqual([Scale(pairs, mode="step").score(value)], bands)


class TestAnyScale(unittest.TestCase):
    @given(points(), modes, any_value)
    def test_score_is_within_bounds(self, pairs, mode, value):
        score = Scale(pairs, mode).score(value)
        scores = [score for _value, score in pairs]
        self.assertTrue(0 <= min(scores) <= score <= max(scores) <= 100)

    @given(st.data(), directions, modes)
    def test_is_monotone_in_the_direction_of_the_kpi(self, data, rising, mode):
        pairs = data.draw(points(rising))
        inside = st.floats(pairs[0][0], pairs[-1][0])
        low, high = sorted((data.draw(inside), data.draw(inside)))
        scale = Scale(pairs, mode)
        if rising:
            self.assertLessEqual(scale.score(low), scale.score(high))
        else:
            self.assertGreaterEqual(scale.score(low), scale.score(high))

    @given(points(), modes, st.lists(any_value, min_size=3, max_size=3))
    def test_interval_encloses_the_score(self, pairs, mode, values):
        scale = Scale(pairs, mode)
        low, value, high = sorted(values)
        low_score, high_score = scale.interval(low, high)
        self.assertTrue(0 <= low_score <= scale.score(value) <= high_score <= 100)

    def test_interval_of_a_falling_scale_is_in_order(self):
        self.assertEqual(Scale(FALLING).interval(2, 6), (40.0, 80.0))
        self.assertEqual(Scale(RISING).interval(70, 80), (25.0, 50.0))

    def test_nan_has_no_score(self):
        for mode in ("linear", "step"):
            with self.assertRaises(ScaleError):
                Scale(RISING, mode).score(math.nan)

    def test_equality_and_hash_follow_points_and_mode(self):
        one, same = Scale(RISING), Scale([list(point) for point in RISING])
        self.assertEqual(one, same)
        self.assertEqual(hash(one), hash(same))
        self.assertNotEqual(one, Scale(RISING, "step"))
        self.assertNotEqual(one, Scale(FALLING))

    def test_is_frozen(self):
        with self.assertRaises(AttributeError):
            Scale(RISING).mode = "step"


class TestCheckPoints(unittest.TestCase):
    def assert_problems(self, pairs, higher_is_better, *expected):
        self.assertEqual(check_points(pairs, higher_is_better), list(expected))

    def test_good_points(self):
        self.assert_problems(RISING, True)
        self.assert_problems(FALLING, False)
        self.assert_problems(RISING, None)
        self.assert_problems(FALLING, None)
        self.assert_problems([(0, 0), (1, 100)], True)

    def test_constant_score_is_monotone_in_both_directions(self):
        self.assert_problems([(0, 50), (1, 50)], True)
        self.assert_problems([(0, 50), (1, 50)], False)

    def test_fewer_than_two(self):
        self.assert_problems([], True, ScaleProblem.TOO_FEW_POINTS)
        self.assert_problems([(1, 50)], True, ScaleProblem.TOO_FEW_POINTS)

    def test_values_not_strictly_ordered(self):
        self.assert_problems([(0, 0), (0, 100)], True, ScaleProblem.VALUES_NOT_ORDERED)
        self.assert_problems(
            [(0, 0), (2, 50), (1, 100)], True, ScaleProblem.VALUES_NOT_ORDERED
        )

    def test_score_out_of_range(self):
        self.assert_problems(
            [(0, 0), (1, 100.01)], True, ScaleProblem.SCORE_OUT_OF_RANGE
        )
        self.assert_problems(
            [(0, -0.01), (1, 100)], True, ScaleProblem.SCORE_OUT_OF_RANGE
        )

    def test_against_the_direction(self):
        self.assert_problems(RISING, False, ScaleProblem.NOT_MONOTONE)
        self.assert_problems(FALLING, True, ScaleProblem.NOT_MONOTONE)

    def test_in_no_direction(self):
        peak = [(0, 0), (1, 100), (2, 0)]
        for direction in (True, False, None):
            self.assert_problems(peak, direction, ScaleProblem.NOT_MONOTONE)

    def test_not_finite(self):
        for bad in (math.nan, math.inf, -math.inf):
            self.assert_problems([(bad, 0), (1, 1)], True, ScaleProblem.NOT_FINITE)
            self.assert_problems([(0, bad), (1, 1)], True, ScaleProblem.NOT_FINITE)

    def test_span_beyond_a_float(self):
        pairs = [(-1.7e308, 0), (1.7e308, 100)]
        self.assert_problems(pairs, True, ScaleProblem.NOT_FINITE)

    def test_problems_add_up(self):
        self.assert_problems(
            [(1, 50), (0, 101), (2, 0)],
            True,
            ScaleProblem.VALUES_NOT_ORDERED,
            ScaleProblem.SCORE_OUT_OF_RANGE,
            ScaleProblem.NOT_MONOTONE,
        )

    def test_scale_refuses_broken_points(self):
        with self.assertRaises(ScaleError) as caught:
            Scale(((0, 0), (0, 101)))
        self.assertIsInstance(caught.exception, ValueError)
        self.assertEqual(
            caught.exception.problems,
            (ScaleProblem.VALUES_NOT_ORDERED, ScaleProblem.SCORE_OUT_OF_RANGE),
        )
        self.assertIn("score_out_of_range", str(caught.exception))

    def test_scale_refuses_an_unknown_mode(self):
        with self.assertRaises(ScaleError) as caught:
            Scale(RISING, mode="cubic")
        self.assertEqual(caught.exception.problems, ())

    @given(st.data(), directions)
    def test_no_good_points_are_refused(self, data, rising):
        pairs = data.draw(points(rising))
        self.assertEqual(check_points(pairs, rising), [])
        Scale(pairs)


class TestAround(unittest.TestCase):
    """The two points between which a value lies."""

    def test_between(self):
        scale = Scale(RISING)
        self.assertEqual(scale.around(70), ((60.0, 0.0), (80.0, 50.0)))
        self.assertEqual(scale.around(94.9), ((80.0, 50.0), (95.0, 100.0)))

    def test_beyond_an_end_and_on_a_point(self):
        scale = Scale(RISING)
        for value, point in (
            (-math.inf, (60.0, 0.0)),
            (59, (60.0, 0.0)),
            (60, (60.0, 0.0)),
            (80, (80.0, 50.0)),
            (95, (95.0, 100.0)),
            (math.inf, (95.0, 100.0)),
        ):
            with self.subTest(value=value):
                self.assertEqual(scale.around(value), (point, point))

    def test_one_step_decides(self):
        scale = Scale(FALLING, mode="step")
        self.assertEqual(scale.around(5), ((2.0, 80.0), (2.0, 80.0)))

    def test_not_a_number(self):
        with self.assertRaises(ScaleError):
            Scale(RISING).around(math.nan)

    @given(points(), modes, any_value)
    def test_the_score_lies_between_those_of_the_points(self, pairs, mode, value):
        scale = Scale(pairs, mode)
        low, high = scale.around(value)
        self.assertIn(low, scale.points)
        self.assertIn(high, scale.points)
        self.assertLessEqual(low[0], high[0])
        self.assertLessEqual(min(low[1], high[1]), scale.score(value))
        self.assertLessEqual(scale.score(value), max(low[1], high[1]))
        if low == high:
            self.assertEqual(scale.score(value), low[1])
        else:
            self.assertEqual(mode, "linear")
            self.assertTrue(low[0] < value < high[0])


class TestTarget(unittest.TestCase):
    """What is enough for the best score."""

    def test_first_value_of_the_best_score(self):
        self.assertEqual(Scale(RISING).target, 95)
        self.assertEqual(Scale(((60, 0), (90, 100), (95, 100))).target, 90)

    def test_last_value_of_the_best_score(self):
        self.assertEqual(Scale(FALLING).target, 0)
        self.assertEqual(Scale(((0, 100), (2, 100), (10, 0))).target, 2)

    def test_best_score_that_is_not_100(self):
        self.assertEqual(Scale(((0, 10), (5, 80))).target, 5)

    @given(points(), modes)
    def test_target_is_enough(self, pairs, mode):
        scale = Scale(pairs, mode)
        self.assertEqual(scale.score(scale.target), max(score for _v, score in pairs))

    @given(points(higher_is_better=True))
    def test_less_is_not_enough(self, pairs):
        """Of a scale on which values matter."""
        scale = Scale(pairs)
        for value, score in pairs:
            if value < scale.target and pairs[0][1] < pairs[-1][1]:
                self.assertLess(score, scale.score(scale.target))
