"""What a rule's alerts do next."""

from __future__ import annotations

import unittest
from dataclasses import dataclass
from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from ...following.alert import Limit, decide

NOW = datetime(2026, 4, 1, 12)
VALUES = st.floats(-1000, 1000, allow_nan=False)


@dataclass(frozen=True)
class Saw:
    subject: str
    opens: bool = True
    res_ids: tuple = ()
    since: datetime | None = None
    earlier_ids: tuple = ()
    said: tuple = (None, "")


class TestLimit(unittest.TestCase):
    def test_below(self):
        score = Limit(80, below=True, closes_at=82)
        for value, opens in (
            (79.99, True),
            (80.0, False),
            (81.99, False),
            (82.0, None),
            (None, None),
            (False, None),
        ):
            with self.subTest(value=value):
                self.assertIs(score.opens(value), opens)

    def test_above(self):
        complaints = Limit(5)
        for value, opens in ((6, True), (5, None), (0, None)):
            with self.subTest(value=value):
                self.assertIs(complaints.opens(value), opens)

    def test_the_value_itself(self):
        dropped = Limit(10, reaches=True, closes_at=4)
        for value, opens in ((9.99, False), (10, True), (4, None)):
            with self.subTest(value=value):
                self.assertIs(dropped.opens(value), opens)

    @given(VALUES, VALUES, st.booleans())
    def test_what_is_worse_never_closes_what_is_better_opens(self, value, step, below):
        limit = Limit(0, below)
        worse = value - abs(step) if below else value + abs(step)
        if limit.opens(value):
            self.assertTrue(limit.opens(worse))


class TestDecide(unittest.TestCase):
    def test_opens_stays_and_closes(self):
        decision = decide(
            [
                Saw("new"),
                Saw("old"),
                Saw("between", opens=False),
                Saw("x", opens=False),
            ],
            {"old": 1, "between": 2, "gone": 3},
            {},
            NOW,
        )
        self.assertEqual([one.subject for one in decision.opens], ["new"])
        self.assertEqual(
            {alert: one.subject for alert, one in decision.stays.items()},
            {1: "old", 2: "between"},
        )
        self.assertEqual(decision.closes, [3])

    def test_of_two_that_which_opens_counts(self):
        for seen in ([Saw("a", False), Saw("a")], [Saw("a"), Saw("a", False)]):
            self.assertEqual(len(decide(seen, {}, {}, NOW).opens), 1)

    def test_cool_down(self):
        for hours, opens in ((1, False), (23.9, False), (24, True), (48, True)):
            resolved = {"a": NOW - timedelta(hours=hours)}
            decision = decide([Saw("a")], {}, resolved, NOW, cool_down=24)
            with self.subTest(hours=hours):
                self.assertEqual(bool(decision.opens), opens)
                self.assertEqual(bool(decision.cooled), not opens)

    def test_what_happened_once_lasts(self):
        self.assertEqual(decide([], {"a": 1}, {}, NOW, lasts=True).closes, [])

    def test_what_somebody_resolved_is_no_news(self):
        known = {"a": (frozenset({1, 2}), NOW, (None, ""))}
        for ids, opens in (((1,), False), ((1, 2), False), ((2, 3), True), ((), True)):
            with self.subTest(ids=ids):
                decision = decide([Saw("a", res_ids=ids)], {}, {}, NOW, known=known)
                self.assertEqual(bool(decision.opens), opens)

    def test_what_happens_again_is_news(self):
        known = {"a": (frozenset({1}), NOW, (None, ""))}
        for lasts in (False, True):
            seen = [Saw("a", res_ids=(1,))]
            decision = decide(seen, {}, {}, NOW, known=known, lasts=lasts)
            self.assertEqual(bool(decision.opens), lasts)

    def test_a_revision_is_news_where_it_says_something_else(self):
        known = {"a": (frozenset({1, 2}), NOW, (70.0, ""))}
        for said, earlier, opens in (
            ((70.0, ""), (2,), False),
            ((70.0, ""), (3,), True),
            ((60.0, ""), (2,), True),
        ):
            saw = Saw("a", res_ids=(4,), earlier_ids=earlier, said=said)
            with self.subTest(said=said, earlier=earlier):
                decision = decide([saw], {}, {}, NOW, known=known)
                self.assertEqual(bool(decision.opens), opens)

    def test_what_is_made_anew_is_known_since_it_began(self):
        known = {"a": (frozenset({1, 2}), NOW, (None, ""))}
        for hours, opens in ((-1, False), (0, False), (1, True)):
            since = NOW + timedelta(hours=hours)
            saw = Saw("a", res_ids=(3,), since=since)
            with self.subTest(hours=hours):
                decision = decide([saw], {}, {}, NOW, known=known)
                self.assertEqual(bool(decision.opens), opens)

    def test_what_is_known_hides_nothing_else(self):
        seen = [Saw("a", res_ids=(1,)), Saw("a", res_ids=(3,))]
        known = {"a": (frozenset({1}), NOW, (None, ""))}
        self.assertEqual(decide(seen, {}, {}, NOW, known=known).opens, seen[1:])

    @given(
        st.lists(st.tuples(st.sampled_from("abcd"), st.booleans())),
        st.sets(st.sampled_from("abcd")),
    )
    def test_each_subject_has_one_fate(self, seen, waiting):
        decision = decide(
            [Saw(*each) for each in seen], {name: name for name in waiting}, {}, NOW
        )
        opened = [one.subject for one in decision.opens]
        self.assertEqual(len(set(opened)), len(opened))
        self.assertFalse(set(opened) & waiting)
        self.assertEqual(set(decision.stays) | set(decision.closes), waiting)


if __name__ == "__main__":
    unittest.main()
