from datetime import datetime, timedelta

from freezegun import freeze_time

from odoo import Command, fields
from odoo.tests import tagged

from ..common import SupplierEvaluationCommon


@tagged("post_install", "-at_install")
class TestLeadTime(SupplierEvaluationCommon):
    """No lead time is negative, whichever way a receipt comes before its order."""

    def _type_in(self, ordered, received, confirmed="2026-03-12"):
        """An order typed in when its goods were there, the receipt dated back."""
        line = self._order(
            10, 5, "2026-03-10", confirmed, date_order=f"{ordered} 02:00:00"
        )
        picking = self._receive(line, f"{confirmed} 05:00:00")
        picking.date_done = f"{received} 04:00:00"
        return line

    def _assert_times(self, line, days):
        """The same for all three figures; without one they have no record."""
        fact = self._fact(line)
        self.assertEqual(fact.on_time_share, 1)
        for code, aspect in (("lead_time", "received"), ("cycle_time", "complete")):
            measure = self._measure(code)
            reason = self._fact(line, aspect=aspect).exclusion
            if days is None:
                self.assertEqual((measure.value, measure.n), (None, 0))
                self.assertEqual(reason, "no_reference")
            else:
                self.assertEqual((measure.value, measure.n), (days, 1))
                self.assertFalse(reason)
        self.assertEqual(self._measure("otd").n, 1)

    def test_from_the_date_of_the_order(self):
        self._assert_times(self._type_in("2026-03-01", "2026-03-10"), 9)

    def test_the_order_s_date_is_late_too(self):
        self._assert_times(self._type_in("2026-03-11", "2026-03-10"), None)

    def test_the_order_s_date_is_that_of_the_goods(self):
        self._assert_times(self._type_in("2026-03-10", "2026-03-10"), None)

    def test_confirmed_on_the_day_of_the_goods(self):
        line = self._type_in("2026-03-01", "2026-03-10", confirmed="2026-03-10")
        self._assert_times(line, 0)

    def test_some_of_it_was_there(self):
        """5 on the 8th, confirmed on the 9th, 5 on the 10th: all from the order's."""
        line = self._order(
            10, 5, "2026-03-10", "2026-03-09", date_order="2026-03-01 02:00:00"
        )
        first = self._receive(line, "2026-03-09 05:00:00", 5)
        first.date_done = "2026-03-08 04:00:00"
        self._receive(line, "2026-03-10")
        fact = self._fact(line)
        self.assertEqual((fact.lead_time, fact.cycle_time), (8, 9))

    def test_line_added_when_its_goods_were_there(self):
        line = self._order(10, 5, "2026-03-10", date_order="2026-03-01 02:00:00")
        with freeze_time("2026-03-12 02:00:00"):
            line.order_id.order_line = [
                Command.create(
                    {
                        "product_id": self._create_product("Nut").id,
                        "product_qty": 4,
                        "price_unit": 1,
                        "date_planned": "2026-03-12 04:00:00",
                    }
                )
            ]
        added = line.order_id.order_line - line
        added.move_ids.write({"quantity": 4, "picked": True})
        added.move_ids._action_done()
        added.move_ids.date = datetime(2026, 3, 10, 4)
        self.assertEqual(self._fact(added).lead_time, 9)

    def test_confirmed_again_after_the_goods(self):
        line = self._order(10, 5, "2026-03-10")
        self._receive(line, "2026-03-08")
        with freeze_time("2026-03-20 02:00:00"):
            line.order_id.button_cancel()
            line.order_id.button_draft()
            line.order_id.button_confirm()
        self.assertEqual(str(line.order_id.date_approve), "2026-03-20 02:00:00")
        self._assert_times(line, 7)

    def test_variability_leaves_it_out_too(self):
        self._type_in("2026-03-11", "2026-03-10")
        for day in ("2026-03-05", "2026-03-09"):
            self._receive(self._order(10, 5, "2026-03-10"), day)
        measure = self._measure("lead_time_cv")
        self.assertEqual(measure.n, 2)
        self.assertAlmostEqual(measure.value, 8**0.5 / 6 * 100)

    def test_imported_line(self):
        line = self.env["supplier.history.line"].create(
            {
                "company_id": self.company.id,
                "partner_id": self.supplier.id,
                "order_ref": "OLD",
                "line_ref": "1",
                "quantity_ordered": 10,
                "price_unit": 3,
                "currency_id": self.company.currency_id.id,
                "date_promised": "2026-03-10",
                "date_order": "2026-03-12",
                "receipt_ids": [Command.create({"date": "2026-03-10", "quantity": 10})],
            }
        )
        self.assertIsNone(self._value("lead_time"))
        self.assertEqual(self._value("otd"), 100)
        line.date_order = "2026-03-04"
        self.assertEqual(self._value("lead_time"), 6)
        self.assertEqual(self._value("cycle_time"), 6)


@tagged("post_install", "-at_install")
class TestNotDueYet(SupplierEvaluationCommon):
    """A promise is due when its day is over, and its late tolerance."""

    def setUp(self):
        super().setUp()
        self.line = self._order(10, 5, "2026-03-20")

    def test_late_tolerance_runs_at_the_cutoff(self):
        cutoff = datetime(2026, 3, 23, 4)
        self.assertEqual(self._measure("otd", cutoff=cutoff, late_days=2).n, 1)
        for days in (3, 30):
            self.assertIsNone(self._measure("otd", cutoff=cutoff, late_days=days))
            self.assertFalse(self._fact(self.line, cutoff=cutoff, late_days=days))

    def test_the_last_day_of_the_tolerance(self):
        cutoff = datetime(2026, 3, 22, 16)
        self.assertEqual(self._measure("otd", cutoff=cutoff, late_days=2).n, 1)
        cutoff = datetime(2026, 3, 22, 15)
        self.assertIsNone(self._measure("otd", cutoff=cutoff, late_days=2))

    def test_not_among_the_left_out(self):
        self.assertFalse(self._fact(self.line, cutoff=datetime(2026, 3, 20, 4)))
        april = self._order(10, 5, "2026-04-20")
        self.assertEqual(self._fact(april).exclusion, "outside_period")

    def test_not_in_an_analysis(self):
        """Today's promise has the whole day, as the company counts it."""
        today = self.company._supplier_day(fields.Datetime.now())
        lines = [
            self._order(10, 5, today - timedelta(days=days)) for days in (-1, 0, 1)
        ]
        self.env.flush_all()
        facts = self.env["supplier.delivery.fact"].search(
            [("order_id", "in", [line.order_id.id for line in lines])]
        )
        self.assertEqual(facts.order_id, lines[2].order_id)

    def test_under_tolerance_lowers_what_must_be_on_time(self):
        self._receive(self.line, "2026-03-20", 9)
        self._receive(self.line, "2026-03-25", 1)
        self.assertEqual(self._fact(self.line).otif_share, 0)
        fact = self._fact(self.line, under_percent=10.0)
        self.assertEqual((fact.otif_share, fact.on_time_share), (1, 0.9))
        self.assertEqual(self._fact(self.line, under_percent=9.0).otif_share, 0)
