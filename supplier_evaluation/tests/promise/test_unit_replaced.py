from freezegun import freeze_time

from odoo.tests import tagged

from ..common import SupplierEvaluationCommon
from ..fact.sums import build, differences


@tagged("post_install", "-at_install")
class TestUnitReplaced(SupplierEvaluationCommon):
    """A product that was set up in the wrong unit gets another one.

    Odoo puts it on all that was ordered, and the numbers stay.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.line = cls._order(10, 5, "2026-03-10")

    def _replace_unit(self, when, unit=None):
        with freeze_time(when):
            self.line.product_id.product_tmpl_id.uom_id = unit or self.uom_dozen
        self.env.flush_all()
        self.assertEqual(self.line.product_uom_id, unit or self.uom_dozen)

    def test_by_the_promised_day(self):
        self._replace_unit("2026-03-02 04:00:00")
        self.assertEqual((self.line.product_qty, self.line.quantity_promised), (10, 10))
        self.assertFalse(self.line.promise_change_ids)
        self._receive(self.line, "2026-03-09")
        fact = self._fact(self.line)
        self.assertEqual((fact.quantity_ordered, fact.quantity_received), (10, 10))
        self.assertEqual((fact.otif_share, fact.weight), (1, 50))

    def test_to_a_smaller_one(self):
        """Nine of ten are nine tenths, not more than the tenth part of them."""
        self._replace_unit("2026-03-02 04:00:00")
        self._replace_unit("2026-03-03 04:00:00", self.uom_unit)
        self._receive(self.line, "2026-03-09", 9, backorder=False)
        self.assertAlmostEqual(self._fact(self.line).fill_share, 0.9)

    def test_after_the_promised_day(self):
        """What was promised weighs what it weighed."""
        build(self.env)
        self._receive(self.line, "2026-03-10", 6)
        self._replace_unit("2026-03-15 04:00:00")
        self.assertEqual(self.line.quantity_promised, 10)
        self.assertIs(self.line.price_weighed, False)
        self.assertFalse(self.line.order_id.promise_hint)
        fact = self._fact(self.line)
        self.assertAlmostEqual(fact.on_time_share, 0.6)
        self.assertEqual(fact.weight, 50)
        for model in ("supplier.delivery.fact", "supplier.price.fact"):
            self.assertFalse(differences(self.env, model, self._scope()))

    def test_what_is_written_later_is_a_change_again(self):
        self._replace_unit("2026-03-02 04:00:00")
        with freeze_time("2026-03-03 04:00:00"):
            self.line.product_uom_id = self.uom_unit
        self.assertAlmostEqual(self.line.quantity_promised, 10 / 12)
        self.assertEqual(len(self.line.promise_change_ids), 1)
