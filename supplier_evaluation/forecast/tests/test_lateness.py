# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import random
import unittest

from hypothesis import given
from hypothesis import strategies as st

from .. import LEVELS, Key, Learned, Tally, beyond, learn, recency

names = st.sampled_from("abcd")
keys = st.builds(Key, names, names, st.sampled_from("xy"))
deliveries = st.tuples(keys, st.integers(0, 30), st.floats(0.05, 1))
ASKED = Key("a", "a", "x")


def rows_of(found):
    rows = []
    for key, days, weight in found:
        tally = Tally()
        tally.add(days, weight)
        rows.append((key, tally))
    return rows


def many(key, count, late, days=2):
    return key, Tally(count, late, count, late, late * days, late * days * days)


class TestLateness(unittest.TestCase):
    def test_nothing_known_is_no_figure(self):
        self.assertIsNone(learn([]).forecast(ASKED))

    def test_without_deliveries_of_its_own_it_is_as_its_peers(self):
        peers = [many(Key(f"s{n}", "a", "x"), 50, 2 + n) for n in range(6)]
        learned = learn(peers)
        new, known = learned.forecast(ASKED), learned.forecast(peers[0][0])
        self.assertEqual((new.basis, known.basis), ("peers", "product"))
        self.assertAlmostEqual(new.probability, 27 / 300, delta=0.01)
        self.assertGreater(new.high - new.low, known.high - known.low)

    def test_own_category_counts_more_than_others(self):
        rows = [
            *(many(Key(f"x{n}", "p", "x"), 60, 30 + n) for n in range(6)),
            *(many(Key(f"y{n}", "p", "y"), 60, n % 2) for n in range(6)),
        ]
        learned = learn(rows)
        late, early = (
            learned.forecast(Key("new", "p", category)).probability for category in "xy"
        )
        self.assertGreater(late, 0.4)
        self.assertLess(early, 0.1)

    def test_much_of_its_own_is_what_counts(self):
        rows = [many(Key(f"s{n}", "p", "x"), 40, 1) for n in range(8)]
        rows.append(many(ASKED, 2000, 1000))
        self.assertAlmostEqual(learn(rows).forecast(ASKED).probability, 0.5, delta=0.02)

    def test_late_each_time_is_not_certain_to_be_late(self):
        # Alone in its category, and suppliers as different as they can be.
        rows = [many(Key(f"s{n}", "p", f"c{n}"), 60, 60 * (n % 2)) for n in range(8)]
        learned = learn(rows)
        always, never = (learned.forecast(key) for key in (rows[1][0], rows[0][0]))
        self.assertLess(always.low, always.probability)
        self.assertLess(always.probability, 0.998)
        self.assertGreater(always.probability, 0.95)
        self.assertGreater(never.probability, 0.002)

    def test_each_delivery_counts_once(self):
        rows = [
            many(ASKED, 3, 1),
            many(Key("a", "b", "x"), 5, 1),
            many(Key("a", "c", "y"), 7, 1),
            many(Key("b", "a", "x"), 11, 1),
            many(Key("b", "a", "y"), 13, 1),
        ]
        levels = learn(rows).forecast(ASKED).levels
        self.assertEqual(tuple(level.name for level in levels), LEVELS)
        self.assertEqual([level.tally.count for level in levels], [13, 11, 12, 3])

    def test_days_are_between_those_of_the_supplier_and_of_all(self):
        rows = [many(Key(f"s{n}", "p", "x"), 20, 4, days=3 + n) for n in range(6)]
        rows.append(many(ASKED, 20, 4, days=30))
        expected = learn(rows).forecast(ASKED)
        self.assertTrue(5 < expected.days_when_late < 30, expected)
        self.assertAlmostEqual(
            expected.expected_days, expected.probability * expected.days_when_late
        )

    def test_few_suppliers_do_not_change_places(self):
        """What is known of few is worth little: each stays near its own days."""
        slow, quick = Key("slow", "p", "x"), Key("quick", "p", "x")
        for others in range(4):
            rows = [many(slow, 20, 4, days=20), many(quick, 20, 4, days=2)]
            rows += [many(Key(f"s{n}", "p", "x"), 20, 4, 11) for n in range(others)]
            learned = learn(rows)
            days = [learned.forecast(key).days_when_late for key in (slow, quick)]
            self.assertGreater(days[0], 11, others)
            self.assertLess(days[1], 11, others)
            if others < 3:
                self.assertGreater(days[0] - days[1], 7, others)
        # As much alike as can be, and still in the order in which they were late.
        rows = [many(Key(f"s{n}", "p", "x"), 40, 20, 3) for n in range(5)]
        rows += [many(slow, 40, 20, days=4), many(quick, 40, 20, days=2)]
        learned = learn(rows)
        learned.days_strength = 1024.0
        days = [learned.forecast(key).days_when_late for key in (slow, quick)]
        self.assertGreater(*days)

    def test_what_was_kept_says_the_same(self):
        rows = [many(Key(f"s{n}", "p", "x"), 20, n, days=3 + n) for n in range(6)]
        learned = learn(rows)
        kept = Learned(learned.book, learned.strengths, learned.days_strength)
        self.assertEqual(*(one.forecast(ASKED) for one in (learned, kept)))

    def test_where_nobody_was_ever_late_no_days_are_known(self):
        expected = learn([many(ASKED, 9, 0)]).forecast(ASKED)
        self.assertIsNone(expected.days_when_late)
        self.assertIsNone(expected.expected_days)
        self.assertTrue(0 < expected.probability < 0.2)

    def test_recency(self):
        self.assertEqual([recency(days, 10) for days in (0, 10, 20)], [1, 0.5, 0.25])
        self.assertEqual(recency(9999, None), 1)

    @given(st.lists(deliveries, min_size=1, max_size=60), keys)
    def test_is_a_probability_within_its_interval(self, found, key):
        expected = learn(rows_of(found)).forecast(key)
        self.assertTrue(
            0 <= expected.low <= expected.probability <= expected.high <= 1, expected
        )

    @given(st.lists(deliveries, min_size=1, max_size=60), keys)
    def test_is_the_average_of_what_is_shown(self, found, key):
        expected = learn(rows_of(found)).forecast(key)
        weights = [level.weight for level in expected.levels]
        self.assertTrue(all(0 <= weight <= 1 for weight in weights), weights)
        average = 0.5 * (1 - sum(weights)) + sum(
            level.weight * level.tally.rate for level in expected.levels if level.weight
        )
        self.assertAlmostEqual(expected.probability, average, places=9)

    @given(st.lists(deliveries, min_size=1, max_size=60), keys)
    def test_is_between_the_rates_and_the_half_it_began_with(self, found, key):
        expected = learn(rows_of(found)).forecast(key)
        rates = [level.tally.rate for level in expected.levels if level.weight]
        self.assertLessEqual(expected.probability, max(0.5, *rates) + 1e-9)
        self.assertGreaterEqual(expected.probability, min(0.5, *rates) - 1e-9)

    @given(st.integers(1, 200), st.floats(0, 1), st.integers(2, 20))
    def test_more_of_the_same_is_surer(self, count, share, more):
        late = round(share * count)
        one, other = (
            learn([many(ASKED, count * times, late * times)]).forecast(ASKED)
            for times in (1, more)
        )
        self.assertGreater(other.worth, one.worth)
        own = late / count
        self.assertLessEqual(
            abs(other.probability - own), abs(one.probability - own) + 1e-12
        )
        # A rate of 1 in 2 is the least sure one: towards it an interval may widen.
        if abs(other.probability - 0.5) >= abs(one.probability - 0.5):
            self.assertLessEqual(other.high - other.low, one.high - one.low + 1e-6)

    @given(st.lists(deliveries, min_size=1, max_size=40), st.randoms(), keys)
    def test_the_order_of_rows_does_not_matter(self, found, chance, key):
        rows = rows_of(found)
        shuffled = random.Random(chance.random()).sample(rows, len(rows))
        one, other = (learn(each).forecast(key) for each in (rows, shuffled))
        self.assertAlmostEqual(one.probability, other.probability, places=9)
        self.assertAlmostEqual(one.low, other.low, places=5)
        self.assertEqual(one.basis, other.basis)


shares = st.floats(min_value=0.001, max_value=0.999)


class TestTolerance(unittest.TestCase):
    @given(shares, st.integers(min_value=1, max_value=30))
    def test_not_learned_it_is_never_certain_before_it_is_over(self, late, tolerance):
        found = [beyond(late, None, tolerance, over) for over in range(tolerance + 2)]
        self.assertEqual((found[0], found[-1]), (late, 1.0))
        self.assertEqual(found, sorted(found))
        self.assertLess(found[-2], 1)

    @given(shares, st.integers(min_value=1, max_value=30))
    def test_not_learned_no_less_than_where_half_of_the_late_ones_exceed_it(
        self, late, tolerance
    ):
        for over in range(-1, tolerance + 2):
            self.assertGreaterEqual(
                beyond(late, None, tolerance, over) + 1e-12,
                beyond(late, late / 2, tolerance, over),
            )

    def test_without_a_tolerance_nothing_is_to_be_learned(self):
        self.assertEqual([beyond(0.4, None, 0, over) for over in (0, 1)], [0.4, 1])
