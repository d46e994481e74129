import json
import re

from odoo.tools import file_open

from odoo.addons.spreadsheet.utils.validate_data import odoo_charts
from odoo.addons.supplier_evaluation.tests.overview.common import OverviewCommon

FOLDER = "spreadsheet_dashboard_supplier_evaluation/data/files"
DASHBOARD = f"{FOLDER}/suppliers_dashboard.json"
SAMPLE = f"{FOLDER}/suppliers_sample_dashboard.json"
MENU_LINK = re.compile(r"^\[.+\]\(odoo://ir_menu_xml_id/(.+)\)$")


def read_sheet(path):
    """Return the spreadsheet of a file."""
    with file_open(path) as file:
        return json.load(file)


def sources(sheet):
    """Return ``[(model, domain, fields to group by, measures, matching)]``.

    One for each pivot and each chart: what the web client asks the server.
    """
    pivots = [
        (
            pivot["model"],
            pivot["domain"],
            [row["fieldName"] for row in pivot["rows"] + pivot["columns"]],
            [measure["id"] for measure in pivot["measures"]],
            pivot["fieldMatching"],
        )
        for pivot in sheet["pivots"].values()
    ]
    charts = [
        (
            chart["metaData"]["resModel"],
            chart["searchParams"]["domain"],
            chart["metaData"]["groupBy"],
            [chart["metaData"]["measure"]],
            chart["fieldMatching"],
        )
        for chart in odoo_charts(sheet)
    ]
    return pivots + charts


def menus(sheet):
    """Return the external ids of the menus that charts and headings open."""
    cells = [text for page in sheet["sheets"] for text in page["cells"].values()]
    links = [MENU_LINK.match(text) for text in cells]
    return {
        *sheet["chartOdooMenusReferences"].values(),
        *(link[1] for link in links if link),
    }


class SupplierDashboardCommon(OverviewCommon):
    """The dashboard, and two published months."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.dashboard = cls.env.ref(
            "spreadsheet_dashboard_supplier_evaluation.spreadsheet_dashboard_suppliers"
        )
        cls.sheet = read_sheet(DASHBOARD)
