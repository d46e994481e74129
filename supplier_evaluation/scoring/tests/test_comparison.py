# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import unittest
from statistics import median

from hypothesis import given
from hypothesis import strategies as st

from .. import (
    LineScore,
    compose,
    compose_dimensions,
    loss,
    medians_of_others,
    round_score,
)

scores = st.none() | st.floats(0, 100)
DIMENSIONS = ("delivery", "quality", "cost")


@st.composite
def scorecards(draw):
    """Lines, each with its dimension, and the composite of them all."""
    lines = draw(
        st.lists(
            st.tuples(
                st.sampled_from(DIMENSIONS),
                st.builds(LineScore, st.floats(0.1, 1000), scores),
            ),
            min_size=1,
            max_size=12,
        )
    )
    dimensions = [dimension for dimension, _line in lines]
    lines = [line for _dimension, line in lines]
    return dimensions, lines, compose(lines)


class TestMediansOfOthers(unittest.TestCase):
    def test_alone(self):
        self.assertEqual(medians_of_others({"a": 70.0}), {"a": None})
        self.assertEqual(medians_of_others({"a": None}), {"a": None})
        self.assertEqual(medians_of_others({}), {})

    def test_who_has_no_data_sees_all_others_and_is_seen_by_none(self):
        values = {"a": 60.0, "b": None, "c": 80.0}
        self.assertEqual(medians_of_others(values), {"a": 80.0, "b": 70.0, "c": 60.0})

    def test_equal_numbers_are_told_apart_by_their_keys(self):
        values = {"a": 50.0, "b": 50.0, "c": 90.0}
        self.assertEqual(medians_of_others(values), {"a": 70.0, "b": 70.0, "c": 50.0})

    def test_zero_is_a_number(self):
        self.assertEqual(medians_of_others({"a": 0.0, "b": None}), {"a": None, "b": 0})

    @given(st.dictionaries(st.integers(), st.none() | st.floats(-1e9, 1e9)))
    def test_is_the_median_of_the_others(self, values):
        expected = {}
        for key in values:
            others = [
                value
                for other, value in values.items()
                if other != key and value is not None
            ]
            expected[key] = median(others) if others else None
        self.assertEqual(medians_of_others(values), expected)

    @given(st.dictionaries(st.integers(), scores), st.randoms())
    def test_order_changes_nothing(self, values, random):
        items = list(values.items())
        random.shuffle(items)
        self.assertEqual(medians_of_others(dict(items)), medians_of_others(values))


class TestLoss(unittest.TestCase):
    def test_loss(self):
        self.assertEqual(loss(20.0, 100.0), 0.0)
        self.assertEqual(loss(20.0, 0.0), 20.0)
        self.assertIsNone(loss(20.0, None))

    @given(scorecards())
    def test_what_is_lost_adds_up_to_what_the_score_lacks(self, drawn):
        _dimensions, lines, card = drawn
        losses = [
            loss(share, line.score)
            for share, line in zip(card.effective_weights, lines, strict=True)
        ]
        known = [each for each in losses if each is not None]
        if card.score is None:
            self.assertEqual(known, [])
        else:
            self.assertAlmostEqual(sum(known), 100 - card.score)


class TestDimensions(unittest.TestCase):
    def _compose(self, drawn):
        dimensions, lines, card = drawn
        return compose_dimensions(dimensions, lines, card.effective_weights)

    def test_golden(self):
        """By hand: 60 % of the weight is delivery, of which a third has no data."""
        dimensions = ["delivery", "quality", "delivery"]
        lines = [
            LineScore(40, 90.0, 80.0, 100.0),
            LineScore(40, 50.0),
            LineScore(20, None),
        ]
        composed = compose_dimensions(
            dimensions, lines, compose(lines).effective_weights
        )
        self.assertEqual(list(composed), ["delivery", "quality"])
        delivery, quality = composed.values()
        self.assertEqual((delivery.score, delivery.low, delivery.high), (90, 80, 100))
        self.assertEqual((delivery.weight, delivery.loss), (50, 5))
        self.assertAlmostEqual(delivery.coverage, 200 / 3)
        self.assertEqual((quality.score, quality.low, quality.high), (50, 50, 50))
        self.assertEqual((quality.weight, quality.loss), (50, 25))
        self.assertEqual(quality.coverage, 100)

    def test_without_data(self):
        lines = [LineScore(10, 80.0), LineScore(10, None)]
        composed = compose_dimensions(["cost", "quality"], lines, [100.0, 0.0])
        quality = composed["quality"]
        self.assertEqual((quality.score, quality.low, quality.high), (None,) * 3)
        self.assertEqual((quality.weight, quality.coverage), (0, 0))
        self.assertIsNone(quality.loss)

    def test_lines_and_dimensions_belong_together(self):
        with self.assertRaises(ValueError):
            compose_dimensions(["cost"], [], [])

    @given(scorecards())
    def test_dimensions_make_the_score(self, drawn):
        card, composed = drawn[2], self._compose(drawn).values()
        if card.score is None:
            self.assertEqual([each.score for each in composed if each.weight], [])
            return
        weighed = sum(each.weight * (each.score or 0) for each in composed) / 100
        # Each dimension is rounded.
        self.assertAlmostEqual(weighed, card.score, delta=0.006)
        self.assertAlmostEqual(sum(each.weight for each in composed), 100)
        lost = sum(each.loss for each in composed if each.loss is not None)
        self.assertAlmostEqual(lost, 100 - card.score)

    @given(scorecards())
    def test_each_is_the_composite_of_its_lines(self, drawn):
        dimensions, lines, _card = drawn
        for name, composed in self._compose(drawn).items():
            own = compose(
                line
                for dimension, line in zip(dimensions, lines, strict=True)
                if dimension == name
            )
            expected = own.score if own.score is None else round_score(own.score)
            self.assertEqual(composed.score, expected)
            self.assertAlmostEqual(composed.coverage, own.coverage * 100)

    @given(scorecards())
    def test_interval_holds_the_score(self, drawn):
        for composed in self._compose(drawn).values():
            if composed.score is not None:
                self.assertLessEqual(composed.low, composed.score)
                self.assertLessEqual(composed.score, composed.high)
