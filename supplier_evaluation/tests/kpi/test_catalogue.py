from odoo.tests import tagged

from ..delivery.common import GoldenSetCommon
from ..fact.common import CatalogueCommon
from .common import CATALOGUE


@tagged("post_install", "-at_install")
class TestCatalogue(CatalogueCommon, GoldenSetCommon):
    """Every KPI is there, explains itself, and opens just what it counted."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._create_accounts()
        line = cls.lines["L1"]
        cls._bill(line, 60, 11)
        cls._bill(cls.env["purchase.order.line"], 1, 7)
        cls._refund(cls._bill(line, 40, 12))
        cls._ask(line.order_id, "2026-03-05 01:00:00")
        cls._answer(line.order_id, "2026-03-05 09:00:00")
        cls._ask(cls.lines["L3"].order_id, "2026-03-16 01:00:00")
        cls._incident("Bent", purchase_line_id=line.id, quantity=5)
        cls._incident("Our fault", responsibility="us")
        cls._order(10, 9, "2026-03-10", confirmed="2026-02-10")
        other = cls._create_supplier("Competitor")
        cls._order(10, 8, "2026-03-10", confirmed="2026-02-10", partner=other)

    def _kpis(self):
        """The KPIs that the add-on brings, not those of other modules or users."""
        names = self.env["ir.model.data"].search(
            [("model", "=", "supplier.kpi"), ("module", "=", "supplier_evaluation")]
        )
        return self.env["supplier.kpi"].browse(names.mapped("res_id"))

    def test_complete(self):
        found = {
            dimension: set(kpis.mapped("code"))
            for dimension, kpis in self._kpis().grouped("dimension").items()
        }
        self.assertEqual(found, CATALOGUE)

    def test_explained(self):
        for kpi in self._kpis():
            with self.subTest(kpi=kpi.code):
                self.assertFalse(kpi.problem)
                self.assertGreater(len(kpi.description), 60)
                self.assertGreater(len(kpi.source_text or ""), 20)
                self.assertGreater(len(kpi.exclusion_text or ""), 20)

    def test_what_kpis_share_is_said_by_their_facts(self):
        """No sentence stands twice, nor where the facts say it already."""
        for fname in ("source_description", "exclusion_description"):
            texts = [text for text in self._kpis().mapped(fname) if text]
            self.assertEqual(len(texts), len(set(texts)))
        for model, kpis in self._kpis().grouped("fact_model").items():
            with self.subTest(model=model):
                source, exclusion = self.env[model]._fact_definition()
                self.assertIn(source, kpis.mapped("source_text"))
                self.assertNotIn(source, kpis.mapped("source_description"))
                self.assertIn(exclusion, kpis.mapped("exclusion_text"))
                self.assertNotIn(exclusion, kpis.mapped("exclusion_description"))

    def test_kpi_in_its_own_words(self):
        """What a KPI says of itself goes first, on its scorecards too."""
        kpi = self.env.ref("supplier_evaluation.supplier_kpi_otd")
        shared = kpi.source_text
        evaluation = self._evaluate(self._create_template("One", ["otd"]))
        line = evaluation.scorecard_ids.line_ids[:1]
        self.assertEqual(line.source_description, shared)
        self.assertIn("services", line.exclusion_description)
        kpi.source_description = "Orders of bolts."
        self.assertEqual(kpi.source_text, "Orders of bolts.")
        self.assertEqual(line.source_description, "Orders of bolts.")
        self.assertIn("services", line.exclusion_description)
        kpi.source_description = False
        self.assertEqual(line.source_description, shared)

    def test_ordinary_records_say_nothing_for_all(self):
        kpi = self.env.ref("supplier_evaluation.supplier_kpi_otd").copy(
            {"name": "Orders"}
        )
        kpi.write(
            {
                "fact_model": "purchase.order",
                "date_field": "date_order",
                "aggregator": "count",
                "numerator": False,
                "denominator": False,
                "unweighted": False,
            }
        )
        self.assertFalse(kpi.source_text)
        kpi.source_description = "Purchase orders."
        self.assertEqual(kpi.source_text, "Purchase orders.")

    def test_every_figure_opens_what_it_counted(self):
        """As many records as the figure says, and they add up to its two sums."""
        evaluation = self._evaluate(self._create_template("All"))
        card = evaluation.scorecard_ids.filtered(
            lambda card: card.partner_id == self.supplier
        )
        self.assertFalse(evaluation.problems)
        opened = 0
        for line in card.line_ids.filtered("has_value"):
            with self.subTest(kpi=line.kpi_id.code):
                self._check_opens(line)
                opened += 1
        self.assertGreater(opened, 20)

    def _check_opens(self, line):
        kpi = line.kpi_id
        action = line.action_open_counted()
        records = (
            self.env[action["res_model"]]
            .with_context(**action["context"])
            .search(action["domain"])
        )
        question = kpi._question()
        if question.denominator.endswith(":count_distinct"):
            self.assertEqual(len(records[kpi.denominator]), line.n)
        else:
            self.assertEqual(len(records), line.n)
        if kpi.aggregator == "ratio" and question.numerator.endswith(":sum"):
            self.assertAlmostEqual(
                sum(records.mapped(kpi.numerator)), line.numerator, 4
            )
            self.assertAlmostEqual(
                sum(records.mapped(kpi.denominator)), line.denominator, 4
            )
        elif kpi.aggregator == "mean":
            self.assertAlmostEqual(
                sum(records.mapped(kpi.numerator)), line.numerator, 4
            )

    def test_left_out_says_why(self):
        evaluation = self._evaluate(self._create_template("All"))
        card = evaluation.scorecard_ids.filtered(
            lambda card: card.partner_id == self.supplier
        )
        reasons = {}
        for line in card.line_ids:
            action = line.action_open_excluded()
            if "exclusion" not in self.env[action["res_model"]]._fields:
                continue
            facts = self.env[action["res_model"]].with_context(**action["context"])
            found = facts.search(action["domain"])
            self.assertTrue(all(found.mapped("exclusion")), line.kpi_id.code)
            reasons[line.kpi_id.code] = set(found.mapped("exclusion"))
        self.assertIn("no_reference", reasons["bill_price_variance"])
        self.assertIn("cancelled", reasons["payment_terms"])
        self.assertIn("responsibility", reasons["complaint_rate"])
        self.assertIn("no_reference", reasons["lead_time"])  # L3 never came
        self.assertEqual(reasons["response_time"], {"no_reference"})
        self.assertEqual(reasons["response_rate"], set())


@tagged("post_install", "-at_install")
class TestCatalogueStatements(CatalogueCommon):
    """One query for each kind of facts, for all KPIs and all suppliers."""

    def _make(self, suppliers):
        """Suppliers with orders, receipts, bills, messages and incidents."""
        for number in range(suppliers):
            supplier = self._create_supplier(f"Supplier {number}")
            supplier.with_company(
                self.company
            ).property_account_payable_id = self.payable
            line = self._order(10, 5, "2026-03-10", partner=supplier)
            self._receive(line, "2026-03-10")
            self._bill(line, 10, 5)
            self._ask(line.order_id, "2026-03-03 04:00:00")
            self._incident("Bent", partner_id=supplier.id)
        self.env.flush_all()

    def test_statements(self):
        self._create_accounts()
        kpis = self.env["supplier.kpi"].search([])
        scope = self._scope()
        counts = []
        for suppliers in (5, 45):
            self._make(suppliers)
            kpis._measure(scope)
            counts.append(self._statements_of(lambda: kpis._measure(scope)))
        self.assertEqual(len(kpis._measure(scope)), 50)
        self.assertEqual(counts[0], counts[1])
        sources = len({(kpi.fact_model, kpi.domain) for kpi in kpis})
        # Besides the query, one more for the orders that are counted: a savepoint and
        # its release. KPIs and companies are read once. By each of deliveries, prices,
        # savings, receipts, flexibility, quotations and cooperation: changes of
        # promises and of orders, and whether anything was imported. By each of bills
        # and payments: what changed since their sums.
        self.assertLessEqual(counts[0], 3 * (sources + 1) + 35)

    def test_one_question_for_all_kpis_of_the_same_facts(self):
        scope = self._scope()
        for model, kpis in (
            self.env["supplier.kpi"]
            .search([])
            .grouped(lambda kpi: (kpi.fact_model, kpi.domain))
            .items()
        ):
            # Different orders are counted in a query of their own.
            kpis = kpis.filtered(lambda kpi: kpi.code != "ack_rate")
            with self.subTest(model=model):
                kpis._measure(scope)
                one, all_of_them = (
                    self._statements_of(lambda kpis=some: kpis._measure(scope))
                    for some in (kpis[:1], kpis)
                )
                self.assertEqual(one, all_of_them)
