from importlib.util import module_from_spec, spec_from_file_location

from odoo.tests import TransactionCase, tagged
from odoo.tools import file_path

SCRIPT = "supplier_evaluation/migrations/19.0.1.2.0/post-30-returns.py"


@tagged("post_install", "-at_install")
class TestReturnMigration(TransactionCase):
    """KPIs of a database of before say which returns count."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        spec = spec_from_file_location("returns", file_path(SCRIPT))
        cls.script = module_from_spec(spec)
        spec.loader.exec_module(cls.script)

    def _kpi(self, code):
        return self.env.ref(f"supplier_evaluation.supplier_kpi_{code}")

    def _migrate(self):
        self.env.flush_all()
        self.script.migrate(self.cr, "19.0.1.1.0")
        self.env.invalidate_all()

    def test_sentences(self):
        """Later versions say some of them anew: the script knows those of its own."""
        expected = {}
        for (code, name), (former, present) in self.script.SENTENCES.items():
            kpi = self._kpi(code)
            self.assertNotEqual(former, present)
            kpi[name] = f"Before. {former} After."
            expected[kpi, name] = f"Before. {present} After."
        for _time in range(2):
            self._migrate()
            for (kpi, name), text in expected.items():
                self.assertEqual(kpi[name], text)

    def test_what_somebody_wrote(self):
        self._kpi("return_rate").description = "What we send back."
        self._migrate()
        self.assertEqual(self._kpi("return_rate").description, "What we send back.")
