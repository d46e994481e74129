# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import math
import random
import unittest

from ...following.foretelling import Correlation, mean_correlation, rank_correlation


class TestRankCorrelation(unittest.TestCase):
    def test_order_and_opposite_order(self):
        self.assertEqual(rank_correlation([(1, 10), (2, 20), (3, 90)]).rho, 1.0)
        self.assertEqual(rank_correlation([(1, 90), (2, 20), (3, 10)]).rho, -1.0)

    def test_without_ties_it_is_the_formula_of_spearman(self):
        """1 - 6 Σd² / (n (n² - 1)) where no number comes twice."""
        chance = random.Random(13)
        ones, others = list(range(20)), list(range(20))
        chance.shuffle(ones)
        chance.shuffle(others)
        squares = sum((a - b) ** 2 for a, b in zip(ones, others, strict=True))
        expected = 1 - 6 * squares / (20 * (20**2 - 1))
        found = rank_correlation(zip(ones, others, strict=True))
        self.assertAlmostEqual(found.rho, expected, places=12)
        self.assertEqual(found.pairs, 20)

    def test_ties_share_a_place(self):
        """Places 1, 2.5, 2.5, 4 and 1, 2, 3, 4: by hand 4.5 / √(4.5 · 5)."""
        found = rank_correlation([(1, 1), (2, 2), (2, 3), (9, 4)])
        self.assertAlmostEqual(found.rho, 4.5 / math.sqrt(4.5 * 5), places=12)

    def test_no_data_is_no_pair(self):
        pairs = [(90, None), (None, 5), (None, None), (1, 1), (2, 2), (3, 3)]
        self.assertEqual(rank_correlation(pairs), Correlation(1.0, 3))
        self.assertEqual(rank_correlation(pairs[:5]), Correlation(None, 2))
        self.assertEqual(rank_correlation([]), Correlation(None, 0))

    def test_what_is_all_the_same_has_no_order(self):
        self.assertEqual(
            rank_correlation([(5, 1), (5, 2), (5, 3)]), Correlation(None, 3)
        )

    def test_zero_is_a_number(self):
        self.assertEqual(rank_correlation([(0, 0), (1, 1), (2, 2)]).pairs, 3)

    def test_only_finite_numbers(self):
        for number in (math.nan, math.inf):
            with self.assertRaises(ValueError):
                rank_correlation([(number, 1), (1, 2), (2, 3)])

    def test_mean_weighs_pairs(self):
        mean = mean_correlation([Correlation(1.0, 10), Correlation(-1.0, 30)])
        self.assertEqual(mean, Correlation(-0.5, 40))
        self.assertEqual(mean_correlation([Correlation(None, 9)]), Correlation(None, 0))
