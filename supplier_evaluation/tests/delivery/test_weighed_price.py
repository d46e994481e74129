from freezegun import freeze_time

from odoo import Command
from odoo.tests import tagged

from ..common import BUYER
from ..fact.common import CatalogueCommon

TIMELY = "2026-03-10 15:59:00"
LATE = "2026-03-16 02:00:00"


@tagged("post_install", "-at_install")
class TestWeighedPrice(CatalogueCommon):
    """10 at 5 are promised for 10 March, and nothing comes."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.people = cls._create_people("weighed", {"buyer": BUYER})
        cls.line = cls._order(10, 5, "2026-03-10")

    def _write(self, when, line=None, **vals):
        with freeze_time(when):
            self._as(line or self.line, "buyer").write(vals)

    def _assert_weight(self, weight, line=None):
        self.assertAlmostEqual(self._fact(line or self.line).weight, weight)

    def test_free_afterwards(self):
        self._write(LATE, price_unit=0)
        self.assertEqual(self.line.price_weighed, 5)
        self._assert_weight(50)

    def test_discounted_afterwards(self):
        self._write(LATE, discount=100)
        self._assert_weight(50)

    def test_discounted_through_the_order(self):
        with freeze_time(LATE):
            self._as(self.line.order_id, "buyer").order_line = [
                Command.update(self.line.id, {"discount": 100})
            ]
        self._assert_weight(50)

    def test_tax_afterwards(self):
        """A tax inside the price takes its part of it."""
        self._write(LATE, tax_ids=[Command.set(self._tax(900).ids)])
        self.assertEqual(self.line.price_subtotal, 5)
        self._assert_weight(50)

    def test_changed_on_the_promised_day(self):
        """Its last minute in Shanghai: both sides agree upon it."""
        self._write(TIMELY, price_unit=6)
        self._assert_weight(60)
        self._write(LATE, price_unit=0)
        self._assert_weight(60)

    def test_dearer_afterwards(self):
        self._write(LATE, price_unit=5000)
        self._assert_weight(50)

    def test_what_was_free_stays_free(self):
        free = self._order(10, 0, "2026-03-10")
        self._write(LATE, free, price_unit=5000)
        self._assert_weight(0, free)

    def test_changed_twice(self):
        self._write(LATE, price_unit=4)
        self._write(LATE, price_unit=0)
        self._assert_weight(50)

    def test_in_another_unit_afterwards(self):
        """1 dozen at 5 is not what 10 at 5 were."""
        self._write(LATE, product_uom_id=self.uom_dozen.id, product_qty=1, price_unit=5)
        self.assertEqual(self.line.price_weighed, 60)
        self._assert_weight(50)
        self._write(LATE, product_uom_id=self.uom_unit.id)
        self._assert_weight(50)

    def test_nothing_then_another_unit(self):
        self._write(LATE, product_qty=0)
        self._write(LATE, product_uom_id=self.uom_dozen.id)
        self._assert_weight(50)

    def test_free_then_nothing_then_again(self):
        self._write(LATE, price_unit=0)
        self._write(LATE, product_qty=0)
        self._assert_weight(50)
        self._write(LATE, product_qty=10)
        self._assert_weight(50)

    def test_nothing_then_again_by_the_promised_day(self):
        """The price of then counts, not the one of before."""
        self._write(TIMELY, product_qty=0)
        self._write(TIMELY, product_qty=10, price_unit=6)
        self.assertIs(self.line.price_weighed, False)
        self._assert_weight(60)

    def test_nothing_that_changes_the_price(self):
        self._write(LATE, product_qty=8, price_unit=5, discount=0)
        self.assertIs(self.line.price_weighed, False)
        self._assert_weight(50)

    def test_prices_are_the_present_ones(self):
        self._write(LATE, price_unit=4)
        self.assertEqual(self._price_fact(self.line).price, 4)

    def test_prices_of_what_is_ordered_no_more(self):
        """They are the last ones, whatever the promise weighs."""
        self._write(LATE, price_unit=4)
        self._write("2026-04-20 02:00:00", product_qty=0)
        self.assertEqual(self._price_fact(self.line).price, 4)
        self._assert_weight(50)

    def test_nobody_writes_it_beforehand(self):
        """Nothing is no value that the guard refuses; it is forgotten, too."""
        vals = {
            "order_id": self.line.order_id.id,
            "product_id": self.product.id,
            "product_qty": 2,
            "price_unit": 5,
            "price_weighed": 0,
            "date_planned": "2026-03-12 04:00:00",
            "tax_ids": [Command.clear()],
        }
        with freeze_time("2026-03-02 02:00:00"):
            added = self.line.create(vals)
        self._assert_weight(10, added)
