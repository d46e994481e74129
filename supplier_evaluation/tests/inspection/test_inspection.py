import base64
from unittest.mock import patch

from freezegun import freeze_time

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import LENGTH, THREAD, InspectionCommon


@tagged("post_install", "-at_install")
class TestInspection(InspectionCommon):
    """What came is checked by a plan, and what was rejected is decided by others."""

    def test_receipts_are_inspected_set_wise(self):
        goods = self.env.ref("product.product_category_goods")
        category = self._plan(
            name="All else", categ_id=goods.id, sample_kind="fixed", sample_quantity=3
        )
        nuts, free = (
            self._create_product(name, categ_id=categ.id)
            for name, categ in (
                ("Nut", self.env["product.category"].create({"name": "Nuts"})),
                ("Free", self.env["product.category"].create({"name": "Free"})),
            )
        )
        nuts.categ_id.parent_id = goods
        first = self._came(50)
        self.assertEqual((first.plan_id, first.quantity_lot), (self.plan, 50))
        self.assertEqual((first.quantity_sample, first.state), (10, "draft"))
        self.assertEqual(first.value_ids.mapped("name"), [THREAD, LENGTH])
        self.assertEqual(str(first.date), "2026-03-10")
        self.assertEqual(first.unit_value, 10)
        nut = self._came(50, product=nuts)
        self.assertEqual((nut.plan_id, nut.quantity_sample), (category, 3))
        self.assertFalse(self._came(50, product=free))
        self.plan.is_automatic = False
        line = self._order(50, 10, "2026-03-10")
        picking = line.move_ids.picking_id
        action = self._as(picking, "inspector").action_inspect()
        asked = first.browse(action["res_id"])
        self.assertEqual((asked.move_id.state, asked.quantity_lot), ("assigned", 50))
        with self.assertRefused("not received yet"):
            self._check(asked)
        self._receive(line, "2026-03-10", 40)
        self.assertEqual((asked.quantity_lot, asked.quantity_sample), (40, 8))
        self.assertEqual(picking.supplier_inspection_count, 1)
        counts = []
        self.plan.is_automatic = True
        for number in (2, 12):
            lines = [self._order(1, 10, "2026-03-10") for _each in range(number)]
            pickings = self.env["stock.picking"].browse(
                [self._receive(line, "2026-03-10").id for line in lines]
            )
            made = first.search([("picking_id", "in", pickings.ids)])
            self.assertEqual(len(made), number)
            made.unlink()
            self.env.flush_all()
            counts.append(
                self._statements_of(
                    lambda pickings=pickings: first._inspect_receipts(pickings)
                )
            )
        self.assertLessEqual(counts[1], counts[0] + 3)

    def test_the_day_is_that_of_the_company(self):
        """Past midnight in Shanghai, who checks it farther west finishes it, too."""
        line = self._order(100, 10, "2026-03-11")
        self.people["inspector"].tz = "America/New_York"
        self._receive(line, "2026-03-10 17:00:00")
        [inspection] = line.move_ids.picking_id.supplier_inspection_ids
        self.assertEqual(str(inspection.date), "2026-03-11")
        self._check(inspection, day="2026-03-10 17:05:00")
        self.assertEqual(inspection.state, "done")

    def test_what_is_missing_is_named(self):
        one = self._as(self._came(), "inspector")
        one.action_start()
        self.assertEqual(one.user_id, self.people["inspector"])
        for vals, text in (
            ({}, "enter how much was inspected"),
            ({"quantity_inspected": 5}, "asks to inspect 20"),
            ({"quantity_inspected": 101}, "more is inspected than came"),
            ({"quantity_inspected": 20}, f"found of {THREAD}, {LENGTH}"),
        ):
            one.write(vals)
            with self.assertRefused(text):
                one.action_finish()
        thread, length = one.value_ids
        thread.verdict, length.value = "good", 9.5
        self.assertTrue(length.is_bad)
        with self.assertRefused(f"{LENGTH} is outside its limits"):
            one.action_finish()
        with self.assertRefused("in the inspection plan"):
            length.limit_min = 9
        with self.assertRefused("in the inspection plan"):
            length.unlink()
        length.quantity_bad, one.quantity_rejected = 3, 2
        with self.assertRefused("of one characteristic, 3 are bad"):
            one.action_finish()
        one.quantity_rejected = 3
        one.action_finish()
        self.assertEqual((one.result, one.defect_count), ("rejected", 3))

    def test_done_stays(self):
        one = self._came()
        with self.assertRefused("cannot be written directly", AccessError):
            self._as(one, "manager").write({"state": "done", "result": "accepted"})
        photo = self._as(self.env["ir.attachment"], "inspector").create(
            {"name": "photo.png", "datas": base64.b64encode(b"photo")}
        )
        self._check(one, file_ids=[Command.link(photo.id)])
        self.assertEqual((photo.res_model, photo.res_id), (one._name, one.id))
        own = self._as(one, "manager")
        for change in (
            lambda: own.write({"quantity_rejected": 1}),
            lambda: own.value_ids[0].write({"verdict": "bad"}),
            lambda: own.value_ids[0].write({"note": "Changed"}),
            lambda: self._as(photo, "manager").write({"raw": b"other"}),
            lambda: own.value_ids.create({"inspection_id": one.id, "name": "Rust"}),
            own.unlink,
        ):
            with self.assertRaises(UserError), self.env.cr.savepoint():
                change()

    def test_somebody_else_accepts_with_conditions(self):
        one = self._check(self._came(), bad=2)
        self.assertEqual(one.result, "rejected")
        with self.assertRefused("Only approvers", AccessError):
            self._as(one, "colleague").action_accept("Sorted out")
        with self.assertRefused("Say why"):
            self._as(one, "approver").action_accept()
        self._as(one, "approver").action_accept("Sorted out")
        self.assertEqual(
            (one.result, one.deviation_reason), ("conditional", "Sorted out")
        )
        self.assertEqual(one.decider_id, self.people["approver"])
        own = self._check(self._came(), bad=2, user="approver")
        for records in (own, own.sudo()):
            with self.assertRefused("You checked", AccessError):
                self._as(records, "approver").action_accept("Mine")
        good = self._check(self._came(), bad=0)
        with self.assertRefused("nothing to accept"):
            self._as(good, "approver").action_accept("Why not")

    def test_correction_counts_in_its_place(self):
        one = self._check(self._came(), bad=2)
        with self.assertRefused("Only approvers", AccessError):
            self._as(one, "inspector").action_correct("Typed wrong")
        action = self._as(one, "approver").action_correct("Typed wrong")
        better = one.browse(action["res_id"])
        self.assertEqual((better.version, better.state), (2, "in_progress"))
        self.assertEqual(better.value_ids.mapped("verdict"), ["bad", False])
        again = self._as(one, "approver").action_correct("Typed wrong")
        self.assertEqual(again["res_id"], better.id)
        self._check(better, bad=0, day="2026-04-20", user="approver")
        self.assertEqual((better.result, better.date_done), ("accepted", one.date_done))

    def test_failure_opens_an_incident(self):
        one = self._check(self._came(), bad=2, description="Stripped & bent")
        context = self._as(one, "inspector").action_report_incident()["context"]
        incidents = self._as(self.env["supplier.incident"], "inspector")
        with freeze_time("2026-03-12 04:00:00"):
            incident = incidents.with_context(**context).create({})
        self.assertEqual(incident.inspection_id, one)
        self.assertEqual(
            (incident.quantity, incident.move_id, incident.partner_id),
            (2, one.move_id, one.partner_id),
        )
        self.assertIn("Stripped &amp; bent", incident.description)
        self.assertEqual(one.incident_ids, incident)

    def test_goods_that_do_not_come(self):
        """What nobody began goes with its receipt; what was begun is told."""
        lines = [self._order(10, 10, "2026-03-10") for _number in range(2)]
        pickings = self.env["stock.picking"].union(
            *(line.move_ids.picking_id for line in lines)
        )
        for picking in pickings:
            self._as(picking, "inspector").action_inspect()
        idle, begun = (picking.supplier_inspection_ids for picking in pickings)
        begun.user_id = self.people["inspector"]
        self._as(begun, "inspector").description = "Box is wet"
        self.assertFalse(idle.editor_ids)
        pickings.action_cancel()
        self.assertFalse(idle.exists())
        self.assertIn("receipt was cancelled", begun.activity_ids.note)
        self.assertEqual(begun.activity_ids.user_id, self.people["inspector"])
        self._as(begun, "manager").unlink()
        self.assertFalse(begun.exists())

    def test_orders_that_are_cancelled(self):
        """An order cancels its moves and its receipt: that is told once."""
        line = self._order(10, 10, "2026-03-10")
        picking = line.move_ids.picking_id
        self._as(picking, "inspector").action_inspect()
        begun = picking.supplier_inspection_ids
        begun.user_id = self.people["inspector"]
        self._as(begun, "inspector").description = "Box is wet"
        line.order_id.button_cancel()
        picking.action_cancel()
        self.assertEqual(line.move_ids.mapped("state"), ["cancel"])
        self.assertEqual(len(begun.activity_ids), 1)
        bodies = begun.message_ids.mapped("body")
        told = [body for body in bodies if "receipt was cancelled" in body]
        self.assertEqual(len(told), 1)

    def test_deliveries_that_are_cancelled(self):
        """What no supplier sends is not looked for among inspections."""
        move = self._order(10, 10, "2026-03-10").move_ids
        inside = move.copy(
            {
                "location_id": move.location_dest_id.id,
                "picking_id": False,
                "purchase_line_id": False,
            }
        )
        inspections = type(self.env["supplier.inspection"])
        with patch.object(inspections, "_leave_cancelled") as leave:
            inside._action_cancel()
            self.assertEqual(inside.state, "cancel")
            leave.assert_not_called()
            move._action_cancel()
            leave.assert_called_once()
