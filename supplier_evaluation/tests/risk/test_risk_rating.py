from odoo.exceptions import ValidationError
from odoo.tests import tagged

from .common import RiskCommon


@tagged("post_install", "-at_install")
class TestRiskRating(RiskCommon):
    """What a rating says, and how far it fell."""

    def test_ways_to_write_it(self):
        for text, name, score in (
            ("AA-", "AA-", 85.7),
            (" aa −", "AA-", 85.7),
            ("Baa1", "BBB+", 66.7),
            ("72", "A-", 72.0),
            ("3/100", "D", 3.0),
            ("100", "AAA", 100.0),
            ("0", "D", 0.0),
        ):
            with self.subTest(text=text):
                signal = self._rated(text, "2026-03-01")
                self.assertEqual(signal.rating_id.name, name)
                self.assertAlmostEqual(signal.rating_score, score, 1)

    def test_a_copy_is_another_notch(self):
        rating = self.env["supplier.risk.rating"].search([], limit=1)
        twin = rating.copy()
        self.assertNotEqual(twin.name, rating.name)
        self.assertFalse(twin.aliases)

    def test_what_nobody_knows_is_refused(self):
        for text in ("Excellent", "101", False):
            with self.assertRaises(ValidationError):
                self._rated(text, "2026-03-01")
        with self.assertRaises(ValidationError):
            self._signal("news", rating="AA")
        self.assertFalse(self._signal("news").rating_score is not False)

    def test_one_spelling_means_one_notch(self):
        rating = self.env.ref("supplier_evaluation.supplier_risk_rating_bb")
        with self.assertRaises(ValidationError):
            rating.aliases = "Ba2, aa −"

    def test_a_poor_rating_is_serious(self):
        self.assertEqual(self._rated("CCC", "2026-03-01").severity, "critical")
        self.assertEqual(self._rated("BB", "2026-03-01").severity, "medium")
        signal = self._rated("A", "2026-03-01")
        self.assertEqual(signal.severity, "low")
        signal.rating = "CC"
        self.assertEqual(signal.severity, "critical")

    def test_notches_lost(self):
        first = self._rated("A", "2026-01-01")
        last = self._rated("BBB", "2026-03-01")
        self._rated("B", "2026-02-15", source="Other agency")
        self.assertIs(first.rating_fall, False, "Nothing to compare with.")
        self.assertEqual(last.rating_fall, 3)
        between = self._rated("A-", "2026-02-01")
        self.assertEqual((between.rating_fall, last.rating_fall), (1, 2))
        between.rating = "BBB"
        self.assertEqual((between.rating_fall, last.rating_fall), (3, 0))
        self._set_state(between, "false_alarm")
        self.assertEqual(last.rating_fall, 3)
        first.unlink()
        self.assertIs(last.rating_fall, False)

    def test_it_may_rise(self):
        self._rated("BBB", "2026-01-01")
        self.assertEqual(self._rated("A", "2026-02-01").rating_fall, -3)
