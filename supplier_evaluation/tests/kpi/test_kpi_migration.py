from importlib.util import module_from_spec, spec_from_file_location

from odoo.tests import TransactionCase, tagged
from odoo.tools import file_path
from odoo.tools.sql import column_exists, rename_column

SCRIPTS = "supplier_evaluation/migrations/19.0.1.1.0"


@tagged("post_install", "-at_install")
class TestKpiMigration(TransactionCase):
    def _migrate(self, script):
        spec = spec_from_file_location("script", file_path(f"{SCRIPTS}/{script}"))
        module = module_from_spec(spec)
        spec.loader.exec_module(module)
        module.migrate(self.cr, "19.0.1.0.0")

    def test_aspect_keeps_what_basis_said(self):
        lead_time = self.env.ref("supplier_evaluation.supplier_kpi_lead_time")
        rename_column(self.cr, "supplier_kpi", "aspect", "basis")
        self._migrate("pre-10-kpi.py")
        self.assertFalse(column_exists(self.cr, "supplier_kpi", "basis"))
        lead_time.invalidate_recordset()
        self.assertEqual(lead_time.aspect, "received")

    def test_what_facts_say_themselves_leaves_their_kpis(self):
        """But for what somebody changed or translated."""
        self.env["res.lang"]._activate_lang("fr_FR")
        same, changed, translated = (
            self.env.ref(f"supplier_evaluation.supplier_kpi_{code}")
            for code in ("otd", "otif", "fill_rate")
        )
        shared = same.source_text
        same.source_description = translated.source_description = shared
        changed.source_description = "Orders of bolts."
        translated.with_context(lang="fr_FR").source_description = "Commandes."
        self.env.flush_all()
        self._migrate("post-10-kpi.py")
        self.assertFalse(same.source_description)
        self.assertEqual(same.source_text, shared)
        self.assertEqual(changed.source_text, "Orders of bolts.")
        self.assertEqual(translated.source_description, shared)
        french = translated.with_context(lang="fr_FR")
        self.assertEqual(french.source_text, "Commandes.")
