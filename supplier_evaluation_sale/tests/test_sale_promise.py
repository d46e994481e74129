from importlib.util import module_from_spec, spec_from_file_location

from freezegun import freeze_time

from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import file_path

from odoo.addons.supplier_evaluation.tests.chain.common import ChainCommon
from odoo.addons.supplier_evaluation.tests.common import BUYER

from .common import NOON, SaleTraceCommon

CHANGE = "supplier.sale.promise.change"
MIGRATION = "supplier_evaluation_sale/migrations/19.0.1.1.0/post-10-promises.py"
PEOPLE = {
    "seller": "sales_team.group_sale_salesman",
    "colleague": "sales_team.group_sale_salesman_all_leads",
    "manager": "sales_team.group_sale_manager",
    "user": BUYER,
}


@tagged("post_install", "-at_install")
class TestSalePromise(SaleTraceCommon):
    """What was promised to a customer stays, whoever moves the date later."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.people = cls._create_people("promise", PEOPLE)
        cls.line = cls._to_order(
            "2026-03-12",
            "2026-03-01",
            "2026-03-10",
            "2026-03-15",
            user_id=cls.people["seller"].id,
        )
        cls._deliver(cls.line, "2026-03-15")
        cls.order = cls.line.order_id
        cls.env.flush_all()

    def _move(self, day, reason, when, user="manager"):
        """Change the promise by the dialog."""
        with freeze_time(f"{when} {NOON}"):
            order = self._as(self.order, user)
            action = order.action_change_customer_promise()
            wizard = order.env["supplier.sale.promise.wizard"]
            wizard = wizard.with_context(**action["context"])
            vals = {"date_to": f"{day} {NOON}", "note": "By phone"}
            if reason:
                vals["reason"] = reason
            wizard.create(vals).action_apply()
        self.env.flush_all()

    def _day(self):
        return str(self.line.date_customer_promised.date())

    def test_first_promise(self):
        """The delivery date at confirmation, or else the one that Odoo expected."""
        self.assertEqual(self._day(), "2026-03-12")
        self.assertEqual(
            str(self.line.date_customer_promise_frozen), "2026-03-01 02:00:00"
        )
        expected = self._sell(10, "2026-03-12", commitment_date=False)
        self.assertEqual(expected.date_customer_promised, expected._expected_date())
        copied = self.order.copy().order_line
        self.assertFalse(copied.date_customer_promised)
        with self.assertRaises(AccessError):
            self._as(self.line, "manager").date_customer_promised = "2026-04-01"

    def test_own_change_does_not_make_it_punctual(self):
        """Whoever writes a later date into the order changes no figure."""
        self.assertEqual(self._measure("customer_impact").value, 100)
        with freeze_time("2026-03-16 04:00:00"):
            self._as(self.order, "seller").commitment_date = f"2026-03-15 {NOON}"
        self.assertTrace(self.line, "supplier", 3)
        self.assertEqual(self._measure("customer_impact").value, 100)
        row = self.order.customer_promise_change_ids
        self.assertEqual((row.reason, row.user_id), ("us", self.people["seller"]))
        self.assertEqual(
            [str(row[name]) for name in ("date", "date_from", "date_to")],
            ["2026-03-16 04:00:00", f"2026-03-12 {NOON}", f"2026-03-15 {NOON}"],
        )
        # Nor does the dialog, where nobody says that the customer asked.
        self._move("2026-03-20", None, "2026-03-17", "seller")
        self.assertTrace(self.line, "supplier", 3)
        self.assertEqual(str(self.order.commitment_date), f"2026-03-20 {NOON}")
        # Nor another lead time, nor another day of the order.
        free = self._sell(10, "2026-03-12", commitment_date=False)
        first = free.date_customer_promised
        free.customer_lead = 9
        free.order_id.date_order = "2026-03-09 04:00:00"
        self.assertEqual(free.date_customer_promised, first)
        self.assertEqual(len(free.order_id.customer_promise_change_ids), 2)

    def test_the_customer_asked(self):
        """Then it is a new promise, from the instant on at which it was said."""
        self._move("2026-03-16", "customer", "2026-03-20")
        self.assertEqual(self._day(), "2026-03-16")
        row = self.order.customer_promise_change_ids
        self.assertTrue(row.is_late)
        self.assertTrace(self.line, "not_late")
        self.assertEqual(self._measure("customer_impact").value, 0)
        self.assertIn("The customer asked", self.order.message_ids[0].body)
        # What was known before it was said: it was late.
        before = {"cutoff": self._scope().cutoff.replace(month=3, day=18)}
        self.assertTrace(self.line, "supplier", 3, scope=before)
        self.assertEqual(self._measure("customer_impact", **before).value, 100)
        # And what is promised now is no matter of what was asked for later.
        self._move("2026-03-25", "us", "2026-03-21")
        self.assertTrace(self.line, "not_late", date=row.date_to.date())

    def test_closed_period(self):
        """What is said after the cut-off does not change the figure of the period."""
        self._move("2026-03-16", "customer", "2026-04-10")
        self.assertEqual(self._measure("customer_impact").value, 100)
        self._move("2026-04-16", "customer", "2026-04-12")
        self.assertEqual(self._measure("customer_impact").value, 100)

    def test_who_says_that_the_customer_asked(self):
        """Afterwards a manager, of an order of somebody else; before, who sells."""
        for user in ("seller", "colleague"):
            with self.assertRefused("Only a manager"):
                self._move("2026-03-16", "customer", "2026-03-20", user)
        self.order.user_id = self.people["manager"]
        with self.assertRefused("Only a manager"):
            self._move("2026-03-16", "customer", "2026-03-20")
        # Given away, it was the manager's own order all the same.
        self.order.user_id = self.people["seller"]
        with self.assertRefused("Only a manager"):
            self._move("2026-03-16", "customer", "2026-03-20")
        waits = self._sell(10, "2026-05-12", user_id=self.people["seller"].id)
        self.order, self.line = waits.order_id, waits
        self._move("2026-05-20", "customer", "2026-04-20", "seller")
        self.assertEqual(self._day(), "2026-05-20")
        self.assertFalse(self.order.customer_promise_change_ids.is_late)

    def test_what_is_settled_keeps_its_promise(self):
        """Of two lines, the one that is still to come gets the new promise."""
        with freeze_time(f"2026-03-02 {NOON}"):
            later = self.line.copy({"order_id": self.order.id})
        self.env.flush_all()
        self._move("2026-03-30", "customer", "2026-03-11", "seller")
        self.assertEqual(self._day(), "2026-03-12")
        self.assertEqual(str(later.date_customer_promised.date()), "2026-03-30")

    def test_register(self):
        """Nobody edits it; who sells sees what is of the own orders."""
        self._move("2026-03-20", "us", "2026-03-17")
        row = self.order.customer_promise_change_ids
        for name in PEOPLE:
            own = self._as(row, name)
            seen = name != "user"
            self.assertEqual(own.has_access("read"), seen, name)
            for operation in ("create", "write", "unlink"):
                self.assertFalse(own.has_access(operation))
        self.order.user_id = self.people["colleague"]
        self.env.flush_all()
        self.assertFalse(self._as(self.env[CHANGE], "seller").search([]))
        with self.assertRaises(AccessError):
            row.sudo().note = "Otherwise"
        dialog = self.env["supplier.sale.promise.wizard"]
        self.assertTrue(self._as(dialog, "seller").has_access("create"))
        self.assertFalse(self._as(dialog, "user").has_access("create"))

    def test_confirmed_again(self):
        """Cancelled and confirmed again, it is still the first promise."""
        order = self._sell(10, "2026-03-12", commitment_date=False).order_id
        first = order.order_line.date_customer_promised
        with freeze_time("2026-03-20 04:00:00"):
            order.with_context(disable_cancel_warning=True).action_cancel()
            order.action_draft()
            order.action_confirm()
        self.assertEqual(order.order_line.date_customer_promised, first)
        self.assertTrue(order.customer_promise_change_ids)

    def test_migration(self):
        """Orders that were confirmed before promise what they say now."""
        draft = self.order.copy()
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE sale_order_line SET date_customer_promised = NULL,"
            " date_customer_promise_frozen = NULL"
        )
        self.env.invalidate_all()
        spec = spec_from_file_location("promises", file_path(MIGRATION))
        script = module_from_spec(spec)
        spec.loader.exec_module(script)
        script.migrate(self.env.cr, "19.0.1.0.0")
        self.env.invalidate_all()
        self.assertEqual(self._day(), "2026-03-12")
        self.assertTrue(self.line.date_customer_promise_frozen)
        self.assertFalse(draft.order_line.date_customer_promised)


@tagged("post_install", "-at_install")
class TestSalePromiseChain(ChainCommon, SaleTraceCommon):
    """The register is sealed, and goes with its order only where that is noted."""

    def test_deleted_with_its_order(self):
        self._seal()
        order = self._to_order("2026-03-12", "2026-03-01", "2026-03-10", "").order_id
        order.commitment_date = f"2026-03-20 {NOON}"
        change = order.customer_promise_change_ids
        self._seal()
        self.assertTrue(self._blocks(change))
        order._action_cancel()
        order.unlink()
        self.env.invalidate_all()
        self.assertFalse(change.exists())
        self.assertHolds()
        self._seal()
        self.assertHolds()
