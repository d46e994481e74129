"""ABC classes, impact and supply risk."""

from __future__ import annotations

import unittest

from hypothesis import given
from hypothesis import strategies as st

from ...following.abc import classify
from ...following.kraljic import impact, quadrant, risk

AMOUNTS = st.dictionaries(
    st.integers(0, 50), st.floats(0, 1e9, allow_nan=False), max_size=30
)


class TestAbc(unittest.TestCase):
    def test_limits(self):
        amounts = {"a1": 50, "a2": 30, "b1": 15, "c1": 4, "c2": 1}
        self.assertEqual(
            classify(amounts),
            {"a1": "a", "a2": "a", "b1": "b", "c1": "c", "c2": "c"},
        )

    def test_who_carries_the_sum_over_the_limit(self):
        self.assertEqual(classify({1: 79, 2: 20, 3: 1}), {1: "a", 2: "a", 3: "c"})

    def test_ties_are_of_one_class(self):
        classes = classify(dict.fromkeys(range(10), 7))
        self.assertEqual(set(classes.values()), {"a"})

    def test_no_orders_no_class(self):
        self.assertEqual(classify({1: 0, 2: None, 3: -5}), {})
        self.assertEqual(classify({}), {})

    def test_limits_in_order(self):
        for limits in ((95, 80), (0, 95), (80, 101)):
            with self.subTest(limits=limits), self.assertRaises(ValueError):
                classify({1: 1}, limits)

    @given(AMOUNTS)
    def test_more_is_never_a_lower_class(self, amounts):
        classes = classify(amounts)
        self.assertEqual(
            set(classes), {key for key, amount in amounts.items() if amount > 0}
        )
        ranked = sorted(classes, key=lambda key: -amounts[key])
        order = [classes[key] for key in ranked]
        self.assertEqual(order, sorted(order))


class TestKraljic(unittest.TestCase):
    def test_impact(self):
        for share, points in ((1, 100), (0.1, 75), (0.01, 50), (1e-6, 0), (0, None)):
            with self.subTest(share=share):
                self.assertEqual(impact(share), points)

    def test_risk(self):
        for parts, points in (
            ((0, 0, False), 100),
            ((0, None, None), 100),
            ((9, 100, True), 0),
            ((None, 40, None), 60),
            ((None, None, None), None),
        ):
            with self.subTest(parts=parts):
                self.assertEqual(risk(*parts), points)

    def test_quadrants(self):
        self.assertEqual(
            [quadrant(*each) for each in ((50, 50), (50, 49), (49, 50), (49, 49))],
            ["strategic", "leverage", "bottleneck", "routine"],
        )
        self.assertIsNone(quadrant(50, None))

    @given(
        st.one_of(st.none(), st.integers(0, 9)),
        st.one_of(st.none(), st.floats(0, 100)),
        st.one_of(st.none(), st.booleans()),
    )
    def test_risk_is_in_range(self, substitutes, score, certified):
        points = risk(substitutes, score, certified)
        self.assertTrue(points is None or 0 <= points <= 100)


if __name__ == "__main__":
    unittest.main()
