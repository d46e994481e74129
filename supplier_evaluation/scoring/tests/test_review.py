# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What a rater's answers are worth together."""

import unittest

from ..review import review_score


class TestReviewScore(unittest.TestCase):
    def test_weights(self):
        self.assertAlmostEqual(review_score([(3, 8), (1, 4), (1, 10)]), 76)

    def test_weights_are_relative(self):
        answers = [(3, 8), (1, 4)]
        scaled = [(weight * 0.01, value) for weight, value in answers]
        self.assertAlmostEqual(review_score(answers), review_score(scaled))

    def test_not_judged_is_neither_0_nor_10(self):
        self.assertAlmostEqual(review_score([(1, 7), (99, None)]), 70)
        self.assertIsNone(review_score([(1, None), (2, None)]))
        self.assertIsNone(review_score([]))

    def test_bounds(self):
        self.assertEqual(review_score([(1, 0)]), 0)
        self.assertEqual(review_score([(1, 10)]), 100)
        for answers in ([(0, 5)], [(-1, 5)], [(1, 10.5)], [(1, -1)], [(0, None)]):
            with self.subTest(answers=answers), self.assertRaises(ValueError):
                review_score(answers)
