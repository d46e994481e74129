# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import math
import unittest

from hypothesis import given
from hypothesis import strategies as st

from .. import beta_interval, beta_share

parameters = st.floats(0.05, 2000)
shares = st.floats(0, 1)


class TestBeta(unittest.TestCase):
    def test_of_whole_numbers_it_is_the_tail_of_the_binomial(self):
        """DLMF 8.17.5: of 12 draws at least 4, each with a probability of 0.3."""
        tail = sum(math.comb(12, k) * 0.3**k * 0.7 ** (12 - k) for k in range(4, 13))
        self.assertAlmostEqual(beta_share(0.3, 4, 9), tail, places=12)

    def test_interval_where_quantiles_have_a_formula(self):
        """Of Beta(1, n) the quantile of q is 1 - (1 - q) ** (1 / n)."""
        low, high = beta_interval(0.1, 10)
        self.assertAlmostEqual(low, 1 - 0.975 ** (1 / 9), places=6)
        self.assertAlmostEqual(high, 1 - 0.025 ** (1 / 9), places=6)

    def test_arguments_out_of_range(self):
        for arguments in ((0.5, 0, 1), (0.5, 1, -1), (1.5, 1, 1), (math.nan, 1, 1)):
            with self.subTest(arguments), self.assertRaises(ValueError):
                beta_share(*arguments)
        for arguments in ((-0.1, 5), (0.5, 5, 0.5), (0.5, 5, 0)):
            with self.subTest(arguments), self.assertRaises(ValueError):
                beta_interval(*arguments)

    @given(st.floats(1e-6, 1 - 1e-6), parameters, parameters)
    def test_is_a_share_and_so_is_the_rest(self, x, a, b):
        below = beta_share(x, a, b)
        self.assertTrue(0 <= below <= 1)
        self.assertAlmostEqual(below + beta_share(1 - x, b, a), 1, places=7)

    @given(shares, parameters)
    def test_interval_encloses_the_mean(self, mean, strength):
        low, high = beta_interval(mean, strength)
        self.assertTrue(0 <= low <= mean <= high <= 1, (low, high))

    @given(st.floats(0.05, 0.95), st.floats(2, 500))
    def test_interval_holds_what_it_says(self, mean, strength):
        low, high = beta_interval(mean, strength)
        a, b = mean * strength, (1 - mean) * strength
        if low < mean < high:
            inside = beta_share(high, a, b) - beta_share(low, a, b)
            self.assertAlmostEqual(inside, 0.95, delta=0.002)
