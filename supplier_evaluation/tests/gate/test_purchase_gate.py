from freezegun import freeze_time
from psycopg2 import IntegrityError

from odoo import Command, fields
from odoo.exceptions import UserError, ValidationError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from ...models.gate.gate import PurchaseGate
from ..common import BUYER, MANAGER
from .common import PurchaseGateCommon

REQUEST = "Offer?"


@tagged("post_install", "-at_install")
class TestPurchaseGate(PurchaseGateCommon):
    """Which orders the policies stop, and what they say."""

    def _level(self, order, operation="order"):
        return PurchaseGate(order).verdicts(operation)[order.id].level

    # ------------------------------------------------------------
    # Effects
    # ------------------------------------------------------------

    def test_block(self):
        self._block_stage(message="Take another one.")
        order = self._draft()
        with self.assertRaises(UserError) as refusal:
            order.button_confirm()
        message = str(refusal.exception)
        for part in (
            order.name,
            "Bad Supplier",
            "No blocked suppliers",
            self.blocked_stage.name,
            "Take another one.",
            "Gate Approver",
        ):
            self.assertIn(part, message)
        self.assertNotIn("Gate Buyer", message)
        self.assertEqual(order.state, "draft")

    def test_block_is_for_the_stage_only(self):
        self._block_stage()
        order = self._draft(self.supplier)
        order.button_confirm()
        self.assertEqual(order.state, "purchase")
        self.assertNotIn("purchase policy", self._notes(order))

    def test_warn(self):
        self._policy(
            name="Look twice", effect="warn", tier_ids=[Command.set(self.tier.ids)]
        )
        self.supplier.with_company(self.company).supplier_tier_id = self.tier
        order = self._draft(self.supplier)
        self.assertEqual(order.supplier_gate_level, "warn")
        self.assertIn("Look twice", order.supplier_gate_message)
        order.button_confirm()
        self.assertEqual(order.state, "purchase")
        self.assertIn("Look twice", self._notes(order))
        self.assertFalse(order.supplier_gate_level)

    def test_banner_of_a_new_order(self):
        self._block_stage()
        form = Form(
            self.env["purchase.order"].with_user(self.buyer).with_company(self.company)
        )
        self.assertFalse(form.supplier_gate_level)
        form.partner_id = self.bad_supplier
        self.assertEqual(form.supplier_gate_level, "block")
        self.assertIn("No blocked suppliers", form.supplier_gate_message)
        form.partner_id = self.supplier
        self.assertFalse(form.supplier_gate_level)

    def test_contact_of_a_blocked_supplier(self):
        self._block_stage()
        contact = self._create_contact("Desk", parent_id=self.bad_supplier.id)
        self.assertEqual(self._level(self._draft(contact)), "block")

    def test_strictest_wins_and_all_reasons_are_shown(self):
        stages = [Command.set(self.blocked_stage.ids)]
        self._policy(name="First", effect="warn", stage_ids=stages, sequence=1)
        self._policy(name="Second", effect="block", stage_ids=stages, sequence=2)
        self._policy(name="Third", effect="warn", stage_ids=stages, sequence=3)
        verdict = PurchaseGate(order := self._draft()).verdicts("order")[order.id]
        self.assertEqual(verdict.level, "block")
        self.assertEqual(
            [reason.split(":")[0] for reason in verdict.reasons],
            ["First", "Second", "Third"],
        )

    def test_exception_ends_the_reading(self):
        policy = self._block_stage(sequence=5)
        exception = self._policy(
            name="Long contract",
            effect="allow",
            message="Contract until the end of the year.",
            tier_ids=[Command.set(self.tier.ids)],
            sequence=1,
        )
        vendor = self.bad_supplier.with_company(self.company)
        order = self._draft()
        self.assertEqual(self._level(order), "block", "the exception is not for it")
        vendor.supplier_tier_id = self.tier
        self.assertEqual(self._level(order), "")
        policy.sequence, exception.sequence = 1, 5
        self.assertEqual(self._level(order), "block", "it stands below the block")

    def test_exception_needs_a_message(self):
        with self.assertRefused("Long contract", ValidationError):
            self._policy(name="Long contract", effect="allow")

    def test_policy_applies_to_something(self):
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
            self._policy(applies_to_order=False)

    # ------------------------------------------------------------
    # Criteria
    # ------------------------------------------------------------

    def test_criteria_all_have_to_be_met(self):
        other = self.env.ref("supplier_evaluation.supplier_tier_strategic")
        self._block_stage(tier_ids=[Command.set((self.tier | other).ids)])
        vendor = self.bad_supplier.with_company(self.company)
        order = self._draft()
        self.assertEqual(self._level(order), "")
        vendor.supplier_tier_id = self.tier
        self.assertEqual(self._level(order), "block")
        vendor.supplier_tier_id = other
        self.assertEqual(self._level(order), "block")

    def test_grade(self):
        self._policy(grade_ids=[Command.set(self.grade_d.ids)])
        order = self._draft(self.supplier)
        self.assertEqual(self._level(order), "", "no score is no bad score")
        self._set(self.supplier, supplier_grade_id=self.grade_d.id)
        self.assertEqual(self._level(order), "block")

    def test_provisional_grade_has_no_consequence(self):
        policy = self._policy(grade_ids=[Command.set(self.grade_d.ids)])
        self._set(
            self.supplier,
            supplier_grade_id=self.grade_d.id,
            supplier_score_provisional=True,
        )
        for effect in ("block", "warn"):
            policy.effect = effect
            order = self._draft(self.supplier)
            self.assertFalse(order.supplier_gate_level)
            order.button_confirm()
            self.assertEqual(order.state, "purchase")

    def test_archived_criterion_still_restricts(self):
        tier = self.env["supplier.tier"].create({"name": "Leaving"})
        self._policy(tier_ids=[Command.set(tier.ids)])
        tier.active = False
        self.assertEqual(self._level(self._draft(self.supplier)), "")

    def test_criterion_in_use_is_not_deleted(self):
        tier = self.env["supplier.tier"].create({"name": "Leaving"})
        self._policy(tier_ids=[Command.set(tier.ids)])
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
            tier.unlink()
        self.assertTrue(tier.exists())

    def test_date_from_in_the_time_zone_of_the_company(self):
        self._block_stage(date_from="2026-05-10")
        order = self._draft()
        with freeze_time("2026-05-09 15:59:00"):
            self.assertEqual(self._level(order), "", "23:59 of the day before")
        with freeze_time("2026-05-09 16:00:00"):
            self.assertEqual(self._level(order), "block", "midnight in Shanghai")

    def test_inactive_policy(self):
        self._block_stage(active=False)
        self.assertEqual(self._level(self._draft()), "")

    def test_proposals_are_inactive(self):
        for name in ("blocked", "grade_d", "not_certified"):
            policy = self.env.ref(
                f"supplier_evaluation.supplier_purchase_policy_{name}"
            )
            self.assertFalse(policy.active)

    def test_companies(self):
        """Policies, stages and grades are those of the order's company."""
        elsewhere = self._create_company("Elsewhere", "UTC", "EUR")
        self.env.user.company_ids |= elsewhere
        buyer = self._create_user("gate_elsewhere", BUYER, elsewhere)
        policy = self._block_stage()
        order = self._draft(user=buyer, company=elsewhere)
        self.assertEqual(self._level(order), "")
        policy.company_id = False
        self.assertEqual(self._level(order), "", "it is not blocked there")
        self._set(self.bad_supplier, elsewhere, supplier_stage_id=self.blocked_stage.id)
        self.assertEqual(self._level(order), "block")
        policy.company_id = self.company
        self.assertEqual(self._level(order), "")

    # ------------------------------------------------------------
    # Requests
    # ------------------------------------------------------------

    def test_request(self):
        self._block_stage(applies_to_rfq=True, applies_to_order=False)
        order = self._draft()
        for send in (order.action_rfq_send, order.print_quotation):
            with self.assertRefused("cannot be sent to Bad Supplier"):
                send()
        with self.assertRefused("cannot be sent"):
            order.with_context(mark_rfq_as_sent=True).message_post(body=REQUEST)
        self.assertEqual(order.state, "draft")
        order.button_confirm()
        self.assertTrue(order.action_rfq_send(), "a confirmed order is sent")

    def test_request_from_the_print_menu(self):
        self._block_stage(applies_to_rfq=True, applies_to_order=False)
        order = self._draft()
        report = self.env["ir.actions.report"]
        name = "purchase.report_purchasequotation"
        # Printed as an order, what is no order yet is a request by its title.
        for printed in (name, "purchase.report_purchaseorder"):
            with self.assertRefused("cannot be sent to Bad Supplier"):
                report.with_user(self.buyer)._render_qweb_html(printed, order.ids)
        vendor = self._create_user("gate_vendor", "base.group_portal")
        html, _kind = report.with_user(vendor).sudo()._render_qweb_html(name, order.ids)
        self.assertIn(order.name, html.decode())
        self.assertNotIn("blocked", html.decode())
        order.button_confirm()
        self.assertTrue(report.with_user(self.buyer)._render_qweb_html(name, order.ids))

    def test_banner_says_nothing_twice(self):
        policy = self._block_stage(applies_to_rfq=True)
        order = self._draft()
        message = order.supplier_gate_message
        self.assertEqual(message.count("No blocked suppliers"), 1)
        self.assertIn("This order cannot be confirmed", message)
        self.assertIn("The request cannot be sent either", message)
        policy.applies_to_order = False
        self.env.invalidate_all()
        message = order.supplier_gate_message
        self.assertNotIn("confirmed", message)
        self.assertIn("This request cannot be sent", message)
        policy.effect = "warn"
        self.env.invalidate_all()
        self.assertEqual(order.supplier_gate_level, "warn")
        self.assertIn("Before you send this request", order.supplier_gate_message)

    def test_request_in_spite_of_a_warning(self):
        self._block_stage(applies_to_rfq=True, effect="warn")
        order = self._draft()
        order.print_quotation()
        self.assertEqual(order.state, "sent")
        self.assertIn("Sent in spite of a purchase policy", self._notes(order))

    def test_order_policy_does_not_stop_requests(self):
        self._block_stage()
        order = self._draft()
        self.assertTrue(order.action_rfq_send())
        order.print_quotation()
        self.assertEqual(order.state, "sent")

    # ------------------------------------------------------------
    # Amount
    # ------------------------------------------------------------

    def test_limit_of_the_stage(self):
        stage = self.env["supplier.stage"].create(
            {"name": "Try", "code": "gate_try", "purchase_limit": 100}
        )
        self._set(self.supplier, supplier_stage_id=stage.id)
        self._draft(self.supplier, price=100).button_confirm()
        order = self._draft(self.supplier, price=100.01)
        with self.assertRaises(UserError) as refusal:
            order.button_confirm()
        self.assertIn("100.01", str(refusal.exception))
        self.assertIn("Try", str(refusal.exception))
        self.assertTrue(order.action_rfq_send(), "a request costs nothing")

    def test_limit_in_the_currency_of_the_company(self):
        stage = self.env["supplier.stage"].create(
            {"name": "Try", "code": "gate_try", "purchase_limit": 100}
        )
        self._set(self.supplier, supplier_stage_id=stage.id)
        currency = self.env["res.currency"].create(
            {
                "name": "GTX",
                "symbol": "G",
                "rate_ids": [
                    Command.create(
                        {
                            "name": "2020-01-01",
                            "rate": 4.0,
                            "company_id": self.company.id,
                        }
                    )
                ],
            }
        )
        vals = {"currency_id": currency.id}
        self.assertEqual(self._level(self._draft(self.supplier, price=400, **vals)), "")
        dear = self._draft(self.supplier, price=404, **vals)
        self.assertEqual(self._level(dear), "block")
        self.assertIn("101.00", dear.supplier_gate_message)

    # ------------------------------------------------------------
    # What is never stopped
    # ------------------------------------------------------------

    def test_confirmed_orders_go_on(self):
        line = self._order(10, 5, "2026-03-10", partner=self.bad_supplier)
        self._block_stage()
        order = line.order_id.with_user(self.buyer)
        order.button_confirm()
        self.assertFalse(order.supplier_gate_level)
        receipt = self._receive(line, "2026-03-10")
        self.assertEqual(receipt.state, "done")
        # It stays as it is, or gets smaller; more is not bought with it.
        line.with_user(self.buyer).write({"date_planned": "2026-04-01 04:00:00"})
        order.partner_ref = "The bell"
        line.with_user(self.buyer).product_qty = 10
        self.assertEqual(order.state, "purchase")

    def test_confirming_again_is_a_confirmation(self):
        order = self._draft()
        order.button_confirm()
        self._block_stage()
        order.button_cancel()
        order.button_draft()
        self.assertBlocked(order)

    def test_second_approval_is_a_confirmation(self):
        self.company.sudo().write(
            {"po_double_validation": "two_step", "po_double_validation_amount": 1}
        )
        manager = self._create_user("gate_manager", MANAGER)
        order = self._draft()
        order.button_confirm()
        self.assertEqual(order.state, "to approve")
        self._block_stage()
        self.env.invalidate_all()
        self.assertEqual(order.supplier_gate_level, "block")
        with self.assertRefused("cannot be confirmed"):
            order.with_user(manager).button_approve()
        self._override(order)
        order.with_user(manager).button_approve()
        self.assertEqual(order.state, "purchase")

    # ------------------------------------------------------------
    # Statements
    # ------------------------------------------------------------

    def _count(self, orders):
        self.env.flush_all()
        self.env.invalidate_all()
        start = self.cr.sql_log_count
        levels = orders.mapped("supplier_gate_level")
        self.assertEqual(levels, ["block"] * len(orders))
        return self.cr.sql_log_count - start

    def test_statements_do_not_grow(self):
        self._block_stage()
        self._policy(
            name="Papers",
            effect="warn",
            certification_none=True,
        )
        orders = self.env["purchase.order"]
        for index in range(50):
            vendor = self._create_supplier(f"Bad {index}")
            self._set(vendor, supplier_stage_id=self.blocked_stage.id)
            orders |= self._draft(
                vendor, products=self._create_product(f"Part {index}")
            )
            if index % 2:
                self._override(partner=vendor, user=self.second_approver)
        revoked = self.env["supplier.purchase.override"].search([])
        revoked.sudo().write({"date_revoked": fields.Datetime.now()})
        orders = orders.with_user(self.buyer)
        self._count(orders)
        few, many = self._count(orders[:5]), self._count(orders)
        self.assertLessEqual(many, few, f"{few} statements for 5, {many} for 50")

    def test_override_ends_the_day_after(self):
        """The last day counts, in the time zone of the company."""
        self._block_stage()
        order = self._draft()
        with freeze_time("2026-05-01 02:00:00"):
            override = self._override(order, date_to="2026-05-10")
        with freeze_time("2026-05-10 15:59:00"):
            self.assertEqual(self._level(order), "warn")
            self.assertEqual(override.state, "in_force")
        self.env.invalidate_all()
        with freeze_time("2026-05-10 16:00:00"):
            self.assertEqual(self._level(order), "block")
            self.assertEqual(override.state, "expired")
