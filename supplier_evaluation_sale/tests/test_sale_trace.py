from odoo.tests import tagged

from .common import SaleTraceCommon


@tagged("post_install", "-at_install")
class TestSaleTraceCauses(SaleTraceCommon):
    """Each late delivery is built by its cause, and the trace names it."""

    def test_in_time(self):
        line = self._to_order("2026-03-12", "2026-03-02", "2026-03-10", "2026-03-09")
        self._deliver(line, "2026-03-12")
        trace = self.assertTrace(
            line,
            "not_late",
            origin="order",
            partner_id=self.supplier,
            customer_id=self.customer,
            sale_id=line.order_id,
            days_to_order=1,
            days_to_receive=7,
            days_to_deliver=3,
            slowest_step="receive",
            quantity_delivered=10,
            amount=100,
            exclusion=False,
            waiting_step=False,
        )
        self.assertEqual(
            [
                str(trace[name])
                for name in ("sold_on", "ordered_on", "promised", "came_on", "date")
            ],
            ["2026-03-01", "2026-03-02", "2026-03-10", "2026-03-09", "2026-03-12"],
        )

    def test_supplier_late(self):
        line = self._to_order("2026-03-12", "2026-03-01", "2026-03-10", "2026-03-15")
        self._deliver(line, "2026-03-16")
        trace = self.assertTrace(line, "supplier", 4, days_supplier_late=3)
        self.assertEqual(trace.late_line_id, line)
        # The template's late tolerance for suppliers: then its promise was kept.
        self.assertTrace(line, "order", 4, scope={"late_days": 6})

    def test_we_ordered_late(self):
        """The supplier kept its word, which was given too late for the customer."""
        line = self._to_order("2026-03-12", "2026-03-08", "2026-03-20", "2026-03-20")
        self._deliver(line, "2026-03-21")
        self.assertTrace(line, "order", 9, days_order_late=8, days_stock_late=1)

    def test_both_late(self):
        """Who lost more days; in doubt it is not the supplier."""
        line = self._to_order("2026-03-12", "2026-03-08", "2026-03-14", "2026-03-17")
        self._deliver(line, "2026-03-17")
        self.assertTrace(line, "supplier", 5, days_order_late=2, days_supplier_late=3)
        line = self._to_order("2026-03-12", "2026-03-08", "2026-03-14", "2026-03-16")
        self._deliver(line, "2026-03-16")
        self.assertTrace(line, "order", 4, days_order_late=2, days_supplier_late=2)

    def test_picked_late(self):
        line = self._to_order("2026-03-12", "2026-03-01", "2026-03-10", "2026-03-05")
        self._deliver(line, "2026-03-18")
        self.assertTrace(
            line,
            "stock",
            6,
            days_stock_late=6,
            days_to_deliver=13,
            slowest_step="deliver",
        )

    def test_carrier_late(self):
        """Known only where somebody said so, of goods that left in time."""
        in_time, late = (
            self._to_order("2026-03-12", "2026-03-01", "2026-03-10", "2026-03-08")
            for _ in range(2)
        )
        self._deliver(in_time, "2026-03-12")
        self._deliver(late, "2026-03-14")
        self.assertTrace(in_time, "not_late")
        for line in (in_time, late):
            self._incident(
                "Came late",
                "2026-03-20",
                incident_type="delivery",
                responsibility="carrier",
                sale_line_id=line.id,
            )
        self.assertTrace(in_time, "carrier")
        self.assertTrace(late, "stock", 2)

    def test_still_open(self):
        """What waits ages to the cut-off, for what it waits for."""
        waits, unpicked = (
            self._to_order("2026-03-12", "2026-03-01", "2026-03-10", came)
            for came in (None, "2026-03-09")
        )
        asked = self._sell(10, "2026-03-12", product=self.made_to_order)
        nothing = self._sell(10, "2026-03-12")
        not_due = self._sell(10, "2026-04-20", product=self.made_to_order)
        self.assertTrace(
            waits, "supplier", 24, quantity_open=10, waiting_step="receive"
        )
        self.assertTrace(unpicked, "stock", 24, is_open=True, waiting_step="deliver")
        self.assertTrace(
            asked,
            "order",
            24,
            ordered_on=False,
            partner_id=self.supplier,
            waiting_step="order",
        )
        self.assertTrace(nothing, "unknown", 24, partner_id=self.env["res.partner"])
        april = {"date_to": self._scope().date_to.replace(month=4, day=30)}
        self.assertTrace(not_due, "not_due", exclusion="not_due", scope=april)

    def test_dropshipped(self):
        line = self._sell(10, "2026-03-12", product=self.dropshipped)
        bought = self._bought_for(line, "2026-03-01", "2026-03-10")
        self.assertTrace(line, "supplier", 24, origin="dropship", is_open=True)
        self._receive(bought, "2026-03-15")
        self.assertTrace(
            line,
            "supplier",
            3,
            origin="dropship",
            purchase_line_id=bought,
            days_to_deliver=0,
            slowest_step="receive",
        )


@tagged("post_install", "-at_install")
class TestSaleTraceLines(SaleTraceCommon):
    """Partial, returned and cancelled lines, and goods from stock."""

    def test_partial(self):
        line = self._sell(10, "2026-03-12", product=self.made_to_order)
        bought = self._bought_for(line, "2026-03-01", "2026-03-10")
        self._receive(bought, "2026-03-09", 6)
        self._deliver(line, "2026-03-11", 6)
        self.assertTrace(
            line, "supplier", 24, quantity_delivered=6, quantity_open=4, is_open=True
        )
        self._receive(bought, "2026-03-14")
        self._deliver(line, "2026-03-14")
        self.assertTrace(
            line, "supplier", 2, quantity_delivered=10, quantity_open=0, is_open=False
        )

    def test_returned(self):
        """What comes back does not change when it was delivered."""
        line = self._to_order("2026-03-12", "2026-03-01", "2026-03-10", "2026-03-09")
        picking = self._deliver(line, "2026-03-12")
        self._return(picking, "2026-03-14", 2)
        self.assertTrace(line, "not_late", quantity_delivered=10, quantity_returned=2)

    def test_cancelled(self):
        line = self._to_order("2026-03-12", "2026-03-01", "2026-03-10", None)
        line.order_id._action_cancel()
        self.assertTrace(line, False, False, exclusion="cancelled", is_open=False)
        draft = self._sell(1, "2026-03-12")
        draft.order_id.state = "draft"
        self.assertFalse(self._traces(draft))

    def test_rest_is_not_sent(self):
        """Who wants no back order waits for nothing."""
        self._stocked(10, "2026-03-05")
        line = self._sell(10, "2026-03-12")
        self._deliver(line, "2026-03-11", 6, backorder=False)
        traces = self._traces(line)
        dropped = traces.filtered("exclusion")
        sent = traces - dropped
        self.assertEqual((sent.cause, sent.quantity_delivered), ("not_late", 6))
        self.assertEqual((dropped.exclusion, dropped.quantity_open), ("cancelled", 4))
        self.assertEqual((sent.amount, dropped.amount), (60, 40))

    def test_from_stock(self):
        """First in, first out: what came first went first."""
        other = self._create_supplier("Second Source")
        first = self._stocked(10, "2026-03-03")
        second = self._stocked(10, "2026-03-05", partner=other)
        self._deliver(self._sell(4, "2026-03-06"), "2026-03-06")
        line = self._sell(10, "2026-03-12")
        self._deliver(line, "2026-03-12")
        traces = self._traces(line)
        self.assertEqual(traces.mapped("origin"), ["stock", "stock"])
        self.assertEqual(traces.purchase_line_id, first | second)
        self.assertEqual(traces.mapped("quantity_delivered"), [6, 4])
        self.assertEqual(traces.partner_id, self.supplier | other)

    def test_stock_of_late_supplier(self):
        """The goods that went came too late, and later than was promised to us."""
        bought = self._order(10, 5, "2026-03-05")
        line = self._sell(10, "2026-03-12")
        self._receive(bought, "2026-03-15")
        self._deliver(line, "2026-03-15")
        self.assertTrace(line, "supplier", 3, purchase_line_id=bought, origin="stock")

    def test_no_receipt_known(self):
        """What was counted, and what left before it came, names no supplier."""
        quant = self.env["stock.quant"].with_context(inventory_mode=True)
        counted = self._create_product("Counted")
        quant.create(
            {
                "product_id": counted.id,
                "location_id": self.stock.id,
                "inventory_quantity": 10,
            }
        ).action_apply_inventory()
        self.env["stock.move"].search(
            [("product_id", "=", counted.id)]
        ).date = "2026-03-01 04:00:00"
        line = self._sell(10, "2026-03-12", product=counted)
        self._deliver(line, "2026-03-14")
        nobody = self.env["res.partner"]
        self.assertTrace(line, "stock", 2, origin="counted", partner_id=nobody)
        line = self._sell(10, "2026-03-12")
        self._deliver(line, "2026-03-14")
        self._stocked(10, "2026-03-15")
        self.assertTrace(line, "stock", 2, origin="unknown", partner_id=nobody)

    def test_lots(self):
        """A lot tells which goods went, whichever came first."""
        product = self._create_product("Rope", tracking="lot")
        lots, bought = [], []
        for day in ("2026-03-03", "2026-03-05"):
            line = self._order(10, 5, day, product=product)
            lot = self.env["stock.lot"].create(
                {"name": day, "product_id": product.id, "company_id": self.company.id}
            )
            line.move_ids.move_line_ids.lot_id = lot
            if not line.move_ids.move_line_ids:
                line.move_ids.move_line_ids = [
                    (0, 0, {"product_id": product.id, "lot_id": lot.id, "quantity": 10})
                ]
            self._receive(line, day)
            lots.append(lot)
            bought.append(line)
        line = self._sell(10, "2026-03-12", product=product)
        line.move_ids.move_line_ids.unlink()
        line.move_ids.move_line_ids = [
            (0, 0, {"product_id": product.id, "lot_id": lots[1].id, "quantity": 10})
        ]
        line.move_ids.picked = True
        picking = line.move_ids.picking_id
        picking.with_context(skip_backorder=True).button_validate()
        line.move_ids.date = "2026-03-12 04:00:00"
        self.assertTrace(line, "not_late", purchase_line_id=bought[1])

    def test_parts_of_a_kit(self):
        """A kit leaves in parts, each with its own purchase line and share."""
        kit, sail, rope = (
            self._create_product(name) for name in ("Kit", "Sail", "Tie")
        )
        bought = self._stocked(20, "2026-03-05", product=sail)
        bought |= self._stocked(20, "2026-03-08", product=rope)
        line = self._sell(10, "2026-03-07", product=kit)
        first = line.move_ids
        first.product_id = sail
        second = first.copy({"product_id": rope.id, "product_uom_qty": 20})
        second._action_confirm(merge=False)
        for move, day in ((first, "2026-03-06"), (second, "2026-03-09")):
            move._action_assign()
            move.write({"quantity": move.product_uom_qty, "picked": True})
            move._action_done()
            move.date = f"{day} 04:00:00"
        # Odoo's kits keep the line on their parts.
        (first | second).sale_line_id = line
        sails, ropes = self._traces(line).sorted("came_on")
        self.assertEqual(sails.purchase_line_id | ropes.purchase_line_id, bought)
        self.assertEqual((sails.cause, sails.amount), ("not_late", 50))
        self.assertEqual((ropes.days_late, ropes.days_order_late), (2, 1))
        self.assertEqual(ropes.amount, 50)

    def test_in_two_steps(self):
        """Received in two steps, picked and shipped in two."""
        self.warehouse.reception_steps = "two_steps"
        self.warehouse.delivery_steps = "pick_ship"
        line = self._sell(10, "2026-03-12", product=self.made_to_order)
        bought = self._bought_for(line, "2026-03-01", "2026-03-10")
        self._receive(bought, "2026-03-14")
        for transfer in self._open_transfers(bought.move_ids.move_dest_ids.picking_id):
            self._do(transfer, "2026-03-15")
        while transfers := self._open_transfers(line.move_ids.picking_id):
            self._do(transfers.sorted("id")[0], "2026-03-15")
        self.assertTrace(
            line, "supplier", 3, purchase_line_id=bought, days_supplier_late=2
        )

    def test_what_is_asked_for(self):
        """Told the supplier, order or line, the query reads no less than without."""
        other = self._create_supplier("Second Source")
        self._stocked(4, "2026-03-03", partner=other)
        self._stocked(10, "2026-03-04")
        self._deliver(self._sell(2, "2026-03-06"), "2026-03-06")
        line = self._sell(10, "2026-03-12")
        self._deliver(line, "2026-03-12")
        names = ["partner_id", "purchase_line_id", "quantity_delivered", "cause"]
        traces = self.env["supplier.sale.trace"]
        everything = traces.search_read([], names)
        for domain in (
            [("partner_id", "=", other.id)],
            [("sale_id", "=", line.order_id.id)],
            [("sale_line_id", "=", line.id), ("product_id", "=", self.product.id)],
            [("date", "=", "2026-03-12")],
            [("id", "=", everything[0]["id"])],
        ):
            with self.subTest(domain=domain):
                found = traces.search_read(domain, names)
                self.assertTrue(found)
                ids = {row["id"] for row in found}
                same = [row for row in everything if row["id"] in ids]
                self.assertEqual(found, same)
        sums = self.env["supplier.sale.sum"]
        both = sums.search([]).mapped("amount")
        each = [
            sums.search([("partner_id", "=", partner.id)]).amount
            for partner in (self.supplier, other)
        ]
        self.assertEqual(sorted(both), sorted(each))
        march = [("date", ">=", "2026-03-01"), ("date", "<=", "2026-03-31")]
        self.assertEqual(sums.search(march).mapped("amount"), both)

    def test_statements(self):
        """However many lines: the same number of statements."""

        def trace():
            self.env["supplier.sale.trace"].search([]).mapped("cause")

        def some(count):
            for _ in range(count):
                line = self._to_order(
                    "2026-03-12", "2026-03-01", "2026-03-10", "2026-03-09"
                )
                self._deliver(line, "2026-03-14")

        some(1)
        self._statements_of(trace)
        before = self._statements_of(trace)
        some(3)
        self.assertEqual(self._statements_of(trace), before)
