from odoo.tests import BaseCase, tagged

from ...models.inspection.sampling import LETTERS, LEVELS, sample_of


@tagged("post_install", "-at_install")
class TestSampling(BaseCase):
    """Plans of ISO 2859-1, tables 1 and 2-A, as they are printed."""

    def test_printed_plans(self):
        for lot, level, sample, accepted in (
            (1000, "1.0", 80, 2),  # J
            (1000, "0.65", 80, 1),
            (1000, "2.5", 80, 5),
            (1000, "4.0", 80, 7),
            (1000, "6.5", 80, 10),
            (2000, "1.5", 125, 5),  # K
            (400, "2.5", 50, 3),  # H
            (200, "1.0", 50, 1),  # G: the arrow leads to H
            (130, "1.0", 13, 0),  # F: the arrow leads to E
            (60, "2.5", 20, 1),  # E: the arrow leads to F
            (5000, "0.065", 200, 0),  # L
            (20_000, "6.5", 200, 21),  # M: the arrow leads to L
            (600_000, "0.065", 1250, 2),  # Q
            (10, "1.0", 10, 0),  # a sample of 13 is all of it
        ):
            with self.subTest(lot=lot, level=level):
                self.assertEqual(sample_of(lot, level), (sample, accepted))

    def test_more_is_never_checked_less(self):
        for level in LEVELS:
            samples = [sample_of(min(size, 10**6), level)[1] for size, _ in LETTERS]
            self.assertEqual(samples, sorted(samples))
