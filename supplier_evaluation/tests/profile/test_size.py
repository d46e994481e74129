from odoo.exceptions import ValidationError
from odoo.tests import tagged

from ..fact.common import CatalogueCommon


@tagged("post_install", "-at_install")
class TestSupplierSize(CatalogueCommon):
    def test_unknown_is_not_zero(self):
        partner = self.supplier
        self.assertIs(partner.supplier_employees, False)
        self.assertIs(partner.supplier_turnover, False)
        partner.supplier_employees = 0
        self.assertEqual(partner.supplier_employees, 0)
        self.assertIsNot(partner.supplier_employees, False)

    def test_amounts_have_a_currency(self):
        refused = (
            ({"supplier_turnover": 5e6}, "of which year the turnover is"),
            ({"supplier_capital": 1e6}, "in which currency"),
            ({"supplier_employees": -1}, "not below 0"),
            ({"supplier_turnover_year": 26}, "between 1900 and"),
            ({"supplier_founded": "2999-01-01"}, "founded in the future"),
        )
        for vals, text in refused:
            with (
                self.subTest(vals=vals),
                self.assertRefused(text, error=ValidationError),
                self.env.cr.savepoint(),
            ):
                self.supplier.write(vals)
        currency = self.company.currency_id.id
        self.supplier.write(
            {
                "supplier_turnover": 5e6,
                "supplier_turnover_year": 2024,
                "supplier_turnover_currency_id": currency,
                "supplier_capital": 1e6,
                "supplier_capital_currency_id": currency,
                "supplier_founded": "1998-05-01",
            }
        )
