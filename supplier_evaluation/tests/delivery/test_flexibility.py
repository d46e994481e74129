from freezegun import freeze_time

from odoo import Command
from odoo.modules.migration import load_script
from odoo.tests import tagged
from odoo.tools import file_path

from ..common import SupplierEvaluationCommon

SCRIPT = "supplier_evaluation/migrations/19.0.1.7.0/post-60-urgent.py"


@tagged("post_install", "-at_install")
class TestFlexibility(SupplierEvaluationCommon):
    """What was urgent or changed by us, and whether it was met."""

    def test_flexibility(self):
        """100, 200 and 200 of 800 were met: 62.5 %, and three of four lines."""
        self.assertIsNone(self._measure("flexibility"))
        starred = self._order(10, 10, "2026-03-10", priority="1")
        self._receive(starred, "2026-03-10")
        rush = self._create_product(
            "Rush",
            seller_ids=[
                Command.create({"partner_id": self.supplier.id, "delay": 14}),
                Command.create({"partner_id": self.supplier.id, "delay": 30}),
            ],
        )
        late = self._order(30, 10, "2026-03-10", product=rush)
        self._receive(late, "2026-03-10", 20)
        self._receive(late, "2026-03-11")
        usual = self._order(10, 10, "2026-03-15", product=rush)
        moved = self._order(20, 10, "2026-03-06")
        self._change_promise(moved, "2026-03-16", "buyer")
        self._receive(moved, "2026-03-16")
        theirs = self._order(20, 10, "2026-03-06")
        self._change_promise(theirs, "2026-03-16", "supplier")
        raised = self._order(10, 10, "2026-03-20")
        with freeze_time("2026-03-05 04:00:00"):
            raised.product_qty = 20
        self._receive(raised, "2026-03-20")
        after = self._order(10, 10, "2026-03-12")
        with freeze_time("2026-03-14 04:00:00"):
            after.product_qty = 20
        cancelled = self._order(10, 10, "2026-03-22", priority="1")
        with freeze_time("2026-03-05 04:00:00"):
            cancelled.order_id.button_cancel()
        self.assertEqual(self._value("flexibility"), 62.5)
        measure = self._measure("flexibility", weighting="line")
        self.assertEqual((measure.value, measure.n), (75, 4))
        facts = self.env["supplier.flexibility.fact"]._with_fact_scope(
            self._scope(with_excluded=True)
        )
        asked = facts.search([])
        self.assertFalse(asked.order_id & (usual | theirs | after).order_id)
        self.assertEqual(asked.filtered("exclusion").mapped("exclusion"), ["cancelled"])
        # Changed on 2 March: before that it was not, and on the first day it was late.
        early = self._measure("flexibility", cutoff="2026-03-01 16:00:00")
        self.assertIsNone(early)

    def test_the_mark_counts_as_it_was_when_confirmed(self):
        """Who takes it off later takes no line out of a figure, and adds none."""
        starred = self._order(10, 10, "2026-03-10", priority="1")
        self._receive(starred, "2026-03-12")
        plain = self._order(10, 10, "2026-03-10")
        self._receive(plain, "2026-03-10")
        self.assertEqual(self._value("flexibility"), 0)
        starred.order_id.priority = "0"
        plain.order_id.priority = "1"
        self.assertEqual(self._value("flexibility"), 0)
        # Of orders that were confirmed before this version, the present mark is known.
        draft = starred.order_id.copy({"priority": "1"}).order_line
        lines = starred | plain | draft
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE purchase_order_line SET urgent_promised = NULL WHERE id IN %s",
            [tuple(lines.ids)],
        )
        self.env.invalidate_all()
        for _time in range(2):
            load_script(file_path(SCRIPT), "urgent").migrate(self.env.cr, "19.0.1.6.0")
            self.env.invalidate_all()
            self.assertEqual(lines.mapped("urgent_promised"), [False, True, False])
        self.assertEqual(self._value("flexibility"), 100)
