from datetime import timedelta

from odoo import fields
from odoo.tests import HttpCase, tagged

from ..common import MANAGER
from ..fact.common import CatalogueCommon


@tagged("post_install", "-at_install")
class TestKpiTours(CatalogueCommon, HttpCase):
    def test_make_a_kpi_without_code(self):
        """From a name to a figure on a scorecard, without a line of code."""
        today = fields.Date.today()
        opened = today - timedelta(days=20)
        self._incident("Broken in transit", opened=str(opened), cost=250)
        template = self._create_template("Own KPIs", ["complaint_rate"])
        self.env["supplier.evaluation"].create(
            {
                "template_id": template.id,
                "company_id": self.company.id,
                "date_from": today - timedelta(days=40),
                "date_to": today - timedelta(days=5),
            }
        )
        self._create_user("kpi_tour_manager", MANAGER)
        self.start_tour(
            "/odoo/supplier-kpis/new", "supplier_kpi_no_code", login="kpi_tour_manager"
        )
        kpi = self.env["supplier.kpi"].search([("name", "=", "Cost of incidents")])
        self.assertEqual(kpi.code, "cost_of_incidents")
        self.assertEqual(kpi.fact_model, "supplier.incident")
        self.assertEqual(kpi.date_field, "date_opened")
