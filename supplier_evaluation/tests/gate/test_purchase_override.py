from datetime import date

from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import Form, tagged

from ..common import BUYER, MANAGER
from .common import PurchaseGateCommon


@tagged("post_install", "-at_install")
class TestPurchaseOverride(PurchaseGateCommon):
    """Who lets a blocked order pass, for whom, and how it is kept."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._block_stage()
        cls.order = cls._draft()
        cls.other_product = cls._create_product("Nut")

    def _wizard(self, user, order=None):
        order = (order or self.order).with_user(user)
        action = order.action_override_supplier_gate()
        return Form(
            self.env[action["res_model"]]
            .with_user(user)
            .with_context(**action["context"])
        )

    def test_order(self):
        wizard = self._wizard(self.approver)
        wizard.reason = "Only source of the bolt"
        wizard.date_to = date(2036, 1, 1)
        wizard.save().action_apply()
        self.env.invalidate_all()
        self.assertEqual(self.order.supplier_gate_level, "warn")
        self.order.button_confirm()
        self.assertEqual(self.order.state, "purchase")
        notes = self._notes(self.order)
        self.assertIn("Confirmed in spite of a purchase policy", notes)
        self.assertIn("Overridden by Gate Approver", notes)
        self.assertIn("Only source of the bolt", notes)
        # Employees of every company read what is noted on the supplier.
        self.assertNotIn("Overridden", self._notes(self.bad_supplier))

    def test_order_only(self):
        self._override(self.order)
        self.assertBlocked(self._draft(), "No blocked suppliers")

    def test_supplier(self):
        wizard = self._wizard(self.approver)
        wizard.reason = "Until the new one delivers"
        wizard.scope = "supplier"
        wizard.save().action_apply()
        self._draft().button_confirm()
        contact = self._create_contact("Desk", parent_id=self.bad_supplier.id)
        self._draft(contact).button_confirm()
        other = self._create_supplier("Other")
        self._set(other, supplier_stage_id=self.blocked_stage.id)
        self.assertBlocked(self._draft(other), "No blocked suppliers")

    def test_wizard_needs_a_reason(self):
        wizard = self._wizard(self.approver)
        wizard.date_to = date(2036, 1, 1)
        with self.assertRaises(AssertionError):
            wizard.save()

    def test_bad_input(self):
        grant = self.env["supplier.purchase.override"].with_user(self.approver)._grant
        with self.assertRefused("Say why"):
            grant(self.bad_supplier, self.company, "  ", date(2036, 1, 1))
        with self.assertRefused("is past"):
            grant(self.bad_supplier, self.company, "Why", date(2020, 1, 1))
        elsewhere = self._create_company("Elsewhere", "UTC", "EUR")
        with self.assertRefused("Elsewhere", AccessError):
            grant(self.bad_supplier, elsewhere, "Why", date(2036, 1, 1))

    def test_only_approvers(self):
        with self.assertRaises(AccessError):
            self._override(self.order, user=self.buyer)
        with self.assertRaises(AccessError):
            self.env["supplier.purchase.override.wizard"].with_user(self.buyer).create(
                {"partner_id": self.bad_supplier.id, "reason": "Why"}
            )

    def test_nobody_overrides_an_own_order(self):
        mine = self._draft(user=self.approver)
        with self.assertRefused("your own order"):
            self._override(mine)
        self.order.user_id = self.approver
        with self.assertRefused("your own order"):
            self._override(self.order)
        self.order.user_id = self.buyer
        with self.assertRefused("your own order"):
            self._override(self.order)
        self.assertNotIn(self.approver, self.order._independent_approvers())

    def test_override_does_not_count_for_who_granted_it(self):
        """Neither as the one who confirms, nor as the one who created the order."""
        self._override()
        self.assertBlocked(
            self.order.with_user(self.approver), "somebody else has to confirm"
        )
        mine = self._draft(user=self.approver)
        self.assertBlocked(mine.with_user(self.buyer), "does not count here")
        self._override(user=self.second_approver)
        mine.with_user(self.buyer).button_confirm()
        self.assertEqual(mine.state, "purchase")

    def test_override_does_not_count_for_the_buyer_who_granted_it(self):
        """Becoming the buyer later, or of an order of a supplier, changes nothing."""
        self._override()
        self.order.user_id = self.approver
        self.assertBlocked(self.order, "does not count here")
        self.order.user_id = self.buyer
        self.order.button_confirm()
        self.assertEqual(self.order.state, "purchase")

    def test_override_ends_at_the_amount_it_was_granted_for(self):
        order = self._draft(price=100)
        override = self._override(order)
        self.assertEqual(override.order_amount, 100)
        order.order_line.price_unit = 100.01
        self.assertBlocked(order, r"up to .*100\.00.* worth .*100\.01")
        order.order_line.price_unit = 99
        order.button_confirm()
        self.assertEqual(order.state, "purchase")

    def test_override_of_an_order_is_none_for_another_product(self):
        """At the same price neither before nor after the confirmation."""
        self._override(self.order)
        line = self.order.order_line
        line.write({"product_id": self.other_product.id, "price_unit": 10})
        self.assertBlocked(self.order, "was given other products")
        line.write({"product_id": self.product.id, "price_unit": 10})
        self.order.button_confirm()
        with self.assertRefused("was given other products"):
            line.write({"product_id": self.other_product.id, "price_unit": 10})

    def test_override_of_an_order_is_none_for_what_is_said_later(self):
        """A supplier may be caught forging papers while its order waits."""
        self._override(self.order)
        later = self._policy(name="No papers", certification_none=True)
        self.assertBlocked(self.order, "more speaks against it")
        # A second look sees both.
        self._override(self.order, user=self.second_approver)
        self.order.button_confirm()
        self.assertEqual(self.order.state, "purchase")
        self.assertIn(later.name, self._notes(self.order))

    def test_override_of_an_order_holds_as_long_as_less_is_said(self):
        later = self._policy(name="No papers", certification_none=True)
        order = self._draft(products=self.product | self.other_product)
        self._override(order)
        later.active = False
        order.order_line[1:].unlink()
        order.button_confirm()
        self.assertEqual(order.state, "purchase")

    def test_a_new_rate_makes_an_order_worth_no_more(self):
        euro = self.env.ref("base.EUR")
        euro.active = True
        if euro == self.company.currency_id:
            euro = self.env.ref("base.USD")
        self.env["res.currency.rate"].create(
            [
                {
                    "currency_id": euro.id,
                    "company_id": self.company.id,
                    "name": day,
                    "company_rate": rate,
                }
                for day, rate in (("2024-01-01", 0.9), ("2024-06-01", 0.8))
            ]
        )
        order = self._draft(currency_id=euro.id, date_order="2024-03-01 04:00:00")
        worth = self._override(order).order_amount
        order.date_order = "2024-07-01 04:00:00"
        self.assertGreater(order._supplier_gate_amount(), worth)
        order.button_confirm()
        self.assertEqual(order.state, "purchase")

    def test_revoke(self):
        override = self._override(self.order)
        with self.assertRaises(AccessError):
            override.with_user(self.buyer).action_revoke()
        override.with_user(self.second_approver).action_revoke()
        self.assertEqual(override.state, "revoked")
        self.assertEqual(override.revoked_uid, self.second_approver)
        self.assertIn("revoked", self._notes(self.order))
        self.assertBlocked(self.order)

    def test_nobody_writes_overrides(self):
        override = self._override(self.order)
        manager = self._create_user("gate_manager", MANAGER)
        values = {
            "partner_id": self.bad_supplier.id,
            "company_id": self.company.id,
            "reason": "Why",
            "date_to": "2036-01-01",
            "user_id": self.second_approver.id,
        }
        for user in (self.buyer, self.approver, manager):
            own = override.with_user(user)
            with self.assertRaises(AccessError):
                own.date_to = "2036-12-31"
            with self.assertRaises(AccessError):
                own.unlink()
            with self.assertRaises(AccessError):
                own.create(values)
            self.assertTrue(own.read(["reason"]))

    def test_other_company(self):
        elsewhere = self._create_company("Elsewhere", "UTC", "EUR")
        stranger = self._create_user("gate_stranger", BUYER, elsewhere)
        own = (
            self._override(self.order)
            .with_user(stranger)
            .with_context(allowed_company_ids=elsewhere.ids)
        )
        self.assertFalse(own.search([]))
        with self.assertRaises(AccessError):
            own.read(["reason"])

    def test_deleted_order_leaves_no_override_for_all(self):
        override = self._override(self.order)
        self.order.button_cancel()
        self.order.sudo().unlink()
        self.assertFalse(override.exists())

    def test_limit_is_overridden_too(self):
        stage = self.env["supplier.stage"].create(
            {"name": "Try", "code": "gate_try", "purchase_limit": 1}
        )
        self._set(self.supplier, supplier_stage_id=stage.id)
        order = self._draft(self.supplier)
        self.assertBlocked(order)
        self._override(order, partner=self.supplier)
        order.button_confirm()
        self.assertEqual(order.state, "purchase")

    def test_nobody_left_to_ask(self):
        group = self.env.ref("supplier_evaluation.group_supplier_evaluation_approver")
        users = self.env["res.users"].search(
            [
                ("all_group_ids", "in", group.id),
                ("company_ids", "in", self.company.id),
            ]
        )
        main = self.env.ref("base.main_company")
        companies = [Command.link(main.id), Command.unlink(self.company.id)]
        users.write({"company_id": main.id, "company_ids": companies})
        self.env.invalidate_all()
        self.assertBlocked(self.order, "an administrator has to give")
