"""The demo's suppliers, before any of them meets Odoo."""

import unittest
from collections import Counter
from datetime import date
from random import Random

from tools.demo.catalogue import COMPANIES, PRODUCTS, RATES
from tools.demo.deals import Year
from tools.demo.suppliers import SUPPLIERS

MONTHS = [date(2025, month, 1) for month in range(1, 13)]
# With fewer counted lines a score is provisional.
MINIMUM_LINES = 5


def deals_of(supplier, seed=1):
    return list(Year(MONTHS, len(MONTHS), Random(seed)).deals(supplier))


class TestSuppliers(unittest.TestCase):
    def test_names_exist(self):
        companies = {company.name for company in COMPANIES}
        for supplier in SUPPLIERS:
            with self.subTest(supplier.name):
                self.assertLessEqual(set(supplier.products), PRODUCTS.keys())
                self.assertLessEqual({name for name, _n in supplier.orders}, companies)
                self.assertIn(supplier.currency, {"", *RATES})
                self.assertLessEqual(supplier.lines[1], len(supplier.products))

    def test_each_has_a_character_of_its_own(self):
        self.assertEqual(len(SUPPLIERS), 12)
        self.assertEqual(len({supplier.character for supplier in SUPPLIERS}), 12)


class TestDeals(unittest.TestCase):
    def test_same_seed_same_year(self):
        for supplier in SUPPLIERS:
            with self.subTest(supplier.name):
                self.assertEqual(deals_of(supplier), deals_of(supplier))

    def test_days(self):
        for deal in (deal for each in SUPPLIERS for deal in deals_of(each)):
            with self.subTest(deal=deal):
                self.assertLess(deal.ordered, deal.promised)
                self.assertLess(deal.ordered.weekday(), 5)
                self.assertLess(deal.promised.weekday(), 5)
                self.assertIn(deal.promised.replace(day=1), MONTHS)

    def test_enough_lines_to_be_ranked(self):
        for supplier in SUPPLIERS:
            lines = Counter()
            for deal in deals_of(supplier):
                goods = [line for line in deal.lines if line[0] != "SV-CAL"]
                if not (deal.plan.cancelled or deal.plan.waived):
                    lines[deal.company, deal.promised.month] += len(goods)
            enough = min(lines.values()) >= MINIMUM_LINES
            with self.subTest(supplier.name):
                self.assertEqual(enough, supplier.name != "Pocket Springs")

    def test_characters_change_over_the_year(self):
        late = {
            supplier.name: [
                any(arrival.days > 0 for arrival in deal.plan.arrivals)
                for deal in deals_of(supplier)
                if deal.plan.arrivals and deal.company == supplier.orders[0][0]
            ]
            for supplier in SUPPLIERS
        }
        for name, first, last in (
            ("Downhill Castings", False, True),
            ("Phoenix Machining", True, False),
            ("Twoday Fasteners", True, True),
            ("Branch Office Optics", False, False),
        ):
            with self.subTest(name):
                self.assertEqual((late[name][0], late[name][-1]), (first, last))


if __name__ == "__main__":
    unittest.main()
