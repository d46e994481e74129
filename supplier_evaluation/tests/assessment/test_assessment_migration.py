from odoo.modules.migration import load_script
from odoo.tests import TransactionCase, tagged
from odoo.tools import file_path

SCRIPT = "supplier_evaluation/migrations/19.0.1.7.0/post-40-customers.py"
PRESET = "supplier_evaluation.supplier_questionnaire_customer"


@tagged("post_install", "-at_install")
class TestAssessmentMigration(TransactionCase):
    """Who had 19.0.1.6.0 gets the questionnaire; what is there stays as it is."""

    def _migrate(self):
        load_script(file_path(SCRIPT), "customers").migrate(self.env.cr, "19.0.1.6.0")
        self.env.invalidate_all()
        return self.env.ref(PRESET)

    def test_it_comes_once(self):
        former = self.env.ref(PRESET, raise_if_not_found=False)
        if former:
            former.unlink()
        preset = self._migrate()
        self.assertEqual(len(preset.question_ids), 4)
        preset.name = "Mine"
        self.assertEqual(self._migrate().name, "Mine")
        self.assertEqual(len(preset.question_ids), 4)
