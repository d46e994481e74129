from freezegun import freeze_time

from odoo.exceptions import AccessError
from odoo.tests import tagged

from ..fact.sums import build, differences
from ..receipt.common import ReturnCommon

FACTS = ("supplier.delivery.fact", "supplier.receipt.fact")


@tagged("post_install", "-at_install")
class TestExchangeTransfer(ReturnCommon):
    """Odoo adds to the transfer of an exchange what is ordered while it waits."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.line = cls._order(10, 5, "2026-03-10")
        cls.order = cls.line.order_id
        cls.receipt = cls._receive(cls.line, "2026-03-05")
        cls.back = cls._return(
            cls.receipt, "2026-03-06", 4, reason="ours", exchange=True
        )
        cls.exchange = cls.back.return_ids

    def _set_quantity(self, quantity):
        with freeze_time("2026-03-07 03:00:00"):
            self.line.product_qty = quantity

    def _add_article(self):
        return self._add_line(self.order, self._create_product("Gasket"), 5)

    def _come(self, day="2026-03-10"):
        [waiting] = self._open_transfers(self.order.picking_ids)
        self.assertEqual(waiting, self.exchange)
        self._do(waiting, day)

    def _assert_all_in_time(self, line, quantity):
        fact = self._fact(line)
        self.assertEqual(
            (fact.quantity_ordered, fact.quantity_received), (quantity, quantity)
        )
        self.assertEqual((fact.on_time_share, fact.otif_share), (1, 1))

    def test_more_is_ordered(self):
        self._set_quantity(12)
        self._come()
        self.assertEqual(sum(self.exchange.move_ids.mapped("quantity")), 6)
        self._assert_all_in_time(self.line, 12)

    def test_more_is_ordered_where_nothing_else_differs(self):
        """Odoo would make one move of both then."""
        self.env["ir.config_parameter"].sudo().set_param(
            "stock.merge_ignore_date_deadline", "1"
        )
        came = self.receipt.move_ids
        self.exchange.move_ids.write(
            {
                "location_final_id": came.location_final_id.id,
                "price_unit": came.price_unit,
            }
        )
        self._set_quantity(12)
        self.assertEqual(self.exchange.move_ids.mapped("product_uom_qty"), [4, 2])
        self._come()
        self._assert_all_in_time(self.line, 12)

    def test_another_article_is_ordered(self):
        added = self._add_article()
        self._come()
        self._assert_all_in_time(added, 5)
        self._assert_all_in_time(self.line, 10)

    def test_it_brings_what_was_missing(self):
        """Two more than it has to replace, which had been missing."""
        line = self._order(10, 5, "2026-03-20")
        receipt = self._receive(line, "2026-03-05", 8, backorder=False)
        self._return(receipt, "2026-03-06", 2, reason="ours", exchange=True)
        self._receive(line, "2026-03-10", 4)
        self._assert_all_in_time(line, 10)

    def test_more_is_ordered_while_goods_go_to_quarantine(self):
        """The transfer of a return brings what was ordered; it replaces nothing."""
        line = self._order(10, 5, "2026-03-20")
        receipt = self._receive(line, "2026-03-05")
        wizard = self.env["stock.return.picking"].create({"picking_id": receipt.id})
        wizard.product_return_moves.quantity = 4
        action = wizard.action_create_returns()
        back = self.env["stock.picking"].browse(action["res_id"])
        back.picking_type_id = self.warehouse.int_type_id
        back.location_dest_id = back.move_ids.location_dest_id = self._location(
            "Quarantine"
        )
        with freeze_time("2026-03-07 03:00:00"):
            line.product_qty = 11
        come = back.move_ids.filtered(lambda move: move.location_id.usage == "supplier")
        come.product_uom_qty = 1
        self._do(back, "2026-03-10")
        self._assert_all_in_time(line, 11)

    def test_what_came_beyond_it_was_ordered(self):
        """Lowered afterwards, what had come of the order was ordered."""
        line = self._order(10, 5, "2026-03-20")
        receipt = self._receive(line, "2026-03-05", 8, backorder=False)
        self._return(receipt, "2026-03-06", 2, reason="ours", exchange=True)
        self._receive(line, "2026-03-10", 4)
        self.assertEqual(line._get_quantity_come(), 10)
        with freeze_time("2026-03-12 03:00:00"):
            line.product_qty = 8
        self.assertEqual(line.quantity_promised, 10)
        self._assert_all_in_time(line, 10)

    def test_nobody_says_by_hand_what_replaces_goods(self):
        """As by RPC: of who came late, the delivery would be none."""
        user = self._create_people("exchange", {"clerk": "stock.group_stock_user"})
        move = self.receipt.move_ids.with_user(user["clerk"])
        with self.assertRefused("return for exchange", AccessError):
            move.replaces_returned = True
        move.replaces_returned = False

    def test_copy_of_one_that_was_cancelled(self):
        """Somebody makes the exchange anew: it is no second delivery, either."""
        self.exchange.action_cancel()
        copy = self.exchange.copy()
        self._do(copy, "2026-03-10")
        self.assertEqual(copy.move_ids.quantity, 4)
        self._assert_all_in_time(self.line, 10)

    def test_copy_of_one_that_came(self):
        """Somebody makes a copy of the last transfer for what had been missing."""
        line = self._order(10, 5, "2026-03-10")
        receipt = self._receive(line, "2026-03-05", 8, backorder=False)
        back = self._return(receipt, "2026-03-06", 2, reason="ours", exchange=True)
        self._receive(line, "2026-03-07")
        self._do(back.return_ids.copy(), "2026-03-10")
        self._assert_all_in_time(line, 10)

    def test_sums_say_the_same(self):
        build(self.env)
        self._set_quantity(12)
        self._add_article()
        self._come()
        for model in FACTS:
            self.assertFalse(differences(self.env, model, self._scope()))
        build(self.env)
        for model in FACTS:
            self.assertFalse(differences(self.env, model, self._scope()))

    def test_what_was_made_before_it_was_marked(self):
        """The moves of the exchange and of what is left of it, and no others."""
        added = self._add_article()
        self._do(self.exchange, "2026-03-10", 1)
        rest = self.order.picking_ids.filtered(
            lambda picking: picking.backorder_id == self.exchange
        )
        replacing = (self.exchange | rest).move_ids.filtered(
            lambda move: move.purchase_line_id == self.line
        )
        self.assertEqual(len(replacing), 2)
        moves = self.env["stock.move"].search([("purchase_line_id", "!=", False)])
        self.assertEqual(moves.filtered("replaces_returned"), replacing)
        moves.replaces_returned = False
        moves._mark_replacements()
        self.assertEqual(moves.filtered("replaces_returned"), replacing)
        self.assertFalse(any(added.move_ids.mapped("replaces_returned")))
