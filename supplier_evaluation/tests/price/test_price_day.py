from datetime import date, datetime

from freezegun import freeze_time

from odoo import Command, fields
from odoo.tests import tagged

from ..fact.common import CatalogueCommon

FEBRUARY = {
    "date_from": date(2026, 2, 1),
    "date_to": date(2026, 2, 28),
    "cutoff": datetime(2026, 3, 4, 16),
}


@tagged("post_install", "-at_install")
class TestPriceDay(CatalogueCommon):
    """A line counts on the day it was first confirmed, or added; no other."""

    def _add(self, line, quantity, price, day, **vals):
        """Add a line to a confirmed order at 10 o'clock Shanghai time."""
        with freeze_time(f"{day} 02:00:00"):
            line.order_id.order_line = [
                Command.create(
                    {
                        "product_id": line.product_id.id,
                        "product_qty": quantity,
                        "price_unit": price,
                        "date_planned": f"{day} 04:00:00",
                        "tax_ids": [Command.clear()],
                        **vals,
                    }
                )
            ]
        return line.order_id.order_line - line

    def _confirm_again(self, line, cancelled, confirmed):
        order = line.order_id
        with freeze_time(f"{cancelled} 02:00:00"):
            order.button_cancel()
        with freeze_time(f"{confirmed} 02:00:00"):
            order.button_draft()
            order.button_confirm()
        self.assertEqual(order.date_approve.date(), date.fromisoformat(confirmed))

    def _set_quantity(self, line, quantity, day):
        """Change it alone: Odoo would price it anew."""
        agreed = {"price_unit": line.price_unit, "discount": line.discount}
        with freeze_time(f"{day} 02:00:00"):
            line.write({"product_qty": quantity, **agreed})

    def test_raised_after_the_cutoff(self):
        """30 at half the price weigh more than 10, as soon as they are ordered."""
        first = self._buy(10, 10, "2026-03-10")
        second = self._buy(10, 10, "2026-03-11")
        second.discount = 50
        self._set_quantity(second, 20, "2026-03-12")
        self._set_quantity(second, 30, "2026-04-10")
        self.assertEqual(self._price_fact(second).quantity, 20)
        self.assertAlmostEqual(self._value("discount_rate"), 100 * 10 / 30)
        later = datetime(2026, 4, 20)
        self.assertEqual(self._price_fact(second, cutoff=later).quantity, 30)
        self.assertAlmostEqual(self._value("discount_rate", cutoff=later), 37.5)
        self.assertEqual(self._price_fact(first).quantity, 10)

    def test_nothing_is_ordered_any_more_after_the_cutoff(self):
        line = self._buy(10, 10, "2026-03-10")
        self._set_quantity(line, 0, "2026-04-10")
        fact = self._price_fact(line)
        self.assertFalse(fact.exclusion)
        self.assertEqual((fact.quantity, fact.price), (10, 10))
        fact = self._price_fact(line, cutoff=datetime(2026, 4, 20))
        self.assertEqual(fact.exclusion, "cancelled")

    def test_ordered_again_after_the_cutoff(self):
        line = self._buy(10, 10, "2026-03-10")
        self._set_quantity(line, 0, "2026-03-20")
        self._set_quantity(line, 8, "2026-04-10")
        self.assertEqual(self._price_fact(line).exclusion, "cancelled")
        fact = self._price_fact(line, cutoff=datetime(2026, 4, 20))
        self.assertEqual((fact.exclusion, fact.quantity), (False, 8))

    def test_confirmed_again_after_the_cutoff(self):
        line = self._buy(10, 10, "2026-03-10")
        self._confirm_again(line, "2026-03-20", "2026-04-10")
        self.assertEqual(self._price_fact(line).exclusion, "cancelled")
        self.assertIsNone(self._value("discount_rate"))
        fact = self._price_fact(line, cutoff=datetime(2026, 4, 20))
        self.assertEqual((fact.exclusion, fact.date), (False, date(2026, 3, 10)))

    def test_cancelled_after_the_cutoff(self):
        line = self._buy(10, 10, "2026-03-10")
        self._confirm_again(line, "2026-04-10", "2026-04-12")
        self.assertFalse(self._price_fact(line).exclusion)
        fact = self._price_fact(line, cutoff=datetime(2026, 4, 11))
        self.assertEqual(fact.exclusion, "cancelled")

    def test_market_as_at_the_cutoff(self):
        """What another supplier is asked for later makes no market of before."""
        other = self._create_supplier("Other")
        self._buy(10, 5, "2026-03-10")
        self._buy(10, 2, "2026-03-10", partner=other)
        line = self._buy(10, 6, "2026-03-10", partner=other)
        self._set_quantity(line, 30, "2026-04-10")
        self.assertAlmostEqual(
            self._value("price_competitiveness"), 100 * (5 / 4.5 - 1), 4
        )

    def test_line_added_later(self):
        first = self._buy(10, 10, "2026-02-10")
        added = self._add(first, 10, 12, "2026-03-10", discount=25)
        self.assertEqual(self._price_fact(added).date, date(2026, 3, 10))
        measure = self._measure("price_variance")
        self.assertAlmostEqual(measure.value, -10)
        self.assertEqual(measure.n, 1)
        self.assertAlmostEqual(self._value("discount_rate"), 25)
        self.assertEqual(self._measure("discount_rate", **FEBRUARY).n, 1)
        self.assertAlmostEqual(self._value("discount_rate", **FEBRUARY), 0)

    def test_line_added_after_the_cutoff(self):
        first = self._buy(10, 10, "2026-03-10")
        added = self._add(first, 10, 12, "2026-03-20")
        early = {"cutoff": datetime(2026, 3, 15)}
        self.assertFalse(self._price_fact(added, **early))
        self.assertEqual(self._measure("discount_rate", **early).n, 1)
        self.assertEqual(self._measure("discount_rate").n, 2)

    def test_confirmed_again(self):
        """It stays where it was agreed, also at the cut-off of then."""
        self._buy(10, 8, "2026-01-10")
        line = self._buy(10, 10, "2026-02-10")
        self._confirm_again(line, "2026-03-10", "2026-03-12")
        for scope in (FEBRUARY, {**FEBRUARY, "cutoff": datetime(2026, 4, 4, 16)}):
            self.assertAlmostEqual(self._value("price_variance", **scope), 25)
        self.assertIsNone(self._value("price_variance"))
        self.assertFalse(self._price_fact(line))
        last = self._buy(10, 10, "2026-03-20")
        self.assertEqual(self._price_fact(last).reference_date, date(2026, 2, 10))

    def test_set_to_draft(self):
        """It was agreed, and then cancelled; whether it comes again is not known."""
        self._buy(10, 8, "2026-02-10")
        line = self._buy(10, 10, "2026-03-10")
        with freeze_time("2026-03-20 02:00:00"):
            line.order_id.button_cancel()
            line.order_id.button_draft()
        early = {"cutoff": datetime(2026, 3, 15)}
        self.assertAlmostEqual(self._value("price_variance", **early), 25)
        self.assertIsNone(self._value("price_variance"))
        self.assertEqual(self._price_fact(line).exclusion, "cancelled")

    def test_cancelled_order_is_no_price(self):
        """Not in the month, nor before it, even where goods had come."""
        cancelled = self._buy(10, 8, "2026-02-10")
        self._receive(cancelled, "2026-02-12", quantity=4)
        with freeze_time("2026-02-20 02:00:00"):
            cancelled.order_id.button_cancel()
        line = self._buy(10, 10, "2026-03-10")
        self.assertEqual(self._price_fact(line, aspect="reference").reference_price, 0)
        self.assertIsNone(self._value("price_variance"))
        self.assertEqual(self._price_fact(cancelled, **FEBRUARY).exclusion, "cancelled")

    def test_analysis_of_past_days_knows_what_came_later(self):
        """Orders and imported lines alike: the year is that up to today."""
        today = fields.Date.today()
        days = [fields.Date.subtract(today, days=days) for days in (60, 2)]
        line = self._buy(10, 10, str(days[0]))
        other = self._create_supplier("Other")
        self.env["supplier.history.line"].create(
            {
                "company_id": self.company.id,
                "partner_id": other.id,
                "product_id": self.product.id,
                "order_ref": "OLD",
                "line_ref": "1",
                "quantity_ordered": 10,
                "price_unit": 8,
                "date_order": days[1],
                "date_promised": days[1],
            }
        )
        domain = [("order_id", "=", line.order_id.id)]
        past = [("date", "<=", days[0])]
        facts = self.env["supplier.price.fact"]
        self.env.flush_all()
        for asked in (domain, domain + past):
            fact = facts.search(asked)
            self.assertAlmostEqual(fact.market_price, 9)
            self.assertEqual(fact.market_suppliers, 2)
            facts.invalidate_model()
        self._buy(10, 6, str(days[1]), partner=self._create_supplier("Third"))
        self._buy(10, 12, str(days[1]))
        self.env.flush_all()
        self.assertAlmostEqual(facts.search(domain + past).market_price, 8)
        self.assertGreater(facts.search(domain + past).price_variation, 0)
