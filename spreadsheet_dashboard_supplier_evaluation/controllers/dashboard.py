from odoo import http
from odoo.http import request

from odoo.addons.spreadsheet_dashboard.controllers.dashboards_controllers import (
    DashboardDataRoute,
)

DASHBOARD = "spreadsheet_dashboard_supplier_evaluation.spreadsheet_dashboard_suppliers"


class SupplierDashboardDataRoute(DashboardDataRoute):
    @http.route()
    def get_dashboard_data(self, dashboard):
        """Tell where the words of our sample are translated, too.

        Odoo tells so of a dashboard, but not of its sample, which is then in English.
        """
        response = super().get_dashboard_data(dashboard)
        if dashboard.get_external_id()[dashboard.id] != DASHBOARD:
            return response
        served = response.get_json()
        if not served.get("is_sample"):
            return response
        namespace = dashboard._get_dashboard_translation_namespace()
        return request.make_json_response(
            {**served, "translation_namespace": namespace}
        )
