from freezegun import freeze_time

from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import SQL

from ..common import BUYER, MANAGER, SupplierEvaluationCommon


@tagged("post_install", "-at_install")
class TestPromise(SupplierEvaluationCommon):
    def test_frozen_at_confirmation(self):
        line = self._order(10, 5, "2026-03-10")
        self.assertEqual(str(line.date_promised), "2026-03-10 04:00:00")

    def test_draft_promises_nothing(self):
        line = self._order(10, 5, "2026-03-10")
        draft = line.order_id.copy()
        self.assertFalse(draft.order_line.date_promised)

    def test_planned_date_does_not_move_it(self):
        line = self._order(10, 5, "2026-03-10")
        line.date_planned = "2026-05-01 04:00:00"
        line.order_id.date_planned = "2026-05-02 04:00:00"
        self.assertEqual(str(line.date_promised), "2026-03-10 04:00:00")

    def test_vendor_in_the_portal_does_not_move_it(self):
        line = self._order(10, 5, "2026-03-10")
        portal = self._create_user("vendor_portal", "base.group_portal")
        portal.partner_id.parent_id = self.supplier
        order = line.order_id.with_user(portal).sudo()
        order._update_date_planned_for_lines(
            [(line.sudo(), line.date_planned.replace(month=5))]
        )
        self.assertEqual(str(line.date_planned)[:7], "2026-05")
        self.assertEqual(str(line.date_promised), "2026-03-10 04:00:00")

    def test_nobody_writes_it(self):
        line = self._order(10, 5, "2026-03-10")
        with self.assertRefused("Promised", AccessError):
            line.date_promised = "2026-05-01 04:00:00"
        with self.assertRaises(AccessError):
            line.with_context(supplier_guard_key=True).write(
                {"date_promised": "2026-05-01 04:00:00"}
            )
        with self.assertRaises(AccessError):
            line.order_id.copy().order_line.create(
                {
                    "order_id": line.order_id.id,
                    "product_id": self.product.id,
                    "product_qty": 1,
                    "date_promised": "2026-05-01 04:00:00",
                }
            )

    def _add_line(self, order):
        before = order.order_line
        order.order_line = [
            Command.create(
                {
                    "product_id": self.product.id,
                    "product_qty": 3,
                    "price_unit": 5,
                    "date_planned": "2026-03-20 04:00:00",
                }
            )
        ]
        return order.order_line - before

    def test_line_added_later(self):
        line = self._order(10, 5, "2026-03-10")
        added = self._add_line(line.order_id)
        self.assertEqual(str(added.date_promised), "2026-03-20 04:00:00")

    def test_order_confirmed_after_approval(self):
        self.company.po_double_validation = "two_step"
        self.company.po_double_validation_amount = 0
        buyer = self._create_user("promise_buyer", BUYER)
        line = self._order(10, 5, "2026-03-10")
        order = line.order_id.copy()
        order.order_line.date_planned = "2026-03-12 04:00:00"
        order.with_user(buyer).button_confirm()
        self.assertEqual(order.state, "to approve")
        self.assertFalse(order.order_line.date_promised)
        order.button_approve()
        self.assertEqual(str(order.order_line.date_promised), "2026-03-12 04:00:00")

    def test_confirmed_again(self):
        """Cancel, draft and confirm by plain buttons re-base nothing."""
        line = self._order(10, 5, "2026-03-10")
        order = line.order_id
        order.button_cancel()
        order.button_draft()
        line.date_planned = "2026-04-10 04:00:00"
        order.button_confirm()
        self.assertEqual(str(line.date_promised), "2026-03-10 04:00:00")
        self.assertEqual(str(line.date_promise_frozen), "2026-03-01 02:00:00")

    def test_defaults_of_the_context(self):
        line = self._order(10, 5, "2026-03-10")
        added = line.with_context(
            default_date_promised="2030-01-01",
            default_supplier_exclusion="manual",
        ).create(
            {
                "order_id": line.order_id.id,
                "product_id": self.product.id,
                "product_qty": 1,
                "date_planned": "2026-03-12 04:00:00",
            }
        )
        self.assertEqual(str(added.date_promised), "2026-03-12 04:00:00")
        self.assertFalse(added.supplier_exclusion)

    def test_lead_time_of_a_line_added_later(self):
        """It begins when the line is added, not when the order was confirmed."""
        line = self._order(10, 5, "2026-03-10", confirmed="2026-01-05")
        with freeze_time("2026-03-02 02:00:00"):
            added = self._add_line(line.order_id)
        added.move_ids.quantity = 3
        with freeze_time("2026-03-05 04:00:00"):
            picking = added.move_ids.picking_id
            picking.move_ids.picked = True
            picking.with_context(skip_backorder=True).button_validate()
        self.assertEqual(self._fact(added).lead_time, 3)

    def test_promise_as_of_the_cutoff(self):
        """What we re-base later does not change what was due then."""
        line = self._order(10, 5, "2026-03-10")
        other = self._order(10, 5, "2026-04-20")
        self._change_promise(line, "2026-06-10", "buyer", when="2026-05-20")
        self._change_promise(other, "2026-03-20", "buyer", when="2026-05-20")
        self.assertEqual(self._measure("otd").n, 1)
        fact = self._fact(line)
        self.assertEqual(str(fact.date), "2026-03-10")
        self.assertFalse(fact.exclusion)

    def test_change_for_the_buyer(self):
        line = self._order(10, 5, "2026-03-10")
        self._change_promise(line, "2026-03-15", "buyer")
        self.assertEqual(str(line.date_promised), "2026-03-15 04:00:00")
        self.assertFalse(line.date_promise_broken)
        message = line.order_id.message_ids[0].body
        self.assertIn("agreed by phone", message)
        change = line.promise_change_ids
        self.assertEqual(str(change.date_from), "2026-03-10 04:00:00")
        self.assertEqual(change.user_id, self.env.user)

    def test_change_by_the_supplier(self):
        line = self._order(10, 5, "2026-03-10")
        self._change_promise(line, "2026-03-15", "supplier")
        self._change_promise(line, "2026-03-16", "supplier", when="2026-03-05")
        self.assertEqual(str(line.date_promised), "2026-03-10 04:00:00")
        self.assertEqual(str(line.date_promise_broken), "2026-03-02 02:00:00")
        self.assertEqual(len(line.promise_change_ids), 2)

    def test_change_after_the_cutoff_is_not_looked_at(self):
        line = self._order(10, 5, "2026-03-10")
        self._receive(line, "2026-03-10")
        self._change_promise(line, "2026-03-15", "supplier", when="2026-04-20")
        self.assertEqual(self._value("promise_kept"), 100.0)

    def test_unconfirmed_order_is_refused(self):
        draft = self._order(10, 5, "2026-03-10").order_id.copy()
        with self.assertRefused(draft.name):
            self._change_promise(draft.order_line, "2026-03-15", "buyer")

    def test_changes_are_never_edited(self):
        line = self._order(10, 5, "2026-03-10")
        self._change_promise(line, "2026-03-15", "buyer")
        manager = self._create_user("promise_manager", MANAGER)
        change = line.promise_change_ids.with_user(manager)
        with self.assertRaises(AccessError):
            change.write({"reason": "supplier"})
        with self.assertRaises(AccessError):
            change.unlink()

    def test_changes_go_with_their_order(self):
        line = self._order(10, 5, "2026-03-10")
        self._change_promise(line, "2026-03-15", "buyer")
        change = line.promise_change_ids
        self.assertEqual(change.company_id, self.company)
        line.order_id.button_cancel()
        line.order_id.unlink()
        self.assertFalse(change.exists())

    def test_lines_from_before_the_add_on(self):
        with freeze_time("2026-02-01"):
            confirmed = self._order(10, 5, "2026-03-10")
            cancelled = self._order(10, 5, "2026-03-11")
            cancelled.order_id.button_cancel()
            draft = confirmed.order_id.copy().order_line
        lines = confirmed + cancelled
        lines._write_guarded({"date_promised": False})
        self.env.flush_all()
        with self.assertQueryCount(1):
            self.env["purchase.order.line"]._fill_missing_promises()
        self.assertEqual(confirmed.date_promised, confirmed.date_planned)
        self.assertEqual(cancelled.date_promised, cancelled.date_planned)
        self.assertFalse(draft.date_promised)

    def test_lines_of_the_version_before(self):
        """They learn when they were confirmed, or added, and how much was promised."""
        dozen = self._order(2, 5, "2026-03-10", uom=self.uom_dozen)
        added = self._add_line(dozen.order_id)
        brought_in = self._order(4, 5, "2026-03-10")
        lines = dozen + added + brought_in
        lines._write_guarded(
            {
                "date_promise_frozen": False,
                "quantity_promised": False,
                "has_twin_line": False,
            }
        )
        self.env.flush_all()
        for table, records, day in (
            ("purchase_order", dozen.order_id, "2026-02-28"),
            ("purchase_order_line", dozen, "2026-02-28"),
            ("purchase_order_line", added, "2026-03-05"),
        ):
            self.env.cr.execute(
                SQL(
                    "UPDATE %s SET create_date = %s WHERE id IN %s",
                    SQL.identifier(table),
                    day,
                    tuple(records.ids),
                )
            )
        lines.invalidate_recordset()
        self.env.cr.execute(
            SQL(
                "UPDATE purchase_order_line SET quantity_promised = NULL"
                " WHERE id IN %s",
                tuple(lines.ids),
            )
        )
        for _time in range(2):
            self.env["purchase.order.line"]._fill_missing_promises()
            self.assertEqual(
                [str(line.date_promise_frozen)[:10] for line in lines],
                ["2026-03-01", "2026-03-05", "2026-03-01"],
            )
            self.assertEqual(lines.mapped("quantity_promised"), [24, 3, 4])
            self.assertEqual(lines.mapped("has_twin_line"), [True, True, False])
