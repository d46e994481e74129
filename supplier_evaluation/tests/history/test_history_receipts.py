from odoo.tests import tagged

from .common import COLUMNS, HistoryCommon

RECEIPT_TARGETS = (
    *("supplier_name", "order_ref", "line_ref", "receipt_ref"),
    *("date_received", "quantity_received"),
)


@tagged("post_install", "-at_install")
class TestHistoryReceipts(HistoryCommon):
    """What came of a line: all of it or nothing, from one list or several."""

    def _receipt(self, day, quantity, **vals):
        row = {"Arrived": f"2026-03-{day:02}", "Arrived Qty": str(quantity), **vals}
        return self._row(**row)

    # ------------------------------------------------------------
    # One list
    # ------------------------------------------------------------

    def test_receipts_without_a_number(self):
        rows = [self._receipt(10, 60), self._receipt(13, 40)]
        self._assert_counts(self._import(rows), created=1)
        self.assertEqual(self._received(), [("2026-03-10", 60), ("2026-03-13", 40)])
        self._assert_counts(self._import(rows[::-1]), unchanged=1)

    def test_two_quantities_on_one_day(self):
        rows = [self._receipt(10, 60), self._receipt(10, 40)]
        self._assert_counts(self._import(rows), created=1)
        self.assertEqual(self._received(), [("2026-03-10", 40), ("2026-03-10", 60)])

    def test_the_same_row_twice(self):
        rows = [self._receipt(10, 50), self._receipt(13, 10), self._receipt(10, 50)]
        report = self._assert_rejected(rows, "Duplicate", "row 4", row=2)
        self._assert_counts(report, rejected=3)
        self.assertIn("row 2", report.rejected[2].reason)

    def test_two_parts_of_a_numbered_receipt(self):
        rows = [self._receipt(10, 60, GRN="A"), self._receipt(10, 40, GRN="A")]
        self._assert_counts(self._import(rows), created=1)
        self.assertEqual(self._received(), [("2026-03-10", 100)])
        self._assert_counts(self._import(rows), unchanged=1)
        rows = [self._receipt(10, 60, GRN="A"), self._receipt(13, 40, GRN="A")]
        self._import(rows)
        self.assertEqual(self._received(), [("2026-03-10", 60), ("2026-03-13", 40)])
        rows = [self._receipt(10, 50, GRN="A"), self._receipt(10, 50, GRN="A")]
        self._assert_counts(self._import(rows), rejected=2)

    def test_an_open_rest_is_no_second_receipt(self):
        rest = self._row(Arrived="", **{"Arrived Qty": ""})
        self._assert_counts(self._import([self._receipt(10, 60), rest]), created=1)
        self.assertEqual(self._received(), [("2026-03-10", 60)])

    def test_a_line_is_whole_or_not_there(self):
        """Whatever is wrong with one of its rows."""
        good = self._receipt(10, 60)
        for change in (
            {"Arrived": "?"},
            {"Arrived Qty": "?"},
            {"Vendor": ""},
            {"Vendor": "Bolt & Nuts"},
            {"UoM": "hogshead"},
            {"Promised": "2026-03-11"},
        ):
            with self.subTest(change=change):
                bad = {**self._receipt(13, 40), **change}
                for rows in ([good, bad], [bad, good]):
                    self._assert_counts(self._import(rows), rejected=2)
        content = self._csv([good, self._receipt(13, 40)]).replace(b"40,,", b"40,,,9")
        self._assert_counts(self._import(content), rejected=2)

    # ------------------------------------------------------------
    # One list after the other
    # ------------------------------------------------------------

    def test_the_next_list_has_the_next_receipt(self):
        """Without numbers: what the list does not cover stays."""
        self._import([self._receipt(10, 60)])
        self._assert_counts(self._import([self._receipt(13, 40)]), updated=1)
        self.assertEqual(self._received(), [("2026-03-10", 60), ("2026-03-13", 40)])

    def test_a_longer_list_has_the_earlier_receipts_too(self):
        self._import([self._receipt(10, 60)])
        rows = [self._receipt(10, 60), self._receipt(13, 40)]
        self._assert_counts(self._import(rows), updated=1)
        self.assertEqual(self._received(), [("2026-03-10", 60), ("2026-03-13", 40)])

    def test_a_receipt_was_corrected(self):
        """It is of a day that the list covers, and the list does not have it."""
        other = self._receipt(1, 5, PO="P2"), self._receipt(30, 5, PO="P3")
        self._import([self._receipt(10, 60), *other])
        self._import([self._receipt(12, 55), *other])
        self.assertEqual(self._received(), [("2026-03-12", 55)])

    def test_the_day_of_a_whole_line_was_corrected(self):
        self._import([self._receipt(10, 100)])
        self._import([self._receipt(12, 100)])
        self.assertEqual(self._received(), [("2026-03-12", 100)])

    def test_correction_or_another_receipt(self):
        self._import([self._receipt(10, 60)])
        report = self._assert_rejected([self._receipt(13, 60)], "60", "2026-03-10")
        self._assert_counts(report, rejected=1)
        self.assertEqual(self._received(), [("2026-03-10", 60)])

    def test_receipts_get_their_numbers(self):
        """The list without numbers and the list with them tell of the same goods."""
        plain = [self._receipt(10, 60), self._receipt(13, 40)]
        numbered = [{**row, "GRN": ref} for row, ref in zip(plain, "AB", strict=True)]
        self._import(plain)
        self._assert_counts(self._import(numbered), updated=1)
        lines = self.Line.search([("order_ref", "=", "P1")])
        refs = sorted(lines.receipt_ids.mapped("receipt_ref"))
        self.assertEqual(refs, ["A", "B"])
        self._assert_counts(self._import(plain), unchanged=1)
        self.assertEqual(self._received(), [("2026-03-10", 60), ("2026-03-13", 40)])

    # ------------------------------------------------------------
    # Orders and receipts as two lists
    # ------------------------------------------------------------

    def _import_orders(self, *rows):
        receipts = ("date_received", "quantity_received", "receipt_ref")
        columns = {name: COLUMNS[name] for name in COLUMNS if name not in receipts}
        self.mapping.columns = columns
        return self._import(list(rows) or [self._row()])

    def _import_receipts(self, *rows, targets=RECEIPT_TARGETS):
        self.mapping.columns = {name: COLUMNS[name] for name in targets}
        header = [COLUMNS[name] for name in targets]
        return self._import(self._csv(rows, header))

    def test_two_lists(self):
        report = self._import_orders()
        self._assert_counts(report, created=1)
        self.assertFalse(report.has_receipts)
        self.assertEqual(self._received(), [])
        rows = [self._receipt(10, 60, GRN="A"), self._receipt(13, 40, GRN="B")]
        self._assert_counts(self._import_receipts(*rows), updated=1)
        self.assertEqual(self._received(), [("2026-03-10", 60), ("2026-03-13", 40)])
        self._assert_counts(self._import_receipts(*rows), unchanged=1)
        self._assert_counts(self._import_orders(), unchanged=1)
        self.assertEqual(len(self._received()), 2)

    def test_receipts_without_number_and_supplier(self):
        self._import_orders()
        targets = ("order_ref", "line_ref", "date_received", "quantity_received")
        rows = [self._receipt(10, 60), self._receipt(13, 40)]
        self._assert_counts(self._import_receipts(*rows, targets=targets), updated=1)
        self.assertEqual(self._received(), [("2026-03-10", 60), ("2026-03-13", 40)])
        self._import_orders(self._row(Vendor="Steel Ltd"))
        report = self._import_receipts(*rows, targets=targets)
        self.assertIn("Several suppliers", report.rejected[0].reason)

    def test_receipts_of_an_unknown_line(self):
        self._import_orders()
        rows = [self._receipt(10, 60, PO="P2"), self._receipt(10, 60, Line="20")]
        report = self._import_receipts(*rows)
        self._assert_counts(report, rejected=2)
        for rejection in report.rejected:
            self.assertIn("Import the list of orders", rejection.reason)

    def test_receipts_in_another_unit(self):
        self._import_orders(self._row(UoM="pcs"))
        targets = (*RECEIPT_TARGETS, "uom")
        rows = [self._receipt(10, 60, UoM="kg")]
        report = self._import_receipts(*rows, targets=targets)
        self.assertIn("The order line is in Units", report.rejected[0].reason)
        rows[0]["UoM"] = "Stück"
        report = self._import_receipts(*rows, targets=targets)
        self._assert_counts(report, updated=1)

    def test_returns_as_a_list(self):
        self._import([self._receipt(10, 100)])
        targets = ("order_ref", "line_ref", "quantity_returned", "date_returned")
        row = self._row(Sent_Back="12", Sent_Back_On="2026-03-20")
        report = self._import_receipts(row, targets=targets)
        self._assert_counts(report, updated=1)
        line = self.Line.browse(report.line_ids)
        self.assertEqual((line.quantity_returned, line.quantity_received), (12, 100))

    def test_more_is_returned_than_came(self):
        """The list says what was left; what had come is not known."""
        words = ("60 went back of 40 that came", "enter all that came")
        net = self._row(Arrived_Qty="40", Sent_Back="60")
        self._assert_rejected([net], *words, row=2)
        # All of it may go back, in parts of a unit, and what came elsewhere.
        for received, returned in (("40", "40"), ("0.3", "0.30000000001"), ("0", "5")):
            with self.subTest(returned=returned):
                row = self._row(PO="P2", Arrived_Qty=received, Sent_Back=returned)
                report = self._import([row])
                self.assertFalse(report.rejected)
                self.Line.browse(report.line_ids).unlink()
        self._import([self._row(Arrived_Qty="40")])
        targets = ("order_ref", "line_ref", "quantity_returned", "date_returned")
        row = self._row(Sent_Back="60", Sent_Back_On="2026-03-20")
        report = self._import_receipts(row, targets=targets)
        self.assertIn(words[0], report.rejected[0].reason)

    def test_what_is_returned_of_several_receipts(self):
        self._import([self._row(Arrived_Qty="40")])
        row = self._row(Arrived="2026-03-12", Arrived_Qty="30", Sent_Back="60")
        report = self._import([row])
        self.assertFalse(report.rejected)
        line = self.Line.browse(report.line_ids)
        self.assertEqual((line.quantity_returned, line.quantity_received), (60, 70))
