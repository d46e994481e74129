from contextlib import contextmanager

from odoo import Command
from odoo.sql_db import Cursor
from odoo.tests import tagged

from odoo.addons.purchase.models.purchase_order import PurchaseOrder

from .common import PurchaseGateCommon


@tagged("post_install", "-at_install")
class TestGoodNeighbour(PurchaseGateCommon):
    """What other add-ons of purchase see of ours, and what it costs them."""

    @contextmanager
    def _written(self):
        """Collect the values that reach Odoo's own ``write`` of an order."""
        found, original = [], PurchaseOrder.write

        def write(orders, vals):
            found.append(dict(vals))
            return original(orders, vals)

        self.patch(PurchaseOrder, "write", write)
        yield found

    def _state_writes(self, work):
        with self._written() as found:
            work()
        return [set(vals) for vals in found if "state" in vals]

    def test_one_write_with_all_values(self):
        """Who judges a write, like a tier validation, sees state and date together."""
        confirmed = {"state", "date_approve"}
        order = self._draft(self.supplier)
        self.assertEqual(self._state_writes(order.button_confirm), [confirmed])
        order = self._draft(self.supplier)
        order.state = "to approve"
        self.assertEqual(
            self._state_writes(lambda: order.button_approve(force=True)), [confirmed]
        )
        vals = {"state": "purchase", "partner_id": self.supplier.id}
        order = self._draft(self.supplier)
        self.assertEqual(self._state_writes(lambda: order.write(vals)), [set(vals)])

    def test_nothing_stays_of_what_is_refused(self):
        """Also when the write itself brings what is judged."""
        self._block_stage()
        order = self._draft(self.supplier)
        vals = {"state": "purchase", "partner_id": self.bad_supplier.id}
        with self.assertRefused("No blocked suppliers"):
            order.write(vals)
        self.assertEqual((order.state, order.partner_id), ("draft", self.supplier))
        self.assertFalse(order.order_line.date_promised)

    def test_confirmed_order_that_is_written_with_its_state(self):
        """The state that it has already is no way around the policies."""
        stage = self.env["supplier.stage"].create(
            {"name": "Try", "code": "neighbour_try", "purchase_limit": 100}
        )
        self._set(self.supplier, supplier_stage_id=stage.id)
        order = self._draft(self.supplier, price=100)
        order.button_confirm()
        line = Command.update(order.order_line.id, {"price_unit": 101})
        with self.assertRefused("101.00"):
            order.write({"state": "purchase", "order_line": [line]})

    # ------------------------------------------------------------
    # What the gate reads
    # ------------------------------------------------------------

    def _statements(self, work):
        """Return the SQL statements that the work takes with cold records."""
        self.env.flush_all()
        self.env.invalidate_all()
        found, original = [], Cursor.execute

        def execute(cursor, query, *args, **kwargs):
            found.append(str(query))
            return original(cursor, query, *args, **kwargs)

        self.patch(Cursor, "execute", execute)
        work()
        self.env.flush_all()
        self.patch(Cursor, "execute", original)
        return found

    def _asking(self, work, table):
        return [query for query in self._statements(work) if f'"{table}"' in query]

    def _came(self, order, day="2026-03-10"):
        # Other apps let only stock users receive.
        return self._receive(order.order_line.sudo(), day)

    def test_stock_moves_search_no_incidents(self):
        other = self._draft(self.supplier)
        other.button_confirm()
        self._incident(other)
        order = self._draft(self.supplier)
        table = "supplier_incident"
        self.assertTrue(self.env["supplier.incident"]._is_used(), "asked once, kept")
        self.assertFalse(self._asking(order.button_confirm, table))
        line = order.order_line
        self.assertFalse(self._asking(lambda: line.write({"product_qty": 9}), table))
        self.assertEqual(len(self._asking(lambda: self._came(order), table)), 1)

    def _incident(self, order):
        return self.env["supplier.incident"].create(
            {
                "title": "Wet",
                "partner_id": self.supplier.id,
                "company_id": self.company.id,
                "picking_id": order.sudo().picking_ids.id,
            }
        )

    def test_where_nothing_is_set_up_nothing_is_asked(self):
        """Plain purchasing beside the add-on: what there is none of is known."""
        first = self._draft(self.supplier)
        first.button_confirm()
        self._came(first)
        order = self._draft(self.supplier)
        statements = [
            *self._statements(order.button_confirm),
            *self._statements(lambda: self._came(order)),
        ]
        for words in (
            'FROM "mail_activity"',
            "supplier_delivery_tally",
            '"supplier_incident"',
            '"supplier_inspection"',
            '"supplier_inspection_plan"',
        ):
            with self.subTest(words):
                asked = [query for query in statements if words in query]
                self.assertFalse(asked)

    def test_what_is_set_up_later_counts_at_once(self):
        """That there was none is forgotten when there is one."""
        first = self._draft(self.supplier)
        first.button_confirm()
        self._came(first)
        order = self._draft(self.supplier)
        order.button_confirm()
        incident = self._incident(order)
        receipt = self._came(order)
        self.assertEqual(incident.move_id, receipt.move_ids)
        self.env["supplier.inspection.plan"].create(
            {
                "name": "Bolts",
                "company_id": self.company.id,
                "product_id": self.product.id,
            }
        )
        order = self._draft(self.supplier)
        order.button_confirm()
        receipt = self._came(order)
        made = self.env["supplier.inspection"].search([("picking_id", "=", receipt.id)])
        self.assertEqual(made.move_id, receipt.move_ids)

    def test_who_is_asked_first_is_asked_no_more_once_it_is_decided(self):
        self._block_stage()
        order = self._draft()
        self._draft(self.supplier).button_confirm()
        order.action_ask_supplier_override()
        self.assertTrue(order.sudo().activity_ids)
        order.button_cancel()
        self.assertFalse(order.sudo().activity_ids)

    def test_promises_of_an_order_are_frozen_together(self):
        """Lines that promise the same are written in one step, others by themselves."""
        products = self.product | self._create_product("Nut")
        order = self._draft(self.supplier, products=products)
        more = self._draft(self.supplier, products=products)
        more.order_line[0].product_qty = 7
        for one, quantities in ((order, [1, 1]), (more, [7, 1])):
            one.button_confirm()
            lines = one.order_line.sudo()
            self.assertEqual(lines.mapped("quantity_promised"), quantities)
            self.assertEqual(
                lines.mapped("date_promised"), lines.mapped("date_planned")
            )
            self.assertTrue(all(lines.mapped("date_promise_frozen")))

    def test_without_policies_nothing_of_a_vendor_is_read(self):
        self._draft(self.supplier).button_confirm()
        order = self._draft(self.supplier)
        self.assertFalse(self._asking(order.button_confirm, "supplier_purchase_policy"))
        line = order.order_line
        statements = self._statements(lambda: line.write({"price_unit": 11}))
        self.assertFalse([query for query in statements if "supplier_stage" in query])

    def test_new_policy_counts_at_once(self):
        """What is kept of the policies is forgotten when they change."""
        order = self._draft()
        order.button_confirm()
        policy = self._block_stage()
        self.assertBlocked(self._draft())
        policy.date_from = "2099-01-01"
        self._draft().button_confirm()
        policy.date_from = "2020-01-01"
        policy.active = False
        self._draft().button_confirm()
        policy.active = True
        policy.stage_ids = [Command.clear()]
        self.assertBlocked(self._draft(self.supplier))
        policy.unlink()
        self._draft().button_confirm()

    def test_archived_policy_is_not_kept_for_others(self):
        """Whoever asks first may see archived records; the answer is everybody's."""
        self._block_stage().active = False
        self._draft().with_context(active_test=False).button_confirm()
        self._draft().button_confirm()

    def test_new_limit_counts_at_once(self):
        stage = self.env["supplier.stage"].create(
            {"name": "Try", "code": "neighbour_limit"}
        )
        self._set(self.supplier, supplier_stage_id=stage.id)
        self._draft(self.supplier, price=200).button_confirm()
        stage.with_company(self.company).purchase_limit = 100
        self.assertBlocked(self._draft(self.supplier, price=200), "100.00")
        stage.with_company(self.company).purchase_limit = 0
        self._draft(self.supplier, price=200).button_confirm()

    def test_no_two_fields_of_a_model_have_one_label(self):
        """Odoo warns of them at every installation."""
        for name, model in self.env.registry.items():
            labels = {}
            for field in model._fields.values():
                labels.setdefault(field.string, []).append(field)
            for label, fields in labels.items():
                ours = [
                    field for field in fields if "supplier_evaluation" in field._modules
                ]
                if ours and len(fields) > 1:
                    self.fail(f"{label} of {name}: {[field.name for field in fields]}")

    def test_files_of_other_apps_are_not_read(self):
        order = self._draft(self.supplier)
        attachment = self.env["ir.attachment"].create(
            {"name": "Scan", "res_model": order._name, "res_id": order.id, "raw": b"1"}
        )
        reads = []
        attachments = self.env.registry["ir.attachment"]
        original = attachments._file_read

        def file_read(records, *args, **kwargs):
            reads.append(args)
            return original(records, *args, **kwargs)

        self.patch(attachments, "_file_read", file_read)
        self.env.flush_all()
        self.env.invalidate_all()
        attachment.write({"raw": b"2"})
        self.assertFalse(reads)
        attachment.invalidate_recordset()
        self.assertEqual(attachment.raw, b"2")
        self.assertTrue(reads)
