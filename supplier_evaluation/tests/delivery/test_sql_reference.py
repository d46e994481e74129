import random
from datetime import date, timedelta

from odoo import Command
from odoo.tests import tagged

from ...scoring import delivery_measures
from ..common import SupplierEvaluationCommon

FIRST = date(2026, 3, 1)
CUTOFF = date(2026, 4, 5)


@tagged("post_install", "-at_install")
class TestSqlAgainstReference(SupplierEvaluationCommon):
    """The SQL and the executable definition say the same of arbitrary lines."""

    def _random_line(self, rng, index):
        promised = FIRST + timedelta(days=rng.randrange(31))
        receipts = [
            (
                FIRST + timedelta(days=rng.randrange(45)),
                rng.choice((0.5, 1, 3, 7, 10, 25)),
            )
            for _receipt in range(rng.randrange(5))
        ]
        return {
            "company_id": self.company.id,
            "partner_id": self.supplier.id,
            "order_ref": "R",
            "line_ref": str(index),
            "quantity_ordered": rng.choice((1, 5, 10, 33)),
            "price_unit": 1,
            "currency_id": self.company.currency_id.id,
            "date_promised": promised,
            "date_order": rng.choice((False, FIRST - timedelta(days=3))),
            "receipt_ids": [
                Command.create(
                    {"receipt_ref": str(number), "date": day, "quantity": quantity}
                )
                for number, (day, quantity) in enumerate(receipts)
            ],
        }

    def test_random_lines(self):
        rng = random.Random(20260331)
        lines = self.env["supplier.history.line"].create(
            [self._random_line(rng, index) for index in range(300)]
        )
        self.env.flush_all()
        for late, early in ((0, None), (3, 2)):
            facts = self.env["supplier.delivery.fact"]._with_fact_scope(
                self._scope(late_days=late, early_days=early)
            )
            by_id = {fact.id: fact for fact in facts.search([])}
            for line in lines:
                self._compare(line, by_id[line.id * 2 + 1], late, early)

    def _compare(self, line, fact, late, early):
        expected = delivery_measures(
            line.quantity_ordered,
            line.date_promised,
            [
                (receipt.date, receipt.quantity)
                for receipt in line.receipt_ids
                if receipt.date < CUTOFF  # its midnight: the day has not begun
            ],
            CUTOFF,
            confirmed_day=line.date_order or None,
            late=late,
            early=early,
        )
        for name, value in (
            ("on_time_share", expected.on_time_share),
            ("fill_share", expected.fill_share),
            ("days_late", expected.days_late),
            ("lead_time", expected.lead_time or 0.0),
            ("cycle_time", expected.cycle_time or 0.0),
        ):
            self.assertAlmostEqual(
                fact[name], value, 6, f"{name} of line {line.line_ref}"
            )
