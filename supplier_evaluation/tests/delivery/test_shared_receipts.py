"""Surplus of one line fills the others: nothing comes, and nothing is lost."""

import doctest
import random
from collections import defaultdict
from datetime import date, timedelta

from odoo.tests import BaseCase, tagged

from ...report.delivery import surplus
from ...report.delivery.surplus import OpenLine, fill_lines

FIRST = date(2026, 3, 1)


def day(number):
    return FIRST + timedelta(days=number)


def filled(lines, receipts):
    """What each line got, by line and day."""
    got = defaultdict(float)
    for when, key, quantity in fill_lines(lines, receipts):
        got[key, when] += quantity
    return dict(got)


@tagged("post_install", "-at_install")
class TestSharedReceipts(BaseCase):
    def test_the_example(self):
        self.assertEqual(doctest.testmod(surplus)[0], 0)

    def test_own_goods_come_first(self):
        lines = [OpenLine(1, 10, day(20)), OpenLine(2, 10, day(5))]
        self.assertEqual(filled(lines, [(day(3), 1, 10)]), {(1, day(3)): 10})

    def test_what_is_left_is_too_much_where_it_was_typed(self):
        lines = [OpenLine(1, 10, day(9)), OpenLine(2, 5, day(9))]
        self.assertEqual(
            filled(lines, [(day(3), 1, 18)]), {(1, day(3)): 13, (2, day(3)): 5}
        )

    def test_what_was_filled_before_is_surplus_later(self):
        """The second line's own goods come when it is full already."""
        lines = [OpenLine(1, 10, day(9)), OpenLine(2, 10, day(9))]
        self.assertEqual(
            filled(lines, [(day(20), 2, 10), (day(3), 1, 20)]),
            {(1, day(3)): 10, (2, day(3)): 10, (2, day(20)): 10},
        )

    def test_a_cancelled_line_waits_no_more(self):
        lines = [OpenLine(1, 10, day(9)), OpenLine(2, 10, day(9), open_until=day(4))]
        self.assertEqual(filled(lines, [(day(5), 1, 20)]), {(1, day(5)): 20})
        self.assertEqual(
            filled(lines, [(day(4), 1, 20)]), {(1, day(4)): 10, (2, day(4)): 10}
        )

    def test_what_rounding_leaves_open_is_not_filled(self):
        """0.1 and 0.7 are less than 0.8 to a computer."""
        lines = [
            OpenLine(1, 0.8, day(9), tolerance=0.005),
            OpenLine(2, 5, day(9), tolerance=0.005),
        ]
        came = [(day(1), 1, 0.1), (day(2), 1, 0.7), (day(8), 2, 6)]
        self.assertEqual(filled(lines, came)[2, day(8)], 6)
        self.assertNotIn((1, day(8)), filled(lines, came))

    def test_what_rounding_adds_stays(self):
        lines = [OpenLine(1, 10.9728, day(9), rounding=0.01), OpenLine(2, 5, day(9))]
        self.assertEqual(filled(lines, [(day(1), 1, 10.98)]), {(1, day(1)): 10.98})
        self.assertEqual(len(filled(lines, [(day(1), 1, 10.99)])), 2)

    def test_random_orders(self):
        """All that came is somewhere on its day; too much only where none waits."""
        rng = random.Random(4)
        for _case in range(300):
            lines = [
                OpenLine(key, rng.randrange(1, 9), day(rng.randrange(9)))
                for key in range(rng.randrange(1, 5))
            ]
            receipts = [
                (day(rng.randrange(9)), rng.choice(lines).key, rng.randrange(1, 12))
                for _receipt in range(rng.randrange(6))
            ]
            got = fill_lines(lines, receipts)
            came, found, total = (defaultdict(float) for _sum in range(3))
            for when, _key, quantity in receipts:
                came[when] += quantity
            for when, key, quantity in got:
                found[when] += quantity
                total[key] += quantity
            self.assertEqual(came, found)
            if any(total[line.key] > line.quantity for line in lines):
                self.assertFalse(
                    [line for line in lines if total[line.key] < line.quantity]
                )
