from random import Random
from unittest.mock import patch

from odoo import Command
from odoo.tests import tagged

from .again import AgainCommon

SLICE = "odoo.addons.supplier_evaluation.tools.streams.SLICE"
SEEDS = (1, 2, 3)
ROUNDS = 5
CODES = ("otd", "fill_rate", "days_late", "price_variance", "return_rate")


@tagged("post_install", "-at_install")
class TestAgainRandom(AgainCommon):
    """Whatever happens between two computations, the second is as from nothing."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        before = cls._evaluate(date_from="2026-02-01", date_to="2026-02-28")
        before.action_publish()
        cls.evaluation = cls._evaluate()

    def test_as_from_nothing(self):
        for seed in SEEDS:
            with self.subTest(seed=seed), patch(SLICE, 2):
                with self.env.cr.savepoint() as savepoint:
                    self._history(Random(seed))
                    savepoint.rollback()
                self.env.invalidate_all()

    def _history(self, chance):
        for _round in range(ROUNDS):
            done = []
            for _change in range(chance.randint(1, 3)):
                change = chance.choice(
                    [
                        *(self._change_order, self._change_order),
                        *(self._change_rule, self._change_kpis),
                        *(self._change_supplier, self._override),
                    ]
                )
                done.append(change.__name__)
                change(chance)
                self.env.flush_all()
                self.env.invalidate_all()
            self.evaluation.action_compute()
            self.assertEqual(
                self._stored(self.evaluation), self._from_nothing(self.evaluation), done
            )

    def _change_order(self, chance):
        """One more delivery, early, late or none at all."""
        supplier = chance.choice(self.evaluation.scorecard_ids.partner_id)
        if chance.random() < 0.3:
            supplier = self._create_supplier(f"New {chance.random()}")
        line = self._order(
            chance.randint(1, 20), chance.randint(1, 9), "2026-03-10", partner=supplier
        )
        if chance.random() < 0.8:
            self._receive(line, f"2026-03-{chance.randint(8, 20):02}")

    def _change_rule(self, chance):
        line = chance.choice(self.template.line_ids)
        name, value = chance.choice(
            [
                ("weight", chance.randint(1, 50)),
                ("sequence", chance.randint(1, 50)),
                ("has_gate", not line.has_gate),
                ("minimum_score", chance.randint(0, 100)),
            ]
        )
        line[name] = value
        self.template.minimum_lines = chance.randint(0, 4)

    def _change_kpis(self, chance):
        lines = self.template.line_ids
        others = self.env["supplier.kpi"].search(
            [("code", "in", CODES), ("id", "not in", lines.kpi_id.ids)]
        )
        if len(lines) > 1 and (not others or chance.random() < 0.5):
            chance.choice(lines).unlink()
            return
        kpi = chance.choice(others)
        points = self._points(kpi.higher_is_better)
        self.template.line_ids = [
            Command.create(
                {
                    "kpi_id": kpi.id,
                    "sequence": chance.randint(1, 50),
                    "point_ids": [Command.create(point) for point in points],
                }
            )
        ]

    def _change_supplier(self, chance):
        """Another name, or who takes part."""
        suppliers = self.evaluation.scorecard_ids.partner_id
        if chance.random() < 0.5:
            chance.choice(suppliers).name = f"Renamed {chance.random()}"
            return
        left = chance.choice(suppliers) if len(suppliers) > 1 else suppliers[:0]
        self.template.partner_domain = str([("id", "!=", left.id)])

    def _override(self, chance):
        lines = self.evaluation.scorecard_ids.line_ids.filtered("has_value")
        if lines:
            chance.choice(lines).write(
                {
                    "is_overridden": True,
                    "override_score": chance.randint(0, 100),
                    "override_reason": "By chance",
                }
            )
