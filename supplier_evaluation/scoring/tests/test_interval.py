# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import math
import unittest

from hypothesis import given
from hypothesis import strategies as st

from .. import wilson

shares = st.floats(0, 1)
samples = st.floats(1e-6, 1e9)


class TestWilson(unittest.TestCase):
    def test_golden_share_with_weighted_records(self):
        low, high = wilson(0.541885, 5.5497)
        self.assertEqual(f"{100 * low:.2f}", "20.56")
        self.assertEqual(f"{100 * high:.2f}", "84.39")

    def test_textbook_interval(self):
        # 8 of 10 at 95 %: 49.02 to 94.33 %.
        low, high = wilson(0.8, 10)
        self.assertAlmostEqual(low, 0.490162, places=6)
        self.assertAlmostEqual(high, 0.943318, places=6)

    def test_bounds_are_the_roots_of_the_score_equation(self):
        for bound in wilson(0.3, 7.5, z=1.2):
            deviation = 1.2 * math.sqrt(bound * (1 - bound) / 7.5)
            self.assertAlmostEqual(abs(0.3 - bound), deviation, places=12)

    def test_ends_are_exact(self):
        for thirds in range(1, 100):  # some of them round beyond 1
            self.assertEqual(wilson(0.0, thirds / 3)[0], 0.0)
            self.assertEqual(wilson(1.0, thirds / 3)[1], 1.0)

    def test_quantile_of_zero_is_the_share_itself(self):
        self.assertEqual(wilson(0.25, 4, z=0), (0.25, 0.25))

    def test_arguments_out_of_range(self):
        for share in (-0.01, 1.01, math.nan, math.inf):
            with self.subTest(share=share), self.assertRaises(ValueError):
                wilson(share, 5)
        for n_eff in (0, -1, math.nan, math.inf):
            with self.subTest(n_eff=n_eff), self.assertRaises(ValueError):
                wilson(0.5, n_eff)
        for z in (-1, math.nan, math.inf):
            with self.subTest(z=z), self.assertRaises(ValueError):
                wilson(0.5, 5, z)

    @given(shares, st.floats(min_value=0, exclude_min=True, allow_infinity=False))
    def test_encloses_the_share_within_bounds(self, share, n_eff):
        low, high = wilson(share, n_eff)
        self.assertTrue(0 <= low <= share <= high <= 1, (low, share, high))

    @given(shares, samples, st.floats(1.01, 100))
    def test_narrows_with_the_sample(self, share, n_eff, more):
        low, high = wilson(share, n_eff)
        closer_low, closer_high = wilson(share, n_eff * more)
        self.assertLess(closer_high - closer_low, high - low)

    @given(shares, samples)
    def test_is_symmetric_in_good_and_bad(self, share, n_eff):
        low, high = wilson(share, n_eff)
        mirrored_low, mirrored_high = wilson(1 - share, n_eff)
        self.assertAlmostEqual(low, 1 - mirrored_high, places=9)
        self.assertAlmostEqual(high, 1 - mirrored_low, places=9)

    @given(st.lists(shares, min_size=2, max_size=2), samples)
    def test_rises_with_the_share(self, pair, n_eff):
        worse, better = sorted(pair)
        for one, other in zip(wilson(worse, n_eff), wilson(better, n_eff), strict=True):
            self.assertLessEqual(one, other + 1e-12)
