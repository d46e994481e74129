"""How sums are made, brought up to date, compared and done away with."""

from unittest.mock import patch

from freezegun import freeze_time

from odoo import Command
from odoo.tests import tagged
from odoo.tools import SQL

from ...report.fact import catching_up, supplier_fact_change
from ...report.fact.documents import BILLS, ORDERS
from ...report.fact.watch import PREFIX, Watch, drop_watches
from ...report.price.spend import spend_of
from ..scheduled import SCHEDULED
from . import sums
from .common import CatalogueCommon

COMPARE = "supplier_evaluation.ir_cron_supplier_fact_compare"
CATCH_UP = "supplier_evaluation.ir_cron_supplier_fact"
MODELS = (
    "supplier.bill.fact",
    "supplier.delivery.fact",
    "supplier.payment.fact",
    "supplier.price.fact",
    "supplier.receipt.fact",
)


@tagged("post_install", "-at_install")
class TestSumsKept(CatalogueCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.changes = cls.env["supplier.fact.change"]
        cls.lines = [cls._received() for _each in range(3)]

    @classmethod
    def _received(cls):
        line = cls._order(10, 5, "2026-03-10")
        cls._receive(line, "2026-03-10")
        return line

    def _triggers(self):
        rows = self.env.execute_query(
            SQL(
                "SELECT tgname, tgrelid::regclass::text FROM pg_trigger"
                " WHERE STARTS_WITH(tgname, %s)",
                PREFIX,
            )
        )
        return dict(rows)

    def _assert_same(self):
        for model in MODELS:
            self.assertEqual(sums.differences(self.env, model), [])

    # ------------------------------------------------------------
    # Triggers
    # ------------------------------------------------------------

    def test_every_watch_has_its_trigger(self):
        expected = {watch.name: watch.table for watch in self.changes._watches()}
        self.assertEqual(self._triggers(), expected)

    def test_what_is_watched_is_there(self):
        """A function names columns that PostgreSQL looks for when it is called."""
        for watch in self.changes._watches():
            columns = self.env.execute_query(
                SQL(
                    "SELECT column_name FROM information_schema.columns"
                    " WHERE table_name = %s",
                    watch.table,
                )
            )
            names = {name for name in watch.columns if "{row}" not in name}
            with self.subTest(watch.table):
                self.assertLessEqual(names, {name for (name,) in columns})

    def test_an_update_leaves_no_trigger_of_before(self):
        before = self._triggers()
        notes = {"country": "{row}.id"}
        former = Watch(table="res_country", columns=("code",), notes=notes)
        for statement in former.statements():
            self.env.cr.execute(statement)
        self.assertNotEqual(self._triggers(), before)
        self.changes._watch()
        self.assertEqual(self._triggers(), before)

    def test_uninstalling_leaves_no_trigger(self):
        drop_watches(self.env)
        self.assertEqual(self._triggers(), {})
        self.lines[0].price_unit = 7
        self.env.flush_all()

    def test_taxes(self):
        """A tax matters where an order line has it, or one of which it is a part."""
        tax = self._tax(20, amount_type="percent")
        parts = {"amount_type": "group", "children_tax_ids": [Command.set(tax.ids)]}
        group = self._tax(0, **parts)
        sums.build(self.env)
        tax.amount = 21
        self.env.flush_all()
        self.assertIsNotNone(self.changes._pending())
        self.lines[0].tax_ids = group
        self.env.flush_all()
        self.assertEqual(self.changes._pending().orders, self.lines[0].order_id.ids)
        tax.amount = 22
        self.env.flush_all()
        self.assertIsNone(self.changes._pending())

    # ------------------------------------------------------------
    # Made and brought up to date
    # ------------------------------------------------------------

    def test_before_they_are_made_all_is_live(self):
        self.changes._watch()
        self.assertIsNone(self.changes._pending())
        self.assertFalse(self.changes._catch_up())

    def test_made_in_steps(self):
        """Until the last step nothing is taken from those that are there."""
        with patch.object(catching_up, "DOCUMENTS_AT_ONCE", 2):
            self.changes._rebuild()
            self.assertTrue(self.changes._build_next())
            self.assertIsNone(self.changes._pending())
            while self.changes._build_next():
                pass
        self.assertEqual(self.changes._pending().orders, [])
        self._assert_same()

    def test_by_command(self):
        """All of them, in steps that are kept; the scheduled action is left nothing."""
        steps = []
        with patch.object(catching_up, "DOCUMENTS_AT_ONCE", 2):
            self.assertTrue(self.changes._make_all(lambda: steps.append(1)))
        self.assertGreater(len(steps), 3)
        self._assert_same()

    def test_by_command_while_another_is_at_it(self):
        with patch.object(type(self.changes), "_lock", return_value=False):
            self.assertFalse(self.changes._make_all(lambda: None))
        self.assertIsNone(self.changes._pending())

    def test_scheduled(self):
        self.changes._rebuild()
        with self.enter_registry_test_mode():
            self.env.ref(CATCH_UP).method_direct_trigger()
        self.assertEqual(self.changes._pending().orders, [])
        self._assert_same()

    def test_statements_do_not_depend_on_what_changed(self):
        sums.build(self.env)
        counts = []
        for number in (1, 1, 6):
            for _each in range(number):
                self._received()
            counts.append(self._statements_of(self.changes._catch_up))
        self.assertEqual(counts[2], counts[1])
        self.assertLess(counts[2], 40)

    def test_nothing_changed_nothing_done(self):
        sums.build(self.env)
        self.assertLess(self._statements_of(self.changes._catch_up), 5)

    def test_an_evaluation_brings_them_up_to_date(self):
        sums.build(self.env)
        line = self._received()
        self.assertEqual(self.changes._pending().orders, line.order_id.ids)
        self._evaluate()
        self.assertEqual(self.changes._pending().orders, [])

    def test_too_much_changed(self):
        sums.build(self.env)
        self._received()
        with patch.object(supplier_fact_change, "MANY_ORDERS", 1):
            self.assertIsNone(self.changes._pending())
            self._assert_same()

    def test_days_of_another_zone(self):
        """An evaluation of before the company moved asks for the days of before."""
        sums.build(self.env)
        here = (self.company.id, "Asia/Shanghai")
        self.assertIsNotNone(self.changes._pending(here))
        self.assertIsNone(self.changes._pending((self.company.id, "Europe/Berlin")))

    def test_spend(self):
        """A line that changed, one that did not and one that is no order any more."""
        with freeze_time("2026-03-02 02:00:00"):
            self.lines[2].order_id.button_cancel()
        sums.build(self.env)
        self.env.cr.execute(
            SQL(
                "UPDATE purchase_order_line SET price_subtotal = 99, price_unit = 9.9"
                " WHERE id = %s",
                self.lines[0].id,
            )
        )
        self.assertEqual(spend_of(self.env, self._scope()), {self.supplier.id: 149.0})
        self.assertTrue(self.changes._catch_up())
        self.assertEqual(spend_of(self.env, self._scope()), {self.supplier.id: 149.0})

    # ------------------------------------------------------------
    # Compared
    # ------------------------------------------------------------

    def _compare(self):
        with self.enter_registry_test_mode():
            self.env.ref(COMPARE).method_direct_trigger()

    def test_nothing_differs(self):
        sums.build(self.env)
        self._compare()
        self.assertFalse(self.changes.search([]))

    def test_what_differs_is_told_and_mended(self):
        self._create_accounts()
        bill = self._bill(self.lines[1], 10, 5)
        wrong = {ORDERS: self.lines[1].order_id, BILLS: bill}
        for model in self.changes._sum_models():
            sums.build(self.env)
            document = wrong[model._documents]
            with self.subTest(model._name):
                self.env.cr.execute(
                    SQL(
                        "UPDATE %s SET partner_id = %s WHERE %s = %s",
                        SQL.identifier(model._table),
                        self.company.partner_id.id,
                        SQL.identifier(model._document_column),
                        document.id,
                    )
                )
                with (
                    self.assertLogs(SCHEDULED, "INFO") as logs,
                    self._failing(self.env.ref(COMPARE), document.name),
                ):
                    self._compare()
                self.assertIn(document.name, "\n".join(logs.output))
                pending = self.changes._pending()
                self.assertEqual(pending.ids(model._documents), document.ids)
                self.assertTrue(self.changes._catch_up())
                self._assert_same()
