from freezegun import freeze_time

from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import tagged

from ..common import BUYER, MANAGER, SupplierEvaluationCommon


@tagged("post_install", "-at_install")
class TestPromisedQuantity(SupplierEvaluationCommon):
    """100 are promised for 10 March, 60 of them come."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.people = cls._create_people("quantity", {"buyer": BUYER, "boss": MANAGER})
        cls.line = cls._order(100, 5, "2026-03-10")
        cls._receive(cls.line, "2026-03-10", 60, backorder=False)

    def _set_quantity(self, quantity, when, line=None):
        with freeze_time(when):
            (line or self.line).product_qty = quantity

    def _assert_shares(self, share, **scope):
        fact = self._fact(self.line, **scope)
        self.assertAlmostEqual(fact.on_time_share, share)
        self.assertAlmostEqual(fact.fill_share, share)
        self.assertEqual(fact.otif_share, float(share == 1))
        return fact

    def test_frozen_with_the_promise(self):
        self.assertEqual(self.line.quantity_promised, 100)
        draft = self.line.order_id.copy()
        self.assertFalse(draft.order_line.quantity_promised)
        with self.assertRefused("Quantity Promised", AccessError):
            self.line.quantity_promised = 60

    def test_lowered_on_the_promised_day(self):
        """Its last minute in Shanghai."""
        self._set_quantity(60, "2026-03-10 15:59:00")
        self.assertEqual(self.line.quantity_promised, 60)
        fact = self._assert_shares(1)
        self.assertEqual((fact.quantity_ordered, fact.weight), (60, 300))

    def test_lowered_the_day_after(self):
        self._set_quantity(60, "2026-03-10 16:00:00")
        self.assertEqual(self.line.quantity_promised, 100)
        fact = self._assert_shares(0.6)
        self.assertEqual((fact.quantity_ordered, fact.weight), (100, 500))
        self.assertEqual(fact.days_late, 0.4 * 26)

    def _add_nothing(self):
        """A line of 0, for the promised day."""
        order = self._order(10, 5, "2026-03-10").order_id
        before = order.order_line
        with freeze_time("2026-03-01 02:00:00"):
            order.order_line = [
                Command.create(
                    {
                        "product_id": self._create_product("Nut").id,
                        "product_qty": 0,
                        "price_unit": 5,
                        "date_planned": "2026-03-10 04:00:00",
                        "tax_ids": [Command.clear()],
                    }
                )
            ]
        return order.order_line - before

    def test_nothing_that_is_ordered_later_is_promised_then(self):
        """It was for no day before, and counts from then on, also after the day."""
        for when in ("2026-03-05 02:00:00", "2026-03-15 02:00:00"):
            with self.subTest(when):
                line = self._add_nothing()
                vals = {"product_qty": 10, "date_planned": "2026-03-25 04:00:00"}
                with freeze_time(when):
                    line.write(vals)
                self.assertEqual(str(line.date_promised), "2026-03-25 04:00:00")
                self.assertEqual(str(line.date_promise_frozen), when)
                self.assertEqual(line.quantity_promised, 10)
                [move] = line.move_ids
                with freeze_time("2026-03-27 04:00:00"):
                    move.write({"quantity": 10, "picked": True})
                    self._validate(move.picking_id)
                fact = self._fact(line)
                self.assertEqual((fact.days_late, fact.exclusion), (2, False))
                vals = {"product_qty": 12, "date_planned": "2026-04-25 04:00:00"}
                with freeze_time("2026-03-28 02:00:00"):
                    line.write(vals)
                self.assertEqual(str(line.date_promised), "2026-03-25 04:00:00")

    def test_what_was_cancelled_is_not_promised_anew(self):
        line = self._order(10, 5, "2026-03-10")
        self._set_quantity(0, "2026-03-05 02:00:00", line)
        with freeze_time("2026-03-06 02:00:00"):
            line.write({"product_qty": 10, "date_planned": "2026-03-25 04:00:00"})
        self.assertEqual(str(line.date_promised), "2026-03-10 04:00:00")

    def test_what_came_unordered_and_is_ordered_then(self):
        """It came, and was no promise: nobody was late."""
        receipt = self._order(10, 5, "2026-03-10").move_ids.picking_id
        nut = self._create_product("Nut")
        with freeze_time("2026-03-10 04:00:00"):
            receipt.move_ids.write({"quantity": 10, "picked": True})
            receipt.move_ids = [
                Command.create(
                    {
                        "product_id": nut.id,
                        "product_uom_qty": 3,
                        "quantity": 3,
                        "picked": True,
                        "location_id": receipt.location_id.id,
                        "location_dest_id": receipt.location_dest_id.id,
                    }
                )
            ]
            self._validate(receipt)
        line = receipt.move_ids.purchase_line_id.filtered(
            lambda line: line.product_id == nut
        )
        promised = line.date_promised
        with freeze_time("2026-03-11 04:00:00"):
            line.product_qty = 3
        self.assertEqual(line.date_promised, promised)
        self.assertEqual(self._fact(line).exclusion, "cancelled")

    def test_lowered_below_what_had_come(self):
        """Nobody delivered too much who brought what was ordered then."""
        line = self._order(10, 5, "2026-03-10")
        self._receive(line, "2026-03-08")
        self._set_quantity(6, "2026-03-09 02:00:00", line)
        fact = self._fact(line)
        self.assertEqual((fact.quantity_ordered, fact.quantity_received), (10, 10))
        self.assertEqual((fact.on_time_share, fact.otif_share), (1, 1))
        self.assertIn("what had come", line.promise_change_ids.note)
        self.assertFalse(line.order_id.promise_hint)

    def test_lowered_below_what_had_come_of_it(self):
        """Of what had not come, no more is due than is ordered now."""
        line = self._order(10, 5, "2026-03-10")
        self._receive(line, "2026-03-08", 8)
        self._set_quantity(6, "2026-03-09 02:00:00", line)
        self.assertEqual(line.quantity_promised, 8)
        self.assertEqual(self._fact(line).otif_share, 1)

    def test_lowered_after_some_of_it_went_back(self):
        """What went back for us had come as it was ordered."""
        line = self._order(10, 5, "2026-03-10")
        receipt = self._receive(line, "2026-03-08")
        self._return(receipt, "2026-03-08", 4, reason="ours")
        self._set_quantity(6, "2026-03-09 02:00:00", line)
        self.assertEqual(line.quantity_promised, 10)
        fact = self._fact(line)
        self.assertEqual((fact.on_time_share, fact.otif_share), (1, 1))

    def test_lowered_after_what_went_back_was_replaced(self):
        """What replaces goods did not come of what was ordered, once more."""
        line = self._order(10, 5, "2026-03-10")
        receipt = self._receive(line, "2026-03-07", 6)
        self._return(receipt, "2026-03-07", 2, reason="ours", exchange=True)
        exchange = receipt.return_ids.return_ids
        with freeze_time("2026-03-08 04:00:00"):
            self._validate(exchange)
        self._set_quantity(5, "2026-03-09 02:00:00", line)
        self.assertEqual(line.quantity_promised, 6)

    def test_too_much_came_and_it_is_lowered(self):
        """12 came for 10: two of them were never ordered."""
        line = self._order(10, 5, "2026-03-10")
        self._receive(line, "2026-03-08", 12)
        self._set_quantity(6, "2026-03-09 02:00:00", line)
        self.assertEqual(line.quantity_promised, 10)
        self.assertEqual(self._fact(line).otif_share, 0)

    def test_the_buyer_takes_less_than_came(self):
        """Not after the promised day either, whatever the reason."""
        line = self._order(10, 5, "2026-03-10")
        self._receive(line, "2026-03-08")
        self._set_quantity(6, "2026-03-25 02:00:00", line)
        self._change_promise(line, "2026-03-10", "buyer", when="2026-03-26")
        self.assertEqual(line.quantity_promised, 10)
        self.assertEqual(self._fact(line).otif_share, 1)

    def test_lowered_through_the_order(self):
        with freeze_time("2026-03-25 02:00:00"):
            self.line.order_id.write(
                {"order_line": [Command.update(self.line.id, {"product_qty": 60})]}
            )
        self._assert_shares(0.6)

    def test_lowered_by_an_import(self):
        with freeze_time("2026-03-25 02:00:00"):
            result = self.line.load([".id", "product_qty"], [[str(self.line.id), "60"]])
        self.assertEqual(result["ids"], self.line.ids)
        self.assertEqual(self.line.product_qty, 60)
        self._assert_shares(0.6)

    def test_lowered_by_another_unit(self):
        with freeze_time("2026-03-25 02:00:00"):
            self.line.write({"product_uom_id": self.uom_dozen.id, "product_qty": 5})
        self._assert_shares(0.6)

    def test_every_change_is_written_down(self):
        self._set_quantity(80, "2026-03-09 02:00:00")
        self._set_quantity(60, "2026-03-25 02:00:00")
        late, early = self.line.promise_change_ids
        self.assertEqual(
            [(row.quantity_from, row.quantity_to) for row in (early, late)],
            [(100, 80), (80, 60)],
        )
        self.assertEqual(set((early + late).mapped("reason")), {"order"})
        self.assertIn("the new quantity counts", early.note)
        self.assertIn("the quantity at the promise counts", late.note)
        self.assertEqual(early.user_id, self.env.user)
        self._assert_shares(0.75)

    def test_what_changes_nothing_is_not_written_down(self):
        self._set_quantity(100, "2026-03-25 02:00:00")
        self.line.price_unit = 6
        self.assertFalse(self.line.promise_change_ids)

    def test_raised_and_lowered_again(self):
        self._set_quantity(120, "2026-03-09 02:00:00")
        self._set_quantity(60, "2026-03-25 02:00:00")
        self._set_quantity(120, "2026-03-26 02:00:00")
        self._assert_shares(0.5)

    def test_raised_afterwards_is_no_over_delivery(self):
        line = self._order(10, 5, "2026-03-10")
        self._receive(line, "2026-03-10")
        self._set_quantity(15, "2026-03-12 02:00:00", line)
        self._receive(line, "2026-03-20")
        fact = self._fact(line)
        self.assertEqual((fact.quantity_ordered, fact.quantity_received), (10, 15))
        self.assertEqual((fact.otif_share, fact.days_late), (1, 0))

    def test_as_of_the_cutoff(self):
        """What is changed after the cut-off does not change what was due then."""
        self._set_quantity(60, "2026-05-02 02:00:00")
        self._change_promise(self.line, "2026-03-10", "buyer", when="2026-05-02")
        self.assertEqual(self.line.quantity_promised, 60)
        self._assert_shares(0.6)

    def test_the_buyer_asked_for_it(self):
        self._set_quantity(60, "2026-03-25 02:00:00")
        self._change_promise(self.line, "2026-03-10", "buyer", when="2026-03-26")
        self._assert_shares(1)
        self.assertIn("from 100.0 to 60.0", self.line.order_id.message_ids[0].body)

    def test_the_buyer_keeps_the_date(self):
        self._set_quantity(60, "2026-03-25 02:00:00")
        with freeze_time("2026-03-26 02:00:00"):
            self.env["supplier.promise.change.wizard"].create(
                {"line_ids": self.line.ids, "reason": "buyer", "note": "Closed"}
            ).action_apply()
        self.assertEqual(str(self.line.date_promised), "2026-03-10 04:00:00")
        self._assert_shares(1)

    def test_the_supplier_names_a_date(self):
        wizard = self.env["supplier.promise.change.wizard"].create(
            {"line_ids": self.line.ids, "reason": "supplier", "note": "Late"}
        )
        with self.assertRefused("new date"):
            wizard.action_apply()

    def test_the_order_says_why(self):
        order = self.line.order_id
        self.assertFalse(order.promise_hint)
        self._set_quantity(60, "2026-03-25 02:00:00")
        self.assertIn("the promise of 100.0 Units counts", order.promise_hint)
        self._change_promise(self.line, "2026-03-10", "buyer", when="2026-03-26")
        self.assertFalse(order.promise_hint)

    # ------------------------------------------------------------
    # Second person
    # ------------------------------------------------------------

    def _ask(self, user, line, reason="buyer", when="2026-03-26 02:00:00"):
        with freeze_time(when):
            self._as(self.env["supplier.promise.change.wizard"], user).create(
                {
                    "line_ids": line.ids,
                    "reason": reason,
                    "date_to": "2026-03-28 04:00:00",
                    "note": "By phone",
                }
            ).action_apply()

    def test_a_plain_user_is_too_late(self):
        with self.assertRefused("ask one to use “Change Promise”"):
            self._ask("buyer", self.line)
        self._ask("buyer", self.line, reason="supplier")
        self.assertTrue(self.line.date_promise_broken)

    def test_a_plain_user_by_the_promised_day(self):
        line = self._order(10, 5, "2026-03-10")
        self._ask("buyer", line, when="2026-03-10 15:59:00")
        self.assertEqual(str(line.date_promised), "2026-03-28 04:00:00")
        self.assertFalse(line.promise_change_ids.is_late)

    def test_a_plain_user_when_all_has_come(self):
        line = self._order(10, 5, "2026-03-20")
        self._receive(line, "2026-03-02", 10)
        with self.assertRefused("all of it has come"):
            self._ask("buyer", line, when="2026-03-03 02:00:00")

    def test_a_manager_may_and_it_is_marked(self):
        self._ask("boss", self.line)
        self.assertTrue(self.line.promise_change_ids.is_late)
        self.assertTrue(self._fact(self.line).is_changed_late)
        other = self._order(10, 5, "2026-03-20")
        self._change_promise(other, "2026-03-25", "buyer", when="2026-03-19")
        self.assertFalse(self._fact(other).is_changed_late)

    def test_not_on_an_own_order(self):
        self.line.order_id.user_id = self.people["boss"]
        with self.assertRefused("somebody else than the buyer"):
            self._ask("boss", self.line)

    def test_the_dialog_says_so(self):
        wizard = self.env["supplier.promise.change.wizard"].new(
            {"line_ids": self.line.ids}
        )
        self.assertTrue(wizard.is_settled)
        self.assertEqual(
            [reason for reason, _label in wizard._selection_reason()],
            ["buyer", "supplier"],
        )
