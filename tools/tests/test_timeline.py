"""What happens when, in the demo's year."""

import gc
import sys
import unittest
from datetime import datetime, timedelta
from unittest import mock

# Odoo's Python has it; here nothing depends on a frozen clock.
with mock.patch.dict(sys.modules, freezegun=mock.MagicMock()):
    from tools.demo.timeline import Timeline

START = datetime(2026, 1, 1)
DAY = timedelta(days=1)


class TestTimeline(unittest.TestCase):
    def setUp(self):
        self.addCleanup(gc.unfreeze)
        self.env = mock.MagicMock()
        self.env.transaction.envs = {"lasting"}
        self.timeline = Timeline(self.env)
        self.done = []
        self.told = []

    def run_until(self, instant):
        self.timeline.run(instant, self.told.append)
        return self.done

    def test_order_of_instants(self):
        for days in (2, 0, 1):
            self.timeline.at(START + days * DAY, self.done.append, days)
        self.assertEqual(self.run_until(START + DAY), [0, 1])

    def test_event_adds_a_later_one(self):
        later = START + DAY, self.done.append, "later"
        self.timeline.at(START, self.timeline.at, *later)
        self.assertEqual(self.run_until(START + DAY), ["later"])

    def test_things_of_one_instant_are_one_event(self):
        for days, thing, place in (
            (0, "a", "here"),
            (0, "b", "here"),
            (0, "c", "there"),
            (1, "d", "here"),
        ):
            self.timeline.together(START + days * DAY, self.act, thing, place)
        self.assertEqual(
            self.run_until(START + DAY),
            [(["a", "b"], "here"), (["c"], "there"), (["d"], "here")],
        )

    def act(self, things, place):
        self.done.append((things, place))

    def test_forgets_the_environments_of_an_event(self):
        envs = self.env.transaction.envs
        for days in (0, 1):
            self.timeline.at(START + days * DAY, lambda: self.done.append({*envs}))
            self.timeline.at(START + days * DAY, envs.add, f"event {days}")
        self.run_until(START + DAY)
        self.assertEqual([*self.done, envs], [{"lasting"}] * 3)

    def test_tells_how_much_is_over(self):
        for days in (0, 1, 3):
            self.timeline.at(START + days * DAY, self.done.append, days)
        self.run_until(START + 4 * DAY)
        self.assertEqual(self.told, [0, 0.25, 0.75])


if __name__ == "__main__":
    unittest.main()
