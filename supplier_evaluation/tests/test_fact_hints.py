from datetime import date

from odoo.fields import Domain
from odoo.tests import tagged

from odoo.addons.supplier_evaluation.report.fact_hints import (
    ALL_DAYS,
    days_of,
    partners_of,
)

from .common import SupplierEvaluationCommon


@tagged("post_install", "-at_install")
class TestFactHints(SupplierEvaluationCommon):
    """A list of facts reads what is asked for, and loses none."""

    def _days(self, domain):
        facts = self.env["supplier.delivery.fact"]
        return days_of(list(Domain(domain).optimize(facts)))

    def test_days_of_a_domain(self):
        march = [("date", ">=", "2026-03-01"), ("date", "<=", "2026-03-31")]
        first, last = date(2026, 3, 1), date(2026, 3, 31)
        self.assertEqual(self._days(march), (first, last))
        self.assertEqual(self._days([*march, ("exclusion", "=", False)]), (first, last))
        self.assertEqual(self._days([("exclusion", "=", False)]), ALL_DAYS)
        self.assertEqual(self._days([]), ALL_DAYS)
        either = Domain(march) | Domain("date", "<", "2026-01-01")
        self.assertEqual(self._days(either)[0], date.min)
        self.assertGreaterEqual(self._days(either)[1], last)
        self.assertEqual(
            self._days(["|", ("exclusion", "=", False), *march[:1]]), ALL_DAYS
        )

    def _partners(self, domain):
        facts = self.env["supplier.price.fact"]
        return partners_of(list(Domain(domain).optimize(facts)))

    def test_partners_of_a_domain(self):
        one, two = ("partner_id", "=", 1), ("partner_id", "in", [1, 2])
        day = ("date", ">", "2026-03-01")
        self.assertEqual(self._partners([one]), [1])
        self.assertEqual(self._partners([two, day]), [1, 2])
        self.assertEqual(self._partners([one, two]), [1])
        self.assertEqual(self._partners(["|", one, ("partner_id", "=", 3)]), [1, 3])
        for all_of_them in (
            [],
            [day],
            ["|", one, day],
            ["!", one],
            [("partner_id", "child_of", 1)],
            [("partner_id", "=", False)],
        ):
            with self.subTest(domain=all_of_them):
                self.assertIsNone(self._partners(all_of_them))

    def test_first_and_last_moment(self):
        """The company is 8 hours ahead of UTC, in which promises are stored."""
        lines = self.env["purchase.order.line"]
        for moment in (
            "2024-02-29 15:59:59",
            "2024-02-29 16:00:00",
            "2024-03-31 15:59:59",
            "2024-03-31 16:00:00",
        ):
            line = self._order(10, 1, "2024-03-10", confirmed="2024-02-01")
            self.env.flush_all()
            self.env.cr.execute(
                "UPDATE purchase_order_line SET date_promised = %s WHERE id = %s",
                [moment, line.id],
            )
            lines |= line
        facts = self.env["supplier.delivery.fact"].search(
            [
                ("partner_id", "=", self.supplier.id),
                ("date", ">=", "2024-03-01"),
                ("date", "<=", "2024-03-31"),
            ]
        )
        self.assertEqual(set(facts.mapped("res_id")), set(lines[1:3].order_id.ids))
