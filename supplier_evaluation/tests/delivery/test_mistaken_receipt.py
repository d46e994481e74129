from freezegun import freeze_time

from odoo.tests import tagged

from ..common import BUYER
from ..fact.sums import build, differences, scopes
from ..receipt.common import ReturnCommon

FACTS = ("supplier.delivery.fact", "supplier.receipt.fact")


@tagged("post_install", "-at_install")
class TestMistakenReceipt(ReturnCommon):
    """A receipt that was validated by mistake is taken back with the return dialog."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.line = cls._order(10, 5, "2026-03-10")
        cls.receipt = cls._receive(cls.line, "2026-03-05")

    def _take_back(self, when="2026-03-06", quantity=10, **options):
        options = {"reason": "mistake", **options}
        return self._return(self.receipt, when, quantity, **options)

    def _assert_figures(self, **figures):
        for code, value in figures.items():
            with self.subTest(code):
                got = self._value(code)
                if value is None:
                    self.assertIsNone(got)
                else:
                    self.assertAlmostEqual(got, value, 4)

    def _assert_nothing_came(self):
        self._assert_figures(
            otd=0, otif=0, fill_rate=0, return_rate=None, defect_ppm=None
        )

    def _assert_came_late(self):
        self._assert_figures(
            otd=0, otif=0, fill_rate=100, days_late=2, return_rate=0, defect_ppm=0
        )

    def test_nothing_came(self):
        self._take_back()
        self._assert_nothing_came()
        fact = self._fact(self.line)
        self.assertEqual((fact.quantity_received, fact.quantity_returned), (0, 0))
        self.assertFalse(fact.has_receipt)
        # Both are shown under what was left out.
        facts = self._facts(with_excluded=True)
        self.assertEqual(set(facts.mapped("kind")), {"receipt", "return"})
        self.assertEqual(set(facts.mapped("exclusion")), {"cancelled"})

    def test_noticed_after_the_cutoff(self):
        """As with a day that is corrected: what was wrong is right, at any cut-off."""
        self._take_back("2026-05-04")
        self._assert_nothing_came()

    def test_part_of_it_came(self):
        self._take_back(quantity=4)
        self._assert_figures(otd=60, otif=0, fill_rate=60, return_rate=0, defect_ppm=0)
        fact = self._fact(self.line)
        self.assertEqual((fact.quantity_received, fact.quantity_returned), (6, 0))

    def test_came_by_the_return_of_the_return(self):
        back = self._take_back()
        self._return(back, "2026-03-12", 10)
        self._assert_came_late()
        self.assertEqual(str(self._fact(self.line).date_received), "2026-03-12")

    def test_came_in_exchange(self):
        back = self._take_back(exchange=True)
        self._do(back.return_ids, "2026-03-12")
        self._assert_came_late()

    def test_came_by_a_copy_of_the_receipt(self):
        self._take_back()
        with freeze_time("2026-03-07 02:00:00"):
            again = self.receipt.copy()
        self._do(again, "2026-03-12")
        self._assert_came_late()

    def test_bad_goods_that_came_at_last(self):
        again = self._return(self._take_back(), "2026-03-09", 10)
        self._return(again, "2026-03-11", 4, reason="quality")
        self._assert_figures(otd=100, otif=0, return_rate=40, defect_ppm=400000)

    def test_reason_is_changed(self):
        """What waits in exchange replaces goods, or brings them."""
        back = self._take_back(reason="ours", exchange=True)
        exchange = back.return_ids
        self.assertTrue(exchange.move_ids.replaces_returned)
        back.supplier_return_reason = "mistake"
        self.assertFalse(exchange.move_ids.replaces_returned)
        self._do(exchange, "2026-03-12")
        self._assert_came_late()
        back.supplier_return_reason = "ours"
        self.assertTrue(exchange.move_ids.replaces_returned)
        self._assert_figures(otd=100, otif=100, days_late=0, return_rate=50)

    def test_another_unit(self):
        """A dozen of which two pieces had been too many on the paper."""
        line = self._order(2, 60, "2026-03-10", uom=self.uom_dozen)
        receipt = self._receive(line, "2026-03-05")
        self._return(receipt, "2026-03-06", 6, reason="mistake")
        fact = self._fact(line)
        self.assertEqual((fact.quantity_received, fact.quantity_returned), (18, 0))

    def test_surplus_that_was_none(self):
        """Eleven were typed for ten: nobody has to count the piece that never came."""
        receipt = self._received(11)
        self._return(receipt, "2026-03-12", 1, reason="mistake")
        fact = self._fact(receipt.move_ids.purchase_line_id)
        self.assertEqual((fact.quantity_received, fact.otif_share), (10, 1))

    def test_typed_on_the_wrong_line(self):
        """What was too much on one line filled the other, until it was taken back."""
        order = self.line.order_id
        other = self._add_line(order, self.product)
        surplus = self.receipt.copy()
        self._do(surplus, "2026-03-08", 10)
        self.assertEqual(self._fact(other).quantity_received, 10)
        self._return(surplus, "2026-03-09", 10, reason="mistake")
        self.assertEqual(self._fact(self.line).quantity_received, 10)
        self.assertEqual(self._fact(other).quantity_received, 0)

    def test_ordered_less_before_the_promise(self):
        """What never came does not keep up what was promised."""
        self._take_back()
        with freeze_time("2026-03-07 03:00:00"):
            self.line.product_qty = 8
        self.assertEqual(self.line.quantity_promised, 8)

    def test_ordered_less_after_it_came_at_last(self):
        self._return(self._take_back(), "2026-03-08", 10)
        self.assertEqual(self.line._get_quantity_come(), 10)
        with freeze_time("2026-03-09 03:00:00"):
            self.line.product_qty = 8
        self.assertEqual(self.line.quantity_promised, 10)

    def _assert_sums_know_it(self):
        self.env["supplier.fact.change"]._catch_up()
        for model in FACTS:
            for scope in (None, *scopes(self._scope())):
                self.assertFalse(differences(self.env, model, scope, self.supplier))

    def test_sums_know_it(self):
        """Whatever is noticed after the sums were made, and asked before or after."""
        build(self.env)
        back = self._take_back()
        self._assert_sums_know_it()
        self._assert_nothing_came()
        self._return(back, "2026-03-12", 10)
        self._assert_sums_know_it()
        self._assert_came_late()
        back.supplier_return_reason = "ours"
        self._assert_sums_know_it()
        self._assert_figures(otd=100, return_rate=0)

    def test_published_figures_of_the_receipt(self):
        """Who makes a later return a mistake changes figures of the receipt's day."""
        back = self._take_back("2026-05-04", reason="ours")
        self._evaluate().action_publish()
        groups = f"{BUYER},stock.group_stock_manager"
        worker = self._create_user("mistake_worker", groups)
        with self.assertRefused("part of figures that are published"):
            self._as(back, worker).supplier_return_reason = "mistake"
