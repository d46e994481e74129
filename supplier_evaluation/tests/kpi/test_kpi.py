from odoo.exceptions import ValidationError
from odoo.tests import tagged

from ..common import SupplierEvaluationCommon
from .common import CATALOGUE


@tagged("post_install", "-at_install")
class TestKpi(SupplierEvaluationCommon):
    def _kpi(self, **vals):
        return self.env["supplier.kpi"].create(
            {
                "name": "Late share",
                "code": "test_kpi",
                "description": "Test",
                "aggregator": "mean",
                "numerator": "days_late",
                "unit": "days",
                **vals,
            }
        )

    def test_definition_is_checked(self):
        for vals, problem in (
            ({"fact_model": "no.model"}, "no records no.model"),
            ({"fact_model": "res.partner"}, "has no field partner_id"),
            ({"numerator": "no_field"}, "has no field no_field"),
            ({"numerator": False}, "field to take"),
            ({"aggregator": "ratio"}, "a numerator and a denominator"),
            ({"domain": "[('no_field', '=', 1)]"}, "domain"),
            ({"domain": "[('date', '='"}, "domain"),
        ):
            with self.subTest(vals=vals):
                with self.assertRaises(ValidationError) as caught:
                    self._kpi(**vals)
                self.assertIn(problem, str(caught.exception))

    def test_domain_narrows(self):
        self._receive(self._order(10, 5, "2026-03-10"), "2026-03-14")
        other = self._create_product("Nut")
        self._receive(self._order(10, 5, "2026-03-10", product=other), "2026-03-10")
        kpi = self._kpi(domain=f"[('product_id', '=', {self.product.id})]")
        measures = kpi._measure(self._scope())
        self.assertEqual(measures[self.supplier.id]["test_kpi"].value, 4.0)

    def test_sum_and_count(self):
        for quantity in (10, 20):
            self._receive(self._order(quantity, 5, "2026-03-10"), "2026-03-10")
        count = self._kpi(aggregator="count", numerator=False, unit="number")
        total = self._kpi(
            code="test_sum",
            aggregator="sum",
            numerator="quantity_received",
            unit="number",
        )
        values = (count + total)._measure(self._scope())[self.supplier.id]
        self.assertEqual(values["test_kpi"].value, 2)
        self.assertEqual(values["test_sum"].value, 30)

    def test_every_preset_explains_itself(self):
        kpis = self.env["supplier.kpi"].search([("dimension", "=", "delivery")])
        self.assertEqual(set(kpis.mapped("code")), CATALOGUE["delivery"])
        for kpi in kpis:
            self.assertGreater(len(kpi.description), 60, kpi.code)
            self.assertTrue(kpi.exclusion_text, kpi.code)
