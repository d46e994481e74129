from odoo.tests import tagged
from odoo.tools import SQL

from ..common import SupplierEvaluationCommon
from ..fact.sums import build, differences

FACTS = ("supplier.delivery.fact", "supplier.receipt.fact")


@tagged("post_install", "-at_install")
class TestExchangeInParts(SupplierEvaluationCommon):
    """Ten came, four go back for a reason of ours, and are replaced bit by bit."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.line = cls._order(10, 5, "2026-03-10")
        cls.receipt = cls._receive(cls.line, "2026-03-10")
        cls.back = cls._return(
            cls.receipt, "2026-03-12", 4, reason="ours", exchange=True
        )

    def _replace(self, *quantities):
        """Let the replacement come in parts: Odoo makes a back order of each rest."""
        for day, quantity in enumerate(quantities, 14):
            self._receive(self.line, f"2026-03-{day}", quantity)

    def test_is_no_second_delivery(self):
        self._replace(1, 2, 1)
        self.assertEqual(sum(self.line.move_ids.mapped("quantity")), 18)
        fact = self._fact(self.line)
        self.assertEqual(fact.quantity_received, 10)
        self.assertEqual(fact.quantity_returned, 4)
        self.assertEqual((fact.on_time_share, fact.otif_share), (1, 1))
        self.assertEqual((fact.lead_time, fact.cycle_time), (9, 9))

    def test_sums_say_the_same(self):
        build(self.env)
        self._replace(1, 3)
        for model in FACTS:
            self.assertFalse(differences(self.env, model, self._scope()))
        build(self.env)
        for model in FACTS:
            self.assertFalse(differences(self.env, model, self._scope()))
        self.assertEqual(self._fact(self.line).quantity_received, 10)

    def test_what_came_too_much_beside_it(self):
        """The rest of a receipt is no exchange, and can be too much."""
        line = self._order(10, 5, "2026-03-10")
        self._receive(line, "2026-03-08", 4)
        self._receive(line, "2026-03-09", 8)
        fact = self._fact(line)
        self.assertEqual((fact.quantity_received, fact.otif_share), (12, 0))

    def test_what_of_it_is_a_surplus(self):
        """What replaces goods is none: then two of the replacement are bad goods."""
        self._replace(2, 2)
        rest = self.line.move_ids.picking_id.filtered("backorder_id")
        back = self._return(rest, "2026-03-20", 2, reason="surplus")
        self.assertTrue(back.move_ids.quantity)
        fact = self._fact(self.line)
        self.assertEqual((fact.quantity_returned, fact.quantity_faulty), (6, 2))

    def test_not_sought_for_each_line(self):
        """It would be the most of what PostgreSQL expects to do for a line."""
        for model in FACTS:
            facts = self.env[model].with_context(**self._scope().to_context())
            query = SQL("EXPLAIN (FORMAT JSON) %s", facts._table_query)
            [[[plan]]] = self.env.execute_query(query)
            self.assertFalse(self._sought_by_line(plan["Plan"]), model)

    def _sought_by_line(self, node, by_line=False):
        """Whether PostgreSQL goes from transfer to transfer within what it repeats."""
        by_line = by_line or node.get("Parent Relationship") == "SubPlan"
        if by_line and node["Node Type"] == "Recursive Union":
            return True
        return any(
            self._sought_by_line(child, by_line) for child in node.get("Plans", ())
        )
