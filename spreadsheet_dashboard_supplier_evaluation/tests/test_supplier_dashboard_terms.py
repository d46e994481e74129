import json
from pathlib import Path

from odoo.tests import tagged
from odoo.tools import file_path
from odoo.tools.translate import code_translations

from odoo.addons.supplier_evaluation.tests.translations import (
    LANGUAGES,
    TranslationsCase,
)


@tagged("post_install", "-at_install")
class TestSupplierDashboardTerms(TranslationsCase):
    module = "spreadsheet_dashboard_supplier_evaluation"
    term = "Points Lost by KPI"

    def test_browser_gets_them(self):
        """The words of the spreadsheet, in the language of the user."""
        for language in LANGUAGES:
            found = code_translations.get_web_translations(self.module, language)
            words = {entry["id"]: entry["string"] for entry in found["messages"]}
            self.assertIn(self.term, words, language)
            self.assertNotEqual(words[self.term], self.term)

    def test_no_axis_has_a_title(self):
        """Odoo exports it with the other words, and shows it in English to all."""
        folder = Path(file_path(f"{self.module}/data/files"))
        for file in sorted(folder.glob("*_dashboard.json")):
            sheets = json.loads(file.read_text())["sheets"]
            figures = [figure for sheet in sheets for figure in sheet["figures"]]
            self.assertTrue(figures, file.name)
            titled = [one["id"] for one in figures if one["data"].get("axesDesign")]
            self.assertEqual(titled, [], file.name)
