from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import RiskCommon

ROW = {
    "reference": "C-1",
    "supplier": "Golden Supplier",
    "kind": "litigation",
    "name": "Unpaid delivery",
    "date": "2026-03-10",
}


@tagged("post_install", "-at_install")
class TestRiskTaking(RiskCommon):
    """Many rows at once: what is new, what changed, and what is refused, and why."""

    def _take(self, *rows, source="Court", user=None):
        signals = self._as(self.signals, user) if user else self.signals
        return signals.take_rows(source, list(rows), self.company)

    def _statuses(self, *rows, **options):
        return [result["status"] for result in self._take(*rows, **options)]

    def _taken(self, reference="C-1"):
        return self.signals.search(
            [("external_ref", "=", reference), ("company_id", "=", self.company.id)]
        )

    def test_new_then_the_same_then_changed(self):
        [result] = self._take(ROW)
        signal = self._taken()
        self.assertEqual(
            result,
            {
                "row": 0,
                "status": "created",
                "model": "supplier.risk.signal",
                "id": signal.id,
                "reason": "",
                "mend": "",
            },
        )
        self.assertEqual(signal.source, "Court")
        self.assertFalse(signal.user_id)
        self.assertFalse(signal.involved_ids)
        for _again in range(2):
            self.assertEqual(self._statuses(ROW), ["unchanged"])
        ended = {**ROW, "date_end": "2026-03-20", "amount": 12.5}
        self.assertEqual(self._statuses(ended), ["updated"])
        self.assertEqual(str(signal.date_end), "2026-03-20")
        self.assertEqual(signal.amount, 12.5)
        self.assertEqual(self._statuses(ROW), ["unchanged"], "Absent says nothing.")
        self.assertEqual(self._statuses({**ROW, "date_end": ""}), ["updated"])
        self.assertFalse(signal.date_end)

    def test_what_people_decided_is_theirs(self):
        self._take(ROW)
        signal = self._taken()
        signal.write({"severity": "high", "measures": "Paid later", "user_id": 2})
        signal.action_confirm()
        self.assertEqual(self._statuses({**ROW, "severity": "low"}), ["unchanged"])
        self.assertEqual(signal.severity, "high")
        self.assertEqual(signal.state, "confirmed")
        self.assertEqual(signal.user_id.id, 2)

    def test_what_gets_worse_is_taken_up_again(self):
        self._take(ROW)
        signal = self._taken()
        self._set_state(signal, "closed")
        self.assertEqual(self._statuses({**ROW, "severity": "critical"}), ["updated"])
        self.assertEqual(signal.state, "open")
        self.assertEqual(signal.severity_worst, "critical")

    def test_what_is_closed_stays_as_it_is(self):
        other = self._create_supplier("Somebody else")
        for state in ("closed", "false_alarm"):
            row = {**ROW, "reference": state}
            self._take(row)
            signal = self._taken(state)
            self._set_state(signal, state)
            for said in (
                {"name": "Nothing"},
                {"date": "2099-01-01"},
                {"partner_id": other.id, "supplier": ""},
                {"severity": "low"},
            ):
                self.assertEqual(self._statuses({**row, **said}), ["unchanged"])
            self.assertEqual(signal.name, ROW["name"])
            self.assertEqual(signal.partner_id, self.supplier)
            self.assertEqual(signal.state, state)
        worse = {**row, "severity": "critical"}
        self.assertEqual(self._statuses(worse), ["unchanged"], "It was about nobody.")

    def test_kinds_stay(self):
        """So nothing serious becomes something light by a row."""
        self._take({**ROW, "severity": "critical"})
        rated = {**ROW, "kind": "credit_rating", "rating": "AAA"}
        for row in (rated, {**ROW, "kind": "news"}):
            [result] = self._take(row)
            self.assertEqual(result["status"], "refused")
            self.assertIn("Lawsuit", result["reason"])
        self.assertEqual(self._taken().severity, "critical")

    def test_severity_of_ratings(self):
        rated = {**ROW, "kind": "credit_rating"}
        for before, own, after, wanted in (
            ("AAA", None, "D", "critical"),
            # The agency corrects itself.
            ("D", None, "AAA", "low"),
            # Somebody says that it is worse than that.
            ("BBB", "high", "AAA", "high"),
            ("BBB", "high", "D", "critical"),
        ):
            with self.subTest(before=before, own=own, after=after):
                row = {**rated, "reference": f"{before}{own}{after}"}
                self._take({**row, "rating": before})
                signal = self._taken(row["reference"])
                if own:
                    signal.severity = own
                changed = {**row, "rating": after}
                self.assertEqual(self._statuses(changed), ["updated"])
                self.assertEqual(signal.severity, wanted)
                self.assertEqual(self._statuses(changed), ["unchanged"])

    def test_a_closed_rating_that_falls_is_taken_up_again(self):
        row = {**ROW, "kind": "credit_rating", "rating": "AAA"}
        self._take(row)
        signal = self._taken()
        self._set_state(signal, "closed")
        self.assertEqual(self._statuses({**row, "rating": "AA"}), ["unchanged"])
        self.assertEqual((signal.state, signal.rating), ("closed", "AAA"))
        self.assertEqual(self._statuses({**row, "rating": "D"}), ["updated"])
        self.assertEqual((signal.state, signal.severity), ("open", "critical"))
        self.assertEqual(signal.severity_worst, "critical")

    def test_whoever_takes_rows_has_a_hand_in_what_they_change(self):
        """Rows lead past nobody, either."""
        serious = {**ROW, "severity": "critical"}
        self._take(serious)
        signal = self._taken()
        signal.action_confirm()
        ended = {**serious, "date_end": "2026-03-11"}
        [result] = self._take(ended, user="buyer")
        self.assertEqual(result["status"], "refused")
        self.assertIn("had no hand", result["reason"])
        self.assertFalse(signal.date_end)
        manager = self.people["manager"]
        self.assertEqual(self._statuses(ended, user="manager"), ["updated"])
        self.assertIn(manager, signal.involved_ids)
        self._as(signal, "manager").action_close()
        self.assertEqual(signal.state, "confirmed", "It was asked for.")

    def test_the_buyer_owns_what_comes(self):
        buyer = self.people["buyer"]
        self.supplier.with_company(self.company).buyer_id = buyer
        self._take(ROW)
        self.assertEqual(self._taken().user_id, buyer)

    def test_bad_rows_stop_no_other(self):
        bad = [
            "no row",
            {**ROW, "reference": ""},
            {**ROW, "reference": "B1", "supplier": "Nobody at all"},
            {**ROW, "reference": "B2", "kind": "gossip"},
            {**ROW, "reference": "B3", "date": "31.3.26"},
            {**ROW, "reference": "B4", "amount": "a lot"},
            {**ROW, "reference": "B5", "amount": -1},
            {**ROW, "reference": "B6", "amount": 1, "currency": "???"},
            {**ROW, "reference": "B7", "kind": "credit_rating"},
            {**ROW, "reference": "B8", "kind": "credit_rating", "rating": "superb"},
            {**ROW, "reference": "B9", "date_end": "2020-01-01"},
            {**ROW, "reference": "B10", "link": "javascript:alert(1)"},
            {**ROW, "reference": "B11", "name": "x" * 300},
            {**ROW, "reference": "B12", "name": "a\x00b"},
            {**ROW, "reference": "B13", "amount": "nan"},
            {**ROW, "reference": "B14", "partner_id": 10**8},
            {**ROW, "reference": "B15", "gossip": "x"},
            {**ROW, "kind": "checked"},
            {**ROW, "reference": "B16", "supplier": "Golden\x00 Supplier"},
            {**ROW, "reference": "B17", "supplier": "Golden\ud800 Supplier"},
            {**ROW, "reference": "B18", "partner_id": [1]},
            {**ROW, "reference": "B19", "partner_id": True},
            {**ROW, "reference": "B20", "partner_id": 10**30},
            {**ROW, "reference": "B21", "partner_id": "1"},
            {**ROW, "reference": "B22", "amount": 10**400},
        ]
        good = [{**ROW, "reference": f"G{number}"} for number in range(3)]
        rows = [good[0], *bad, *good[1:]]
        with self.assertLogs("odoo.sql_db", "ERROR"):
            results = self._take(*rows)
        self.assertEqual([one["row"] for one in results], list(range(len(rows))))
        statuses = [one["status"] for one in results]
        self.assertEqual(
            statuses, ["created", *["refused"] * len(bad), "created", "created"]
        )
        for result in results:
            if result["status"] == "refused":
                self.assertTrue(result["reason"] and result["mend"], result)
                self.assertFalse(result["id"])
        self.assertEqual(len(self._taken("G2")), 1)

    def test_who_is_meant(self):
        self.supplier.write(
            {"vat": "X-TAX-1", "company_registry": "91310000MA1FL0", "ref": "V1"}
        )
        contact = self._create_contact("Sales Desk")
        for number, named in enumerate(
            (
                {"supplier": "X-TAX-1"},
                {"supplier": "91310000MA1FL0"},
                {"supplier": "V1"},
                {"partner_id": contact.id, "supplier": ""},
            )
        ):
            self._take({**ROW, **named, "reference": str(number)})
            self.assertEqual(self._taken(str(number)).partner_id, self.supplier)
        self._create_supplier("Golden Supplier")
        [result] = self._take({**ROW, "reference": "two"})
        self.assertEqual(result["status"], "refused")
        self.assertIn("Several", result["reason"])

    def test_vendors_of_others_are_not_known_here(self):
        other = self.env["res.company"].create({"name": "Elsewhere"})
        vendor = self._create_supplier("Hidden Vendor")
        vendor.company_id = other
        [by_name] = self._take({**ROW, "supplier": "Hidden Vendor"})
        [by_id] = self._take({**ROW, "supplier": "", "partner_id": vendor.id})
        self.assertEqual((by_name["status"], by_id["status"]), ("refused",) * 2)

    def test_one_reference_twice(self):
        self.assertEqual(self._statuses(ROW, dict(ROW)), ["created", "unchanged"])
        results = self._take(ROW, {**ROW, "name": "Another"})
        self.assertEqual(results[0]["status"], "unchanged")
        self.assertIn("same reference", results[1]["reason"])

    def test_look_ups_come_with_signals(self):
        row = {
            "supplier": "Golden Supplier",
            "kind": "checked",
            "date": "2026-03-15",
            "looked_for": "legal, environment",
        }
        [first] = self._take(row)
        check = self.checks.browse(first["id"])
        self.assertEqual(first["model"], "supplier.risk.check")
        self.assertTrue(check.has_legal and check.has_environment)
        self.assertEqual(self._statuses(row), ["unchanged"])
        self.assertEqual(self._statuses({**row, "looked_for": "legal"}), ["updated"])
        self.assertFalse(check.has_environment)
        [direct] = self.checks.take_rows("Court", [{**row, "kind": ""}], self.company)
        self.assertEqual(direct["id"], check.id)

    def test_rights(self):
        self.assertEqual(self._statuses(ROW, user="buyer"), ["created"])
        stranger = self._create_user("risk_stranger", "base.group_user")
        with self.assertRaises(AccessError):
            self._as(self.signals, stranger).take_rows("Court", [ROW], self.company)
        for source in (" ", "\x00", False, ["Court"]):
            with self.assertRaises(UserError):
                self._take(ROW, source=source)
        other = self.env["res.company"].create({"name": "Elsewhere"})
        with self.assertRaises(AccessError):
            self._as(self.signals, "buyer").take_rows("Court", [ROW], other.id)

    def test_ten_thousand_rows_are_taken_by_the_batch(self):
        """The number of statements does not depend on how many rows a batch has."""
        counts = []
        for size in (20, 400):
            rows = [{**ROW, "reference": f"{size}-{n}"} for n in range(size)]
            counts.append(self._statements_of(lambda some=rows: self._take(*some)))
            again = self._statements_of(lambda some=rows: self._take(*some))
            self.assertLess(again, 40)
        # Odoo inserts messages and links of many records by the hundred.
        self.assertLess(counts[1], counts[0] + 60)
