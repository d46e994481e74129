from odoo.tests import tagged

from ....exchange.checking import check
from ....exchange.kinds import IN
from ....exchange.reading import read
from ..common import ExchangeCommon

NEVER = ("order", "bill", "payment", "inspection", "price_index", "benchmark")


@tagged("post_install", "-at_install")
class TestExchangeWithdrawing(ExchangeCommon):
    """What is withdrawn ends by the rules of its model; nothing is deleted."""

    def setUp(self):
        super().setUp()
        self._one(self._supplier("1", "Bolt Ltd"))

    def _of(self, kind, external_id, **values):
        return {"kind": kind, "id": external_id, "supplier": "1", **values}

    def _gone(self, kind, external_id="x", **options):
        record = {"kind": kind, "id": external_id, "deleted": True}
        return self._one(record, **options)

    def _made(self, record):
        result = self._one(record)
        self.assertEqual((result.state, result.reason), ("created", False))
        return self.env[result.res_model].browse(result.res_id)

    def _document(self):
        values = {"type": "iso_9001", "number": "Q-1", "date_to": "2031-12-31"}
        return self._of("document", "x", **values)

    def _incident(self, **values):
        values = {"date_opened": "2026-03-01T08:00:00Z", **values}
        return self._of("incident", "x", title="Rust", **values)

    def _signal(self, severity):
        return self._of(
            "risk_signal",
            "x",
            type="litigation",
            severity=severity,
            date="2026-03-01",
            title="Sued by a customer",
        )

    def _receipt(self):
        order = {"order": "P1", "line": "1"}
        self._made(
            self._of("order", "o", quantity=10, date_promised="2026-03-10", **order)
        )
        return self._of("receipt", "x", date="2026-03-09", quantity=10, **order)

    # ------------------------------------------------------------
    # What ends, and how
    # ------------------------------------------------------------

    def test_a_supplier_is_archived(self):
        vendor = self._made(self._supplier("2", "Nut Ltd"))
        self.assertEqual(self._gone("supplier", "2").state, "updated")
        self.assertFalse(vendor.active)
        self.assertEqual(self._gone("supplier", "2").state, "unchanged")
        back = self._one(self._supplier("2", "Nut Ltd"))
        self.assertEqual(back.state, "updated")
        self.assertTrue(vendor.active)

    def test_a_contact_is_archived(self):
        contact = self._made(self._of("contact", "x", name="Ann"))
        self.assertEqual(self._gone("contact").state, "updated")
        self.assertFalse(contact.active)

    def test_a_document_is_archived_but_no_evidence(self):
        document = self._made(self._document())
        self.assertEqual(self._gone("document").state, "updated")
        self.assertFalse(document.active)
        self.assertEqual(self._one(self._document()).state, "updated")
        self.assertTrue(document.active)
        document._write_guarded(
            {"verification": "verified", "date_verified": "2026-03-01 08:00:00"}
        )
        result = self._gone("document")
        self.assertEqual(result.state, "refused")
        self.assertTrue(result.reason)
        self.assertTrue(document.active)

    def test_an_incident_is_cancelled(self):
        incident = self._made(self._incident())
        self.assertEqual(self._gone("incident").state, "updated")
        self.assertEqual(incident.state, "cancelled")
        self.assertEqual(self._one(self._incident()).state, "updated")
        self.assertEqual(incident.state, "in_progress")

    def test_an_incident_that_others_relied_on_is_given_account_of(self):
        """Withdrawn or cancelled there, as by people here."""
        incident = self._made(self._incident())
        incident.sudo().date_first_answer = incident.date_opened
        self.company.supplier_evidence_required = True
        cancelled = self._incident(status="cancelled")
        for result in (self._gone("incident"), self._one(cancelled)):
            self.assertEqual(result.state, "refused")
            self.assertIn("asks for evidence", result.reason)
        self.company.supplier_evidence_required = False
        self.assertEqual(self._one(cancelled).state, "updated")
        self.assertEqual(incident.state, "cancelled")
        row = self.env["supplier.adjustment"].search([("res_id", "=", incident.id)])
        self.assertIn("withdrew it", row.reason)

    def test_a_signal_is_closed_unless_it_is_serious(self):
        signal = self._made(self._signal("low"))
        self.assertEqual(self._gone("risk_signal").state, "updated")
        self.assertEqual(signal.state, "closed")
        serious = self._made({**self._signal("critical"), "id": "y"})
        result = self._gone("risk_signal", "y")
        self.assertEqual(result.state, "refused")
        self.assertIn("Ask a manager", result.mend)
        self.assertEqual(serious.state, "open")

    def test_of_a_receipt_nothing_arrived(self):
        result = self._one(self._receipt())
        line = self.env[result.res_model].browse(result.res_id)
        self.assertEqual(line.quantity_received, 10)
        self.assertEqual(self._gone("receipt").state, "updated")
        self.assertEqual(line.quantity_received, 0)
        self.assertTrue(line.receipt_ids)
        self.assertEqual(self._gone("receipt").state, "unchanged")

    def test_of_a_return_nothing_was_sent_back(self):
        self._take(self._receipt())
        order = {"order": "P1", "line": "1"}
        result = self._one(
            self._of("return", "r", quantity=2, date="2026-03-12", **order)
        )
        line = self.env[result.res_model].browse(result.res_id)
        self.assertEqual(line.quantity_returned, 2)
        self.assertEqual(self._gone("return", "r").state, "updated")
        self.assertEqual(line.quantity_returned, 0)
        self.assertEqual(line.quantity_received, 10)

    # ------------------------------------------------------------
    # What does not end
    # ------------------------------------------------------------

    def test_what_is_not_known(self):
        for kind in IN:
            with self.subTest(kind=kind):
                result = self._gone(kind, "nobody")
                self.assertEqual(result.state, "refused")
                self.assertIn("not known", result.reason)
                self.assertTrue(result.mend)

    def test_what_never_ends(self):
        self._take(self._receipt())
        result = self._gone("order", "o")
        self.assertEqual(result.state, "refused")
        self.assertIn("“order” are not withdrawn", result.reason)
        self.assertIn("with a reason", result.mend)
        ending = {
            kind
            for kind in IN
            if type(self.env[f"supplier.exchange.kind.{kind.replace('_', '.')}"])._end
            is not type(self.env["supplier.exchange.kind"])._end
        }
        self.assertEqual(set(IN) - ending, set(NEVER))

    def test_who_goes_first(self):
        """A system does not end what one with a higher priority knows."""
        vendor = self._made(self._supplier("2", "Nut Ltd"))
        self._one(self._supplier("N", "Nut Ltd"), source=self.crm)
        result = self._gone("supplier", "N", source=self.crm)
        self.assertEqual(result.state, "refused")
        self.assertIn("ERP goes first", result.reason)
        self.assertTrue(vendor.active)
        self.assertEqual(self._gone("supplier", "2").state, "updated")

    def test_entries_by_hand_stay(self):
        vendor = self.env["res.partner"].create(
            {"name": "Hand Ltd", "is_company": True, "supplier_rank": 1}
        )
        self._one(self._supplier("H", "Hand Ltd"))
        result = self._gone("supplier", "H")
        self.assertEqual(result.state, "refused")
        self.assertIn("by hand", result.mend)
        self.assertTrue(vendor.active)
        self.erp.hand_wins = False
        self.assertEqual(self._gone("supplier", "H").state, "updated")
        self.assertFalse(vendor.active)

    # ------------------------------------------------------------
    # How it is said
    # ------------------------------------------------------------

    def test_nothing_else_is_read(self):
        record = {"kind": "supplier", "id": "1", "deleted": True, "country": 5}
        self.assertFalse(check(record).problems)
        for no in (False, None, "", "0", "false"):
            self.assertFalse(check({**record, "deleted": no}).deleted)
        for yes in (True, "1", "true"):
            self.assertTrue(check({**record, "deleted": yes}).deleted)
        [*_others, (field, problem)] = check(
            {"kind": "contact", "id": "1", "supplier": "1", "name": "A", "deleted": "x"}
        ).problems
        self.assertEqual((field, problem.code), ("deleted", "not_boolean"))

    def test_by_csv(self):
        feed = read(b"kind,id,name,deleted\nsupplier,1,Bolt,\nsupplier,2,,true\n")
        said = [check(entry.record) for entry in feed.entries]
        self.assertEqual([one.deleted for one in said], [False, True])
        self.assertFalse(said[0].unknown)

    def test_in_one_message(self):
        """The order of a message counts; and one that stays stops no other."""
        document = self._made(self._document())
        message = self._take(
            self._supplier("2", "Nut Ltd"),
            {"kind": "supplier", "id": "2", "deleted": True},
            {"kind": "document", "id": "x", "deleted": True},
            {"kind": "document", "id": "y", "deleted": True},
        )
        self.assertEqual(
            self._states(message), ["created", "updated", "updated", "refused"]
        )
        self.assertFalse(document.active)

    def test_a_dry_run_ends_nothing(self):
        document = self._made(self._document())
        self.assertEqual(self._gone("document", dry_run=True).state, "updated")
        self.assertTrue(document.active)
