from freezegun import freeze_time

from odoo.tests import tagged

from ..common import SupplierEvaluationCommon
from ..receipt.kits import KitBuilders


@tagged("post_install", "-at_install")
class TestKit(KitBuilders, SupplierEvaluationCommon):
    """A kit counts by its slowest component."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._create_bicycle_kit()

    def test_all_at_once(self):
        line = self._order(10, 100, "2026-03-10", product=self.kit)
        self.assertEqual(line.move_ids.product_id, self.frame | self.wheel)
        self._receive_parts(line, "2026-03-10")
        fact = self._fact(line)
        self.assertEqual(fact.quantity_received, 10)
        self.assertEqual(fact.on_time_share, 1.0)
        self.assertEqual(fact.otif_share, 1.0)
        self.assertEqual(fact.lead_time, 9)

    def test_slowest_component(self):
        """4 kits are complete on 03-10, 6 wait for their wheels until 03-13."""
        line = self._order(10, 100, "2026-03-10", product=self.kit)
        self._receive_parts(line, "2026-03-10", {self.frame: 10, self.wheel: 8})
        self._receive_parts(line, "2026-03-13", {self.wheel: 12})
        fact = self._fact(line)
        self.assertAlmostEqual(fact.on_time_share, 0.4)
        self.assertAlmostEqual(fact.fill_share, 1.0)
        self.assertAlmostEqual(fact.days_late, 0.6 * 3)
        self.assertAlmostEqual(fact.lead_time, 0.4 * 9 + 0.6 * 12)
        self.assertEqual(fact.cycle_time, 12)

    def test_parts_too_early_wait_for_the_last(self):
        """The wheels come 8 days early, the frames on the promised day: as kits do."""
        line = self._order(10, 100, "2026-03-10", product=self.kit)
        self._receive_parts(line, "2026-03-02", {self.wheel: 20})
        self._receive_parts(line, "2026-03-10", {self.frame: 10})
        fact = self._fact(line, early_days=3)
        self.assertEqual((fact.on_time_share, fact.otif_share), (1, 1))
        self.assertEqual(fact.quantity_on_time, 10)

    def test_kits_too_early(self):
        """4 of 10 are complete 8 days early, 6 in time."""
        line = self._order(10, 100, "2026-03-10", product=self.kit)
        self._receive_parts(line, "2026-03-02", {self.frame: 10, self.wheel: 8})
        self._receive_parts(line, "2026-03-09", {self.wheel: 12})
        fact = self._fact(line, early_days=3)
        self.assertAlmostEqual(fact.on_time_share, 0.6)
        self.assertEqual((fact.otif_share, fact.fill_share), (0, 1))
        self.assertAlmostEqual(self._fact(line).on_time_share, 1)

    def test_other_kits_come_in_time(self):
        """10 came too early and 10 in time; 10 were ordered. So of any product."""
        kits = self._order(10, 100, "2026-03-10", product=self.kit)
        bolts = self._order(10, 100, "2026-03-10")
        self._receive_parts(kits, "2026-03-02", {self.frame: 10, self.wheel: 20})
        self._receive(bolts, "2026-03-02")
        with freeze_time("2026-03-03 02:00:00"):
            (kits + bolts).write({"product_qty": 20})
            (kits + bolts)._write_guarded({"quantity_promised": 10})
        self._receive_parts(kits, "2026-03-10", {self.frame: 10, self.wheel: 20})
        self._receive(bolts, "2026-03-10")
        for line in (kits, bolts):
            fact = self._fact(line, early_days=3)
            self.assertEqual((fact.on_time_share, fact.otif_share), (1, 1))
            self.assertEqual((fact.quantity_on_time, fact.days_late), (10, 0))

    def test_units_of_kit_and_components(self):
        """Wheels are stocked by the dozen, the kit is sold by the dozen."""
        self.wheel.uom_id = self.uom_dozen
        bom_line = self.env["mrp.bom.line"].search([("product_id", "=", self.wheel.id)])
        bom_line.product_uom_id = self.uom_unit
        self.kit.uom_id = self.uom_dozen
        line = self._order(2, 100, "2026-03-10", product=self.kit, uom=self.uom_dozen)
        self._receive_parts(line, "2026-03-10")
        fact = self._fact(line)
        self.assertAlmostEqual(fact.on_time_share, 1.0)
        self.assertAlmostEqual(fact.otif_share, 1.0)
        self.assertAlmostEqual(fact.days_late, 0.0)

    def test_component_that_never_comes(self):
        line = self._order(10, 100, "2026-03-10", product=self.kit)
        self._receive_parts(line, "2026-03-10", {self.frame: 10})
        fact = self._fact(line)
        self.assertEqual(fact.fill_share, 0.0)
        self.assertFalse(fact.has_receipt)
        self.assertEqual(fact.days_late, 26.0)
