# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import math
import unittest

from hypothesis import given
from hypothesis import strategies as st

from .. import rank, rank_range, round_score

# Few distinct scores, so that ties are the rule.
scores = st.none() | st.sampled_from([0.0, 50.0, 83.75, 83.754, 83.756, 100.0])
scores = scores | st.floats(0, 100)
boards = st.dictionaries(st.integers(), scores, max_size=15)
points = st.floats(0, 100)
intervals = st.tuples(points, points).map(lambda pair: (min(pair), max(pair)))


class TestRank(unittest.TestCase):
    def test_ties_share_a_rank(self):
        board = {"a": 70.0, "b": 80.0, "c": 90.0, "d": 80.0}
        self.assertEqual(rank(board), {"a": 4, "b": 2, "c": 1, "d": 2})

    def test_tie_at_the_top(self):
        self.assertEqual(rank({1: 5.0, 2: 5.0, 3: 4.0}), {1: 1, 2: 1, 3: 3})

    def test_provisional_have_none_and_take_none(self):
        self.assertEqual(rank({1: None, 2: 40.0, 3: None}), {2: 1})
        self.assertEqual(rank({1: None}), {})
        self.assertEqual(rank({}), {})

    def test_zero_is_a_score(self):
        self.assertEqual(rank({1: 0.0, 2: None}), {1: 1})

    def test_scores_are_compared_as_stored(self):
        self.assertEqual(rank({1: 83.754, 2: 83.75}), {1: 1, 2: 1})
        self.assertEqual(rank({1: 83.755, 2: 83.75}), {1: 1, 2: 2})

    def test_not_a_number(self):
        with self.assertRaises(ValueError):
            rank({1: math.nan})

    @given(boards)
    def test_rank_is_one_more_than_the_better_ones(self, board):
        stored = {k: round_score(s) for k, s in board.items() if s is not None}
        expected = {
            key: 1 + sum(other > score for other in stored.values())
            for key, score in stored.items()
        }
        self.assertEqual(rank(board), expected)

    @given(boards, st.randoms(use_true_random=False))
    def test_order_of_the_suppliers_does_not_matter(self, board, random):
        keys = list(board)
        random.shuffle(keys)
        self.assertEqual(rank({key: board[key] for key in keys}), rank(board))


class TestRankRange(unittest.TestCase):
    def test_alone(self):
        self.assertEqual(rank_range((0.0, 100.0), []), (1, 1))

    def test_who_overlaps_may_be_ahead(self):
        others = [(90.0, 95.0), (60.0, 80.0), (30.0, 55.0), (0.0, 10.0)]
        self.assertEqual(rank_range((50.0, 70.0), others), (2, 4))

    def test_ends_that_touch_may_tie(self):
        self.assertEqual(rank_range((50.0, 60.0), [(60.0, 70.0)]), (1, 2))
        self.assertEqual(rank_range((60.0, 70.0), [(50.0, 60.0)]), (1, 1))

    def test_exact_scores_are_compared_as_stored(self):
        self.assertEqual(rank_range((70.0, 70.0), [(70.001, 70.001)]), (1, 1))

    def test_disordered(self):
        for own, others in (((2.0, 1.0), []), ((1.0, 2.0), [(3.0, 2.0)])):
            with self.assertRaises(ValueError):
                rank_range(own, others)

    @given(st.lists(points, min_size=1))
    def test_without_overlap_it_is_the_rank(self, values):
        ranks = rank(dict(enumerate(values)))
        for index, value in enumerate(values):
            others = [(other, other) for at, other in enumerate(values) if at != index]
            best, worst = rank_range((value, value), others)
            self.assertEqual((best, worst), (ranks[index], ranks[index]))

    @given(intervals, st.lists(intervals))
    def test_it_is_a_range_of_places(self, own, others):
        best, worst = rank_range(own, others)
        self.assertTrue(1 <= best <= worst <= len(others) + 1)
