from freezegun import freeze_time

from odoo.tests import tagged

from ...report.scorecard.scorecard_xlsx import workbook_of
from ..common import BUYER, SupplierEvaluationCommon


@tagged("post_install", "-at_install")
class TestStatements(SupplierEvaluationCommon):
    """The number of SQL statements does not grow with the suppliers."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.user = cls._create_user("statements_reader", BUYER)

    def _seen(self, records):
        """Return records as a list has them, which knows from no other one."""
        return self._as(records.browse(records.ids), self.user)

    def _make_suppliers(self, count):
        suppliers = [
            self._create_supplier(f"Supplier {index}") for index in range(count)
        ]
        self.env["supplier.history.line"].create(
            [
                {
                    "company_id": self.company.id,
                    "partner_id": supplier.id,
                    "order_ref": "PO",
                    "line_ref": str(line),
                    "quantity_ordered": 10,
                    "price_unit": 3,
                    "currency_id": self.company.currency_id.id,
                    "date_promised": "2026-03-10",
                }
                for supplier in suppliers
                for line in range(2)
            ]
        )

    def test_compute(self):
        counts = []
        for first_day, suppliers in enumerate((5, 0, 45), start=1):
            self._make_suppliers(suppliers)
            evaluation = self.env["supplier.evaluation"].create(
                {
                    "template_id": self.template.id,
                    "company_id": self.company.id,
                    "date_from": f"2026-03-0{first_day}",
                    "date_to": "2026-03-31",
                }
            )
            counts.append(self._statements_of(evaluation.action_compute))
        self.assertEqual(evaluation.scorecard_count, 50)
        # The first run fills caches.
        self.assertEqual(counts[2], counts[1])
        # All 38 KPIs, of 18 kinds of records.
        self.assertLess(counts[2], 145)

    # Whether the clock has ticked decides whether the run is stamped anew.
    @freeze_time("2026-04-10 08:00:00")
    def test_compute_again(self):
        """What was computed before goes away in one statement."""
        evaluation = self._evaluate()
        counts = []
        for suppliers in (5, 0, 45):
            self._make_suppliers(suppliers)
            counts.append(self._statements_of(evaluation.action_compute))
        self.assertEqual(evaluation.scorecard_count, 50)
        counts.append(self._statements_of(evaluation.action_compute))
        self.assertEqual(counts[3], counts[1])

    def test_publish(self):
        counts = []
        for suppliers in (5, 0, 45):
            self._make_suppliers(suppliers)
            template = self._create_template(f"T{suppliers}", ["otd", "fill_rate"])
            evaluation = self._evaluate(template)
            counts.append(self._statements_of(evaluation.action_publish))
        self.assertEqual(counts[2], counts[1])

    def test_one_query_for_all_kpis_of_the_same_facts(self):
        """Different orders are counted in a query of their own, all others summed."""
        self._make_suppliers(3)
        kpis = self.env["supplier.kpi"].search(
            [("fact_model", "=", "supplier.delivery.fact")]
        )
        counted = kpis.filtered(lambda kpi: kpi.code == "ack_rate")
        kpis._measure(self._scope())
        one, summed, counted, all_of_them = (
            self._statements_of(lambda kpis=kpis: kpis._measure(self._scope()))
            for kpis in (kpis[:1], kpis - counted, counted, kpis)
        )
        self.assertEqual(one, summed)
        self.assertLessEqual(all_of_them, summed + counted)

    def test_vendor_list(self):
        """On-time delivery of the vendors is read in a fixed number of statements."""
        names = [
            "supplier_on_time_line_id",
            "supplier_on_time_rate",
            "supplier_on_time_period",
        ]
        self._make_suppliers(50)
        evaluation = self._evaluate()
        evaluation.action_publish()
        vendors = self._seen(evaluation.scorecard_ids.partner_id)
        self.assertEqual(len(vendors), 50)
        vendors.read(names)
        few, many = (
            self._statements_of(lambda some=some: some.read(names))
            for some in (vendors[:5], vendors)
        )
        self.assertEqual(few, many)
        self.assertEqual(set(vendors.mapped("supplier_on_time_rate")), {0})

    def test_scorecard_list(self):
        """So are the promises that were moved afterwards."""
        self._make_suppliers(49)
        line = self._order(10, 5, "2026-03-10")
        self._change_promise(line, "2026-03-12", "buyer", when="2026-03-20")
        cards = self._seen(self._evaluate().scorecard_ids)
        self.assertEqual(len(cards), 50)
        cards.read(["late_change_count"])
        few, many = (
            self._statements_of(lambda some=some: some.read(["late_change_count"]))
            for some in (cards[:5], cards)
        )
        self.assertEqual(few, many)
        self.assertEqual(sum(cards.mapped("late_change_count")), 1)

    def test_exports(self):
        """Neither a workbook nor pages ask for each supplier again."""
        report = "report.supplier_evaluation.supplier_scorecard"
        # Odoo reads a thousand rows at once: so many lines have 26 suppliers.
        self._make_suppliers(25)
        cards = self._evaluate().scorecard_ids
        for name, export in (
            ("workbook", workbook_of),
            ("pages", lambda some: some.env[report]._get_report_values(some.ids)),
        ):
            export(self._seen(cards))  # what is read once for all is known now
            few, many = (
                self._statements_of(
                    lambda export=export, some=some: export(self._seen(some))
                )
                for some in (cards[:10], cards)
            )
            with self.subTest(export=name):
                # The first of them looks some rules up again.
                self.assertLessEqual(many, few)
