import base64
from datetime import timedelta
from itertools import chain

from odoo import fields
from odoo.tests import tagged

from ...exchange.checking import check
from ...exchange.kinds_out import OUT
from ...exchange.reading import read
from ...models.exchange.kind import sending
from .common import ExchangeCommon


@tagged("post_install", "-at_install")
class TestExchangeOut(ExchangeCommon):
    """Records go out page by page, and come in elsewhere as they were."""

    def _give(self, kind, **options):
        source = self._as(self.erp, self.manager)
        return self.Message.give(source, kind, **options)

    def _all(self, kind):
        """All that goes out of a kind, through its pages."""
        records, cursor, more = [], "", True
        while more:
            page = self._give(kind, cursor=cursor, limit=2)
            records += page["records"]
            cursor, more = page["cursor"], page["more"]
        return records

    def _fill(self):
        message = self._take(
            self._supplier(
                "1",
                "Bolt Ltd",
                country="CN",
                state="沪",
                registry_number="91310000MA1FL0XQ2T",
                website="bolt.example",
            ),
            self._supplier("2", "Nut Ltd", active=False, phone="1"),
            {
                "kind": "contact",
                "id": "c",
                "supplier": "1",
                "name": "Ann",
                "function": "Sales",
            },
            {
                "kind": "document",
                "id": "d",
                "supplier": "1",
                "type": "iso_9001",
                "number": "Q-1",
                "scope": "All sites",
                "date_to": "2031-12-31",
            },
            {
                "kind": "incident",
                "id": "i",
                "supplier": "1",
                "title": "Rust",
                "type": "quality",
                "status": "resolved",
                "responsibility": "supplier",
                "date_opened": "2026-03-01T08:00:00Z",
                "date_first_answer": "2026-03-01T10:00:00Z",
                "date_resolved": "2026-03-02T08:00:00Z",
                "cost": 120.5,
                "description": "On all bolts.\n\nNot on nuts.",
            },
            {
                "kind": "benchmark",
                "id": "b",
                "kpi": "otd",
                "group": "All",
                "date_from": "2026-01-01",
                "date_to": "2026-12-31",
                "value": 90,
            },
        )
        self.assertEqual(set(self._states(message)), {"created"}, self._why(message))

    def _why(self, message):
        return message.result_ids.mapped("reason")

    def _own(self, kind):
        """What goes out of this test's records, without identifiers."""
        names = ("Bolt Ltd", "Nut Ltd", "Ann", "Q-1", "Rust", "All")
        keys = ("name", "number", "title", "group")
        return [
            record
            for record in self._all(kind)
            if any(record.get(key) in names for key in keys)
        ]

    def test_round_trip_gives_equal_records(self):
        """As in a second database: there, these suppliers are not known."""
        self._fill()
        kinds = ("supplier", "contact", "document", "incident", "benchmark")
        sent = {kind: self._own(kind) for kind in kinds}
        self.assertEqual([len(sent[kind]) for kind in kinds], [2, 1, 1, 1, 1])
        self._forget_all(sent)
        message = self._take(*chain(*sent.values()), source=self.crm)
        self.assertEqual(set(self._states(message)), {"created"})
        for kind in kinds:
            with self.subTest(kind=kind):
                self.assertEqual(
                    [self._said(record) for record in self._own(kind)],
                    [self._said(record) for record in sent[kind]],
                )
        again = self._take(*chain(*sent.values()), source=self.crm)
        self.assertEqual(set(self._states(again)), {"unchanged"})
        self.assertFalse(any(again.result_ids.mapped("note")))

    def test_by_file(self):
        """Each form comes in again as it went out."""
        self._fill()
        for number, form in enumerate(("json", "ndjson", "csv")):
            dialogs = self._as(self.env["supplier.exchange.export"], self.manager)
            dialog = dialogs.create(
                {"source_id": self.erp.id, "kind": "contact", "form": form}
            )
            self.assertIn(f"erp-contact.{form}", dialog.action_export()["url"])
            feed = read(base64.b64decode(dialog.file))
            [own] = [one.record for one in feed.entries if one.record["name"] == "Ann"]
            with self.subTest(form=form):
                self.assertEqual(own["function"], "Sales")
                self.assertFalse(check(own).problems)
                vendor = self.env["res.partner"].browse(int(own["supplier"]))
                known = {
                    **self._supplier(own["supplier"], vendor.name),
                    "country": "CN",
                }
                message = self._take(known, own, source=self.crm, id=f"file {number}")
                self.assertEqual(set(self._states(message)), {"unchanged"})

    def test_the_other_kinds(self):
        for kind in OUT:
            with self.subTest(kind=kind):
                page = self._give(kind)
                self.assertEqual((page["records"], page["more"]), ([], False))

    def _said(self, record):
        skipped = ("id", "supplier")
        return {key: value for key, value in record.items() if key not in skipped}

    def _forget_all(self, sent):
        for kind, model in (
            ("incident", "supplier.incident"),
            ("document", "supplier.document"),
            ("benchmark", "supplier.benchmark"),
            ("contact", "res.partner"),
            ("supplier", "res.partner"),
        ):
            ids = [int(record["id"]) for record in sent[kind]]
            self.env[model].browse(ids).unlink()
        self.env["supplier.exchange.identity"].search([]).unlink()

    def test_cursor(self):
        self._fill()
        first = self._give("supplier", limit=1)
        self.assertTrue(first["more"])
        self.assertEqual(len(first["records"]), 1)
        everything = self._all("supplier")
        self.assertEqual(everything[0], first["records"][0])
        numbers = [record["id"] for record in everything]
        self.assertEqual(len(numbers), len(set(numbers)))
        # What is young comes again next time: a neighbour may not be written yet.
        last = self._give("supplier")
        self.assertFalse(last["more"])
        young = self._give("supplier", cursor=last["cursor"])
        self.assertTrue(young["records"])
        with self.assertRefused("no cursor"):
            self._give("supplier", cursor="'; DROP TABLE")
        with self.assertRefused("are not sent"):
            self._give("order")

    def test_only_what_changed(self):
        self._fill()
        long_ago = fields.Datetime.now() - timedelta(days=30)
        self.env.cr.execute("UPDATE res_partner SET write_date = %s", [long_ago])
        cursor = self._give("supplier")["cursor"]
        self.assertFalse(self._give("supplier", cursor=cursor)["records"])
        bolt = self.env["res.partner"].search([("name", "=", "Bolt Ltd")])
        bolt.city = "Ulm"
        [record] = self._give("supplier", cursor=cursor)["records"]
        self.assertEqual(record["city"], "Ulm")
        self.assertGreater(sending.SETTLED, timedelta(0))
