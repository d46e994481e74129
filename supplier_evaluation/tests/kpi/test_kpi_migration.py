from importlib.util import module_from_spec, spec_from_file_location

from odoo.modules import get_module_path
from odoo.tests import TransactionCase, tagged
from odoo.tools.sql import column_exists, rename_column

SCRIPT = "migrations/19.0.1.1.0/pre-10-kpi.py"


@tagged("post_install", "-at_install")
class TestKpiMigration(TransactionCase):
    def test_aspect_keeps_what_basis_said(self):
        lead_time = self.env.ref("supplier_evaluation.supplier_kpi_lead_time")
        rename_column(self.cr, "supplier_kpi", "aspect", "basis")
        spec = spec_from_file_location(
            "pre_10_kpi", f"{get_module_path('supplier_evaluation')}/{SCRIPT}"
        )
        script = module_from_spec(spec)
        spec.loader.exec_module(script)
        script.migrate(self.cr, "19.0.1.0.0")
        self.assertFalse(column_exists(self.cr, "supplier_kpi", "basis"))
        lead_time.invalidate_recordset()
        self.assertEqual(lead_time.aspect, "received")
