from odoo.tests import HttpCase, tagged

from .common import ForecastCommon


@tagged("post_install", "-at_install")
class TestForecastTour(ForecastCommon, HttpCase):
    """From the list to the deliveries behind a number."""

    browser_size = "1366x768"

    def test_forecast(self):
        self._order(10, 5, "2036-05-20", confirmed="2026-04-20")
        self._make()
        self.env.flush_all()
        self.start_tour(
            "/odoo/supplier-expected-late",
            "supplier_evaluation_forecast",
            login="forecast_buyer",
        )
