from odoo.tests import tagged

from .common import HEADER, ROW, SheetCommon

STATES = (*HEADER, "Status")


@tagged("post_install", "-at_install")
class TestSheetAgain(SheetCommon):
    """The list of the next month says something else of the same order lines."""

    def _open(self, *more, **values):
        return self._with(*more, Received="", Received_Qty="", **values)

    def test_an_open_line_is_cancelled(self):
        """It would be an order that never came, for ever."""
        deletions = (*HEADER, "Deletion Indicator")
        for header, first, second in (
            (STATES, "Open", "Cancelled"),
            (deletions, "", "L"),
        ):
            with self.subTest(second=second):
                rows = [(*ROW, first), self._open(first, PO="P2")]
                lines, _reasons = self._go(self._text(header, *rows))
                self.assertEqual(lines.mapped("order_ref"), ["P1", "P2"])
                rows = [(*ROW, first), self._open(second, PO="p2")]
                wizard = self._wizard(self._text(header, *rows))
                wizard.action_check()
                self.assertEqual(len(lines.exists()), 2)
                wizard.action_import()
                self.assertIn("Open lines taken back", wizard.report_html)
                self.assertEqual(lines.exists().mapped("order_ref"), ["P1"])

    def test_what_stays_though_it_is_cancelled(self):
        """What came, what somebody decided about, and what the file has as well."""
        lines, _reasons = self._go(
            self._text(
                STATES,
                self._with("Open", PO="came"),
                self._open("Open", PO="waived"),
                self._open("Open", PO="both"),
                self._open("Open", PO="other"),
                self._open("Open", PO="changed"),
            )
        )
        self._leave_out(lines.filtered(lambda line: line.order_ref == "waived"))
        again, _reasons = self._go(
            self._text(
                STATES,
                self._open("Cancelled", PO="came"),
                self._open("Cancelled", PO="waived"),
                self._open("Cancelled", PO="both"),
                self._open("Open", PO="both"),
                self._open("Cancelled", PO="other", Supplier="Nobody Ltd"),
                self._open("未审核", PO="changed"),
            )
        )
        self.assertEqual(lines, again)
        # The user left it out for something else.
        self._go(
            self._text(STATES, self._open("On Hold", PO="other")),
            left_out_states="On Hold",
        )
        self.assertEqual(len(lines.exists()), 5)

    def test_what_stays_though_its_other_row_is_rejected(self):
        """The line was ordered anew, and somebody mends the row by and by."""
        lines, _reasons = self._go(self._text(STATES, self._open("Open")))
        _lines, reasons = self._go(
            self._text(
                STATES,
                self._with("Open", PO="came"),
                self._open("Cancelled"),
                self._open("Open", Promised="soon"),
            )
        )
        self.assertTrue(reasons)
        self.assertTrue(lines.exists())

    def _leave_out(self, lines):
        lines.sudo()._write_guarded(
            {"supplier_exclusion": "manual", "supplier_exclusion_reason": "ours"}
        )

    def test_numbers_that_are_spelled_otherwise(self):
        """Both would be lines, and the one that is not written on never came."""
        for first, second in (
            (("0004500001", "00010"), ("4500001", "10")),
            (("4500001", "10"), ("0004500001", "00010")),
            (("PO-A1", "10"), ("po-a1", "10.0")),
            (("po-a1", "10"), ("PO-A1", "010")),
        ):
            with self.subTest(first=first, second=second):
                order, line = first
                lines, _reasons = self._go(
                    self._text(HEADER, self._open(PO=order, Line=line))
                )
                order, line = second
                again, reasons = self._go(
                    self._text(HEADER, self._with(PO=order, Line=line))
                )
                self.assertFalse(reasons)
                self.assertEqual(again, lines)
                self.assertEqual((lines.order_ref, lines.line_ref), first)
                self.assertEqual(lines.quantity_received, 100)
                # Receipts say no supplier, and find their line all the same.
                header = ("PO", "Line", "Received", "Received Qty")
                row = (*second, "2026-03-20", "5")
                _lines, reasons = self._go(self._text(header, row))
                self.assertFalse(reasons)
                self.assertEqual(lines.quantity_received, 105)
                lines.unlink()

    def test_numbers_that_are_spelled_otherwise_in_one_list(self):
        part = self._with(Line="010", Received="2026-03-12", Received_Qty="40")
        content = self._text(HEADER, self._with(Received_Qty="60"), part)
        lines, reasons = self._go(content)
        self.assertFalse(reasons)
        self.assertEqual(lines.quantity_received, 100)
        self.assertEqual(len(lines), 1)

    def test_receipts_whose_number_lost_its_zeros(self):
        """The same receipt would have come twice."""
        header = (*HEADER, "GRN")
        for first, second in (("0005001", "5001"), ("5001", "0005001"), ("A1", "a1")):
            with self.subTest(first=first):
                parts = [
                    self._with(first, Received_Qty="60"),
                    self._with(first, Received="2026-03-12", Received_Qty="40"),
                ]
                lines, _reasons = self._go(self._text(header, *parts))
                self.assertEqual(lines.quantity_received, 100)
                parts = [(*part[:-1], second) for part in parts]
                _lines, reasons = self._go(self._text(header, *parts))
                self.assertFalse(reasons)
                self.assertEqual(lines.quantity_received, 100)
                self.assertEqual(len(lines.receipt_ids), 2)
                lines.unlink()

    def test_lines_that_were_known_by_two_spellings(self):
        """As earlier versions made them: each is still its own line."""
        lines, _reasons = self._go(self._text(HEADER, self._with(Line="10")))
        other = lines.copy({"line_ref": "010"})
        for line in (lines, other):
            row = self._with(Line=line.line_ref, Qty="90")
            again, reasons = self._go(self._text(HEADER, row))
            self.assertFalse(reasons)
            self.assertEqual(len(again), 2)
            self.assertEqual(line.quantity_ordered, 90)
            line.quantity_ordered = 100

    def test_a_promise_is_moved(self):
        """Who moved it is not known, but that it was is said."""
        self._go(self._text(HEADER, self._open(), self._open(PO="P2")))
        rows = [self._with(Promised="2026-03-20", Qty="60"), self._open(PO="P2")]
        wizard = self._wizard(self._text(HEADER, *rows))
        wizard.action_check()
        self.assertIn("P1 / 10: 2026-03-10 → 2026-03-20, 100 → 60", wizard.report_html)
        self.assertNotIn("P2 / 10: ", wizard.report_html)
        wizard.action_import()
        self.assertIn("P1 / 10: 2026-03-10 → 2026-03-20", wizard.report_html)
        # What is promised for an earlier day, or more of, hurts nobody.
        rows = [self._with(Promised="2026-03-19", Qty="80")]
        wizard = self._wizard(self._text(HEADER, *rows))
        wizard.action_import()
        self.assertNotIn("→", wizard.report_html)

    def test_running_totals(self):
        """60 had come, now 100 of 200 have: 160 never came."""
        header = (*HEADER[:-1], "累计入库数量")
        for day, total, expected in (
            ("2026-03-09", "60", {"2026-03-09": 60}),
            ("2026-04-02", "100", {"2026-03-09": 60, "2026-04-02": 40}),
            ("2026-04-02", "100", {"2026-03-09": 60, "2026-04-02": 40}),
            ("2026-04-02", "120", {"2026-03-09": 60, "2026-04-02": 60}),
            (
                "2026-05-05",
                "200",
                {"2026-03-09": 60, "2026-04-02": 60, "2026-05-05": 80},
            ),
        ):
            with self.subTest(day=day, total=total):
                row = self._with(Qty="200", Received=day, Received_Qty=total)
                lines, reasons = self._go(self._text(header, row))
                self.assertFalse(reasons)
                receipts = lines.receipt_ids
                found = {str(one.date): one.quantity for one in receipts}
                self.assertEqual((found, len(receipts)), (expected, len(expected)))
