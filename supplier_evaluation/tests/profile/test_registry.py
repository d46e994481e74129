from odoo.tests import BaseCase, tagged

from ...models.profile.registry import expected_digit
from ..fact.common import CatalogueCommon

# As they stand on business licences.
GOLDEN = (
    "91110000600037341L",
    "914403001922038216",
    "9144030071526726XG",
    "91330100799655058B",
)


@tagged("post_install", "-at_install")
class TestCheckDigit(BaseCase):
    """GB 32100-2015."""

    def test_golden(self):
        for number in GOLDEN:
            with self.subTest(number=number):
                self.assertEqual(expected_digit(number), number[-1])

    def test_one_wrong_character_is_found(self):
        for place in range(17):
            for char in "0123456789ABCDEFGHJKLMNPQRTUWXY":
                number = GOLDEN[0][:place] + char + GOLDEN[0][place + 1 :]
                if number != GOLDEN[0]:
                    self.assertNotEqual(expected_digit(number), number[-1], number)

    def test_character_that_none_has(self):
        for char in "IOSVZ中":
            self.assertEqual(expected_digit(f"9111000060003734{char}L"), "")


@tagged("post_install", "-at_install")
class TestRegistry(CatalogueCommon):
    """It is said that a number cannot be right, never refused."""

    def _problem(self, number, country="cn"):
        self.supplier.write(
            {
                "country_id": self.env.ref(f"base.{country}").id,
                "company_registry": number,
            }
        )
        self.assertEqual(
            self.supplier.supplier_registry_wrong,
            bool(self.supplier.supplier_registry_problem),
        )
        return self.supplier.supplier_registry_problem

    def test_right(self):
        for number in GOLDEN:
            self.assertFalse(self._problem(number))
        self.assertFalse(self._problem("9111 0000 6000 3734 1l"))

    def test_wrong(self):
        self.assertIn(
            "it ends with 7, but its check digit is 6",
            self._problem("914403001922038217"),
        )
        self.assertIn("a character that none has", self._problem("91440300I922038216"))

    def test_others_are_not_looked_at(self):
        self.assertFalse(self._problem("914403001922038217", "de"))
        self.assertFalse(self._problem("440301103097413"))
        self.assertFalse(self._problem(False))

    def test_found(self):
        self._problem("914403001922038217")
        found = self.env["res.partner"].search([("supplier_registry_wrong", "=", True)])
        self.assertIn(self.supplier, found)
