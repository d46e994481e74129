"""The way from a baseline to a target."""

from __future__ import annotations

import unittest
from datetime import date

from ...following.goal import (
    BEHIND,
    MISSED,
    NO_DATA,
    ON_TRACK,
    REACHED,
    Actual,
    Path,
)

YEAR = Path(80.0, date(2025, 12, 31), 92.0, date(2026, 12, 31))
# Late days: fewer are better.
DAYS = Path(6.0, date(2025, 12, 31), 2.0, date(2026, 12, 31), False)


def month(number, value):
    first = date(2026, number, 1)
    last = date(2026, number, 30 if number != 2 else 28)
    return Actual(first, last, value)


class TestPath(unittest.TestCase):
    def test_the_ends(self):
        self.assertEqual(YEAR.expected(date(2025, 12, 31)), 80.0)
        self.assertEqual(YEAR.expected(date(2026, 12, 31)), 92.0)
        self.assertEqual(YEAR.expected(date(2020, 1, 1)), 80.0)
        self.assertEqual(YEAR.expected(date(2030, 1, 1)), 92.0)

    def test_higher_is_better(self):
        on_path = YEAR.expected(date(2026, 6, 30))
        for value, expected in (
            (on_path - 0.1, BEHIND),
            (on_path, ON_TRACK),
            (91.9999, ON_TRACK),
            (92.0, REACHED),
            (99.0, REACHED),
        ):
            with self.subTest(value=value):
                self.assertEqual(YEAR.status([month(6, value)], False), expected)

    def test_lower_is_better(self):
        on_path = DAYS.expected(date(2026, 6, 30))
        for value, expected in (
            (on_path + 0.1, BEHIND),
            (on_path, ON_TRACK),
            (2.0, REACHED),
            (0.0, REACHED),
        ):
            with self.subTest(value=value):
                self.assertEqual(DAYS.status([month(6, value)], False), expected)

    def test_when_it_is_over(self):
        self.assertEqual(YEAR.status([month(12, 91.0)], True), MISSED)
        self.assertEqual(YEAR.status([month(12, 92.0)], True), REACHED)
        self.assertEqual(DAYS.status([month(12, 2.1)], True), MISSED)

    def test_reached_once_is_not_reached_for_ever(self):
        actuals = [month(5, 95.0), month(6, 81.0)]
        self.assertEqual(YEAR.status(actuals, False), BEHIND)

    def test_no_data_is_not_zero(self):
        for is_over in (False, True):
            with self.subTest(is_over=is_over):
                self.assertEqual(YEAR.status([month(6, None)], is_over), NO_DATA)
                self.assertEqual(DAYS.status([], is_over), NO_DATA)
        self.assertEqual(DAYS.status([month(6, 0.0)], False), REACHED)
        # The newest that is known counts.
        actuals = [month(5, 91.0), month(6, None)]
        self.assertEqual(YEAR.status(actuals, False), ON_TRACK)

    def test_a_target_that_is_held(self):
        held = Path(95.0, date(2025, 12, 31), 95.0, date(2026, 12, 31))
        self.assertEqual(held.expected(date(2026, 6, 30)), 95.0)
        self.assertEqual(held.status([month(6, 95.0)], False), REACHED)
        self.assertEqual(held.status([month(6, 94.9)], False), BEHIND)

    def test_noise_of_binary_fractions(self):
        third = Path(0.0, date(2025, 12, 31), 0.3, date(2026, 12, 31))
        self.assertTrue(third.meets(0.1 + 0.2))
        self.assertTrue(third.meets(0.3 - 1e-9))

    def test_what_ends_with_or_after_the_goal(self):
        path = Path(80.0, date(2025, 12, 31), 90.0, date(2026, 3, 15))
        months = [month(number, 80.0) for number in (1, 2, 3, 4)]
        # The period in which the goal ends decides, later ones do not.
        self.assertEqual(path.considered(months), months[:3])
        self.assertEqual(path.considered(months[3:]), [])
        self.assertEqual(path.considered(months[:1]), months[:1])
        # Of windows that overlap, the first that reaches the day.
        windows = [
            Actual(date(2026, 1, 1), date(2026, 3, 31), 1.0),
            Actual(date(2026, 2, 1), date(2026, 4, 30), 2.0),
        ]
        self.assertEqual(path.considered(windows), windows[:1])


if __name__ == "__main__":
    unittest.main()
