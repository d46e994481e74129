from datetime import date, datetime
from unittest.mock import patch

import psycopg2
from freezegun import freeze_time
from lxml import etree

from odoo.exceptions import AccessError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from .common import NOW, ForecastCommon

LOGGER = "odoo.addons.supplier_evaluation.models.forecast.ordering"
SAME = ("probability", "low", "high", "expected_days", "days_when_late", "basis")


@tagged("post_install", "-at_install")
class TestForecastOrdering(ForecastCommon):
    """A buyer is told what to expect while the order is written, and it is kept."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._make()

    def setUp(self):
        super().setUp()
        clock = freeze_time(NOW)
        clock.start()
        self.addCleanup(clock.stop)

    def _request(self, partner=None, products=None, day=20, company=None):
        """A request for quotation, of one line a product."""
        company = company or self.company
        return (
            self.env["purchase.order"]
            .with_company(company)
            .create(
                {
                    "partner_id": (partner or self.supplier).id,
                    "company_id": company.id,
                    "order_line": [
                        (
                            0,
                            0,
                            {
                                "product_id": product.id,
                                "product_qty": 3,
                                "price_unit": 1,
                                "date_planned": datetime(2026, 5, day, 10),
                            },
                        )
                        for product in products or self.product
                    ],
                }
            )
        )

    def _first(self, lines):
        return self.env["supplier.delivery.forecast.first"].search(
            [("purchase_line_id", "in", lines.ids)]
        )

    def test_told_when_written_and_the_same_when_confirmed(self):
        """Request, confirmation and the next night say the same of a line."""
        order = self._request(products=self.product | self.nut)
        told = self._as(order, "buyer").order_line
        numbers = [(line.late_probability, line.late_days) for line in told]
        texts = told.mapped("late_text")
        self.assertTrue(all(0 < share < 1 for share, _days in numbers), numbers)
        self.assertRegex(texts[0], r"^\d+ % \(\d+ to \d+ %\)")
        self.assertIn("too few deliveries", texts[0])
        self.assertFalse(self._of(order.order_line))
        order.button_confirm()
        forecasts = [self._of(line) for line in order.order_line]
        for forecast, (share, days), text in zip(
            forecasts, numbers, texts, strict=True
        ):
            self.assertAlmostEqual(forecast.probability, share, 12)
            self.assertAlmostEqual(forecast.expected_days, days, delta=0.05)
            self.assertEqual(forecast.purchase_line_id.late_text, text)
            self.assertAlmostEqual(sum(forecast.level_ids.mapped("weight")), 1)
        before = [[forecast[name] for name in SAME] for forecast in forecasts]
        self._make()
        self.assertEqual(
            [self._of(line) for line in order.order_line], forecasts, "the same ones"
        )
        for forecast, values in zip(forecasts, before, strict=True):
            for name, value in zip(SAME, values, strict=True):
                if name == "basis":
                    self.assertEqual(forecast[name], value)
                else:
                    self.assertAlmostEqual(forecast[name], value, 9, name)

    def test_of_the_order(self):
        """At least one line late, from the most probable one to all on their own."""
        order = self._request(products=self.product | self.nut)
        lines = self._as(order, "buyer").order_line
        shares = lines.mapped("late_probability")
        either = 100 * (1 - (1 - shares[0]) * (1 - shares[1]))
        hint = self._as(order, "buyer").late_hint
        low = 100 * max(lines.mapped("late_low"))
        self.assertIn(f"2 lines with a probability of {either:.0f} % ({low:.0f}", hint)
        self.assertIn(f"latest line: {max(lines.mapped('late_days')):.1f}", hint)
        self.assertIn("Too few deliveries of the supplier are known (4, of 5", hint)
        known = self._request(self.rival)
        self.assertNotIn("oo few", known.late_hint)
        self.assertIn("Expected late with a probability of", known.late_hint)
        self.assertNotIn("of 1 lines", known.late_hint)
        self.assertFalse(known.order_line.late_few_deliveries)
        new = self._request(self.unknown)
        self.assertIn("are known (0, of 5", new.late_hint)
        service = self._create_product("Advice", type="service", is_storable=False)
        self.assertFalse(self._request(products=service).late_hint)

    def test_column_of_what_is_known(self):
        """Where nothing is known, no empty column pushes the price out of sight."""
        buyer = self._as(self.env["purchase.order"], "buyer")
        arch = etree.fromstring(buyer.get_view(view_type="form")["arch"])
        column = arch.find(".//field[@name='order_line']/list/field[@name='late_text']")
        self.assertEqual(column.get("column_invisible"), "not parent.is_late_known")
        self.assertTrue(self._as(self._request(), "buyer").is_late_known)
        service = self._create_product("Advice", type="service", is_storable=False)
        order = self._request(products=service)
        self.assertFalse(self._as(order, "buyer").is_late_known)

    def test_nothing_known(self):
        elsewhere = self._create_company("Elsewhere", "UTC", "USD")
        self.env.user.company_ids |= elsewhere
        order = self._request(company=elsewhere)
        self.assertIs(order.order_line.late_probability, False)
        self.assertFalse(order.order_line.late_text)
        self.assertIn("Too few deliveries are known", order.late_hint)
        order.button_confirm()
        self.assertFalse(self._of(order.order_line) or self._first(order.order_line))
        self.assertFalse(order.late_hint)

    def test_while_it_is_typed(self):
        """A line that is not saved yet is told of, and nothing is written."""
        with Form(self._as(self.env["purchase.order"], "buyer")) as form:
            form.partner_id = self.supplier
            with form.order_line.new() as line:
                line.product_id = self.product
                self.assertIn("%", line.late_text)
            self.assertIn("with a probability of", form.late_hint)
        self.assertFalse(self._of(form.record.order_line))

    def test_one_query_for_all_lines(self):
        one = self._request()
        many = self._request(products=self.product | self.nut | self._more_products(6))

        def read(order):
            return self._statements_of(
                lambda: order.order_line.mapped("late_text") + [order.late_hint]
            )

        read(one)
        self.assertLessEqual(read(many), read(one))
        (one | many).button_confirm()
        self.assertEqual(len(self._first(many.order_line)), 8)
        forecasts = self.env["supplier.delivery.forecast"]
        again = [
            self._statements_of(lambda o=o: forecasts._forecast_ordered(o.order_line))
            for o in (one, many)
        ]
        self.assertLessEqual(again[1], again[0])

    def _more_products(self, count):
        products = self.env["product.product"]
        for number in range(count):
            products |= self._create_product(f"Part {number}")
        return products

    def test_first_forecast_is_kept(self):
        """What was told stays, whatever is learned later; and what came of it."""
        order = self._request()
        line = order.order_line
        share = line.late_probability
        order.button_confirm()
        first = self._first(line)
        self.assertAlmostEqual(first.probability, share, 12)
        self.assertEqual((first.delivery_count, first.date_promised.day), (4, 20))
        self.assertEqual(first.band, "4" if share < 0.4 else "5")
        self.assertIs(first.came_late, False)
        self.assertEqual(line.late_first_text, line.late_text)
        self._history(self.supplier, [5] * 8, self.nut)
        self._make()
        self.assertGreater(self._of(line).probability, share + 0.02)
        self.assertAlmostEqual(first.probability, share, 12)
        self.assertNotEqual(line.late_first_text, line.late_text)
        # Cancelled and ordered again, it is still what was told first.
        order.button_cancel()
        order.button_draft()
        order.button_confirm()
        self.assertEqual(self._first(line), first)
        self._receive(line, "2026-05-23")
        with freeze_time("2026-05-25 04:00:00"):
            self.env.flush_all()
            self.forecasts._make(self.company)
        self.assertFalse(self._of(line))
        self.assertEqual((first.days_late, first.came_late), (3, 1))
        self.assertAlmostEqual(first.square_error, (1 - share) ** 2, 9)
        line._set_supplier_exclusion("manual", "Our own doing")
        with freeze_time("2026-05-26 04:00:00"):
            self.env.flush_all()
            self.forecasts._make(self.company)
        self.assertIs(first.came_late, False)
        self.assertIs(first.square_error, False)

    def test_late_already_when_ordered(self):
        """It is certain, and no forecast that could come true."""
        with freeze_time("2026-04-20"):
            order = self._request(day=1)
        order.order_line.date_planned = "2026-04-21 10:00:00"
        self.assertEqual(order.order_line.late_text, "100 %")
        order.button_confirm()
        self.assertTrue(self._of(order.order_line).is_overdue)
        self.assertFalse(self._first(order.order_line))

    def test_lines_added_to_an_order(self):
        order = self._request()
        order.button_confirm()
        order.write(
            {"order_line": [(0, 0, {"product_id": self.nut.id, "product_qty": 1})]}
        )
        added = order.order_line.filtered(lambda line: line.product_id == self.nut)
        self.assertEqual(self._of(added).basis, "supplier")
        self.assertTrue(self._first(added))
        self.assertEqual(self._of(added).date_computed.date(), date(2026, 5, 1))

    def test_what_is_not_whole_stops_no_order(self):
        """It is said in the log of which order, and the next night forecasts it."""
        order = self._request()
        with self.assertLogs(LOGGER, "ERROR") as logged, self._failing(ValueError):
            order.button_confirm()
        self.assertIn(order.name, logged.output[0])
        self.assertIn("Traceback", logged.output[0])
        self.env.invalidate_all()
        self.assertEqual(order.state, "purchase")
        self.assertTrue(order.order_line.date_promised)
        self.assertFalse(self._of(order.order_line) or self._first(order.order_line))
        self._make()
        self.assertTrue(self._of(order.order_line))

    def test_half_of_a_forecast_is_not_kept(self):
        """What the database refuses undoes the forecast, and nothing of the order."""
        order = self._request()
        with (
            self.assertLogs(LOGGER, "ERROR"),
            mute_logger("odoo.sql_db"),
            self._failing(None, at="_keep", sql="SELECT 1 / 0"),
        ):
            order.button_confirm()
        self.assertEqual(order.state, "purchase")
        self.assertFalse(self._of(order.order_line))

    def test_what_is_not_about_data_is_not_hidden(self):
        for error in (AccessError("No"), psycopg2.OperationalError()):
            order = self._request()
            with self.assertRaises(type(error)), self._failing(error):
                order.button_confirm()

    def _failing(self, error, at="_store", sql=None):
        """Let a part of making forecasts fail."""
        model = self.env.registry["supplier.delivery.forecast"]
        if at == "_keep":
            model = self.env.registry["supplier.delivery.forecast.first"]

        def fail(records, *args, **kwargs):
            if sql:
                records.env.cr.execute(sql)
            if error:
                raise error

        return patch.object(model, at, fail)

    def test_what_was_said_is_not_written_again(self):
        """What was forecast the same stays as it is; what has no forecast gets one."""
        order = self._request(products=self.product | self.nut)
        order.button_confirm()
        forecasts = self._of(order.order_line)
        self.assertEqual(len(forecasts), 2)
        store = self.env.registry["supplier.delivery.forecast"]._store
        asked = []

        def noted(records, company, expected, *args, **kwargs):
            asked.append({opened.line_id for opened in expected})
            return store(records, company, expected, *args, **kwargs)

        with patch.object(type(self.forecasts), "_store", noted):
            self.forecasts._forecast_ordered(order.order_line)
            self.assertEqual(asked, [])
            self._of(order.order_line[0]).unlink()
            self.forecasts._forecast_ordered(order.order_line)
        self.assertEqual(asked, [{order.order_line[0].id}])
        self.assertEqual(len(self._of(order.order_line)), 2)
