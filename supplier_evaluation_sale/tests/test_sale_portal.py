from odoo.tests import tagged

from .common import SaleTraceCommon

CODES = ("customer_impact", "order_accuracy")


@tagged("post_install", "-at_install")
class TestSalePortal(SaleTraceCommon):
    """A supplier sees which of its deliveries were late for customers, not for whom."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        contact = cls._create_contact(
            "Desk", parent_id=cls.supplier.id, email="desk@example.com"
        )
        cls.supplier.supplier_rank = 1
        user = cls._create_user(
            "sale_portal", "base.group_portal", partner_id=contact.id
        )
        days = ("2026-03-12", "2026-03-01", "2026-03-10")
        cls.late, cls.exact = (
            cls._to_order(*days, came) for came in ("2026-03-15", "2026-03-10")
        )
        cls.dropped = cls._to_order(*days, "2026-03-09")
        for line in (cls.late, cls.exact):
            cls._deliver(line, "2026-03-16")
        cls.dropped.order_id._action_cancel()
        template = cls._create_template(
            # What was delivered has them evaluated.
            "Customers",
            ["otd", *CODES],
            is_in_portal=True,
        )
        evaluation = cls._evaluate(template)
        evaluation.action_publish()
        cls.figures = {
            line.kpi_id.code: line.sudo()
            for line in evaluation.scorecard_ids.line_ids
            if line.partner_id == cls.supplier and line.kpi_id.code in CODES
        }
        cls.door = cls._as(cls.env["supplier.portal"], user)

    def _ordered_for(self, line):
        return line.move_ids.created_purchase_line_ids

    def test_records(self):
        """Our order, promise and receipt, and whether it was late or exact."""
        for code in CODES:
            figure = self.door._figure(self.figures[code])
            rows = [
                dict(zip(figure["labels"], row["texts"], strict=True))
                for row in figure["counted"]
            ]
            said = {row["Purchase Order"]: row for row in rows}
            with self.subTest(kpi=code):
                late = said[self._ordered_for(self.late).order_id.name]
                self.assertEqual(late["Late Because of the Supplier"], "Yes")
                self.assertEqual(late["Exact Order Line"], "No")
                self.assertEqual(late["Goods Came"], "03/15/2026")
                exact = said[self._ordered_for(self.exact).order_id.name]
                self.assertEqual(exact["Late Because of the Supplier"], "No")
                self.assertEqual(exact["Exact Order Line"], "Yes")

    def test_nothing_of_customers(self):
        """Neither who they are nor what they ordered, when, or do not want any more."""
        lines = self.late | self.exact | self.dropped
        secrets = [self.customer.name, "03/12/2026", *lines.order_id.mapped("name")]
        self.assertEqual(set(self.figures), set(CODES))
        for code, line in self.figures.items():
            figure = self.door._figure(line)
            with self.subTest(kpi=code):
                self.assertEqual(len(figure["counted"]), 2)
                self.assertFalse(figure["left_out"])
                for secret in secrets:
                    self.assertNotIn(secret, str(figure))
        facts = self.env["supplier.sale.fact"]._with_fact_scope(
            self._scope(with_excluded=True)
        )
        dropped = facts.search([("exclusion", "=", "cancelled")])
        self.assertEqual(dropped.partner_id, self.supplier)

    def test_dispute(self):
        """A record can be disputed, and leads to our order line."""
        line = self.figures["customer_impact"]
        self.company.supplier_dispute_days = 36500
        [row] = [
            row
            for row in self.door._figure(line)["counted"]
            if self._ordered_for(self.late).order_id.name in row["texts"]
        ]
        sent = self.door._send_dispute(line.id, "You moved it", [], row["id"])
        dispute = self.env["supplier.dispute"].browse(sent.id)
        self.assertNotIn(self.late.order_id.name, dispute.record_name)
        targets = dispute._disputed_fact()._records_left_out()
        self.assertEqual(
            targets, {"purchase.order.line": self._ordered_for(self.late).ids}
        )
