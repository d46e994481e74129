# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import math
import unittest

from hypothesis import assume, given
from hypothesis import strategies as st

from .. import Composite, LineScore, compose

GOLDEN = (
    LineScore(weight=40, score=90.0),
    LineScore(weight=30, score=80.0),
    LineScore(weight=20, score=None),
    LineScore(weight=10, score=70.0),
)

weights = st.floats(0.01, 1000)
scores = st.floats(0, 100)


@st.composite
def line(draw, with_data=None):
    weight = draw(weights)
    if with_data is None:
        with_data = draw(st.booleans())
    if not with_data:
        return LineScore(weight, None)
    minimum = draw(st.none() | scores)
    low, score, high = sorted(draw(st.lists(scores, min_size=3, max_size=3)))
    if draw(st.booleans()):
        return LineScore(weight, score, low, high, minimum)
    return LineScore(weight, score, minimum=minimum)


lines = st.lists(line(), max_size=12)
lines_with_data = st.lists(line(with_data=True), min_size=1, max_size=12)


class TestCompose(unittest.TestCase):
    def test_golden(self):
        composite = compose(GOLDEN)
        self.assertEqual(composite.score, 83.75)
        self.assertEqual(composite.coverage, 0.80)
        self.assertEqual(composite.effective_weights, (50.0, 37.5, 0.0, 12.5))
        self.assertEqual(composite.contributions, (45.0, 30.0, 0.0, 8.75))
        self.assertFalse(composite.gated)

    def test_no_line_has_data(self):
        expected = Composite(None, None, None, 0.0, False, (0.0, 0.0), (0.0, 0.0))
        without = LineScore(weight=1, score=None, minimum=50)
        self.assertEqual(compose([without, without]), expected)
        self.assertEqual(compose([]), Composite(None, None, None, 0.0, False, (), ()))

    def test_zero_is_data(self):
        composite = compose([LineScore(1, 0.0), LineScore(1, None)])
        self.assertEqual((composite.score, composite.coverage), (0.0, 0.5))

    def test_interval_combines_as_root_of_squares(self):
        composite = compose(
            [
                LineScore(3, 50.0, low=45, high=55),  # half-width 5
                LineScore(1, 50.0, low=30, high=70),  # half-width 20
                LineScore(1, 50.0),
                LineScore(9, None),
            ]
        )
        half = math.sqrt((3 * 5) ** 2 + (1 * 20) ** 2) / 5
        self.assertEqual(half, 5.0)
        self.assertAlmostEqual(composite.low, 45.0, places=12)
        self.assertAlmostEqual(composite.high, 55.0, places=12)

    def test_interval_is_clipped(self):
        top = compose([LineScore(1, 98.0, low=60, high=100)])
        self.assertEqual((top.low, top.high), (78.0, 100.0))
        bottom = compose([LineScore(1, 3.0, low=0, high=20)])
        self.assertEqual((bottom.low, bottom.high), (0.0, 13.0))

    def test_one_bound_is_no_interval(self):
        composite = compose([LineScore(1, 50.0, low=10), LineScore(1, 50.0, high=90)])
        self.assertEqual((composite.low, composite.high), (50.0, 50.0))

    def test_tiny_weights_keep_their_interval(self):
        composite = compose([LineScore(1e-200, 50.0, low=40, high=60)])
        self.assertEqual((composite.low, composite.high), (40.0, 60.0))

    def test_huge_weights_do_not_overflow(self):
        composite = compose([LineScore(1e300, 80.0), LineScore(1e300, 60.0)])
        self.assertAlmostEqual(composite.score, 70.0)

    def test_gate(self):
        def gated(score, minimum):
            return compose([LineScore(1, score, minimum=minimum)]).gated

        self.assertTrue(gated(59.99, 60))
        self.assertFalse(gated(60.0, 60))
        self.assertFalse(gated(59.996, 60))  # stored and shown as 60.00
        self.assertTrue(gated(59.994, 60))
        self.assertTrue(gated(0.0, 0.01))
        self.assertFalse(gated(0.0, None))
        self.assertFalse(gated(0.0, 0))

    def test_gate_of_one_line_is_enough_and_needs_data(self):
        good, bad = LineScore(1, 90.0, minimum=60), LineScore(1, 10.0, minimum=60)
        self.assertTrue(compose([good, bad]).gated)
        self.assertFalse(compose([good, LineScore(1, None, minimum=60)]).gated)

    def test_refused_lines(self):
        for weight in (0, -1, math.nan, math.inf, 1e301):
            with self.subTest(weight=weight), self.assertRaises(ValueError):
                compose([LineScore(weight, 50.0)])
            with self.subTest(weight=weight), self.assertRaises(ValueError):
                compose([LineScore(weight, None)])
        for score in (-0.01, 100.01, math.nan):
            with self.subTest(score=score), self.assertRaises(ValueError):
                compose([LineScore(1, score)])
        for low, high in ((60, 50), (math.nan, 50), (50, math.nan)):
            with self.subTest(low=low, high=high), self.assertRaises(ValueError):
                compose([LineScore(1, 50.0, low, high)])

    @given(lines)
    def test_bounds(self, drawn):
        composite = compose(drawn)
        data = [item for item in drawn if item.score is not None]
        self.assertEqual(composite.score is None, not data)
        self.assertEqual(composite.coverage == 0, not data)
        self.assertLessEqual(composite.coverage, 1)
        self.assertEqual(composite.coverage == 1, bool(data) and data == drawn)
        if data:
            values = [item.score for item in data]
            self.assertTrue(min(values) <= composite.score <= max(values))
            self.assertTrue(0 <= composite.low <= composite.score)
            self.assertTrue(composite.score <= composite.high <= 100)

    @given(lines)
    def test_contributions_sum_up_to_the_score(self, drawn):
        composite = compose(drawn)
        self.assertEqual(len(composite.contributions), len(drawn))
        self.assertEqual(len(composite.effective_weights), len(drawn))
        if composite.score is not None:
            self.assertAlmostEqual(math.fsum(composite.effective_weights), 100)
            self.assertAlmostEqual(math.fsum(composite.contributions), composite.score)
        for item, weight, points in zip(
            drawn, composite.effective_weights, composite.contributions, strict=True
        ):
            self.assertAlmostEqual(points, weight / 100 * (item.score or 0))
            self.assertEqual(weight == 0, item.score is None)

    @given(lines_with_data, st.data())
    def test_line_without_data_is_the_same_as_no_line(self, drawn, data):
        place = data.draw(st.integers(0, len(drawn)))
        gap = data.draw(line(with_data=False))
        without, with_gap = (
            compose(drawn),
            compose([*drawn[:place], gap, *drawn[place:]]),
        )
        for name in ("score", "low", "high", "gated"):
            self.assertEqual(getattr(with_gap, name), getattr(without, name))
        for name in ("effective_weights", "contributions"):
            values = list(getattr(with_gap, name))
            self.assertEqual(values.pop(place), 0.0)
            self.assertEqual(tuple(values), getattr(without, name))
        self.assertLess(with_gap.coverage, without.coverage)

    @given(lines, st.randoms(use_true_random=False))
    def test_order_changes_no_digit(self, drawn, random):
        order = list(range(len(drawn)))
        random.shuffle(order)
        one, other = compose(drawn), compose([drawn[i] for i in order])
        for name in ("score", "low", "high", "coverage", "gated"):
            self.assertEqual(getattr(one, name), getattr(other, name))
        for name in ("effective_weights", "contributions"):
            values = getattr(one, name)
            self.assertEqual(tuple(values[i] for i in order), getattr(other, name))

    @given(lines, st.floats(0.001, 1000))
    def test_unit_of_the_weights_does_not_matter(self, drawn, factor):
        scaled = [
            LineScore(factor * one.weight, one.score, one.low, one.high, one.minimum)
            for one in drawn
        ]
        one, other = compose(drawn), compose(scaled)
        self.assertEqual(one.gated, other.gated)
        self.assertAlmostEqual(one.coverage, other.coverage)
        self.assertEqual(one.score is None, other.score is None)
        if one.score is not None:
            for name in ("score", "low", "high"):
                self.assertAlmostEqual(getattr(one, name), getattr(other, name))

    @given(lines_with_data, st.data())
    def test_better_line_never_lowers_the_score(self, drawn, data):
        place = data.draw(st.integers(0, len(drawn) - 1))
        worse = drawn[place]
        assume(worse.score < 100)
        better = LineScore(worse.weight, data.draw(st.floats(worse.score, 100)))
        improved = [*drawn[:place], better, *drawn[place + 1 :]]
        self.assertGreaterEqual(compose(improved).score, compose(drawn).score - 1e-9)
