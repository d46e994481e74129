# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import math
import random
import unittest
from dataclasses import replace
from datetime import date, timedelta

from .. import Key, Promise, forecasts, reliability, report, score

START = date(2024, 1, 1)


def history(count=1200, seed=7):
    """Deliveries of suppliers with a rate each, which changes half-way."""
    chance = random.Random(seed)
    rates = [chance.betavariate(1, 6) for _supplier in range(60)]
    found = []
    for number in range(count):
        supplier = chance.randrange(30)
        promised = START + timedelta(days=number)
        is_late = chance.random() < rates[supplier + 30 * (number > count / 2)]
        days = chance.randint(1, 20) if is_late else -chance.randint(0, 5)
        found.append(
            Promise(
                Key(f"s{supplier}", f"p{number % 4}", "x"),
                promised,
                promised + timedelta(days=days),
                promised - timedelta(days=20) if number % 2 else None,
            )
        )
    return found


class TestCalibration(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.history = history()
        cls.found = forecasts(cls.history)

    def test_beats_the_rates_it_is_compared_with(self):
        scores = report(self.found)["scores"]
        for other in ("own_rate", "overall_rate"):
            self.assertLess(scores["ours"].brier, scores[other].brier)
            self.assertLess(scores["ours"].log_loss, scores[other].log_loss)

    def test_what_it_says_comes_true(self):
        lines = reliability([(one.ours, one.is_late) for one in self.found])
        self.assertEqual(sum(line.count for line in lines), len(self.found))
        for line in lines:
            spread = math.sqrt(line.expected * (1 - line.expected) / line.count)
            self.assertLess(abs(line.observed - line.expected), 4 * spread + 0.03, line)

    def test_with_a_tolerance_too(self):
        """Late is what takes longer than the tolerance, in what is learned as well."""
        found = forecasts(self.history, tolerance=8)
        late = sum(one.is_late for one in found)
        self.assertEqual(late, sum(one.days_late > 8 for one in found))
        self.assertLess(late, sum(one.is_late for one in self.found))
        for line in reliability([(one.ours, one.is_late) for one in found]):
            spread = math.sqrt(line.expected * (1 - line.expected) / line.count)
            self.assertLess(abs(line.observed - line.expected), 4 * spread + 0.03, line)
        self.assertLess(
            score([(one.ours, one.is_late) for one in found]).brier,
            score([(one.overall_rate, one.is_late) for one in found]).brier,
        )

    def test_nothing_of_the_future_is_known(self):
        """What comes on the day of a forecast or later does not change it."""
        limit = START + timedelta(days=600)
        changed = [
            promise
            if promise.received < limit
            else replace(promise, received=promise.promised + timedelta(days=900))
            for promise in self.history
        ]
        before = [
            [
                (one.asked, one.ours, one.own_rate, one.overall_rate)
                for one in found
                if one.asked <= limit
            ]
            for found in (self.found, forecasts(changed))
        ]
        # Those of one day may come in another order: one of them is late now.
        self.assertEqual(*map(sorted, before))
        self.assertGreater(len(before[0]), 300)

    def test_the_order_of_rows_does_not_matter(self):
        shuffled = random.Random(3).sample(self.history, len(self.history))
        self.assertEqual(forecasts(shuffled), self.found)

    def test_empty(self):
        self.assertEqual(forecasts([]), [])
        self.assertEqual(reliability([]), [])

    def test_perfect_and_worst_forecasts(self):
        self.assertEqual(score([(1.0, True), (0.0, False)]).brier, 0)
        worst = score([(0.0, True)])
        self.assertEqual(worst.brier, 1)
        self.assertTrue(math.isfinite(worst.log_loss))
