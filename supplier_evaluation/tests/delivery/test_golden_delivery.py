from odoo.tests import tagged

from .common import GoldenSetCommon


@tagged("post_install", "-at_install")
class TestGoldenDelivery(GoldenSetCommon):
    """The published reference set: every number as the definition states it."""

    def test_sample(self):
        measure = self._measure("otd")
        self.assertEqual(measure.n, 11)
        self.assertAlmostEqual(measure.denominator, 7640)
        self.assertAlmostEqual(measure.n_eff, 5.5497, 4)

    def test_on_time_delivery(self):
        measure = self._measure("otd")
        self.assertAlmostEqual(measure.value, 54.1885, 4)
        self.assertAlmostEqual(measure.low, 20.56, 2)
        self.assertAlmostEqual(measure.high, 84.39, 2)
        self.assertAlmostEqual(self._value("otd", weighting="line"), 60.0, 4)

    def test_late_tolerance(self):
        self.assertAlmostEqual(self._value("otd", late_days=3), 71.2042, 4)

    def test_otif(self):
        self.assertAlmostEqual(self._value("otif"), 21.4660, 4)
        self.assertAlmostEqual(self._value("otif", weighting="line"), 36.3636, 4)

    def test_fill_rate(self):
        self.assertAlmostEqual(self._value("fill_rate"), 73.8220, 4)
        self.assertAlmostEqual(self._value("fill_rate", weighting="line"), 90.9091, 4)

    def test_days_late(self):
        self.assertAlmostEqual(self._value("days_late"), 5.9817, 4)
        self.assertAlmostEqual(self._value("days_late", weighting="line"), 2.6545, 4)

    def test_lead_time(self):
        measure = self._measure("lead_time")
        self.assertAlmostEqual(measure.value, 16.62, 4)
        self.assertEqual(measure.n, 10)
        self.assertAlmostEqual(self._value("lead_time_cv"), 44.2962, 4)

    def test_promise_kept(self):
        self.assertAlmostEqual(self._value("promise_kept"), 90.9091, 4)

    def test_exclusions(self):
        reasons = {
            name: self._fact(line).exclusion for name, line in self.lines.items()
        }
        counted = [name for name, reason in reasons.items() if not reason]
        self.assertEqual(len(counted), 11)
        self.assertEqual(reasons["L8"], "cancelled")
        self.assertEqual(reasons["L9"], "outside_period")
        self.assertEqual(reasons["L11"], "not_goods")

    def test_evaluation_stores_the_same(self):
        delivery = self.env["supplier.kpi"].search([("dimension", "=", "delivery")])
        template = self._create_template("Delivery", delivery.mapped("code"))
        card = self._evaluate(template).scorecard_ids
        self.assertEqual(card.partner_id, self.supplier)
        values = {line.kpi_id.code: line.value for line in card.line_ids}
        for code, value in {
            "otd": 54.1885,
            "otif": 21.4660,
            "fill_rate": 73.8220,
            "days_late": 5.9817,
            "lead_time": 16.62,
            "lead_time_cv": 44.2962,
            "promise_kept": 90.9091,
        }.items():
            self.assertAlmostEqual(values[code], value, 4, code)
        self.assertEqual(card.delivery_lines, 11)
        self.assertFalse(card.provisional)

    def test_drill_down_reconciles(self):
        evaluation = self._evaluate()
        line = evaluation.scorecard_ids.line_ids.filtered(
            lambda line: line.kpi_id.code == "otd"
        )
        action = line.action_open_counted()
        facts = self.env[action["res_model"]].with_context(**action["context"])
        counted = facts.search(action["domain"])
        self.assertEqual(len(counted), line.n)
        self.assertAlmostEqual(
            sum(counted.mapped("on_time_weighted"))
            / sum(counted.mapped("weight"))
            * 100,
            line.value,
            4,
        )
        action = line.action_open_excluded()
        facts = self.env[action["res_model"]].with_context(**action["context"])
        self.assertEqual(
            sorted(facts.search(action["domain"]).mapped("exclusion")),
            ["cancelled", "not_goods", "outside_period"],
        )
