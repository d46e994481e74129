import json
from unittest.mock import patch

from odoo.tests import tagged

from ...models.exchange import supplier_exchange_message, working
from ..scheduled import IR_CRON, SCHEDULED
from .common import ExchangeCommon


@tagged("post_install", "-at_install")
class TestExchangeBackground(ExchangeCommon):
    """Long messages are taken in batches, and go on after whatever happens."""

    def setUp(self):
        super().setUp()
        self.startPatcher(patch.object(supplier_exchange_message, "LONG", 3))
        self.startPatcher(patch.object(working, "BATCH", 2))
        self.cron = self.env.ref("supplier_evaluation.ir_cron_supplier_exchange")

    def _long(self, count=7):
        records = [self._supplier(str(n), f"Long {n} Ltd") for n in range(count)]
        records[4]["name"] = ""
        return self._take(*records)

    def _run_cron(self):
        self.env.flush_all()
        with self.enter_registry_test_mode():
            self.cron.method_direct_trigger()
        self.env.invalidate_all()

    def _suppliers(self):
        return self.env["res.partner"].search_count([("name", "=like", "Long % Ltd")])

    def test_in_the_background(self):
        message = self._long()
        self.assertEqual(message.state, "open")
        self.assertEqual(message.waiting_count, 7)
        self._run_cron()
        self.assertEqual(message.state, "done")
        self.assertEqual((message.created_count, message.refused_count), (6, 1))
        self.assertEqual(self._suppliers(), 6)

    def test_goes_on_where_it_was_killed(self):
        message = self._long().sudo()
        parts = message._parts()
        message._take_part(*parts[0], {})
        message._take_part(*parts[1], {})
        self.assertEqual(message.waiting_count, 3)
        # The same part once more, as if two workers had it.
        message._take_part(*parts[1], {})
        self._run_cron()
        self.assertEqual(message.state, "done")
        self.assertEqual(self._suppliers(), 6)
        self._run_cron()
        self.assertEqual(self._suppliers(), 6)

    def test_goes_on_when_a_batch_was_not_committed(self):
        message = self._long().sudo()
        parts, runs = message._parts(), {}
        message._take_part(*parts[0], runs)
        with self.env.cr.savepoint() as savepoint:
            message._take_part(*parts[1], runs)
            savepoint.rollback()
        self.env.invalidate_all()
        self.assertEqual(message.waiting_count, 5)
        self._run_cron()
        self.assertEqual(message.state, "done")
        self.assertEqual(self._suppliers(), 6)

    def test_what_nobody_foresaw_fails_and_goes_on(self):
        message = self._long()
        with (
            patch.object(
                type(message), "_work", side_effect=ZeroDivisionError("A bug")
            ),
            self.assertLogs(SCHEDULED, "ERROR"),
            self.assertLogs(IR_CRON, "ERROR") as logs,
        ):
            self._run_cron()
        self.assertIn("A bug", logs.output[0])
        self.assertEqual((message.state, message.error), ("failed", "A bug"))
        message.action_go_on()
        self._run_cron()
        self.assertEqual(message.state, "done")
        self.assertEqual(self._suppliers(), 6)

    def test_dry_run_is_of_what_can_be_seen_at_once(self):
        with self.assertRefused("3 records at most"):
            self._take(
                *(self._supplier(str(n), f"Long {n} Ltd") for n in range(4)),
                dry_run=True,
            )


@tagged("post_install", "-at_install")
class TestExchangeMany(ExchangeCommon):
    """10,000 records in one file, of which 300 are faulty."""

    def _content(self):
        records = [
            self._supplier(str(n), f"Supplier {n:05} Ltd", city="Ulm", ref=f"V{n}")
            for n in range(10_000)
        ]
        for number in range(0, 10_000, 100):
            records[number + 1]["name"] = ""
            records[number + 2]["country"] = "XX"
            records[number + 3]["active"] = "maybe"
        return "".join(json.dumps(record) + "\n" for record in records).encode()

    def test_ten_thousand(self):
        dialog = self._import(self._content())
        message = dialog.message_id
        self.assertEqual(message.state, "done")
        self.assertEqual(message.created_count, 9_700)
        self.assertEqual(message.refused_count, 300)
        back = message._given_back().decode().splitlines()
        self.assertEqual(len(back), 300)
        self.assertTrue(all(json.loads(line)["_reason"] for line in back))
        self.assertTrue(all(json.loads(line)["_mend"] for line in back))
        known = self.env["res.partner"].search_count([("city", "=", "Ulm")])
        # The same records in another message.
        again = self._import(self._content() + b"\n", name="again.ndjson", id="2")
        self.assertNotEqual(again.message_id, message)
        self.assertEqual(again.message_id.unchanged_count, 9_700)
        self.assertEqual(again.message_id.refused_count, 300)
        self.assertEqual(
            self.env["res.partner"].search_count([("city", "=", "Ulm")]), known
        )

    def _import(self, content, name="many.ndjson", **head):
        if head:
            content = json.dumps({"contract": self._contract(), **head}).encode() + (
                b"\n" + content
            )
        return self._dialog(content, name)

    def test_statements_do_not_depend_on_the_records(self):
        def take(count, mark):
            records = [
                self._supplier(f"{mark}{n}", f"{mark} {n} Ltd", country="DE")
                for n in range(count)
            ]
            return self._statements_of(lambda: self._take(*records))

        take(1, "warm")
        few, many = take(10, "few"), take(100, "many")
        self.assertLessEqual(many - few, 30)
