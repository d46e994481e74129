from datetime import date

from odoo.fields import Domain
from odoo.tests import tagged

from ...report.fact.hints import (
    ALL_DAYS,
    days_of,
    ids_of,
)
from ..common import SupplierEvaluationCommon


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

    def test_partners_of_a_domain(self):
        one, two = ("partner_id", "=", 1), ("partner_id", "in", [1, 2])
        day = ("date", ">", "2026-03-01")
        for domain, partners in (
            ([], None),
            ([day], None),
            ([one], [1]),
            ([two], [1, 2]),
            (["&", two, day], [1, 2]),
            (["&", day, "&", day, one], [1]),
            (["&", one, two], [1]),
            (["|", one, ("partner_id", "=", 3)], [1, 3]),
            (["|", one, day], None),
            (["!", one], None),
            (["&", "!", one, two], [1, 2]),
            ([("partner_id", "not in", [1])], None),
            ([("partner_id", "in", ["1"])], None),
            ([("partner_id", "child_of", 1)], None),
            ([("partner_id.name", "=", "x")], None),
            ([("partner_id", "=", False)], None),
        ):
            with self.subTest(domain=domain):
                self.assertEqual(ids_of(domain, "partner_id"), partners)

    def test_a_supplier_that_cannot_be(self):
        """Two suppliers at once: nothing is read, and not everything."""
        nobody = ["&", ("partner_id", "=", 1), ("partner_id", "=", 2)]
        self.assertEqual(ids_of(nobody, "partner_id"), [])
        self.assertFalse(self.env["supplier.price.fact"].search(nobody))

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
