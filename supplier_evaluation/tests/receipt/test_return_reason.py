from datetime import datetime, timedelta

from freezegun import freeze_time

from odoo.tests import Form, tagged

from ..common import BUYER, MANAGER
from .common import ReturnCommon

STOCK_USER = "stock.group_stock_user"


@tagged("post_install", "-at_install")
class TestReturnReason(ReturnCommon):
    """Why goods go back decides what it costs the supplier."""

    def _dialog(self, picking):
        return Form(
            self.env["stock.return.picking"].with_context(
                active_id=picking.id, active_model="stock.picking"
            )
        )

    def _returned(self):
        facts = self._facts().filtered(lambda fact: fact.kind == "return")
        return [
            (fact.return_reason, fact.quantity_returned, fact.quantity_faulty)
            for fact in facts.sorted("id")
        ]

    # ------------------------------------------------------------
    # What counts
    # ------------------------------------------------------------

    def test_what_each_reason_costs(self):
        """The rate of returns counts them all: it asks what went back, not why."""
        for reason, faulty in (
            ("quality", 40),
            ("wrong", 40),
            ("ours", 0),
            ("other", 0),
            ("surplus", 40),  # nothing came that was more than ordered
        ):
            with self.subTest(reason), self.env.cr.savepoint() as savepoint:
                back = self._return(self._received(), "2026-03-12", 4, reason=reason)
                self.assertEqual(back.supplier_return_reason, reason)
                self.assertFigures(40, faulty)
                self.assertEqual(self._returned(), [(reason, 4, faulty / 10)])
                savepoint.rollback()

    def test_surplus(self):
        """11 for 10 are within the tolerance, and the eleventh goes back."""
        self._return(self._received(11), "2026-03-12", 1)
        self.assertEqual(self._returned(), [("surplus", 1, 0)])
        self.assertFigures(100 / 11, 0)

    def test_more_than_the_surplus(self):
        self._return(self._received(11), "2026-03-12", 4)
        self.assertEqual(self._returned(), [("surplus", 4, 3)])
        self.assertFigures(400 / 11, 300 / 11)

    def test_surplus_of_yards(self):
        """8 yards came for 4, and 7 go back: 3 of 8 are missing, to the millimetre."""
        metre = self.env.ref("uom.product_uom_meter")
        yard = self.env["uom.uom"].create(
            {
                "name": "Surplus yard",
                "relative_uom_id": metre.id,
                "relative_factor": 0.9144,
            }
        )
        self.env["ir.config_parameter"].set_param("stock.propagate_uom", "1")
        cloth = self._create_product("Cloth", uom_id=metre.id)
        receipt = self._received(8, 4, product=cloth, uom=yard)
        self._return(receipt, "2026-03-12", 7)
        self.assertFigures(87.5, 37.5)

    def test_what_is_ordered_after_the_cutoff_was_a_surplus(self):
        receipt = self._received(12)
        self._return(receipt, "2026-03-12", 2)
        line = receipt.purchase_id.order_line
        with freeze_time("2026-04-20 02:00:00"):
            line.product_qty = 12
        self.assertEqual(self._returned(), [("surplus", 2, 0)])
        with freeze_time("2026-04-20 02:00:00"):
            line.copy({"order_id": line.order_id.id})
        self.assertEqual(self._returned(), [("surplus", 2, 0)])

    def test_bad_goods_of_a_surplus(self):
        """Who looks at them and says that they are bad is believed."""
        self._return(self._received(11), "2026-03-12", 1, reason="quality")
        self.assertFigures(100 / 11, 100 / 11)

    def test_each_unit_of_a_surplus_once(self):
        receipt = self._received(11)
        back = self._return(receipt, "2026-03-12", 1)
        self._return(receipt, "2026-03-13", 1, reason="surplus")
        self.assertEqual(self._returned(), [("surplus", 1, 0), ("surplus", 1, 1)])
        self._return(back, "2026-03-14", 1)
        self.assertEqual(self._returned(), [("surplus", 0, 0), ("surplus", 1, 0)])
        self.assertFigures(100 / 11, 0)

    def test_what_came_later_is_no_surplus_then(self):
        """The 4 that went back were ordered; others came in their place."""
        line = self._order(10, 5, "2026-03-10")
        back = self._return(self._receive(line, "2026-03-10"), "2026-03-12", 4)
        back.supplier_return_reason = False
        line.product_qty = 14
        self._receive(line, "2026-03-13", 4)
        line.product_qty = 10
        self.assertEqual(self._returned(), [("quality", 4, 4)])
        self.assertAlmostEqual(self._value("defect_ppm"), 1e6 * 4 / 14)

    def _ordered_less(self, quantity, when):
        """6 of 10 came; the order is lowered, and Odoo gives the rest back."""
        line = self._order(10, 5, "2026-03-10")
        self._receive(line, "2026-03-09", 6)
        form = Form(line.order_id)
        with form.order_line.edit(0) as edited:
            edited.product_qty = quantity
        with freeze_time(f"{when} 04:00:00"):
            form.save()
        back = self._open_transfers(line.order_id.picking_ids)
        self.assertEqual(back.picking_type_code, "outgoing")
        self.assertEqual(back.move_ids.product_qty, 6 - quantity)
        self._do(back, when)
        return line

    def test_less_is_ordered_than_came(self):
        """What goes back then, goes back for us: nobody was asked why."""
        self._ordered_less(4, "2026-03-12")
        self.assertEqual(self._returned(), [("ours", 2, 0)])
        self.assertEqual(self._value("defect_ppm"), 0)

    def test_less_is_ordered_than_came_by_the_promised_day(self):
        self._ordered_less(4, "2026-03-10")
        self.assertEqual(self._returned(), [("ours", 2, 0)])

    def test_less_is_ordered_while_a_replacement_is_on_its_way(self):
        """Odoo gives back what is too much then, though fewer than ordered are here."""
        line = self._order(10, 5, "2026-03-20")
        receipt = self._receive(line, "2026-03-09")
        self._return(receipt, "2026-03-10", 4, reason="ours", exchange=True)
        with freeze_time("2026-03-11 04:00:00"):
            line.product_qty = 8
        back = line.move_ids.filtered(
            lambda move: move.state != "done" and move._is_purchase_return()
        )
        self._do(back.picking_id, "2026-03-12")
        self.assertEqual(self._returned(), [("ours", 4, 0), ("ours", 2, 0)])

    def test_less_is_ordered_and_somebody_gives_it_back(self):
        """The dialog says that it is more than ordered, and so it is by now."""
        for day in ("2026-03-10", "2026-03-12"):
            with self.subTest(day), self.env.cr.savepoint() as savepoint:
                receipt = self._received()
                with freeze_time(f"{day} 04:00:00"):
                    receipt.purchase_id.order_line.product_qty = 6
                self._return(receipt, "2026-03-13", 5)
                self.assertEqual(self._returned(), [("surplus", 5, 1)])
                savepoint.rollback()

    def test_what_is_ordered_as_a_return_says_no_reason(self):
        self._received()
        line = self._order(-4, 5, "2026-03-12")
        self.assertFalse(line.move_ids.picking_id.supplier_return_reason)

    def test_without_a_dialog(self):
        """A return that a program made, or somebody before, has no reason."""
        back = self._return(self._received(12), "2026-03-12", 5)
        back.supplier_return_reason = False
        self.assertEqual(self._returned(), [("surplus", 5, 3)])
        back = self._return(self._received(), "2026-03-12", 1)
        back.supplier_return_reason = False
        self.assertEqual(self._returned(), [("surplus", 5, 3), ("quality", 1, 1)])

    def test_surplus_by_hand(self):
        """Nobody was asked: what was too much goes back first."""
        order = self._received(11).purchase_id
        self._by_hand("2026-03-20", 1, self.vendors, order.name)
        self.assertFigures(100 / 11, 0)

    def test_goods_of_another_line_are_no_surplus(self):
        """20 came for two lines of 10, typed on the first one."""
        line = self._order(10, 5, "2026-03-10")
        other = self._add_line(line.order_id, self.product)
        picking = line.move_ids.picking_id
        moves = {line: 20, other: 0}
        for move in picking.move_ids:
            move.quantity = moves[move.purchase_line_id]
            move.picked = True
        self._validate(picking, backorder=False)
        picking.move_ids.date = "2026-03-10 04:00:00"
        back = self._return(picking, "2026-03-12", 4)
        back.supplier_return_reason = False
        self.assertEqual(self._returned(), [("quality", 4, 4)])

    def test_surplus_in_dozens(self):
        """3 dozen for 2 and a half; 6 go back."""
        receipt = self._received(36, 2.5, uom=self.uom_dozen)
        back = self._return(receipt, "2026-03-12", 6)
        self.assertEqual(back.supplier_return_reason, "surplus")
        self.assertEqual(self._returned(), [("surplus", 6, 0)])

    def test_incident_and_our_decision(self):
        """What an incident rejects is defective, whyever it went back."""
        receipt = self._received()
        self._return(receipt, "2026-03-12", 4, reason="ours")
        self._incident("Rust", picking_id=receipt.id, quantity=2)
        self.assertAlmostEqual(self._value("defect_ppm"), 200000)
        self.assertEqual(self._value("otif"), 100)

    def test_incident_and_bad_goods(self):
        """Each defective unit once."""
        receipt = self._received()
        self._return(receipt, "2026-03-12", 4)
        self._incident("Rust", picking_id=receipt.id, quantity=4)
        self.assertAlmostEqual(self._value("defect_ppm"), 400000)

    def test_of_the_step_before(self):
        """The dialog of the second step proposes what the first was told."""
        quarantine = self._location("Quarantine")
        hop = self._return(
            self._received(), "2026-03-12", 4, to=quarantine, reason="ours"
        )
        back = self._return(hop, "2026-03-13", 4, to=self.vendors)
        self.assertEqual(back.supplier_return_reason, "ours")
        back.supplier_return_reason = False
        self.assertEqual(self._returned(), [("ours", 4, 0)])
        back.supplier_return_reason = "wrong"
        self.assertEqual(self._returned(), [("wrong", 4, 4)])

    # ------------------------------------------------------------
    # Asking
    # ------------------------------------------------------------

    def test_dialog_of_a_receipt(self):
        form = self._dialog(self._received())
        self.assertTrue(form.is_supplier_return)
        self.assertEqual(form.supplier_return_reason, "quality")
        form = self._dialog(self._received(11))
        self.assertEqual(form.supplier_return_reason, "surplus")

    def test_dialog_after_the_surplus_is_gone(self):
        receipt = self._received(11)
        self._return(receipt, "2026-03-12", 1)
        self.assertEqual(self._dialog(receipt).supplier_return_reason, "quality")

    def test_dialog_of_quality_control(self):
        self.warehouse.reception_steps = "three_steps"
        self._received()
        check = self._do(self._waiting(), "2026-03-12")
        self.assertEqual(self._dialog(check).supplier_return_reason, "quality")

    def test_dialog_that_does_not_ask(self):
        """Of what comes back to us, and of deliveries to customers."""
        back = self._return(self._received(), "2026-03-12", 4)
        sale = self._by_hand("2026-03-13", 1, self.customers)
        for picking in (back, sale):
            form = self._dialog(picking)
            self.assertFalse(form.is_supplier_return)
            self.assertFalse(form.supplier_return_reason)
        again = self._return(back, "2026-03-14", 4)
        self.assertFalse(again.supplier_return_reason)

    def test_dialog_for_the_warehouse(self):
        """Who returns goods need not see purchase orders."""
        worker = self._create_user("return_worker", STOCK_USER)
        receipt = self._received(11)
        dialog = self._as(self.env["stock.return.picking"], worker).create(
            {"picking_id": receipt.id}
        )
        self.assertEqual(dialog.supplier_return_reason, "surplus")
        dialog.product_return_moves.quantity = 1
        back = self.env["stock.picking"].browse(
            dialog.action_create_returns()["res_id"]
        )
        self.assertEqual(back.supplier_return_reason, "surplus")

    def test_exchange_has_no_reason(self):
        receipt = self._received()
        back = self._return(receipt, "2026-03-12", 4, exchange=True, reason="wrong")
        self.assertEqual(back.supplier_return_reason, "wrong")
        self.assertFalse(back.return_ids.supplier_return_reason)

    # ------------------------------------------------------------
    # Changing
    # ------------------------------------------------------------

    def test_shown_on_the_transfer(self):
        receipt = self._received()
        back = self._return(receipt, "2026-03-12", 4)
        by_hand = self._by_hand("2026-03-13", 1, self.vendors)
        self.assertFalse(receipt.is_supplier_return)
        self.assertTrue(back.is_supplier_return)
        self.assertTrue(by_hand.is_supplier_return)
        with Form(back) as form:
            form.supplier_return_reason = "ours"
        self.assertEqual(self._value("otif"), 100)

    def test_changed_in_the_facts(self):
        back = self._return(self._received(), "2026-03-12", 4)
        buyer = self._create_user("return_buyer", BUYER)
        facts = self._as(self._facts(), buyer).with_context(
            supplier_fact_scope=self._scope().to_context()
        )
        action = facts.action_change_return_reason()
        self.assertEqual(action["context"]["default_reason"], "quality")
        wizard = (
            self._as(self.env["supplier.return.reason.wizard"], buyer)
            .with_context(**action["context"])
            .create({"reason": "other"})
        )
        wizard.action_apply()
        self.assertEqual(back.supplier_return_reason, "other")
        self.assertFigures(40, 0)

    def test_nothing_to_change_in_the_facts(self):
        self._received()
        with self.assertRefused("Choose returns"):
            self._facts().action_change_return_reason()

    def test_published(self):
        """A manager may still change it, for a new revision."""
        back = self._return(self._received(), "2026-03-12", 4)
        later = self._return(self._received(), "2026-04-20", 4)
        buyer = self._create_user("return_buyer", BUYER)
        manager = self._create_user("return_manager", MANAGER)
        self._as(back, buyer).supplier_return_reason = "wrong"
        evaluation = self._evaluate()
        self._as(back, buyer).supplier_return_reason = "quality"
        evaluation.action_publish()
        with self.assertRefused("published"):
            self._as(back, buyer).supplier_return_reason = "ours"
        self._as(back, buyer).supplier_return_reason = "quality"
        self._as(later, buyer).supplier_return_reason = "ours"
        self._as(back, manager).supplier_return_reason = "ours"
        self.assertEqual(back.supplier_return_reason, "ours")

    def test_published_with_a_return_after_the_period(self):
        """What the cut-off let the figures see is in them."""
        back = self._return(self._received(), "2026-04-02", 4)
        buyer = self._create_user("return_buyer", BUYER)
        self._evaluate().action_publish()
        with self.assertRefused("published"):
            self._as(back, buyer).supplier_return_reason = "ours"

    def test_published_among_others(self):
        """One of many is enough to refuse them all, and is named."""
        back = self._return(self._received(), "2026-03-12", 4)
        later = self._return(self._received(), "2026-04-20", 4)
        buyer = self._create_user("return_buyer", BUYER)
        self._evaluate().action_publish()
        with self.assertRefused(f"The reason of {back.name} is part of figures"):
            self._as(later + back, buyer).supplier_return_reason = "ours"
        self.assertEqual(later.supplier_return_reason, "quality")

    def test_published_by_another_company(self):
        """The figures of a company look at its own transfers, until their cut-off."""
        other = self._create_company("Elsewhere", "UTC", "EUR")
        self._received()
        evaluation = self._evaluate()
        evaluation.action_publish()
        companies = self.env["res.company"]
        # In Shanghai, March begins at 16 o'clock.
        first, last = datetime(2026, 2, 28, 16), evaluation.cutoff
        second = timedelta(seconds=1)
        moments = {
            (company, instant)
            for company in (self.company, other)
            for instant in (first - second, first, last, last + second)
        }
        self.assertEqual(
            companies._supplier_published(moments),
            {(self.company, first), (self.company, last)},
        )
        self.assertEqual(companies._supplier_published(set()), set())

    def test_asks_once_for_all(self):
        """Whether they are published takes no more queries for more returns."""
        buyer = self._create_user("return_buyer", BUYER)
        self._received(60, 60)
        self._evaluate().action_publish()
        made = [
            self._by_hand("2026-04-20", 1, self.vendors, do=False)
            for _index in range(33)
        ]
        returns = self._as(made[0].union(*made), buyer)
        self._do(returns.sudo(), "2026-04-20")
        self.assertEqual(set(returns.mapped("state")), {"done"})
        counts = []
        for transfers in (returns[:1], returns[1:3], returns[3:]):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            transfers.supplier_return_reason = "ours"
            self.env.flush_all()
            counts.append(self.cr.sql_log_count - before)
        # The first one fills caches.
        self.assertEqual(counts[1], counts[2])
