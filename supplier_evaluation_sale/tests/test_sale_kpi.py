from odoo.tests import tagged

from .common import SaleTraceCommon


@tagged("post_install", "-at_install")
class TestSaleKpis(SaleTraceCommon):
    """What the customers had of a supplier, counted over the traces."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.in_time = cls._to_order(
            "2026-03-12", "2026-03-01", "2026-03-10", "2026-03-10"
        )
        cls._deliver(cls.in_time, "2026-03-12")
        cls.late = cls._to_order("2026-03-12", "2026-03-01", "2026-03-10", "2026-03-15")
        cls._deliver(cls.late, "2026-03-15")
        cls.ours = cls._to_order("2026-03-12", "2026-03-01", "2026-03-10", "2026-03-05")
        cls._deliver(cls.ours, "2026-03-20")
        cls.waits = cls._to_order("2026-03-12", "2026-03-01", "2026-03-10", None)

    def _kpi(self, code):
        return self.env["supplier.kpi"].search([("code", "=", code)])

    def test_customer_impact(self):
        """Two of four lines: one came late, one still waits for the supplier."""
        measure = self._measure("customer_impact")
        self.assertEqual((measure.value, measure.n), (50, 4))
        # The records that are opened are those that were counted.
        kpi = self._kpi("customer_impact")
        scope = self._scope()
        facts = kpi._records(scope).search(kpi._facts_domain(scope))
        self.assertEqual(len(facts.sale_line_id), 4)
        self.assertEqual(facts.late_line_id, self.late | self.waits)

    def test_left_out(self):
        bought = self.late.move_ids.created_purchase_line_ids
        bought._set_supplier_exclusion("manual", "A strike at the port")
        measure = self._measure("customer_impact")
        self.assertEqual(round(measure.value, 2), 33.33)
        kpi = self._kpi("customer_impact")
        scope = self._scope()
        domain = kpi._facts_domain(scope, counted=False)
        left_out = kpi._records(scope).search(domain)
        self.assertEqual(left_out.exclusion_reason, "A strike at the port")
        self.assertEqual(left_out._records_left_out(), {bought._name: bought.ids})

    def test_nothing_is_not_zero(self):
        other = self._create_supplier("Never Sold")
        self.assertIsNone(self._measure("customer_impact", other))
        self.assertIsNone(self._measure("order_accuracy", other))

    def test_split_line_counts_once(self):
        """A line by two receipts of one purchase line, or of two, is one line."""
        self._stocked(10, "2026-03-03")
        self._stocked(10, "2026-03-04")
        line = self._sell(15, "2026-03-12")
        self._deliver(line, "2026-03-12")
        self.assertEqual(len(self._traces(line)), 2)
        self.assertEqual(self._measure("customer_impact").value, 40)

    def test_order_accuracy(self):
        """Two of four came by their day; the late and the open one did not."""
        self.assertEqual(self._measure("order_accuracy").value, 50)
        # Up to five days late is in time, where the template says so.
        self.assertEqual(self._measure("order_accuracy", late_days=5).value, 75)

    def test_not_what_was_ordered(self):
        """Neither more nor less, and no wrong article."""
        bought = self.ours.move_ids.created_purchase_line_ids
        self._return(
            bought.move_ids.picking_id.filtered("is_supplier_receipt"),
            "2026-03-25",
            2,
            reason="wrong",
        )
        self.assertEqual(self._measure("order_accuracy").value, 25)
        for came in (9, 11):
            line = self._sell(10, "2026-03-12", product=self.made_to_order)
            more = self._bought_for(line, "2026-03-01", "2026-03-10")
            self._receive(more, "2026-03-10", came, backorder=False)
            self._deliver(line, "2026-03-12", min(came, 10), backorder=False)
            self.assertFalse(self._traces(line).accurate_line_id)
            self.assertEqual(self._traces(line).judged_line_id, more)

    def test_what_replaces_returned_goods_is_no_second_delivery(self):
        line = self._sell(10, "2026-03-12", product=self.made_to_order)
        bought = self._bought_for(line, "2026-03-01", "2026-03-10")
        receipt = self._receive(bought, "2026-03-10")
        self._return(receipt, "2026-03-11", 4, reason="ours", exchange=True)
        self._receive(bought, "2026-03-20")
        self._deliver(line, "2026-03-21")
        self.assertEqual(sum(bought.move_ids.mapped("quantity")), 18)
        self.assertTrue(self._traces(line).accurate_line_id)

    def test_evaluation(self):
        """Both count in a template like any other KPI."""
        template = self._create_template(
            "Customers", ["customer_impact", "order_accuracy", "otd"]
        )
        evaluation = self._evaluate(template)
        lines = evaluation.scorecard_ids.line_ids
        values = {line.kpi_id.code: line.value for line in lines}
        self.assertEqual(values["customer_impact"], 50)
        self.assertEqual(values["order_accuracy"], 50)
        line = lines.filtered(lambda line: line.kpi_id.code == "customer_impact")
        action = line.action_open_counted()
        self.assertEqual(action["res_model"], "supplier.sale.fact")
