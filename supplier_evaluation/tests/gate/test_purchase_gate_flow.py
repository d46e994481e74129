from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import HttpCase, JsonRpcException, tagged
from odoo.tools import mute_logger

from ..common import BUYER
from .common import PurchaseGateCommon

ACTIVITY_TYPE = "supplier_evaluation.mail_activity_type_purchase_gate"


@tagged("post_install", "-at_install")
class TestPurchaseGateWays(PurchaseGateCommon, HttpCase):
    """Every way to a confirmed order leads through the gate."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._block_stage(applies_to_rfq=True)

    def _call(self, method, orders, *args, **kwargs):
        self.authenticate(self.buyer.login, self.buyer.login)
        return self.make_jsonrpc_request(
            "/web/dataset/call_kw",
            {
                "model": "purchase.order",
                "method": method,
                "args": [orders.ids, *args],
                "kwargs": kwargs,
            },
        )

    def test_request_by_a_link(self):
        """A mail with the link to it is a way to send a request."""
        order = self._draft()
        sharer = self._create_user("gate_sharer", f"{BUYER},base.group_partner_manager")
        shares = self.env["portal.share"].with_user(sharer)
        shares = shares.with_context(active_model=order._name, active_id=order.id)
        share = shares.create({"partner_ids": order.partner_id.ids})
        with self.assertRefused("cannot be sent to Bad Supplier"):
            share.action_send_mail()
        self.env["supplier.purchase.policy"].search([]).active = False
        self.assertTrue(share.action_send_mail())

    def test_rpc(self):
        order = self._draft()
        forged = {"supplier_gate_passed": order.ids, "supplier_guard_key": True}
        for method, *args in (
            ("button_confirm",),
            ("button_approve", True),
            ("write", {"state": "purchase"}),
            ("write", {"state": "to approve"}),
            ("write", {"state": "sent"}),
            ("action_rfq_send",),
            ("print_quotation",),
        ):
            with (
                self.subTest(method=method, args=args),
                mute_logger("odoo.http"),
                self.assertRaisesRegex(JsonRpcException, "UserError"),
            ):
                self._call(method, order, *args, context=forged)
            self.env.invalidate_all()
            self.assertEqual(order.state, "draft")
        good = self._draft(self.supplier)
        self._call("button_confirm", good)
        self.env.invalidate_all()
        self.assertEqual(good.state, "purchase")

    def test_values_written_with_the_state(self):
        """The order is judged by the vendor and the lines that it gets."""
        order = self._draft(self.supplier)
        vals = {"state": "purchase", "partner_id": self.bad_supplier.id}
        with self.assertRefused("Bad Supplier cannot be confirmed"):
            order.write(vals)
        stage = self.env["supplier.stage"].create(
            {"name": "Try", "code": "gate_try", "purchase_limit": 100}
        )
        self._set(self.supplier, supplier_stage_id=stage.id)
        order = self._draft(self.supplier, price=100)
        line = Command.update(order.order_line.id, {"price_unit": 101})
        with self.assertRefused("101.00"):
            order.write({"state": "purchase", "order_line": [line]})
        order = self._draft(price=100)
        order.write({"state": "purchase", "partner_id": self.supplier.id})
        self.assertEqual(order.state, "purchase")

    def test_created_confirmed(self):
        with self.assertRefused("No blocked suppliers"):
            self._draft(state="purchase")
        self.assertEqual(self._draft(self.supplier, state="purchase").state, "purchase")

    def test_mass_confirmation(self):
        """All orders or none, and one message names each that is refused."""
        good, bad = self._draft(self.supplier), self._draft()
        worse = self._draft()
        incomplete = self._draft(self.supplier)
        incomplete.order_line.product_id = False
        orders = good | bad | worse | incomplete
        action = self.env.ref("purchase.action_confirm_rfqs")
        with self.assertRaises(UserError) as refusal:
            action.with_user(self.buyer).with_context(
                active_model="purchase.order", active_ids=orders.ids
            ).run()
        message = str(refusal.exception)
        for order in bad | worse | incomplete:
            self.assertIn(order.name, message)
        self.assertNotIn(good.name, message)
        self.assertEqual(set(orders.mapped("state")), {"draft"})
        (good | self._draft(self.supplier)).button_confirm()
        self.assertEqual(good.state, "purchase")

    def test_mass_confirmation_statements(self):
        """The gate reads no more for the hundredth order than for the first."""
        orders = self._draft(self.supplier)
        for _index in range(3):
            orders |= self._draft(self.supplier)
        policies = self.env.registry["supplier.purchase.policy"]
        original, calls = policies._in_force, []

        def counted(records, *args):
            calls.append(args)
            return original(records, *args)

        self.patch(policies, "_in_force", counted)
        orders.button_confirm()
        self.assertEqual(set(orders.mapped("state")), {"purchase"})
        self.assertEqual(len(calls), 1)

    def test_passing_ends_with_the_confirmation(self):
        """What passed once has to pass again."""
        order = self._draft(self.supplier)
        order.button_confirm()
        order.button_cancel()
        order.button_draft()
        self._set(self.supplier, supplier_stage_id=self.blocked_stage.id)
        with self.assertRefused("No blocked suppliers"):
            order.button_approve()


@tagged("post_install", "-at_install")
class TestPurchaseGateReplenishment(PurchaseGateCommon):
    """The scheduler goes on: a blocked vendor is an activity, not an exception."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._block_stage()
        cls.warehouse = cls.env["stock.warehouse"].search(
            [("company_id", "=", cls.company.id)], limit=1
        )
        cls.bad_product = cls._replenished("Bad part", cls.bad_supplier)
        cls.good_product = cls._replenished("Good part", cls.supplier)

    @classmethod
    def _replenished(cls, name, vendor):
        product = cls._create_product(
            name,
            seller_ids=[Command.create({"partner_id": vendor.id, "price": 3})],
            route_ids=[Command.set(cls.warehouse.buy_pull_id.route_id.ids)],
        )
        cls.env["stock.warehouse.orderpoint"].create(
            {
                "product_id": product.id,
                "warehouse_id": cls.warehouse.id,
                "location_id": cls.warehouse.lot_stock_id.id,
                "company_id": cls.company.id,
                "trigger": "auto",
                "product_min_qty": 5,
                "product_max_qty": 10,
            }
        )
        return product

    def _run(self):
        self.env["stock.rule"].run_scheduler(company_id=self.company.id)

    def _orders(self, product):
        return self.env["purchase.order"].search(
            [("order_line.product_id", "=", product.id)]
        )

    def _activities(self, order):
        return order.activity_ids.filtered(
            lambda one: one.activity_type_id == self.env.ref(ACTIVITY_TYPE)
        )

    def test_activity_once(self):
        self.bad_supplier.with_company(self.company).buyer_id = self.buyer
        self._run()
        bad, good = self._orders(self.bad_product), self._orders(self.good_product)
        self.assertEqual((bad.state, good.state), ("draft", "draft"))
        self.assertFalse(self._activities(good))
        activity = self._activities(bad)
        self.assertEqual(len(activity), 1)
        self.assertEqual(activity.user_id, self.buyer)
        self.assertIn("No blocked suppliers", activity.note)
        orderpoint = self.bad_product.orderpoint_ids
        orderpoint.product_max_qty = 30
        orderpoint.product_min_qty = 20
        self._run()
        self.assertEqual(bad.order_line.product_qty, 30)
        self.assertEqual(len(self._activities(bad)), 1)
        good.with_user(self.buyer).button_confirm()
        self.assertEqual(good.state, "purchase")

    def test_replenished_by_hand(self):
        """Who works in the warehouse may know nothing of policies or purchases."""
        keeper = self._create_user("gate_keeper", "stock.group_stock_manager")
        self.bad_product.orderpoint_ids.with_user(keeper).action_replenish()
        order = self._orders(self.bad_product)
        self.assertEqual(order.state, "draft")
        self.assertEqual(len(self._activities(order)), 1)

    def test_without_a_buyer_an_approver_hears_of_it(self):
        self._run()
        user = self._activities(self._orders(self.bad_product)).user_id
        self.assertTrue(
            user.has_group("supplier_evaluation.group_supplier_evaluation_approver")
        )
        self.assertIn(self.company, user.company_ids)

    def test_activity_ends_with_the_confirmation(self):
        self._run()
        order = self._orders(self.bad_product)
        self._override(order)
        order.with_user(self.buyer).button_confirm()
        self.assertEqual(order.state, "purchase")
        self.assertFalse(self._activities(order))

    def test_request_policy_is_an_activity_too(self):
        policies = self.env["supplier.purchase.policy"].search([])
        policies.write({"applies_to_rfq": True, "applies_to_order": False})
        self._run()
        self.assertEqual(len(self._activities(self._orders(self.bad_product))), 1)

    def test_warning_is_no_activity(self):
        self.env["supplier.purchase.policy"].search([]).effect = "warn"
        self._run()
        self.assertFalse(self._activities(self._orders(self.bad_product)))

    def test_automatic_confirmation(self):
        """What confirms within the scheduler leaves the blocked orders, and goes on."""
        orders = self.env.registry["purchase.order.line"]
        original = orders.create

        def confirming(records, vals_list):
            lines = original(records, vals_list)
            lines.order_id.button_confirm()
            return lines

        self.patch(orders, "create", confirming)
        self._run()
        bad, good = self._orders(self.bad_product), self._orders(self.good_product)
        self.assertEqual((bad.state, good.state), ("draft", "purchase"))
        self.assertEqual(len(self._activities(bad)), 1)

    def test_deferred_mass_confirmation(self):
        good, bad = self._draft(self.supplier), self._draft()
        (good | bad).with_context(supplier_gate_defer=True).button_confirm()
        (good | bad).with_context(supplier_gate_defer=True).button_confirm()
        self.assertEqual((good.state, bad.state), ("purchase", "draft"))
        self.assertEqual(len(self._activities(bad.sudo())), 1)


@tagged("post_install", "-at_install")
class TestPurchaseGateAgreement(PurchaseGateCommon):
    """Requests of purchase agreements and their alternatives."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._block_stage()

    def test_blanket_order(self):
        agreement = self.env["purchase.requisition"].create(
            {
                "vendor_id": self.bad_supplier.id,
                "company_id": self.company.id,
                "requisition_type": "blanket_order",
                "line_ids": [
                    Command.create(
                        {
                            "product_id": self.product.id,
                            "product_qty": 10,
                            "price_unit": 5,
                        }
                    )
                ],
            }
        )
        agreement.action_confirm()
        order = self._draft(requisition_id=agreement.id)
        self.assertBlocked(order, "No blocked suppliers")
        self._override(order)
        order.button_confirm()
        self.assertEqual(order.state, "purchase")

    def test_alternatives(self):
        good = self._draft(self.supplier)
        wizard = self.env["purchase.requisition.create.alternative"].with_user(
            self.buyer
        )
        wizard.create(
            {
                "origin_po_id": good.id,
                "partner_ids": [Command.set(self.bad_supplier.ids)],
                "copy_products": True,
            }
        ).action_create_alternative()
        bad = good.alternative_po_ids - good
        self.assertEqual(bad.partner_id, self.bad_supplier)
        self.assertBlocked(bad, "No blocked suppliers")
        action = good.button_confirm()
        self.assertEqual(good.state, "draft", "it asks about the alternative first")
        self.assertNotIn("in spite of", self._notes(good))
        question = self.env[action["res_model"]].with_user(self.buyer)
        question.with_context(**action["context"]).create(
            {}
        ).action_cancel_alternatives()
        self.assertEqual((good.state, bad.state), ("purchase", "cancel"))

    def test_keeping_alternatives_is_refused_too(self):
        good, bad = self._draft(self.supplier), self._draft()
        good.alternative_po_ids = good | bad
        question = self.env["purchase.requisition.alternative.warning"].with_user(
            self.buyer
        )
        with self.assertRefused("No blocked suppliers"):
            question.create(
                {"po_ids": bad.ids, "alternative_po_ids": good.ids}
            ).action_keep_alternatives()
        self.assertEqual(bad.state, "draft")
