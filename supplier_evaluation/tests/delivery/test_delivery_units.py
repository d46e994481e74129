from freezegun import freeze_time

from odoo.tests import tagged

from ..common import SupplierEvaluationCommon


@tagged("post_install", "-at_install")
class TestDeliveryUnits(SupplierEvaluationCommon):
    """What is less than the rounding of units is no difference."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.metre = cls.env.ref("uom.product_uom_meter")
        cls.yard = cls.env["uom.uom"].create(
            {
                "name": "Test yard",
                "relative_uom_id": cls.metre.id,
                "relative_factor": 0.9144,
            }
        )
        cls.cloth = cls._create_product("Cloth", uom_id=cls.metre.id)

    def _keep_unit(self, keep):
        self.env["ir.config_parameter"].set_param("stock.propagate_uom", str(keep))

    def _order_yards(self, quantity):
        return self._order(
            quantity, 10, "2026-03-10", product=self.cloth, uom=self.yard
        )

    def _assert_complete(self, line):
        fact = self._fact(line)
        self.assertEqual((fact.on_time_share, fact.fill_share), (1, 1))
        self.assertEqual((fact.otif_share, fact.days_late), (1, 0))
        self.assertTrue(fact.is_complete)
        self.assertEqual((fact.lead_time, fact.cycle_time), (9, 9))

    def test_the_receipt_keeps_the_order_s_unit(self):
        self._keep_unit(1)
        line = self._order_yards(4)
        self._receive(line, "2026-03-10")
        self.assertEqual(line.move_ids.product_uom, self.yard)
        self._assert_complete(line)
        self.assertAlmostEqual(line.quantity_promised, 3.6576)

    def test_exact_as_of_the_cutoff(self):
        """12 yards are 10.9728 metres also before the promise is moved."""
        line = self._order_yards(12)
        self._change_promise(line, "2026-03-10", "buyer", when="2026-04-20")
        fact = self._fact(line)
        self.assertAlmostEqual(fact.weight, 120, 9)

    def test_the_receipt_is_in_metres(self):
        self._keep_unit(0)
        line = self._order_yards(4)
        self._receive(line, "2026-03-10")
        self.assertEqual(line.move_ids.quantity, 3.66)
        self._assert_complete(line)

    def test_rounded_down(self):
        """7 yards are 6.4008 metres, of which Odoo asks for 6.40."""
        self._keep_unit(0)
        line = self._order_yards(7)
        self._receive(line, "2026-03-10")
        self._assert_complete(line)

    def test_no_fewer_metres_than_yards(self):
        """12 yards are 10.9728 metres: 10.98 are not too much, 10.99 are."""
        self._keep_unit(0)
        for quantity, otif in ((10.97, 1), (10.98, 1), (10.99, 0)):
            line = self._order_yards(12)
            self._receive(line, "2026-03-10", quantity)
            fact = self._fact(line, over_percent=0)
            self.assertEqual((fact.on_time_share, fact.otif_share), (1, otif))

    def test_no_more_than_the_tolerance_in_metres(self):
        """4 yards and 25 % are 4.572 metres."""
        self._keep_unit(0)
        for quantity, otif in ((4.58, 1), (4.59, 0)):
            line = self._order_yards(4)
            self._receive(line, "2026-03-10", quantity)
            self.assertEqual(self._fact(line, over_percent=25).otif_share, otif)

    def test_each_line_is_rounded_by_itself(self):
        """What rounding adds to one line is not the other's."""
        self._keep_unit(0)
        lines = self._order_yards(12)
        with freeze_time("2026-03-01 02:00:00"):
            lines.copy({"order_id": lines.order_id.id, "date_planned": "2026-03-10"})
        lines = lines.order_id.order_line
        self.assertEqual(lines.mapped("has_twin_line"), [True, True])
        self._receive(lines, "2026-03-10", 10.98)
        for line in lines:
            fact = self._fact(line, over_percent=0)
            self.assertAlmostEqual(fact.quantity_received, 10.98)
            self.assertEqual((fact.on_time_share, fact.otif_share), (1, 1))

    def test_a_hundredth_of_the_own_unit_is_too_much(self):
        line = self._order(4, 10, "2026-03-10", product=self.cloth, uom=self.metre)
        self._receive(line, "2026-03-10", 4.01)
        self.assertEqual(self._fact(line, over_percent=0).otif_share, 0)

    def test_in_parts(self):
        self._keep_unit(1)
        line = self._order_yards(4)
        self._receive(line, "2026-03-10", 1)
        self.assertAlmostEqual(self._fact(line).fill_share, 0.25)
        self._receive(line, "2026-03-10", 3)
        self._assert_complete(line)

    def test_units_of_a_product_kept_in_dozens(self):
        box = self._create_product("Box", uom_id=self.uom_dozen.id)
        line = self._order(7, 10, "2026-03-10", product=box)
        self._receive(line, "2026-03-10")
        self._assert_complete(line)

    def test_a_hundredth_is_a_difference(self):
        line = self._order(4, 10, "2026-03-10", product=self.cloth, uom=self.metre)
        self._receive(line, "2026-03-10", 3.99, backorder=False)
        fact = self._fact(line)
        self.assertAlmostEqual(fact.on_time_share, 0.9975)
        self.assertEqual(fact.otif_share, 0)

    def test_less_than_the_rounding_is_ordered(self):
        """Nothing came; that nothing rounds to nothing does not complete the line."""
        line = self._order(4, 10, "2026-03-10", product=self.cloth, uom=self.metre)
        line._write_guarded({"quantity_promised": 0.004})
        fact = self._fact(line)
        self.assertEqual((fact.fill_share, fact.is_complete), (0, False))
