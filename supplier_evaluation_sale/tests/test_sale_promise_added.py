from freezegun import freeze_time

from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import NOON, SaleTraceCommon

# Who sees nothing of purchases and stock cannot cancel an order in Odoo 19.
SELLER = "sales_team.group_sale_salesman,stock.group_stock_user"


@tagged("post_install", "-at_install")
class TestSalePromiseAdded(SaleTraceCommon):
    """What is added has its own promise, unless it was promised before."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.people = cls._create_people("added", {"seller": SELLER})
        cls.other = cls._create_product("Rope")
        cls.line = cls._sell(10, "2026-03-12", user_id=cls.people["seller"].id)
        cls.order = cls.line.order_id
        cls.env.flush_all()

    def _add(self, quantity=10, when="2026-03-20", product=None, **vals):
        """A salesperson adds a line."""
        with freeze_time(f"{when} {NOON}"):
            lines = self._as(self.env["sale.order.line"], "seller")
            return lines.create(
                {
                    "order_id": self.order.id,
                    "product_id": (product or self.product).id,
                    "product_uom_qty": quantity,
                    "price_unit": 10,
                    **vals,
                }
            )

    def _set(self, quantity, when="2026-03-20", line=None, **vals):
        with freeze_time(f"{when} {NOON}"):
            line = self._as(line or self.line, "seller")
            line.write({"product_uom_qty": quantity, **vals})

    def _draft(self, when="2026-03-20"):
        with freeze_time(f"{when} {NOON}"):
            order = self._as(self.order, "seller")
            order.with_context(disable_cancel_warning=True).action_cancel()
            order.action_draft()
        return order

    def _confirm(self, when="2026-03-20"):
        with freeze_time(f"{when} {NOON}"):
            self._as(self.order, "seller").action_confirm()

    def assertDay(self, line, day):
        self.assertEqual(str(line.date_customer_promised), f"{day} {NOON}")

    # ------------------------------------------------------------
    # Added
    # ------------------------------------------------------------

    def test_added_after_the_day(self):
        """It is promised for its lead time from then on, not for a day in the past."""
        line = self._add(product=self.other, customer_lead=5)
        self.assertDay(line, "2026-03-25")
        self.assertEqual(str(line.date_customer_promise_frozen), f"2026-03-20 {NOON}")
        self.assertDay(self._add(product=self.other, customer_lead=0), "2026-03-20")
        self.assertDay(self.line, "2026-03-12")

    def test_added_before_the_day(self):
        """The later one of the order's day and its own lead time."""
        soon = self._add(when="2026-03-02", product=self.other, customer_lead=5)
        self.assertDay(soon, "2026-03-12")
        slow = self._add(when="2026-03-02", product=self.other, customer_lead=20)
        self.assertDay(slow, "2026-03-22")

    def test_added_without_a_day_of_the_order(self):
        self.order = self._sell(
            10, "", commitment_date=False, user_id=self.people["seller"].id
        ).order_id
        line = self._add(product=self.other, customer_lead=5)
        self.assertDay(line, "2026-03-25")

    def test_added_while_it_was_a_draft_again(self):
        self._draft()
        line = self._add(product=self.other, customer_lead=5)
        self._confirm("2026-03-21")
        self.assertDay(line, "2026-03-26")
        self.assertDay(self.line, "2026-03-12")

    def test_made_confirmed(self):
        """An order that is imported promises its day, though that be over."""
        with freeze_time(f"2026-03-20 {NOON}"):
            order = self.order.create(
                {
                    "partner_id": self.customer.id,
                    "company_id": self.company.id,
                    "commitment_date": f"2026-03-12 {NOON}",
                    "date_order": f"2026-03-01 {NOON}",
                    "state": "sale",
                    "order_line": [
                        Command.create({"product_id": self.other.id}),
                        Command.create({"product_id": self.product.id}),
                    ],
                }
            )
            self.assertEqual(order.env.context, self.order.env.context)
            for line in order.order_line:
                self.assertDay(line, "2026-03-12")

    def test_trace(self):
        """Nobody waited for it before it was added, nor was it late then."""
        line = self._add(product=self.made_to_order, customer_lead=5)
        self.env.flush_all()
        trace = self._traces(line)
        # Of what is taken over from elsewhere all lines are as old as the order.
        self.assertEqual(str(trace.sold_on), "2026-03-01")
        self.env.cr.execute(
            "UPDATE sale_order SET create_date = '2026-02-20' WHERE id = %s",
            [self.order.id],
        )
        self.env.invalidate_all()
        trace = self._traces(line)
        self.assertEqual((trace.date.day, trace.sold_on.day), (25, 20))
        before = self._scope().cutoff.replace(month=3, day=19)
        self.assertFalse(self._traces(line, cutoff=before))
        self.assertTrue(self._traces(self.line, cutoff=before))
        self.assertEqual(str(self._traces(self.line).sold_on), "2026-03-01")

    # ------------------------------------------------------------
    # Taken out, and ordered again
    # ------------------------------------------------------------

    def test_set_to_zero_and_added_again(self):
        """A late line does not become punctual by another line of its product."""
        self._set(0)
        self.assertDay(self._add(product=self.other, customer_lead=5), "2026-03-25")
        line = self._add(customer_lead=5)
        self.assertDay(line, "2026-03-12")
        self.assertEqual(line.date_customer_promise_frozen.day, 20)
        row = self.order.customer_promise_change_ids
        self.assertEqual((row.sale_line_id, row.reason), (line, "us"))
        self.assertEqual(row.user_id, self.people["seller"])
        self.assertEqual(str(row.date_from), f"2026-03-25 {NOON}")
        self.assertIn("Ordered again", row.note)
        # What was taken out is there again: more than it has its own promise.
        self.assertFalse(self.order.customer_promises_removed)
        self.assertDay(self._add(customer_lead=5), "2026-03-25")

    def test_added_first_and_set_to_zero_then(self):
        """Nor does the order of the two matter, be it in one saving."""
        line = self._add(customer_lead=5)
        self.assertDay(line, "2026-03-25")
        self._set(0, "2026-03-21")
        self.assertDay(line, "2026-03-12")
        with freeze_time(f"2026-03-22 {NOON}"):
            added = {"product_id": self.product.id, "product_uom_qty": 10}
            self._as(self.order, "seller").order_line = [
                Command.create(added),
                Command.update(line.id, {"product_uom_qty": 0}),
            ]
        self.assertDay(self.order.order_line[-1], "2026-03-12")

    def test_as_far_as_quantity_goes(self):
        """Half of it decides, as a line has one promise."""
        self._set(6)
        most = self._add(9)
        self.assertDay(most, "2026-03-20")
        self._set(8, line=most, when="2026-03-21")
        self.assertDay(most, "2026-03-12")
        self.assertFalse(
            [
                entry
                for entry in self.order.customer_promises_removed or ()
                if entry["promised"] < "2026-03-20"
            ]
        )

    def test_a_small_part_does_not_decide(self):
        """The day is that by which half of the quantity was promised."""
        line = self._sell(1, "2026-03-12", user_id=self.people["seller"].id)
        self.order = line.order_id
        july = self._add(4, "2026-03-03", customer_lead=120)
        self.assertDay(july, "2026-07-01")
        self._set(0, "2026-03-04", line=july)
        self._set(0, "2026-03-05", line=line)
        self.assertDay(self._add(10, customer_lead=200), "2026-07-01")
        self.assertFalse(self.order.customer_promises_removed)

    def test_what_was_delivered_keeps_its_promise(self):
        """It came as promised: what is taken out later does not make it late."""
        line = self._add(customer_lead=5)
        with freeze_time(f"2026-03-21 {NOON}"):
            line.move_ids.write({"quantity": 10, "picked": True})
            line.move_ids._action_done()
        self._set(0, "2026-03-26")
        self.assertEqual(line.qty_delivered, 10)
        self.assertDay(line, "2026-03-25")
        self.assertDay(self._add(when="2026-03-27", customer_lead=5), "2026-03-12")

    def test_at_an_earlier_cut_off(self):
        """What is taken over counts from then on, of what was there by then."""
        line = self._add(customer_lead=5)
        self._set(0, "2026-03-26")
        self.assertDay(line, "2026-03-12")
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE sale_order SET create_date = '2026-02-20' WHERE id = %s",
            [self.order.id],
        )
        self.env.invalidate_all()
        for day, wanted in {19: [], 25: [25], 27: [12]}.items():
            cutoff = self._scope().cutoff.replace(month=3, day=day)
            traces = self._traces(line, cutoff=cutoff)
            self.assertEqual([trace.date.day for trace in traces], wanted, day)
        self.assertEqual(str(self._traces(line).sold_on), "2026-03-20")

    def test_typing_error(self):
        """Nobody waited for what is taken out on the day on which it was added."""
        line = self._add(when="2026-03-02", product=self.other)
        self._set(4, "2026-03-02", line=line)
        self._set(0, "2026-03-02", line=line)
        line = self._add(when="2026-03-02", product=self.other)
        with freeze_time(f"2026-03-02 {NOON}"):
            self._as(self.order, "seller").with_context(
                disable_cancel_warning=True
            ).action_cancel()
            self.order.action_draft()
            self._as(line, "seller").unlink()
            self.order.action_confirm()
        self.assertFalse(self.order.customer_promises_removed)
        line = self._add(when="2026-03-03", product=self.other, customer_lead=30)
        self.assertDay(line, "2026-04-02")
        # The company's day: it is the next one in Shanghai.
        with freeze_time("2026-03-03 16:30:00"):
            self._as(line, "seller").product_uom_qty = 0
        self.assertTrue(self.order.customer_promises_removed)

    def test_taken_over_is_no_typing_error(self):
        """It was promised before; of two lines of that day the other takes it."""
        self._set(0, "2026-03-02")
        one = self._add(when="2026-03-05", customer_lead=30)
        two = self._add(when="2026-03-05", customer_lead=30)
        self.assertDay(one, "2026-03-12")
        self.assertDay(two, "2026-04-04")
        self._set(0, "2026-03-05", line=one)
        self.assertDay(two, "2026-03-12")
        # Nor is what is late by then.
        with freeze_time(f"2026-03-20 {NOON}"):
            late = self._sell(5, "2026-03-12", sold="2026-03-20")
            late.product_uom_qty = 0
        self.assertTrue(late.order_id.customer_promises_removed)

    def test_moved_to_another_line(self):
        """A line added for later does not take over the goods of an earlier one."""
        later = self._add(5, "2026-03-02", customer_lead=30)
        self.assertDay(later, "2026-04-01")
        self._set(0, "2026-03-11")
        self.assertDay(later, "2026-03-12")
        # Of lines of the first hour each keeps its own.
        with freeze_time(f"2026-03-01 {NOON}"):
            order = self.line.copy_data()[0]
            order.update({"customer_lead": 30, "product_uom_qty": 5})
            free = self._sell(10, "", commitment_date=False).order_id.copy(
                {"order_line": [Command.create({**order, "order_id": False})] * 2}
            )
            free.order_line[0].customer_lead = 3
            free.action_confirm()
        with freeze_time(f"2026-03-02 {NOON}"):
            free.order_line[0].product_uom_qty = 0
        self.assertTrue(free.customer_promises_removed)
        self.assertDay(free.order_line[1], "2026-03-31")

    def test_lowered_and_raised_again(self):
        """It is the same line: nothing is left that another one would take over."""
        self._set(0)
        self._set(10)
        self.assertFalse(self.order.customer_promises_removed)
        self.assertDay(self._add(customer_lead=5), "2026-03-25")

    def test_another_unit(self):
        """A dozen that is taken out is twelve pieces."""
        self._draft()
        dozen = self.env.ref("uom.product_uom_dozen")
        self._set(1, product_uom_id=dozen.id)
        self._set(0)
        line = self._add(24, product_uom_id=self.product.uom_id.id)
        self._confirm()
        self.assertDay(line, "2026-03-12")

    def test_deleted_while_it_was_a_draft_again(self):
        """Cancelled, deleted, added again and confirmed: the first promise stays."""
        self._draft()
        self._as(self.line, "seller").unlink()
        line = self._add(customer_lead=5)
        self._confirm("2026-03-21")
        self.assertDay(line, "2026-03-12")
        self.assertTrue(self.order.customer_promise_change_ids)

    def test_deleted_as_a_line_that_is_not_confirmed(self):
        """By RPC the state of a line can be written; it is remembered all the same."""
        line = self._as(self.line, "seller")
        line.state = "draft"
        line.unlink()
        self.assertDay(self._add(), "2026-03-12")

    def test_another_product_and_back(self):
        """Another product is promised anew, and the first one keeps its promise."""
        self._draft()
        line = self._as(self.line, "seller")
        line.product_id = self.other
        self.assertFalse(self.line.date_customer_promised)
        self._confirm("2026-03-21")
        self.assertDay(self.line, "2026-03-21")
        self.assertDay(self._add(when="2026-03-22"), "2026-03-12")
        self._draft("2026-03-23")
        line.product_id = self.product
        self._confirm("2026-03-24")
        self.assertDay(self.line, "2026-03-24")

    def test_another_product_of_a_confirmed_line(self):
        self._set(0)
        self.line.move_ids._action_cancel()
        with freeze_time(f"2026-03-21 {NOON}"):
            self.line.product_id = self.other
        self.assertDay(self.line, "2026-03-21")
        self.assertDay(self._add(when="2026-03-22"), "2026-03-12")

    def test_the_customer_put_it_off(self):
        """Then what is ordered again is promised for the new day."""
        self._add(when="2026-03-02", product=self.other)
        self._set(0, "2026-03-03")
        with freeze_time(f"2026-03-04 {NOON}"):
            self._as(self.order, "seller")._change_customer_promise(
                self.order.commitment_date.replace(day=16), "customer", "By phone"
            )
        self.assertDay(self._add(), "2026-03-16")

    def test_what_was_late_is_not_put_off(self):
        """While others are, it keeps its day, as a late line does."""
        self._add(product=self.other, when="2026-03-19", customer_lead=9)
        self._set(0)
        with freeze_time(f"2026-03-20 {NOON}"):
            self._as(self.order, "seller")._change_customer_promise(
                self.order.commitment_date.replace(day=30), "customer", "By phone"
            )
        self.assertDay(self._add(), "2026-03-12")

    def test_service(self):
        """What is no goods is not traced, and nothing of it is kept."""
        service = self._create_product("Fitting", type="service")
        line = self._add(product=service)
        self._set(0, line=line)
        self.assertFalse(self.order.customer_promises_removed)

    # ------------------------------------------------------------
    # Other ways
    # ------------------------------------------------------------

    def test_what_is_kept_is_ours(self):
        """Nobody writes it, nor reads it, nor takes it along in a copy."""
        self._set(0)
        order = self._as(self.order, "seller")
        self.assertNotIn("customer_promises_removed", order.fields_get())
        with self.assertRaises(AccessError):
            order.write({"customer_promises_removed": False})
        with self.assertRaises(AccessError):
            order.mapped("customer_promises_removed")
        with self.assertRaises(AccessError):
            self.order.customer_promises_removed = False
        self.assertFalse(self.order.copy().customer_promises_removed)

    def test_stays_in_its_order(self):
        """Nor does a line leave its order, or become a down payment."""
        line, copied = self._as(self.line, "seller"), self.order.copy()
        for vals in ({"order_id": copied.id}, {"is_downpayment": True}):
            with self.assertRefused("stays in this order"):
                line.write(vals)
        line.write({"order_id": self.order.id, "is_downpayment": False})
        copied.order_line.order_id = self.order
