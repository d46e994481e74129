"""Whether something helped."""

from __future__ import annotations

import unittest

from ...following.effect import BETTER, UNPROVEN, WORSE, effect


class TestEffect(unittest.TestCase):
    def test_higher_is_better(self):
        for before, after, low, high, expected in (
            (62.1, 91.0, 85.0, 95.0, BETTER),
            (85.0, 91.0, 85.0, 95.0, UNPROVEN),
            (84.99, 91.0, 85.0, 95.0, BETTER),
            (95.01, 91.0, 85.0, 95.0, WORSE),
            (70.0, 70.0, None, None, UNPROVEN),
            (70.0, 71.0, None, None, BETTER),
        ):
            with self.subTest(before=before, after=after):
                self.assertEqual(effect(before, after, low, high), expected)

    def test_lower_is_better(self):
        self.assertEqual(effect(8.5, 3.2, higher_is_better=False), BETTER)
        self.assertEqual(effect(3.2, 8.5, higher_is_better=False), WORSE)
        self.assertEqual(effect(3.2, 3.4, 2.0, 5.0, False), UNPROVEN)

    def test_no_data_proves_nothing(self):
        for before, after in ((None, 91.0), (62.1, None), (None, None)):
            with self.subTest(before=before, after=after):
                self.assertEqual(effect(before, after), UNPROVEN)


if __name__ == "__main__":
    unittest.main()
