from odoo.exceptions import AccessError
from odoo.tests import tagged

from ..common import BUYER
from .common import ExchangeCommon


@tagged("post_install", "-at_install")
class TestExchangeTake(ExchangeCommon):
    """Records come in, and each gets its answer."""

    def test_supplier_with_all_of_it(self):
        message = self._take(
            self._supplier("1", "Bolt Ltd", country="DE", city="Ulm", ref="B1"),
            {"kind": "contact", "id": "c1", "supplier": "1", "name": "Ann"},
            {
                "kind": "document",
                "id": "d1",
                "supplier": "1",
                "type": "iso_9001",
                "number": "Q-1",
                "date_to": "2031-12-31",
            },
            {
                "kind": "incident",
                "id": "i1",
                "supplier": "1",
                "title": "Rust",
                "date_opened": "2026-03-01T08:00:00+08:00",
                "severity": "major",
                "description": "First line\nSecond line",
            },
        )
        self.assertEqual(message.state, "done")
        self.assertEqual(self._states(message), ["created"] * 4)
        supplier, contact, document, incident = message.result_ids.sorted("number")
        partner = self._partner(supplier)
        self.assertTrue(partner.is_company)
        self.assertEqual(partner.country_id.code, "DE")
        self.assertEqual(self._partner(contact).parent_id, partner)
        document = self.env["supplier.document"].browse(document.res_id)
        self.assertEqual(document.partner_id, partner)
        self.assertEqual(document.verification, "to_verify")
        incident = self.env["supplier.incident"].browse(incident.res_id)
        self.assertEqual(str(incident.date_opened), "2026-03-01 00:00:00")
        self.assertEqual(incident.company_id, self.company)

    def test_the_same_changes_nothing(self):
        record = self._supplier("1", "Bolt Ltd", website="bolt.example", phone="1")
        self.assertEqual(self._one(record).state, "created")
        self.assertEqual(self._one(record).state, "unchanged")
        changed = self._one({**record, "city": "Ulm"})
        self.assertEqual(changed.state, "updated")
        self.assertEqual(self._partner(changed).city, "Ulm")

    def test_a_bad_record_stops_no_other(self):
        message = self._take(
            self._supplier("1", "Bolt Ltd"),
            self._supplier("2", ""),
            self._supplier("3", "Nut Ltd", country="XX"),
            {"kind": "spaceship", "id": "4"},
            "nonsense",
            self._supplier("6", "Screw Ltd", colour="red"),
        )
        states = ["created", "refused", "refused", "refused", "refused", "created"]
        self.assertEqual(self._states(message), states)
        results = message.result_ids.sorted("number")
        self.assertIn("name is missing", results[1].reason)
        self.assertIn("country", results[2].reason)
        self.assertIn("spaceship", results[3].reason)
        self.assertTrue(all(results[1:5].mapped("mend")))
        self.assertIn("colour", results[5].note)

    def test_a_message_is_taken_once(self):
        record = self._supplier("1", "Bolt Ltd")
        first = self._take(record, id="same")
        self.assertEqual(self._take(record, id="same"), first)
        with self.assertRefused("taken already"):
            self._take(self._supplier("2", "Nut Ltd"), id="same")

    def test_contract_and_identifier(self):
        with self.assertRefused("contract"):
            self._take(self._supplier("1", "Bolt"), contract="another/1")
        with self.assertRefused("no identifier"):
            self._take(self._supplier("1", "Bolt"), id="")

    def test_dry_run_writes_nothing(self):
        known = self.env["res.partner"].search_count([])
        message = self._take(
            self._supplier("1", "Bolt Ltd"),
            {"kind": "contact", "id": "c", "supplier": "1", "name": "Ann"},
            self._supplier("2", ""),
            dry_run=True,
        )
        self.assertEqual(self._states(message), ["created", "created", "refused"])
        self.assertEqual(self.env["res.partner"].search_count([]), known)
        self.assertFalse(
            self.env["supplier.exchange.identity"].search_count(
                [("source_id", "=", self.erp.id)]
            )
        )

    def test_only_managers(self):
        buyer = self._create_user("exchange_buyer", BUYER)
        messages = self._as(self.env["supplier.exchange.message"], buyer)
        with self.assertRaises(AccessError):
            messages.take(self._as(self.erp, buyer), self._message())
