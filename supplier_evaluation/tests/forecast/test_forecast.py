from datetime import date
from unittest.mock import patch

from freezegun import freeze_time

from odoo.tests import tagged

from ...forecast import Key, Tally, learn, recency
from ..common import MANAGER
from ..scheduled import SCHEDULED
from .common import FIRST, NOW, ForecastCommon

CRON = "supplier_evaluation.ir_cron_supplier_delivery_forecast"


@tagged("post_install", "-at_install")
class TestForecast(ForecastCommon):
    """Open lines are forecast from what came before, and each number can be opened."""

    def _deliveries(self, forecast, level):
        """The deliveries that a level opens."""
        row = forecast.level_ids.filtered(lambda one: one.level == level)
        action = row.action_open_deliveries()
        facts = self.env[action["res_model"]].with_context(**action["context"])
        return row, facts.search(action["domain"])

    # ------------------------------------------------------------
    # The figure
    # ------------------------------------------------------------

    def test_figure_is_that_of_the_formula(self):
        """What the SQL adds up gives what the plain library gives of the records."""
        line = self._order(10, 5, "2026-05-20", confirmed="2026-04-20")
        self._make()
        rows = []
        for partner, days in ((self.supplier, [0, 4, 0, 6]), (self.rival, [0] * 6)):
            for number, late in enumerate(days):
                age = (date(2026, 5, 1) - FIRST).days - number
                tally = Tally()
                tally.add(late, recency(age))
                rows.append((Key(partner, self.product, self.product.categ_id), tally))
        expected = learn(rows).forecast(
            Key(self.supplier, self.product, self.product.categ_id)
        )
        forecast = self._of(line)
        for name in ("probability", "low", "high", "days_when_late", "expected_days"):
            self.assertAlmostEqual(
                forecast[name], getattr(expected, name), places=6, msg=name
            )
        self.assertEqual(forecast.basis, "product")
        self.assertFalse(forecast.is_provisional or forecast.is_overdue)
        self.assertIn("2 of 4", forecast.explanation)
        self.assertEqual(forecast.date_promised, date(2026, 5, 20))
        self.assertTrue(0 < forecast.low < forecast.probability < forecast.high < 1)
        levels = forecast.level_ids
        self.assertAlmostEqual(sum(levels.mapped("weight")), 1)
        self.assertAlmostEqual(sum(levels.mapped("contribution")), forecast.probability)

    def test_it_reconciles_with_its_records(self):
        """Each level opens the deliveries that it counted, all of them once."""
        line = self._order(10, 5, "2026-05-20", confirmed="2026-04-20")
        other = self.env["product.category"].create({"name": "Elsewhere"})
        part = self._create_product("Part", categ_id=other.id)
        self._history(self.supplier, [0, 3], self.nut)
        self._history(self.rival, [2], part)
        received = self._order(1, 5, "2026-03-10")
        self._receive(received, "2026-03-12")
        self._history(self.rival, [9], self.nut)._set_supplier_exclusion(
            "manual", "Typed twice"
        )
        late = self._order(1, 5, "2026-04-02", confirmed="2026-04-01")
        self._make()
        forecast = self._of(line)
        # What came since then changes nothing of it: it was overdue on that day.
        self._receive(late, "2026-05-03")
        found = {}
        for level in ("product", "supplier", "peers", "others"):
            row, facts = self._deliveries(forecast, level)
            found[level] = facts
            counts = len(facts), sum(fact.days_late > 0 for fact in facts)
            self.assertEqual((row.delivery_count, row.late_count), counts, level)
        sizes = {level: len(facts) for level, facts in found.items()}
        self.assertEqual(sizes, {"product": 6, "supplier": 2, "peers": 6, "others": 1})
        every = [fact for facts in found.values() for fact in facts.ids]
        self.assertEqual(len(every), len(set(every)))

    def test_without_deliveries_of_its_own(self):
        """A new product of a known supplier; an unknown supplier; nobody at all."""
        known = self._order(1, 5, "2026-05-20", product=self.nut)
        new = self._order(1, 5, "2026-05-20", partner=self.unknown)
        category = self.env["product.category"].create({"name": "New"})
        part = self._create_product("Part", categ_id=category.id)
        nobody = self._order(1, 5, "2026-05-20", partner=self.unknown, product=part)
        self._make()
        bases = [self._of(line).basis for line in (known, new, nobody)]
        self.assertEqual(bases, ["supplier", "peers", "others"])
        self.assertEqual(
            [self._of(line).is_provisional for line in (known, new, nobody)],
            [False, True, True],
        )
        self.assertIn("Provisional", self._of(new).explanation)
        self.assertIn("2 of 10", self._of(new).explanation)
        self.assertIn("all others", self._of(nobody).explanation)
        self.assertEqual(
            self.forecasts.search(
                [("is_provisional", "=", True), ("company_id", "=", self.company.id)]
            ),
            self._of(new) | self._of(nobody),
        )
        widths = [one.high - one.low for one in (self._of(known), self._of(new))]
        self.assertGreater(widths[0], 0.1)
        self.assertGreater(widths[1], 0.1)

    def test_nothing_known_is_no_figure(self):
        elsewhere = self._create_company("Elsewhere", "UTC", "USD")
        self.env.user.company_ids |= elsewhere
        line = self._order(1, 5, "2026-05-20", company=elsewhere)
        self._make(self.company | elsewhere)
        self.assertFalse(self._of(line))
        self.assertFalse(line.late_text)
        self.assertIs(line.late_probability, False)

    def test_late_already(self):
        line = self._order(1, 5, "2026-04-21")
        self._make()
        forecast = self._of(line)
        self.assertTrue(forecast.is_overdue)
        self.assertEqual((forecast.probability, forecast.low, forecast.high), (1, 1, 1))
        self.assertAlmostEqual(
            forecast.expected_days, 10 + forecast.days_when_late, places=6
        )
        self.assertIn("late already", forecast.explanation)

    # ------------------------------------------------------------
    # Which lines
    # ------------------------------------------------------------

    def test_only_what_is_still_to_come(self):
        open_line = self._order(10, 5, "2026-05-20")
        self._receive(open_line, "2026-04-01", quantity=4)
        received = self._order(10, 5, "2026-05-20")
        self._receive(received, "2026-04-01")
        cancelled = self._order(10, 5, "2026-05-20")
        cancelled.order_id.button_cancel()
        service = self._create_product("Advice", type="service", is_storable=False)
        advice = self._order(1, 5, "2026-05-20", product=service)
        lines = open_line | received | cancelled | advice
        self._make()
        self.assertEqual(self._of(lines).purchase_line_id, open_line)

    def test_made_anew(self):
        """A forecast stays the same record, until the line is complete."""
        first, second = (self._order(1, 5, "2026-05-20") for _each in range(2))
        self._make()
        before = self._of(first), self._of(second)
        self._receive(first, "2026-04-30")
        self._make()
        self.assertFalse(self._of(first))
        self.assertEqual(self._of(second), before[1])
        self.assertEqual(len(before[1].level_ids), 3)
        second.order_id.button_cancel()
        second.order_id.unlink()
        self.assertFalse(before[1].exists())

    def test_archived_supplier(self):
        line = self._order(1, 5, "2026-05-20")
        self.supplier.action_archive()
        self.product.action_archive()
        self._make()
        self.assertEqual(self._of(line).basis, "product")

    def test_statements_do_not_depend_on_the_lines(self):
        self._order(1, 5, "2026-05-20")
        self._make()
        self._order(1, 5, "2026-05-20")
        self._make()
        one = self._statements_of(self._make)
        for partner in (self.supplier, self.rival, self.unknown):
            for product in (self.product, self.nut):
                self._order(1, 5, "2026-05-20", partner=partner, product=product)
            self._history(partner, [1], self.nut)
        self.assertLessEqual(self._statements_of(self._make), one + 1)

    # ------------------------------------------------------------
    # Scheduled action
    # ------------------------------------------------------------

    def test_a_bad_company_stops_nothing(self):
        line = self._order(1, 5, "2026-05-20")
        model = type(self.forecasts)
        original = model._past_by_tolerance

        def fail(forecasts, scope, tolerances):
            if scope.company_id != self.company.id:
                raise ValueError("Elsewhere is bad")
            return original(forecasts, scope, tolerances)

        elsewhere = self._create_company("Elsewhere", "UTC", "USD")
        self.env.user.company_ids |= elsewhere
        self._order(1, 5, "2026-05-20", company=elsewhere)
        self.env.flush_all()
        cron = self.env.ref(CRON)
        with (
            freeze_time(NOW),
            patch.object(model, "_past_by_tolerance", fail),
            self.enter_registry_test_mode(),
            self._failing(cron, "is bad"),
            self.assertLogs(SCHEDULED, "ERROR"),
        ):
            cron.method_direct_trigger()
        self.env.invalidate_all()
        self.assertTrue(self._of(line))

    # ------------------------------------------------------------
    # Who sees it
    # ------------------------------------------------------------

    def test_on_the_order_and_the_vendor(self):
        line = self._order(1, 5, "2026-04-21")
        self._order(1, 5, "2026-05-20", partner=self.rival)
        self._make()
        own = self._as(line, "buyer")
        self.assertEqual((own.late_text, own.late_probability), ("100 %", 1))
        days = self._of(line).expected_days
        self.assertAlmostEqual(own.late_days, days, delta=0.05)
        action = own.action_open_late_forecast()
        self.assertEqual(
            (action["res_id"], action["target"]), (self._of(line).id, "new")
        )
        vendor = self._as(self.supplier, "buyer")
        self.assertEqual(vendor.late_forecast_text, "1.0 of 1")
        action = vendor.action_open_late_forecasts()
        self.assertEqual(self.forecasts.search(action["domain"]), self._of(line))
        self.assertEqual(self.unknown.late_forecast_count, 0)
        order = self._as(self._of(line), "buyer").action_open_order()
        self.assertEqual(order["res_id"], line.order_id.id)

    def test_companies(self):
        """Each learns from its own deliveries, and shows its own forecasts."""
        elsewhere = self._create_company("Elsewhere", "UTC", "USD")
        self.env.user.company_ids |= elsewhere
        stranger = self._create_user("forecast_stranger", MANAGER, elsewhere)
        self._history(self.supplier, [0] * 9, company=elsewhere)
        here = self._order(1, 5, "2026-05-20")
        there = self._order(1, 5, "2026-05-20", company=elsewhere)
        self._make(self.company | elsewhere)
        self.assertGreater(
            self._of(here).probability, self._of(there).probability + 0.1
        )
        self.assertEqual(self._of(there).days_when_late, False)
        self.assertEqual(self._of(there).expected_days, False)
        seen = self._as(self.forecasts, stranger).search([])
        self.assertEqual(seen.company_id, elsewhere)
        self.assertEqual(self._as(self.supplier, stranger).late_forecast_count, 1)
        self.assertEqual(self._as(self.supplier, "buyer").late_forecast_count, 1)
