from datetime import datetime

from freezegun import freeze_time

from odoo.exceptions import AccessError
from odoo.tests import tagged

from odoo.addons.supplier_evaluation.tests.common import BUYER

from .common import NOON, SaleTraceCommon

CHANGE = "supplier.sale.promise.change"
WIZARD = "supplier.sale.promise.wizard"
PEOPLE = {
    "seller": "sales_team.group_sale_salesman",
    "all": "sales_team.group_sale_salesman_all_leads",
    "buyer": BUYER,
    "portal": "base.group_portal",
}


@tagged("post_install", "-at_install")
class TestSalePromiseChange(SaleTraceCommon):
    """*Change Promise*: what it says, of which orders, and who may."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.people = cls._create_people("change", PEOPLE)
        cls.line = cls._sell(10, "2026-03-12", user_id=cls.people["seller"].id)
        cls.order = cls.line.order_id
        cls.env.flush_all()

    def _change(self, day, reason="us", user="seller", order=None):
        """Apply the dialog, by RPC."""
        with freeze_time(f"2026-03-04 {NOON}"):
            dialogs = self._as(self.env[WIZARD], user)
            dialogs.create(
                {
                    "order_id": (order or self.order).id,
                    "date_to": f"{day} {NOON}",
                    "reason": reason,
                    "note": "By phone",
                }
            ).action_apply()

    @property
    def _rows(self):
        return self.order.customer_promise_change_ids

    # ------------------------------------------------------------
    # What changes
    # ------------------------------------------------------------

    def test_only_what_changes(self):
        """A line that has this day already gets no row."""
        with freeze_time(f"2026-03-02 {NOON}"):
            later = self.line.copy({"order_id": self.order.id, "customer_lead": 20})
        self.assertEqual(str(later.date_customer_promised.date()), "2026-03-22")
        self._change("2026-03-22", "us")
        self.assertEqual(self._rows.sale_line_id, self.line | later)
        # The order says this day now. The customer asks for it: one is promised so.
        self._change("2026-03-22", "customer")
        asked = self._rows.filtered(lambda row: row.reason == "customer")
        self.assertEqual(asked.sale_line_id, self.line)
        self.assertEqual(str(self.line.date_customer_promised.date()), "2026-03-22")

    def test_nothing_changes(self):
        messages = self.order.message_ids
        for reason in ("us", "customer"):
            with self.assertRefused("Nothing changes"):
                self._change("2026-03-12", reason)
        self._change("2026-03-20", "us")
        with self.assertRefused("Nothing changes"):
            self._change("2026-03-20", "us")
        self.assertEqual(len(self._rows), 1)
        self.assertEqual(len(self.order.message_ids - messages), 1)

    # ------------------------------------------------------------
    # Of which orders
    # ------------------------------------------------------------

    def test_only_of_confirmed_orders(self):
        """By RPC, too, neither the dialog nor what is behind it."""
        day = datetime(2026, 3, 20)
        draft = self.order.copy({"user_id": self.people["seller"].id})
        cancelled = self._sell(
            10, "2026-03-12", user_id=self.people["seller"].id
        ).order_id
        cancelled.with_context(disable_cancel_warning=True).action_cancel()
        again = self._sell(10, "2026-03-12", user_id=self.people["seller"].id).order_id
        again.with_context(disable_cancel_warning=True).action_cancel()
        again.action_draft()
        for order, words in (
            (draft, "promises nothing yet"),
            (cancelled, "is cancelled"),
            (again, "promises nothing yet"),
        ):
            own = self._as(order, "seller")
            for way in (
                own.action_change_customer_promise,
                lambda own=own: own._change_customer_promise(day, "us", "So"),
                lambda order=order: self._change("2026-03-20", order=order),
            ):
                with self.assertRefused(words):
                    way()
            self.assertFalse(order.customer_promise_change_ids)

    # ------------------------------------------------------------
    # Who may
    # ------------------------------------------------------------

    def test_who_may(self):
        """Who sells, of own orders or all; nobody else, be it by RPC."""
        self._as(self.order, "seller").action_change_customer_promise()
        self._as(self.order, "all").action_change_customer_promise()
        self._change("2026-03-20", user="all")
        self.order.user_id = self.people["all"]
        self.env.flush_all()
        company = self._create_company("Elsewhere", "Europe/Berlin", "EUR")
        self.people["elsewhere"] = self._create_user(
            "change_elsewhere", PEOPLE["all"], company
        )
        # A customer reads the own order in the portal.
        self.order.partner_id = self.people["portal"].partner_id
        self.env.flush_all()
        self.assertTrue(self._as(self.order, "portal").has_access("read"))
        for name in ("seller", "buyer", "portal", "elsewhere"):
            with self.subTest(name=name):
                self.env.invalidate_all()
                with self.assertRaises(AccessError):
                    self._as(self.order, name).action_change_customer_promise()
                with self.assertRaises(AccessError):
                    self._change("2026-03-25", user=name)
        self.assertEqual(len(self._rows), 1)

    def test_dialog_of_somebody_else(self):
        with freeze_time(f"2026-03-04 {NOON}"):
            dialog = self._as(self.env[WIZARD], "all").create(
                {
                    "order_id": self.order.id,
                    "date_to": f"2026-03-20 {NOON}",
                    "note": "By phone",
                }
            )
        with self.assertRaises(AccessError):
            self._as(dialog, "seller").action_apply()

    # ------------------------------------------------------------
    # Companies
    # ------------------------------------------------------------

    def test_company_of_the_register(self):
        """A row is the company's whose order it is, and nobody else reads it."""
        self._change("2026-03-20")
        self.assertEqual(self._rows.company_id, self.company)
        company = self._create_company("Elsewhere", "Europe/Berlin", "EUR")
        user = self._create_user("change_elsewhere", PEOPLE["all"], company)
        self.assertFalse(self._as(self.env[CHANGE], user).search([]))
        self.assertFalse(self._as(self._rows, user).has_access("read"))
        both = self._create_user("change_both", PEOPLE["all"])
        both.company_ids |= company
        rows = self._as(self.env[CHANGE], both)
        self.assertEqual(rows.search([]), self._rows)
        narrow = rows.with_context(allowed_company_ids=company.ids)
        self.assertFalse(narrow.search([]))

    def test_stays_in_its_company(self):
        """What was promised does not move: the sealed rows name the company."""
        self._change("2026-03-20")
        company = self._create_company("Elsewhere", "Europe/Berlin", "EUR")
        with self.assertRefused("make a new order"):
            self.order.company_id = company
        self.order.company_id = self.company
        self.order.with_context(disable_cancel_warning=True).action_cancel()
        with self.assertRefused("make a new order"):
            self.order.company_id = company
        self.assertEqual(self._rows.company_id, self.company)
