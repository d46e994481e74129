from odoo.tests import tagged
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
