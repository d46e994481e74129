from freezegun import freeze_time

from odoo import Command
from odoo.tests import tagged

from .common import RUST, TESTER, THREAD, QualityCommon


@tagged("post_install", "-at_install")
class TestQualityReceipt(QualityCommon):
    """What quality control inspects of a receipt is an inspection of its supplier."""

    def test_of_a_stock_move(self):
        move = self._arrived()
        check = self._check_of(move, 10)
        self.assertEqual(check.product_id, self.free)
        self.assertFalse(self._inspections(move))
        self._decide(check, rust=True, supplier_quantity_bad=1)
        one = self._inspections(move)
        self.assertEqual(one.partner_id, self.supplier)
        self.assertEqual((one.state, one.result), ("done", "rejected"))
        self.assertEqual((one.quantity_inspected, one.quantity_rejected), (10, 1))
        self.assertEqual((one.user_id, one.company_id), (check.user, self.company))
        fact = self._facts().search([("id", "=", one.id)])
        self.assertEqual(fact.passed_share, 0.9)
        self._as(check, "tester").action_approve()
        self.assertEqual(self._inspections(move), one)
        self.assertEqual(check.with_user(self.people["both"]).qty, 10)
        counted = self._as(check, "both").supplier_inspection_count
        self.assertEqual(counted, 1)

    def test_in_dozens(self):
        """Of five dozen, one dozen is bad: both are counted in the product's unit."""
        self.env["ir.config_parameter"].set_param("stock.propagate_uom", "1")
        dozen = self.env.ref("uom.product_uom_dozen")
        line = self._order(5, 10, "2026-03-10", product=self.free, uom=dozen)
        self._receive(line, "2026-03-10")
        move = line.move_ids
        self.assertEqual(move.product_uom, dozen)
        check = self._check_of(move, 5)
        self._decide(check, rust=True, supplier_quantity_bad=1)
        one = self._inspections(move)
        self.assertEqual((one.quantity_inspected, one.quantity_rejected), (60, 12))

    def test_of_a_transfer(self):
        move = self._arrived(10)
        self._decide(self._check_of(move.picking_id))
        self.assertEqual(self._inspections(move).quantity_inspected, 10)
        line = self._order(10, 10, "2026-03-10", product=self.free)
        line.order_id.order_line = [
            Command.create({"product_id": self.product.id, "product_qty": 5})
        ]
        picking = self._receive(line, "2026-03-10")
        self._decide(self._check_of(picking), rust=True)
        both = [self._inspections(move) for move in picking.move_ids]
        for one in both:
            self.assertEqual((one.state, one.quantity_rejected), ("in_progress", 0))
            self.assertIn("how much was found bad", str(one.message_ids.mapped("body")))
        self.assertEqual(sorted(one.quantity_inspected for one in both), [5, 10])

    def test_of_lots(self):
        product = self._create_product("Traced", tracking="lot")
        first, second = self.env["stock.lot"].create(
            [{"name": name, "product_id": product.id} for name in ("L1", "L2")]
        )
        line = self._order(10, 10, "2026-03-10", product=product)
        picking = line.move_ids.picking_id
        with freeze_time("2026-03-10 04:00:00"):
            line.move_ids.move_line_ids = [
                Command.clear(),
                *(
                    Command.create(
                        {
                            "product_id": product.id,
                            "lot_id": lot.id,
                            "quantity": 5,
                            "location_id": line.move_ids.location_id.id,
                            "location_dest_id": line.move_ids.location_dest_id.id,
                            "picking_id": picking.id,
                        }
                    )
                    for lot in (first, second)
                ),
            ]
            line.move_ids.picked = True
            picking.button_validate()
        self.assertEqual(picking.state, "done")
        check = self._check_of(first, 5)
        self.assertEqual(check.product_id, product)
        self._decide(check)
        one = self._inspections(line.move_ids)
        self.assertEqual((one.state, one.quantity_inspected), ("done", 5))
        self._decide(self._check_of(second, 5), rust=True, user="chief")
        newest = self._inspections(line.move_ids)[-1]
        self.assertEqual((newest.previous_id, newest.state), (one, "done"))
        self.assertEqual((newest.quantity_inspected, newest.quantity_rejected), (10, 5))

    def test_before_the_goods_come(self):
        line = self._order(10, 10, "2026-03-10", product=self.free)
        self._decide(self._check_of(line.move_ids, 10), day="2026-03-05")
        one = self._inspections(line.move_ids)
        self.assertEqual(one.state, "in_progress")
        self.assertIn("not received yet", str(one.message_ids.mapped("body")))
        self._receive(line, "2026-03-10", 8)
        self.assertEqual((one.state, one.quantity_inspected), ("done", 8))
        self.assertEqual(one.quality_people_ids, self.people["tester"])

    def test_others_of_the_same_goods_are_waited_for(self):
        one = self._came()
        first, second = (self._check_of(one.move_id, 20) for _each in range(2))
        third = self._opened(one)
        self._decide(first)
        self.assertEqual((one.state, one.quantity_inspected), ("in_progress", 20))
        self._decide(second, rust=True, supplier_quantity_bad=2)
        self.assertEqual(one.state, "in_progress")
        self._decide(third, rust=True, supplier_quantity_bad=1)
        self.assertEqual((one.state, one.result), ("done", "rejected"))
        self.assertEqual((one.quantity_inspected, one.quantity_rejected), (20, 2))
        self.assertEqual(one.qc_inspection_ids, first | second | third)
        move = self._arrived()
        first, second = (self._check_of(move, 10) for _each in range(2))
        self._decide(first)
        one = self._inspections(move)
        self.assertEqual(one.state, "in_progress")
        self._as(second, "tester").action_cancel()
        self.assertEqual((one.state, one.result), ("done", "accepted"))
        self.assertEqual(one.qc_inspection_ids, first)

    def test_what_is_of_no_supplier_or_elsewhere(self):
        before = self.env["supplier.inspection"].search_count([])
        elsewhere = self._create_company("Elsewhere", "Europe/Berlin", "EUR")
        user = self._create_user(
            "quality_elsewhere",
            TESTER,
            elsewhere,
        )
        move = self._arrived()
        for company in (elsewhere, elsewhere.browse()):
            check = self.env["qc.inspection"].create(
                {
                    "object_id": f"stock.move,{move.id}",
                    "company_id": company.id,
                    "state": "ready",
                }
            )
            self._as(check, user).action_confirm()
            self.assertEqual(check.state, "success")
        self._decide(self._check_of(self.free))
        self.assertEqual(self.env["supplier.inspection"].search_count([]), before)

    def test_company_of_goods(self):
        """A quality inspection without a company is one of where the goods came."""
        move = self._arrived()
        self._decide(self._check_of(move, 10, company_id=False))
        one = self._inspections(move)
        self.assertEqual((one.company_id, one.state), (self.company, "done"))

    def test_rows_of_the_same_name(self):
        """Each is answered, one after another."""
        self.plan.line_ids = [
            Command.create({"name": THREAD, "kind": "look", "sequence": 99})
        ]
        one = self._came()
        rows = one.value_ids.filtered(lambda row: row.name == THREAD)
        self.assertEqual(len(rows), 2)
        check = self._opened(one)
        check.inspection_lines.filtered(lambda line: line.name == RUST).name = THREAD
        self._decide(check, qty=20)
        self.assertEqual(rows.mapped("verdict"), ["good", "good"])
        self.assertEqual((one.state, len(one.value_ids)), ("done", 3))

    def test_receipts_are_followed_set_wise(self):
        counts = []
        inspections = self.env["supplier.inspection"]
        for number in (2, 8):
            moves = self.env["stock.move"].union(
                *(self._arrived(1) for _each in range(number))
            )
            pickings = moves.picking_id
            counts.append(
                self._statements_of(
                    lambda pickings=pickings: inspections._inspect_receipts(pickings)
                )
            )
        self.assertEqual(*counts)
