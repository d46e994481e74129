from odoo.modules.migration import load_script
from odoo.tests import tagged
from odoo.tools import file_path

from .common import BillCommon

SCRIPT = "supplier_evaluation/migrations/19.0.1.2.0/post-20-cost.py"
LEFT_OUT = (
    "Lines of cancelled orders, lines with nothing left to order, and lines that a "
    "manager left out with a reason."
)


@tagged("post_install", "-at_install")
class TestCostMigration(BillCommon):
    """KPIs of the version before say and count what new ones do."""

    def _kpi(self, code):
        return self.env.ref(f"supplier_evaluation.supplier_kpi_{code}")

    def _migrate(self):
        self.env.flush_all()
        load_script(file_path(SCRIPT), "cost").migrate(self.cr, "19.0.1.1.0")
        self.env.invalidate_all()

    def test_payment_terms_count_bills(self):
        kpi = self._kpi("payment_terms")
        kpi.fact_model = "supplier.bill.fact"
        for _again in range(2):
            self._migrate()
            self.assertEqual(kpi.fact_model, "supplier.payment.fact")
            self.assertFalse(kpi.problem)

    def test_published_figure_opens_what_it_counted(self):
        """It was of bill lines, and stays so."""
        kpi = self._kpi("payment_terms")
        kpi.fact_model = "supplier.bill.fact"
        term = self._term((100, 30))
        bill = self._bill(self.line, 100, 10, invoice_payment_term_id=term.id)
        evaluation = self._evaluate(self._create_template("One", ["payment_terms"]))
        evaluation.action_publish()
        self._migrate()
        self.assertEqual(kpi.fact_model, "supplier.payment.fact")
        action = evaluation.scorecard_ids.line_ids.action_open_counted()
        self.assertEqual(action["res_model"], "supplier.bill.fact")
        facts = self.env[action["res_model"]].with_context(**action["context"])
        self.assertEqual(facts.search(action["domain"]).ids, bill.invoice_line_ids.ids)

    def test_what_somebody_defined_stays(self):
        kpi = self._kpi("payment_terms")
        kpi.write({"fact_model": "supplier.bill.fact", "aspect": "order"})
        self._migrate()
        self.assertEqual(kpi.fact_model, "supplier.bill.fact")

    def test_sentences(self):
        present = self._kpi("price_variance").exclusion_description
        self.assertIn("down payments", present)
        former = present.replace(present.split(". ", 1)[0] + ".", LEFT_OUT)
        changed = self._kpi("price_volatility")
        self._kpi("price_variance").exclusion_description = former
        changed.exclusion_description = "Nothing."
        for _again in range(2):
            self._migrate()
            self.assertEqual(self._kpi("price_variance").exclusion_description, present)
            self.assertEqual(changed.exclusion_description, "Nothing.")

    def test_every_sentence_is_in_the_data(self):
        """What the script writes is what a new database says."""
        script = load_script(file_path(SCRIPT), "cost")
        for (code, name), (former, present) in script.SENTENCES.items():
            with self.subTest(kpi=code):
                self.assertIn(present, self._kpi(code)[name])
                self.assertNotIn(former, present)

    def test_what_facts_say(self):
        """But for what somebody changed or translated."""
        self.env["res.lang"]._activate_lang("fr_FR")
        translated = self._kpi("otd")
        script = load_script(file_path(SCRIPT), "cost")
        for (model, name), texts in script.SAID_BY_FACTS.items():
            kpi = self.env["supplier.kpi"].search([("fact_model", "=", model)], limit=1)
            for former in texts:
                kpi[name] = former
                self._migrate()
                self.assertFalse(kpi[name])
        translated.exclusion_description = former = script.SAID_BY_FACTS[
            "supplier.delivery.fact", "exclusion_description"
        ][0]
        french = translated.with_context(lang="fr_FR")
        french.exclusion_description = "Annulées."
        self._migrate()
        self.assertEqual(translated.exclusion_description, former)
        self.assertEqual(french.exclusion_description, "Annulées.")
