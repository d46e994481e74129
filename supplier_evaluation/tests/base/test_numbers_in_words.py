from odoo.tests import TransactionCase

from ...tools.numbers import apart, exact


class TestNumbersInWords(TransactionCase):
    """Numbers in sentences, as their reader writes them."""

    def test_decimals_that_are_there(self):
        self.env["res.lang"]._activate_lang("de_DE")
        german = self.env(context={"lang": "de_DE"})
        for value, english, in_german in (
            (100.0, "100", "100"),
            (0.0, "0", "0"),
            (-0.00001, "0", "0"),
            (2.5, "2.5", "2,5"),
            (0.0004, "0.0004", "0,0004"),
            (1250000.25, "1,250,000.25", "1.250.000,25"),
        ):
            with self.subTest(value):
                self.assertEqual(exact(self.env, value), english)
                self.assertEqual(exact(german, value), in_german)
        self.assertEqual(exact(self.env, 2.345, 2), "2.35")

    def test_two_that_differ_look_different(self):
        for value, other, texts in (
            (79.96, 80.0, ("79.96", "80.00")),
            (79.9996, 80.0, ("79.9996", "80.0000")),
            (70.0, 80.0, ("70.0", "80.0")),
            (80.0, 80.0, ("80.0", "80.0")),
            (80.000001, 80.0, ("80.0000", "80.0000")),
        ):
            with self.subTest(value):
                self.assertEqual(apart(self.env, value, other), texts)
