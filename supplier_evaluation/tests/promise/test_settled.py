from freezegun import freeze_time

from odoo import Command
from odoo.tests import tagged

from ..common import BUYER, MANAGER, SupplierEvaluationCommon

STOCK = "stock.group_stock_user"
TIMELY = "2026-03-08 02:00:00"
# Six days after the promised one.
LATE = "2026-03-16 02:00:00"


class SettledCommon(SupplierEvaluationCommon):
    """10 are promised for 10 March; Ben buys, Mia manages and bought it with him."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.people = cls._create_people(
            "settled",
            {
                "ben": f"{BUYER},{STOCK}",
                "mia": f"{MANAGER},{STOCK}",
                "max": f"{MANAGER},{STOCK}",
            },
        )
        cls.line = cls._order(10, 5, "2026-03-10")
        cls.order = cls.line.order_id
        cls.order.user_id = cls.people["mia"]

    def _refused(self, text="Only somebody else than the buyer"):
        return self.assertRefused(text)


@tagged("post_install", "-at_install")
class TestSettledDeletion(SettledCommon):
    def _cancel_and_delete(self, user, when=LATE, **context):
        order = self._as(self.order, user).with_context(**context)
        with freeze_time(when):
            order.button_cancel()
            order.unlink()

    def _delete_line(self, user, when=LATE):
        order = self._as(self.order, user)
        with freeze_time(when):
            order.button_cancel()
            order.button_draft()
            order.order_line.unlink()

    def test_a_late_order(self):
        for user in ("ben", "mia"):
            with self._refused(
                f"buyer of {self.order.name}.*Leave the order cancelled"
            ):
                self._cancel_and_delete(user)
        self.assertFalse(self._fact(self.line).exclusion)
        self._cancel_and_delete("max")
        self.assertFalse(self.line.exists())

    def test_a_late_order_that_was_given_away(self):
        self._as(self.order, "mia").user_id = self.people["ben"]
        with self._refused(f"buyer of {self.order.name}"):
            self._cancel_and_delete("mia")
        self._as(self.order, "ben").user_id = False
        with self._refused(f"buyer of {self.order.name}"):
            self._cancel_and_delete("mia")

    def test_a_late_line(self):
        for user in ("ben", "mia"):
            with self._refused():
                self._delete_line(user)
        self._delete_line("max")
        self.assertFalse(self.line.exists())

    def test_a_late_line_through_its_order(self):
        order = self._as(self.order, "ben")
        with freeze_time(LATE):
            order.button_cancel()
            order.button_draft()
            for command in (Command.delete(self.line.id), Command.clear()):
                with self._refused():
                    order.order_line = [command]

    def test_one_late_order_among_others(self):
        other = self._order(10, 5, "2026-05-10").order_id
        orders = self._as(self.order + other, "ben")
        with freeze_time(LATE):
            orders.button_cancel()
            with self._refused():
                orders.unlink()
            self._as(other, "ben").unlink()

    def test_nobody_says_that_the_add_on_is_uninstalled(self):
        """The flag of that stands in the context, where any client can put it."""
        with self._refused():
            self._cancel_and_delete("ben", _force_unlink=True)
        with freeze_time(LATE), self._refused():
            self._as(self.line, "ben").with_context(_force_unlink=True).unlink()

    def test_the_superuser(self):
        with freeze_time(LATE):
            self.order.button_cancel()
            self.order.unlink()
        self.assertFalse(self.line.exists())

    def test_an_order_that_is_not_due_yet(self):
        copy = self._as(self.order, "ben").copy()
        self._cancel_and_delete("ben", when="2026-03-10 15:59:00")
        self.assertFalse(self.line.exists())
        copy.order_line.unlink()
        copy.button_cancel()
        copy.unlink()
        self.assertFalse(copy.exists())

    def test_a_line_that_is_not_due_yet(self):
        self._delete_line("ben", when=TIMELY)
        self.assertFalse(self.line.exists())

    def test_an_order_that_was_cancelled_in_time(self):
        """It says nothing about the supplier, also later."""
        with freeze_time(TIMELY):
            self.order.button_cancel()
        with freeze_time(LATE):
            self._as(self.order, "ben").unlink()
        self.assertFalse(self.line.exists())

    def test_cancelled_in_time_but_something_came(self):
        self._receive(self.line, TIMELY, 4)
        with freeze_time(TIMELY):
            self.order.button_cancel()
        with freeze_time(LATE), self._refused():
            self._as(self.order, "ben").unlink()

    def test_cancelled_in_time_and_confirmed_again(self):
        with freeze_time(TIMELY):
            self.order.button_cancel()
            self.order.button_draft()
            self.order.button_confirm()
        with self._refused():
            self._cancel_and_delete("ben")

    def test_all_has_come_before_the_day(self):
        self._receive(self.line, "2026-03-05")
        with self._refused("all of it has come"):
            self._cancel_and_delete("ben", when=TIMELY)

    def test_a_line_that_promises_nothing(self):
        order = self._as(self.order, "ben")
        with freeze_time(LATE):
            note = {"display_type": "line_note", "name": "By boat", "product_qty": 0}
            order.order_line = [Command.create(note)]
            note = order.order_line - self._as(self.line, "ben")
            note.unlink()
            self.assertFalse(note.exists())


@tagged("post_install", "-at_install")
class TestSettledOrder(SettledCommon):
    """What was ordered, and from whom, stays as it is when the day is over."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.service = cls._create_product("Mounting", type="service")
        cls.other_vendor = cls._create_supplier("Somebody Else")
        cls.other = cls._order(1, 5, "2026-05-10").order_id
        cls.euro = cls._euros({"2026-02-01": 0.5})

    def _assert_stays(self, records, **vals):
        """The buyer may change it until the day is over, then only a second person."""
        for user in ("ben", "mia"):
            with freeze_time(LATE), self._refused("order anew what you need"):
                self._as(records, user).write(vals)
        for user, when in (("ben", TIMELY), ("max", LATE)):
            with freeze_time(when), self.cr.savepoint() as undo:
                self._as(records, user).write(vals)
                self.env.flush_all()
                undo.rollback()
            self.env.invalidate_all()
        with freeze_time(LATE):
            records.write(vals)
            self.env.flush_all()

    def test_a_service(self):
        self._assert_stays(self.line, product_id=self.service.id)

    def test_another_article(self):
        self._assert_stays(self.line, product_id=self._create_product("Nut").id)

    def test_a_down_payment(self):
        self._assert_stays(self.line, is_downpayment=True)

    def test_another_order(self):
        self._assert_stays(self.line, order_id=self.other.id)

    def test_no_amount(self):
        self._assert_stays(self.line, price_subtotal=0)

    def test_another_vendor(self):
        self._assert_stays(self.order, partner_id=self.other_vendor.id)

    def test_another_vendor_of_a_draft(self):
        order = self._as(self.order, "ben")
        with freeze_time(LATE):
            order.button_cancel()
            order.button_draft()
            with self._refused():
                order.partner_id = self.other_vendor

    def test_another_currency(self):
        self._assert_stays(self.order, currency_id=self.euro.id)

    def test_another_rate(self):
        self._assert_stays(self.order, currency_rate=1000000)

    def test_another_contact_of_the_vendor(self):
        contact = self._create_contact("Sales")
        with freeze_time(LATE):
            self._as(self.order, "ben").partner_id = contact
        self.assertEqual(self.order.partner_id, contact)

    def test_what_stays_the_same(self):
        """An import says all that it knows."""
        with freeze_time(LATE):
            self._as(self.line, "ben").write(
                {
                    "order_id": self.order.id,
                    "product_id": self.product.id,
                    "is_downpayment": False,
                    "name": "Bolt, as before",
                }
            )
            self._as(self.order, "ben").write(
                {
                    "partner_id": self.supplier.id,
                    "currency_id": self.order.currency_id.id,
                    "company_id": self.company.id,
                }
            )
        self.assertEqual(self.line.name, "Bolt, as before")

    def test_an_order_that_promised_nothing(self):
        draft = self._as(self.order, "ben").copy()
        with freeze_time(LATE):
            draft.partner_id = self.other_vendor
            draft.order_line.product_id = self.service
        self.assertEqual(draft.order_line.product_id, self.service)

    def test_less_than_nothing_is_cancelled(self):
        with freeze_time(LATE):
            self._as(self.line, "ben").product_qty = -1
        fact = self._fact(self.line)
        self.assertFalse(fact.exclusion)
        self.assertEqual((fact.fill_share, fact.days_late), (0, 6))
        self.assertEqual((fact.quantity_ordered, fact.weight), (10, 50))
        with freeze_time("2026-03-18 02:00:00"):
            self._as(self.line, "ben").product_qty = 10
        self.assertFalse(self.line.date_promise_cancelled)


@tagged("post_install", "-at_install")
class TestSettledExclusion(SettledCommon):
    def _leave_out(self, user, when, exclusion="manual"):
        with freeze_time(when):
            self._as(self.env["supplier.exclusion.wizard"], user).create(
                {
                    "targets": {self.line._name: self.line.ids},
                    "exclusion": exclusion,
                    "reason": "Storm closed the port",
                }
            ).action_apply()

    def test_a_late_line(self):
        with self._refused("may leave the line out now"):
            self._leave_out("mia", LATE)
        self.assertFalse(self.line.supplier_exclusion)
        self._leave_out("max", LATE)
        self.assertEqual(self._fact(self.line).exclusion, "manual")
        with self._refused("or count it again"):
            self._leave_out("mia", LATE, "count")

    def test_who_entered_the_order(self):
        order = self._as(self.order, "max").copy()
        order.order_line.date_planned = "2026-03-10 04:00:00"
        with freeze_time("2026-03-01 02:00:00"):
            order.button_confirm()
        order.user_id = self.people["ben"]
        self.line = order.order_line
        with self._refused():
            self._leave_out("max", LATE)

    def test_all_has_come(self):
        self._receive(self.line, "2026-03-05")
        with self._refused("all of it has come"):
            self._leave_out("mia", TIMELY)

    def test_all_had_come_and_some_went_back(self):
        """Odoo says that it is not all here; that it was kept is known all the same."""
        receipt = self._receive(self.line, "2026-03-05")
        self._return(receipt, "2026-03-06", 4)
        self.assertEqual(self.line.qty_received, 6)
        with self._refused("all of it has come"):
            self._leave_out("mia", TIMELY)

    def test_before_the_promised_day(self):
        self._leave_out("mia", TIMELY)
        self.assertEqual(self.line.supplier_exclusion, "manual")

    def test_the_superuser(self):
        with freeze_time(LATE):
            self.line._set_supplier_exclusion("manual", "Brought in")
        self.assertEqual(self.line.supplier_exclusion, "manual")
