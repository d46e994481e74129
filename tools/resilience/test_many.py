"""Memory and statements do not grow with the suppliers, nor does time out of step."""

import unittest

from . import laboratory

FEW, MANY = 1_000, 4_000
# What each supplier may leave: a number for each KPI, its id, and text in transit.
BYTES_A_SUPPLIER = 1_500
# Of a process whose memory is not given back at once, in MB.
NOISE = 12
# Suppliers that are read and written at once.
SLICE = 500


class TestMany(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        lab = laboratory.current()
        cls.few, cls.many = (lab.many(count) for count in (FEW, MANY))

    def test_all_are_scored(self):
        for found, count in ((self.few, FEW), (self.many, MANY)):
            self.assertEqual((found["suppliers"], found["problems"]), (count, ""))

    def test_memory(self):
        few, many = (each["compute"]["peak_mb"] for each in (self.few, self.many))
        allowed = NOISE + (MANY - FEW) * BYTES_A_SUPPLIER / 1e6
        self.assertLess(many - few, allowed)

    def test_time(self):
        """No statement looks through all suppliers for each: 16 times as long."""
        few, many = (each["compute"]["sql_seconds"] for each in (self.few, self.many))
        self.assertLess(many, 8 * max(few, 1))

    def test_statements(self):
        """But for what is fetched and copied, slice by slice, into three tables."""
        few, many = (self.few["compute"], self.many["compute"])
        slices = (MANY - FEW) // SLICE
        self.assertEqual(many["copies"] - few["copies"], 3 * slices)
        self.assertEqual(many["statements"], few["statements"])
