from odoo.tests import HttpCase, tagged

from ...common import BUYER
from ...scorecard.common import ThreeSuppliersCommon


@tagged("post_install", "-at_install")
class TestScorecardPageTours(ThreeSuppliersCommon, HttpCase):
    """From the list to the worst supplier, why it is that, and what to do."""

    browser_size = "1366x768"

    def test_page(self):
        self._create_user("page_buyer", BUYER)
        evaluation = self._evaluate()
        evaluation.action_publish()
        self.start_tour(
            "/odoo/supplier-scorecards",
            "supplier_evaluation_scorecard_page",
            login="page_buyer",
        )
        card = self._card(evaluation, self.late_supplier)
        self.assertIn("Strike at the port?", card.message_ids.body)
