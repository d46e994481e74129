"""Shares among suppliers."""

from __future__ import annotations

import unittest

from hypothesis import given
from hypothesis import strategies as st

from ...following.allocation import Candidate, allocate


@st.composite
def candidates(draw):
    count = draw(st.integers(1, 8))
    found = {}
    for key in range(count):
        floor = draw(st.integers(0, 100 // count))
        cap = draw(st.integers(max(floor, -(-100 // count)), 100))
        weight = draw(st.one_of(st.just(0), st.integers(1, 100)))
        found[key] = Candidate(weight, floor, cap)
    return found


class TestAllocation(unittest.TestCase):
    def test_in_proportion(self):
        shares = allocate({"a": Candidate(50), "b": Candidate(30), "c": Candidate(20)})
        self.assertEqual(shares, {"a": 50, "b": 30, "c": 20})

    def test_thirds_add_up(self):
        shares = allocate({name: Candidate(80) for name in "abc"})
        self.assertEqual(sorted(shares.values()), [33.33, 33.33, 33.34])

    def test_without_weights_all_are_equal(self):
        self.assertEqual(allocate({1: Candidate(0), 2: Candidate(0)}), {1: 50, 2: 50})

    def test_what_does_not_fit(self):
        for text, given_ in (
            ("floors", {1: Candidate(1, 60), 2: Candidate(1, 60)}),
            ("caps", {1: Candidate(1, cap=40), 2: Candidate(1, cap=40)}),
            ("above its cap", {1: Candidate(1, 60, 50), 2: Candidate(1)}),
        ):
            with self.subTest(text), self.assertRaisesRegex(ValueError, text):
                allocate(given_)

    @given(candidates())
    def test_whole_within_limits_and_by_weight(self, given_):
        shares = allocate(given_)
        self.assertEqual(round(100 * sum(shares.values())), 10_000)
        for key, one in given_.items():
            self.assertGreaterEqual(shares[key], one.floor - 1e-9)
            self.assertLessEqual(shares[key], one.cap + 1e-9)
        for one, first in given_.items():
            for other, second in given_.items():
                same = (first.floor, first.cap) == (second.floor, second.cap)
                if same and first.weight > second.weight:
                    self.assertGreaterEqual(shares[one], shares[other] - 0.0101)


if __name__ == "__main__":
    unittest.main()
