# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import unittest

from hypothesis import given
from hypothesis import strategies as st

from .. import LineScore, compose, is_provisional

shares = st.floats(0, 1)
counts = st.integers(0, 50)


class TestProvisional(unittest.TestCase):
    def test_floor_and_minimum_are_enough(self):
        self.assertFalse(is_provisional(0.6, 0.6, 5, 5))

    def test_below_the_floor(self):
        self.assertTrue(is_provisional(0.5999, 0.6, 100, 5))

    def test_below_the_minimum(self):
        self.assertTrue(is_provisional(1.0, 0.6, 4, 5))
        self.assertTrue(is_provisional(1.0, 0.6, 0, 1))

    def test_template_without_delivery(self):
        self.assertFalse(is_provisional(1.0, 0.6, None, 5))
        self.assertTrue(is_provisional(0.5, 0.6, None, 5))

    def test_coverage_at_the_floor_survives_its_rounding(self):
        scored, without = LineScore(0.35, 50.0), LineScore(0.1, None)
        coverage = compose([scored, scored, without, without, without]).coverage
        self.assertFalse(is_provisional(coverage, 0.7, None, 5))
        self.assertFalse(is_provisional(0.7 - 1e-12, 0.7, None, 5))

    def test_percent_is_refused(self):
        for coverage, floor in ((1.01, 0.6), (0.8, 60), (-0.1, 0.6), (0.8, -0.1)):
            with self.assertRaises(ValueError):
                is_provisional(coverage, floor, 5, 5)

    @given(shares, shares, shares, counts, counts, counts)
    def test_more_evidence_never_hurts(self, one, other, floor, few, many, minimum):
        low, high = sorted((one, other))
        few, many = sorted((few, many))
        if is_provisional(high, floor, many, minimum):
            self.assertTrue(is_provisional(low, floor, few, minimum))
