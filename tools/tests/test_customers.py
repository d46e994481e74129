"""The demo's customers, before any of them meets Odoo."""

import unittest
from datetime import date, timedelta

from tools.demo.catalogue import HERE, PRODUCTS
from tools.demo.clock import add_months, wednesday
from tools.demo.customers import CUSTOMERS, OPEN, PAST, QUOTATION, sales
from tools.demo.suppliers import SUPPLIERS

MONTH = date(2026, 10, 1)
TODAY = date(2026, 11, 29)
SALES = [sale for *_when, sale in (*PAST, *OPEN)]
CAUSES = {"not_late", "supplier", "order", "stock", "carrier", "not_due"}


def cause_of(sale, days):
    """What the days say of an order, in the words of the trace.

    :param days: from the promised one until today
    """
    left = sale.left[-1] if sale.left else days
    if not sale.left and days < 0:
        return "not_due"
    if left <= 0:
        return "carrier" if sale.complaint and not sale.supplier else "not_late"
    there = sale.came[-1][0] if sale.came else left if sale.supplier else 0
    by_us = max(0, min(sale.promised, there)) if sale.supplier else 0
    by_supplier = max(0, there - max(0, sale.promised)) if sale.supplier else 0
    in_stock = left - max(0, there)
    if by_supplier > max(by_us, in_stock):
        return "supplier"
    return "stock" if in_stock >= by_us else "order"


class TestCustomers(unittest.TestCase):
    def test_names_exist(self):
        sellers = {each.name: each for each in SUPPLIERS}
        for sale in (*SALES, QUOTATION):
            with self.subTest(sale=sale):
                self.assertIn(sale.customer, CUSTOMERS)
                self.assertIn(sale.code, PRODUCTS)
                if sale.supplier:
                    seller = sellers[sale.supplier]
                    self.assertIn(sale.code, seller.products)
                    self.assertIn(HERE, dict(seller.orders))

    def test_every_customer_is_somebody(self):
        asking = {sale.customer for sale in (*SALES, QUOTATION)}
        self.assertEqual(asking, CUSTOMERS.keys())

    def test_each_cause_is_there_and_is_what_the_days_say(self):
        for wanted, sale in sales(MONTH, TODAY):
            with self.subTest(sale=sale):
                self.assertEqual(sale.cause, cause_of(sale, (TODAY - wanted).days))
        self.assertEqual({sale.cause for sale in SALES}, CAUSES)

    def test_one_thing_after_the_other(self):
        for sale in SALES:
            with self.subTest(sale=sale):
                if sale.supplier:
                    self.assertGreaterEqual(sale.bought, -sale.sold)
                days = [day for day, _share in sale.came]
                self.assertEqual(days, sorted(days))
                if sale.came:
                    self.assertLessEqual(days[-1], sale.left[-1])
                    self.assertEqual(sale.came[-1][1], 1)

    def test_made_to_order_by_one_supplier(self):
        """Odoo orders of the first vendor: whose goods these are is not open."""
        for sale in SALES:
            if sale.supplier:
                sellers = {e.name for e in SUPPLIERS if sale.code in e.products}
                self.assertEqual(sellers, {sale.supplier})

    def test_days(self):
        self.assertEqual(add_months(date(2026, 1, 1), -1), date(2025, 12, 1))
        for number in range(1, 13):
            month = date(2026, number, 1)
            days = [wednesday(month, week) for week in range(1, 5)]
            with self.subTest(month=month):
                self.assertEqual({day.weekday() for day in days}, {2})
                self.assertEqual({day.month for day in days}, {number})
        for _wanted, sale in sales(MONTH, TODAY)[: len(PAST)]:
            # All of it is over a week after the month: then it is evaluated.
            self.assertLess(sale.left[-1], timedelta(days=7).days)


if __name__ == "__main__":
    unittest.main()
