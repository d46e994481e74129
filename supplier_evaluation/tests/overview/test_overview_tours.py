import json
from datetime import timedelta
from urllib.parse import quote, urlencode

from dateutil.relativedelta import relativedelta

from odoo import fields
from odoo.tests import HttpCase, tagged

from ..common import MANAGER, SupplierEvaluationCommon
from .common import OverviewCommon

# Ask for the tour, and follow its pointer from the first step to the next one.
SHOW_AROUND = """
(async () => {
    const pause = () => new Promise((resolve) => setTimeout(resolve, 50));
    const pointsTo = async (text) => {
        for (let turn = 0; turn < 200; turn++) {
            const pointer = document.querySelector(".o_tour_pointer_content");
            if (pointer?.textContent.includes(text)) {
                return;
            }
            await pause();
        }
        throw new Error(`The tour does not point to: ${text}`);
    };
    document.querySelector(".o_supplier_show_around").click();
    await pointsTo("are imported here");
    document.querySelector(".o_supplier_first_steps [data-step=history] h3").click();
    await pointsTo("Start with last month");
    document.querySelector("[data-step=evaluate] button").click();
    await pointsTo("The template says what counts");
    console.log("test successful");
})();
"""


@tagged("post_install", "-at_install")
class TestOverviewTours(OverviewCommon, HttpCase):
    """The overview as its users see it."""

    browser_size = "1366x768"

    def _start(self, tour, person, path="/odoo/suppliers"):
        self.start_tour(
            path, f"supplier_evaluation_overview_{tour}", login=f"overview_{person}"
        )

    def test_buyer(self):
        self._start("buyer", "buyer")

    def test_newcomer(self):
        """Worst supplier, main cause and next step, two clicks from the app's icon."""
        self._start("newcomer", "buyer", "/odoo")

    def test_address(self):
        """What is chosen is in the address: it can be sent to others."""
        filters = json.dumps([{"type": "filter", "name": "my_suppliers"}])
        choices = {"period": "2026-02-01..2026-02-28", "filters": filters}
        query = urlencode(choices, quote_via=quote)
        self._start("address", "buyer", f"/odoo/suppliers?{query}")

    def test_compare(self):
        self._start("compare", "manager")

    def test_reviewer(self):
        self._start("reviewer", "reviewer")


@tagged("post_install", "-at_install")
class TestFirstStepsTours(SupplierEvaluationCommon, HttpCase):
    """What a manager sees first."""

    browser_size = "1366x768"

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.manager = cls._create_user("overview_first", MANAGER)

    def _start(self, tour, path="/odoo/suppliers"):
        self.start_tour(path, f"supplier_evaluation_{tour}", login="overview_first")

    def _deliver_last_month(self):
        """One order, punctual. :return: the first day of the month."""
        first = fields.Date.today() - relativedelta(months=1, day=1)
        promised = str(first + timedelta(days=9))
        self._receive(self._order(10, 5, promised, confirmed=str(first)), promised)
        return first

    def test_first_steps(self):
        self._start("overview_first_steps")

    def test_begun(self):
        first = self._deliver_last_month()
        begun = self._evaluate(
            date_from=first,
            date_to=first + relativedelta(day=31),
            cutoff=fields.Datetime.now(),
        )
        self.assertEqual(begun.state, "computed")
        self._start("overview_begun")

    def test_guided_tour(self):
        """It leads from the app's icon to why a supplier has its score."""
        self._deliver_last_month()
        self.start_tour("/odoo", "supplier_evaluation_tour", login="overview_first")
        evaluation = self.env["supplier.evaluation"].search(
            [("company_id", "=", self.company.id)]
        )
        self.assertEqual(evaluation.state, "computed")
        self.assertIn(self.supplier, evaluation.scorecard_ids.partner_id)

    def test_show_me_around(self):
        """Who asks for this tour is led through it, and through no other one."""
        self.browser_js(
            "/odoo/suppliers",
            SHOW_AROUND,
            "Boolean(document.querySelector('.o_supplier_show_around'))",
            login="overview_first",
        )
        self.assertFalse(self.manager.tour_enabled)
