from datetime import date

from odoo.tests import tagged

from ..contract.common import ContractCommon
from ..fact.common import CatalogueCommon


@tagged("post_install", "-at_install")
class TestActual(CatalogueCommon, ContractCommon):
    """Agreed lead time and defects beside what came, with the records behind it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.nut = cls._create_product("Nut", categ_id=cls.goods.id)
        cls.contract = cls._contract(
            [
                {"price": 10, "lead_time": 7, "defect_percent": 5},
                {"categ_id": cls.goods.id, "price": 3, "uom_id": cls.uom_dozen.id},
                {
                    "product_id": cls._create_product("Cog").id,
                    "price": 3,
                },
            ]
        )
        cls.bolts, cls.goods_line, cls.cogs = cls.contract.line_ids

    def _came(self, days, quantity=100, **vals):
        line = self._order(quantity, 10, "2026-03-10", **vals)
        self._receive(line, str(date(2026, 3, 1 + days)))
        return line

    def _opened(self, action):
        return self.env[action["res_model"]].search(action["domain"])

    def test_nothing_came(self):
        self._order(100, 10, "2036-03-10")
        self.env.flush_all()
        for line in self.contract.line_ids:
            self.assertIs(line.lead_time_actual, False)
            self.assertIs(line.defect_percent_actual, False)
            self.assertEqual((line.lead_time_count, line.defect_count), (0, 0))
            self.assertFalse(self._opened(line.action_open_lead_time()))

    def test_by_hand(self):
        """6 and 12 days are 9; 15 bad ones of 200 are 7.5 %."""
        lines = self._came(6) | self._came(12)
        self._return(lines[0].move_ids.picking_id, "2026-03-20", 15)
        nuts = self._came(4, quantity=24, product=self.nut)
        self._came(4, confirmed="2025-12-31")  # before the contract
        self._came(4, partner=self._create_supplier("Rival"))
        self.env.flush_all()
        self.assertEqual(self.bolts.lead_time_actual, 9)
        self.assertEqual(self.bolts.lead_time_count, 2)
        self.assertAlmostEqual(self.bolts.defect_percent_actual, 7.5)
        self.assertEqual(self.bolts.defect_count, 2)
        self.assertEqual(self.goods_line.lead_time_actual, 4)
        self.assertEqual(self.goods_line.defect_percent_actual, 0)
        self.assertIs(self.cogs.lead_time_actual, False)
        came = self._opened(self.bolts.action_open_lead_time())
        self.assertEqual(came.order_id, lines.order_id)
        self.assertAlmostEqual(sum(came.mapped("lead_time")) / 2, 9)
        checked = self._opened(self.bolts.action_open_defects())
        self.assertEqual(checked.purchase_line_id, lines)
        self.assertEqual(sum(checked.mapped("quantity_defective")), 15)
        opened = self._opened(self.goods_line.action_open_lead_time())
        self.assertEqual(opened.order_id, nuts.order_id)
        lines[1]._set_supplier_exclusion("manual", "Our forwarder")
        self.env.flush_all()
        self.bolts.invalidate_recordset()
        self.assertEqual(self.bolts.lead_time_actual, 6)

    def test_statements_do_not_grow(self):
        self._came(6)
        read = ["lead_time_actual", "defect_percent_actual"]
        few = self._statements_of(lambda: self.contract.line_ids.read(read))
        for days in range(3, 9):
            self._came(days, product=self.nut)
        more = self._statements_of(lambda: self.contract.line_ids.read(read))
        self.assertLessEqual(more, few + 2, "products and categories of more lines")
