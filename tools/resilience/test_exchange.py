"""What goes out of one database by files is the same in a second one."""

import unittest

from . import laboratory

RECORDS = {"supplier": 2, "contact": 1, "document": 1, "incident": 1, "benchmark": 1}


class TestExchange(unittest.TestCase):
    maxDiff = 4000

    def test_round_trip(self):
        lab = laboratory.current()
        first, second = (lab.database(f"exchange_{name}") for name in ("out", "in"))
        self.addCleanup(lab.drop, first)
        self.addCleanup(lab.drop, second)
        count = sum(RECORDS.values())
        there = lab.exchange(first, "fill")
        self.assertEqual(there["states"], {"created": count})
        self.assertEqual(
            {kind: len(records) for kind, records in there["records"].items()}, RECORDS
        )
        here = lab.exchange(second, "take")
        self.assertEqual(here["states"], {"created": count})
        self.assertEqual(here["records"], there["records"])
        # The same files are answered as before, and change nothing.
        self.assertEqual(lab.exchange(second, "take"), here)
