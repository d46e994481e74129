from collections import defaultdict

from odoo.tests import TransactionCase, tagged

from ...scoring import round_score

# Preset, KPI, a value that just trips the gate, one that just passes it.
GATES = (
    ("general", "otd", 59.9, 60),
    ("manufacturing", "otd", 68.2, 68.4),
    ("manufacturing", "defect_ppm", 10100, 10000),
    ("retail", "fill_rate", 82, 82.1),
    ("services", "review", 49.9, 50),
    ("services", "document_validity", 95, 100),
    ("software", "review", 49.9, 50),
    ("software", "document_validity", 95, 100),
)
PRESETS = ("general", "manufacturing", "retail", "services", "software")


@tagged("post_install", "-at_install")
class TestPresetTemplates(TransactionCase):
    """The templates that come with the add-on, as the add-on brings them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.presets = {
            name: cls.env.ref(f"supplier_evaluation.supplier_scorecard_template_{name}")
            for name in PRESETS
        }

    def _by_dimension(self, name):
        """Return ``[(weight, dimension)]``, the heaviest first."""
        weights = defaultdict(float)
        for line in self.presets[name].line_ids:
            weights[line.dimension] += line.weight
        return sorted(((weights[key], key) for key in weights), reverse=True)

    def _heaviest(self, name):
        line = max(self.presets[name].line_ids, key=lambda line: line.weight)
        return line.kpi_id.code

    def test_weights_are_percentages(self):
        for name, template in self.presets.items():
            with self.subTest(name):
                self.assertEqual(sum(template.line_ids.mapped("weight")), 100)

    def test_rationale(self):
        for name, template in self.presets.items():
            with self.subTest(name):
                self.assertGreater(len(template.description), 200)
                self.assertGreaterEqual(template.description.count(". "), 3)

    def test_rules(self):
        for name, template in self.presets.items():
            with self.subTest(name):
                rules = template._line_rules()
                self.assertEqual(len(rules), len(template.line_ids))

    def test_scales_reach_full_marks(self):
        for name, template in self.presets.items():
            for line in template.line_ids:
                with self.subTest(name, kpi=line.kpi_id.code):
                    best = max if line.higher_is_better else min
                    worst = min if line.higher_is_better else max
                    values = line.point_ids.mapped("value")
                    scale = line._scale()
                    self.assertEqual(scale.score(best(values)), 100)
                    self.assertLessEqual(scale.score(worst(values)), 40)

    def test_gates(self):
        """Each gate caps the grade at C where its template says, and not before."""
        grade = self.env.ref("supplier_evaluation.supplier_grade_c")
        kpis = self.env["supplier.kpi"].search([]).grouped("code")
        found = set()
        for name, code, trips, passes in GATES:
            with self.subTest(name, kpi=code):
                template = self.presets[name]
                self.assertEqual(template.gate_grade_id, grade)
                gate = template.line_ids.grouped("kpi_id")[kpis[code]]
                scale = gate._scale()
                self.assertLess(round_score(scale.score(trips)), gate.minimum_score)
                self.assertGreaterEqual(
                    round_score(scale.score(passes)), gate.minimum_score
                )
                found.add(gate)
        gates = {
            line
            for template in self.presets.values()
            for line in template.line_ids.filtered("has_gate")
        }
        self.assertEqual(found, gates)

    def test_who_scores_reviews_asks_for_them(self):
        for name, template in self.presets.items():
            with self.subTest(name):
                scored = "review" in template.line_ids.kpi_id.mapped("code")
                self.assertEqual(bool(template.questionnaire_id), scored)
                self.assertEqual(bool(template.reviewer_ids), scored)

    def test_answers_of_software_suppliers_are_due_within_a_working_day(self):
        self.assertEqual(self.presets["software"].response_hours, 8)

    def test_not_scheduled(self):
        for name, template in self.presets.items():
            with self.subTest(name):
                self.assertTrue(template.active)
                self.assertFalse(template.is_scheduled)
                self.assertTrue(template.sets_vendor_score)

    def test_delivery_and_quality_lead_manufacturing(self):
        first, second, third = self._by_dimension("manufacturing")[:3]
        self.assertEqual({first[1], second[1]}, {"delivery", "quality"})
        self.assertGreater(second[0], 2 * third[0])

    def test_cost_and_delivery_lead_retail(self):
        first, second, third = self._by_dimension("retail")[:3]
        self.assertEqual((first[1], second[1]), ("cost", "delivery"))
        self.assertGreater(second[0], 2 * third[0])

    def test_service_leads_services(self):
        weight, dimension = self._by_dimension("services")[0]
        self.assertEqual(dimension, "service")
        self.assertGreater(weight, 50)
        self.assertEqual(self._heaviest("services"), "review")

    def test_support_and_contract_make_software(self):
        weight, dimension = self._by_dimension("software")[0]
        self.assertEqual(dimension, "service")
        self.assertGreater(weight, 50)
        self.assertEqual(self._heaviest("software"), "review")
        codes = set(self.presets["software"].line_ids.kpi_id.mapped("code"))
        self.assertLessEqual(
            {
                "response_time",
                "response_rate",
                "resolution_rate",
                "resolution_time",
                "payment_terms",
                "document_validity",
            },
            codes,
        )

    def test_no_receipts_where_nothing_is_received(self):
        for name in ("services", "software"):
            dimensions = set(self.presets[name].line_ids.mapped("dimension"))
            self.assertFalse(dimensions & {"delivery", "quality"})

    def test_every_dimension_is_general(self):
        self.assertEqual(
            {dimension for _weight, dimension in self._by_dimension("general")},
            {"delivery", "quality", "cost", "service", "compliance"},
        )
