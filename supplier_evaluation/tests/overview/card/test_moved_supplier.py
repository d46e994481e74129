import io

from openpyxl import load_workbook

from odoo.exceptions import AccessError
from odoo.tests import tagged

from ....report.scorecard.results_mail import ResultsMail
from ....report.scorecard.scorecard_xlsx import scorecards_xlsx
from .common import CardCommon

REPORT = "supplier_evaluation.supplier_scorecard_report"


@tagged("post_install", "-at_install")
class TestMovedSupplier(CardCommon):
    """A supplier that belongs to another company by now keeps its scorecards.

    Who may read a scorecard reads whose it is, wherever it is shown.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        elsewhere = cls._create_company("Moved Works", "Asia/Shanghai", "USD")
        cls.late_supplier.sudo().company_id = elsewhere
        cls.env.flush_all()
        cls.env.invalidate_all()

    def setUp(self):
        super().setUp()
        self.own = self._as(self.card, "buyer")
        with self.assertRefused("Contact", error=AccessError):
            self._as(self.late_supplier, "buyer").read(["name"])

    def test_page(self):
        page = self.own.retrieve_card()
        self.assertEqual(page["headline"]["score"], "50.0")
        self.assertEqual(len(page["lines"]), 2)
        self.assertEqual(self.own.display_name, "Late, March 2026")

    def test_buttons(self):
        """Each opens something about the supplier."""
        for name in (
            "action_open_history",
            "action_open_incidents",
            "action_open_documents",
            "action_open_certifications",
            "action_report_incident",
            "action_ask_supplier",
        ):
            action = getattr(self.own, name)()
            self.assertEqual(action["type"], "ir.actions.act_window", name)

    def test_figure(self):
        for line in self.own.line_ids:
            self.assertEqual(line.retrieve_figure()["kpi"], line.kpi_id.name)
            self.assertIn("Late", line.action_open_counted()["name"])

    def test_comparison(self):
        cards = self._as(self.evaluation.scorecard_ids, "buyer")
        compared = cards.retrieve_comparison(cards.ids)
        self.assertIn("Late", [card["name"] for card in compared["cards"]])

    def test_heat_map_and_overview(self):
        cards = self.own.browse()
        names = [row["name"] for row in cards.retrieve_heatmap()["rows"]]
        self.assertIn("Late", names)
        self.assertTrue(cards.retrieve_overview()["can_read"])

    def test_workbook(self):
        content = scorecards_xlsx(self._as(self.evaluation, "buyer"))
        book = load_workbook(io.BytesIO(content))
        for name in ("Ranking", "Heat Map", "KPIs"):
            suppliers = {row[0] for row in book[name].values}
            self.assertIn("Late", suppliers, name)

    def test_paper(self):
        reports = self._as(self.env["ir.actions.report"], "buyer")
        html, _kind = reports._render_qweb_html(REPORT, self.card.ids)
        self.assertIn("Late", html.decode())

    def test_mail(self):
        mail = ResultsMail(self.evaluation, self.people["buyer"], "en_US")
        self.assertIn("Late", mail._body())
