from datetime import datetime

from freezegun import freeze_time

from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import tagged

from ..common import BUYER, SupplierEvaluationCommon


@tagged("post_install", "-at_install")
class TestDeliveryCases(SupplierEvaluationCommon):
    """What a supplier would dispute, one case a test."""

    def test_time_zone_of_the_company(self):
        """16:30 UTC is the next day in Shanghai and the same day in London."""
        line = self._order(10, 5, "2026-03-10")
        self._receive(line, "2026-03-10 16:30:00")
        self.assertEqual(self._value("otd"), 0.0)
        self.assertEqual(self._value("otd", tz="Europe/London"), 100.0)

    def test_period_ends_at_local_midnight(self):
        line = self._order(10, 5, "2026-03-31")
        line._write_guarded({"date_promised": "2026-03-31 15:59:59"})
        self.assertEqual(self._measure("otd").n, 1)
        line._write_guarded({"date_promised": "2026-03-31 16:00:00"})
        self.assertIsNone(self._measure("otd"))

    def test_unit_of_measure(self):
        line = self._order(2, 120, "2026-03-25", uom=self.uom_dozen)
        self._receive(line, "2026-03-25", 12)
        self._receive(line, "2026-03-27", 12)
        fact = self._fact(line)
        self.assertEqual(fact.quantity_ordered, 24)
        self.assertEqual(fact.on_time_share, 0.5)
        self.assertEqual(fact.days_late, 1.0)

    def test_child_contact(self):
        contact = self._create_supplier(
            "Desk", parent_id=self.supplier.id, is_company=False
        )
        line = self._order(10, 5, "2026-03-10", partner=contact)
        self.assertEqual(self._fact(line).partner_id, self.supplier)

    def test_over_delivery_counts_only_what_was_ordered(self):
        """A surplus that comes late makes nothing late."""
        line = self._order(10, 5, "2026-03-10")
        self._receive(line, "2026-03-08", 4)
        self._receive(line, "2026-03-10", 6)
        extra = line.move_ids[0].copy({"purchase_line_id": line.id})
        extra._action_confirm()
        extra.write({"quantity": 5, "picked": True, "date": "2026-03-30 04:00:00"})
        extra._action_done()
        extra.date = datetime(2026, 3, 30, 4)
        fact = self._fact(line)
        self.assertEqual(fact.quantity_received, 15)
        self.assertEqual(fact.on_time_share, 1.0)
        self.assertEqual(fact.days_late, 0.0)
        self.assertEqual(fact.otif_share, 0.0)
        self.assertAlmostEqual(fact.lead_time, 0.4 * 7 + 0.6 * 9)
        self.assertEqual(fact.cycle_time, 9)
        self.assertEqual(str(fact.date_received), "2026-03-10")

    def test_over_delivery_within_tolerance(self):
        line = self._order(100, 5, "2026-03-10")
        self._receive(line, "2026-03-10", 110)
        self.assertEqual(self._fact(line).otif_share, 1.0)
        self.assertEqual(self._fact(line, over_percent=9.0).otif_share, 0.0)

    def test_under_delivery_within_tolerance(self):
        line = self._order(100, 5, "2026-03-10")
        self._receive(line, "2026-03-10", 96, backorder=False)
        self.assertEqual(self._fact(line).otif_share, 0.0)
        self.assertEqual(self._fact(line, under_percent=5.0).otif_share, 1.0)

    def test_early_tolerance(self):
        line = self._order(10, 5, "2026-03-20")
        self._receive(line, "2026-03-10")
        self.assertEqual(self._value("otd"), 100.0)
        self.assertEqual(self._value("otd", early_days=10), 100.0)
        self.assertEqual(self._value("otd", early_days=9), 0.0)

    def test_never_delivered(self):
        """It is no missing data: it gets worse every day until the cut-off."""
        line = self._order(10, 5, "2026-03-31")
        fact = self._fact(line)
        self.assertEqual(fact.on_time_share, 0.0)
        self.assertEqual(fact.fill_share, 0.0)
        self.assertEqual(fact.days_late, 5.0)
        self.assertFalse(fact.has_receipt)
        self.assertIsNone(self._value("lead_time"))
        self.assertEqual(self._value("otd"), 0.0)

    def test_receipt_after_the_cutoff(self):
        line = self._order(10, 5, "2026-03-31")
        self._receive(line, "2026-04-20")
        self.assertEqual(self._fact(line).fill_share, 0.0)

    def test_order_confirmed_after_the_cutoff(self):
        line = self._order(10, 5, "2026-03-31", confirmed="2026-04-10")
        self.assertFalse(self._fact(line))

    def test_not_due_at_the_cutoff(self):
        """An order that is not due yet is no failure: its day must be over."""
        self._order(10, 5, "2026-03-20")
        for cutoff in (
            datetime(2026, 3, 15),
            datetime(2026, 3, 19, 16),  # midnight before, in Shanghai
            datetime(2026, 3, 20, 4),  # noon of the day
        ):
            self.assertIsNone(self._measure("otd", cutoff=cutoff))
        for cutoff in (datetime(2026, 3, 20, 15, 59, 59), datetime(2026, 3, 20, 16)):
            self.assertEqual(self._measure("otd", cutoff=cutoff).value, 0.0)

    def test_cancelled_after_a_receipt(self):
        """Cancelling an order does not undo a late delivery."""
        line = self._order(10, 5, "2026-03-10")
        self._receive(line, "2026-03-20")
        line.order_id.button_cancel()
        fact = self._fact(line)
        self.assertFalse(fact.exclusion)
        self.assertEqual(fact.on_time_share, 0.0)

    def test_back_to_draft(self):
        """An order that was confirmed once stays visible in draft."""
        line = self._order(10, 5, "2026-03-10")
        with freeze_time("2026-03-10 15:59:59"):
            line.order_id.button_cancel()
            line.order_id.button_draft()
        self.assertEqual(self._fact(line).exclusion, "cancelled")

    def test_exchange_is_no_second_delivery(self):
        line = self._order(10, 5, "2026-03-10")
        receipt = self._receive(line, "2026-03-10")
        with freeze_time("2026-03-12 04:00:00"):
            wizard = (
                self.env["stock.return.picking"]
                .with_context(
                    active_ids=receipt.ids,
                    active_id=receipt.id,
                    active_model="stock.picking",
                )
                .create({})
            )
            wizard.product_return_moves.quantity = 4
            wizard.action_create_exchanges()
            for picking in line.order_id.picking_ids.filtered(
                lambda p: p.state not in ("done", "cancel")
            ):
                for move in picking.move_ids:
                    move.quantity = 4
                    move.picked = True
                picking.with_context(skip_backorder=True).button_validate()
        fact = self._fact(line)
        self.assertEqual(fact.quantity_received, 10)
        self.assertEqual(fact.quantity_returned, 4)
        self.assertEqual(fact.otif_share, 0.0)
        self.assertEqual(fact.cycle_time, 9)

    def test_returned_return(self):
        """A return that came back is no quality return any more."""
        line = self._order(10, 5, "2026-03-10")
        receipt = self._receive(line, "2026-03-10")
        back = self._return(receipt, "2026-03-12", 10)
        self.assertEqual(self._fact(line).otif_share, 0.0)
        self.assertEqual(self._fact(line).quantity_returned, 10)
        self._return(back, "2026-03-14", 10)
        fact = self._fact(line)
        self.assertEqual(fact.quantity_returned, 0)
        self.assertEqual(fact.quantity_received, 10)
        self.assertEqual(fact.otif_share, 1.0)

    def test_rest_that_will_not_come(self):
        """Closing a receipt without back order does not excuse the supplier."""
        line = self._order(10, 5, "2026-03-10")
        self._receive(line, "2026-03-10", 7, backorder=False)
        fact = self._fact(line)
        self.assertEqual(fact.fill_share, 0.7)
        self.assertGreater(fact.days_late, 0)

    def test_quantity_set_to_zero(self):
        line = self._order(10, 5, "2026-03-10")
        with freeze_time("2026-03-10 15:59:59"):
            line.product_qty = 0
        self.assertEqual(self._fact(line).exclusion, "cancelled")

    def test_archived_supplier(self):
        line = self._order(10, 5, "2026-03-10")
        self._receive(line, "2026-03-10")
        self.supplier.active = False
        evaluation = self._evaluate()
        self.assertEqual(evaluation.scorecard_ids.partner_id, self.supplier)

    def test_free_goods_weigh_by_line(self):
        """Where every weight is 0 the lines count the same."""
        for day in ("2026-03-10", "2026-03-12"):
            self._receive(self._order(5, 0, "2026-03-10"), day)
        measure = self._measure("otd")
        self.assertEqual((measure.value, measure.n, measure.n_eff), (50.0, 2, 2.0))

    def test_negative_price_weighs_nothing(self):
        self._receive(self._order(5, 10, "2026-03-10"), "2026-03-10")
        self._receive(self._order(5, -100, "2026-03-10"), "2026-03-12")
        self.assertEqual(self._value("otd"), 100.0)

    def test_discount_lowers_the_weight(self):
        line = self._order(5, 10, "2026-03-10")
        with freeze_time("2026-03-09 02:00:00"):
            line.discount = 40
        self.assertEqual(self._fact(line).weight, 30)

    def test_acknowledged_orders(self):
        """One in time, one after the cut-off."""
        lines = [self._order(1, 10, "2026-03-10") for _index in range(4)]
        self._acknowledge(lines[0], "2026-03-02")
        self._acknowledge(lines[1], "2026-04-06")
        self.assertEqual(self._value("ack_rate"), 25.0)
        self.assertEqual(self._measure("ack_rate").n, 4)

    def _acknowledge(self, line, day):
        with freeze_time(f"{day} 02:00:00"):
            line.order_id.action_acknowledge()

    def test_acknowledged_order_counts_once(self):
        line = self._order(1, 10, "2026-03-10")
        self._order(1, 10, "2026-03-10")
        line.order_id.order_line = [
            Command.create(
                {
                    "product_id": self.product.id,
                    "product_qty": 1,
                    "date_planned": "2026-03-11 04:00:00",
                }
            )
            for _index in range(3)
        ]
        self._acknowledge(line, "2026-03-02")
        self.assertEqual(self._value("ack_rate"), 50.0)

    def test_two_companies_with_their_own_currencies(self):
        """Each company sees its own lines, in its own currency and time zone."""
        other = self._create_company("Other Works", "Europe/Paris", "EUR")
        self.env.user.company_ids |= other
        env_company = self.env["res.company"].browse(other.id)
        line = self._order(10, 7, "2026-03-10", company=env_company)
        mine = self._order(10, 5, "2026-03-10")
        self._receive(mine, "2026-03-10")
        self.assertEqual(self._value("otd"), 100.0)
        measures = self.env["supplier.kpi"].search([("code", "=", "otd")])
        theirs = measures._measure(self._scope(company_id=other.id, tz="Europe/Paris"))
        self.assertEqual(theirs[self.supplier.id]["otd"].value, 0.0)
        self.assertEqual(theirs[self.supplier.id]["otd"].denominator, 70)
        self.assertEqual(line.company_id, other)

    def test_order_in_a_foreign_currency(self):
        """A line weighs its value in company currency, at the order's rate."""
        euro = self._euros({"2026-02-01": 0.5})
        line = self._order(10, 5, "2026-03-10", currency_id=euro.id)
        self.assertAlmostEqual(self._fact(line).weight, 100)


@tagged("post_install", "-at_install")
class TestExclusion(SupplierEvaluationCommon):
    def setUp(self):
        super().setUp()
        self.line = self._order(10, 5, "2026-03-10")
        self._receive(self.line, "2026-03-12")

    def _exclude(self, exclusion, records=None):
        action = (records or self.line).action_leave_out()
        wizard = (
            self.env["supplier.exclusion.wizard"]
            .with_context(**action["context"])
            .create({"exclusion": exclusion, "reason": "Storm closed the port"})
        )
        wizard.action_apply()

    def test_left_out_with_a_reason(self):
        self._exclude("responsibility")
        self.assertIsNone(self._measure("otd"))
        fact = self._fact(self.line)
        self.assertEqual(fact.exclusion, "responsibility")
        self.assertEqual(fact.exclusion_reason, "Storm closed the port")
        bodies = self.line.order_id.message_ids.mapped("body")
        self.assertTrue(any("Storm" in body for body in bodies))

    def test_counted_again(self):
        self._exclude("manual")
        self.assertIsNone(self._measure("otd"))
        self._exclude("count")
        self.assertEqual(self._measure("otd").n, 1)

    def test_from_the_analysis(self):
        self._exclude("manual", self._fact(self.line))
        self.assertEqual(self.line.supplier_exclusion, "manual")

    def test_nobody_writes_it_otherwise(self):
        with self.assertRaises(AccessError):
            self.line.supplier_exclusion = "manual"

    def test_other_records_are_refused(self):
        wizard = self.env["supplier.exclusion.wizard"].create(
            {
                "targets": {"res.partner": self.supplier.ids},
                "exclusion": "manual",
                "reason": "x",
            }
        )
        with self.assertRefused("res.partner"):
            wizard.action_apply()

    def test_managers_only(self):
        buyer = self._create_user("exclusion_buyer", BUYER)
        with self.assertRaises(AccessError):
            self.env["supplier.exclusion.wizard"].with_user(buyer).create(
                {"targets": {}, "reason": "x"}
            )
