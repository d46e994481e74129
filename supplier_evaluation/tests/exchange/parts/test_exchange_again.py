from odoo.tests import tagged

from ..common import ExchangeCommon

LINE = {"order": "P1", "line": "1"}


@tagged("post_install", "-at_install")
class TestExchangeAgain(ExchangeCommon):
    """Who may withdraw what, and what comes back when it is sent again."""

    def setUp(self):
        super().setUp()
        self.lake = self._create_source("lake", priority=self.erp.priority)
        for source in (self.erp, self.crm, self.lake):
            self._one(self._supplier("1", "Bolt Ltd"), source=source)

    def _of(self, kind, external_id="x", **values):
        return {"kind": kind, "id": external_id, "supplier": "1", **values}

    def _incident(self, **values):
        moment = "2026-03-01T08:00:00Z"
        return self._of("incident", title="Rust", date_opened=moment, **values)

    def _signal(self, **values):
        values = {"date": "2026-03-01", "title": "Sued", "severity": "low", **values}
        return self._of("risk_signal", type="litigation", **values)

    def _order(self, source):
        order = {"quantity": 10, "date_promised": "2026-03-10", **LINE}
        self._one(self._of("order", "o", **order), source=source)

    def _receipt(self, external_id, quantity):
        day = "2026-03-09"
        return self._of("receipt", external_id, date=day, quantity=quantity, **LINE)

    def _return(self, quantity=2):
        return self._of("return", date="2026-03-12", quantity=quantity, **LINE)

    def _gone(self, kind, external_id="x", **options):
        record = {"kind": kind, "id": external_id, "deleted": True}
        return self._one(record, **options)

    def _made(self, record, **options):
        result = self._one(record, **options)
        self.assertIn(result.state, ("created", "updated"), result.reason)
        return self.env[result.res_model].browse(result.res_id)

    # ------------------------------------------------------------
    # Who
    # ------------------------------------------------------------

    def test_what_an_equal_made_stays(self):
        vendor = self._made(self._supplier("2", "Nut Ltd"))
        self._one(self._supplier("N", "Nut Ltd"), source=self.lake)
        result = self._gone("supplier", "N", source=self.lake)
        self.assertEqual(result.state, "refused")
        self.assertIn("ERP goes first", result.reason)
        self.assertTrue(vendor.active)
        # Who made it withdraws it, whoever of its equals knows it.
        self.assertEqual(self._gone("supplier", "2").state, "updated")

    def test_who_stands_above_all(self):
        vendor = self._made(self._supplier("2", "Nut Ltd"), source=self.crm)
        self._one(self._supplier("N", "Nut Ltd"))
        self.assertEqual(self._gone("supplier", "N").state, "updated")
        self.assertFalse(vendor.active)

    def test_a_receipt_is_of_who_numbers_it(self):
        """Whoever knows the line, and however it came here."""
        self._order(self.erp)
        line = self._made(self._receipt("a", 2))
        self._made(self._receipt("b", 3), source=self.crm)
        result = self._gone("receipt", "b", source=self.crm)
        self.assertEqual((result.state, result.reason), ("updated", False))
        self.assertEqual(line.quantity_received, 2)
        self.env["supplier.exchange.result"].search([]).unlink()  # as if by a file
        self.assertEqual(self._gone("receipt", "a").state, "updated")
        self.assertEqual(line.quantity_received, 0)

    def test_a_receipt_that_another_tells_too(self):
        self._order(self.erp)
        self._made(self._receipt("a", 2))
        self._one(self._receipt("a", 2), source=self.crm)
        result = self._gone("receipt", "a", source=self.crm)
        self.assertEqual(result.state, "refused")
        self.assertIn("ERP goes first", result.reason)

    def test_a_return_is_of_who_told_it(self):
        self._order(self.erp)
        line = self._made(self._return(), source=self.crm)
        self.assertEqual(self._gone("return", source=self.crm).state, "updated")
        self.assertEqual(line.quantity_returned, 0)

    # ------------------------------------------------------------
    # Again
    # ------------------------------------------------------------

    def test_it_is_back_whatever_it_says(self):
        """Also where it says how it is: the end was said by the same system."""
        self._order(self.erp)
        cases = (
            (self._supplier("2", "Nut Ltd", active=True), "active", True),
            (self._incident(status="new"), "state", "new"),
            (self._return(), "quantity_returned", 2),
            (self._receipt("r", 3), "quantity_received", 3),
        )
        for record, name, value in cases:
            record_id = record["id"]
            with self.subTest(kind=record["kind"]):
                ours = self._made(record)
                for _again in range(2):
                    gone = self._gone(record["kind"], record_id)
                    self.assertEqual(gone.state, "updated", gone.reason)
                    self.assertNotEqual(ours[name], value)
                    back = self._one(record)
                    self.assertEqual((back.state, back.note), ("updated", False))
                    self.assertEqual(ours[name], value)

    def test_it_may_be_back_and_archived(self):
        vendor = self._made(self._supplier("2", "Nut Ltd"))
        self._gone("supplier", "2")
        self._one(self._supplier("2", "Nut Ltd", active=False))
        self.assertFalse(vendor.active)
        self._one(self._supplier("2", "Nut Ltd", active=True))
        self.assertTrue(vendor.active)

    def test_what_people_ended_stays_so(self):
        vendor = self._made(self._supplier("2", "Nut Ltd"))
        incident = self._made(self._incident())
        signal = self._made(self._signal())
        vendor.active = False
        incident.action_cancel()
        signal.with_user(self.manager).action_false_alarm()
        for record in (
            self._supplier("2", "Nut Ltd"),
            self._incident(),
            self._signal(),
        ):
            gone = self._gone(record["kind"], record["id"])
            self.assertEqual(gone.state, "unchanged")
            self._one(record)
            self._one({**record, "_remark": "again"})
        self.assertFalse(vendor.active)
        self.assertEqual(incident.state, "cancelled")
        self.assertEqual(signal.state, "false_alarm")

    def test_a_false_alarm_since_stays(self):
        signal = self._made(self._signal())
        self._gone("risk_signal")
        mine = signal.with_user(self.manager)
        mine.action_reopen()
        mine.action_false_alarm()
        self._one(self._signal())
        self.assertEqual(signal.state, "false_alarm")

    def test_a_signal_is_back_with_what_it_says_now(self):
        signal = self._made(self._signal())
        self._gone("risk_signal")
        self._one(self._signal(description="newer"))
        self.assertEqual((signal.state, signal.description), ("open", "newer"))
