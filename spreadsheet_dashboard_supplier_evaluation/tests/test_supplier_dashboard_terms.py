import polib

from odoo.tests import TransactionCase, tagged
from odoo.tools import file_path
from odoo.tools.translate import TranslationModuleReader, code_translations

MODULE = "spreadsheet_dashboard_supplier_evaluation"
LANGUAGES = ("zh_CN", "de", "fr", "es")


@tagged("post_install", "-at_install")
class TestSupplierDashboardTerms(TransactionCase):
    def test_every_term_is_translated(self):
        reader = TranslationModuleReader(self.env.cr, modules=[MODULE])
        terms = {source for _m, _t, _n, _id, source, _value, _c in reader}
        self.assertIn("Points Lost by KPI", terms)
        for language in LANGUAGES:
            entries = polib.pofile(
                file_path(f"{MODULE}/i18n/{language}.po"), encoding="utf-8"
            )
            done = {entry.msgid for entry in entries if entry.msgstr.strip()}
            self.assertEqual(done, terms, language)

    def test_browser_gets_them(self):
        """The words of the spreadsheet, in the language of the user."""
        for language in LANGUAGES:
            found = code_translations.get_web_translations(MODULE, language)
            words = {entry["id"]: entry["string"] for entry in found["messages"]}
            self.assertIn("Points Lost by KPI", words, language)
            self.assertNotEqual(words["Points Lost by KPI"], "Points Lost by KPI")
