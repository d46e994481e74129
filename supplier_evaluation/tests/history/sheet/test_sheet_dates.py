from datetime import date, datetime

from odoo.tests import tagged

from ....importer.cells import MonthOnly
from ....importer.reader import Row
from ....models.history.supplier_history_job_row import dump_row, load_row
from ..common import HEADER as COLUMNS
from .common import HEADER, SheetCommon


@tagged("post_install", "-at_install")
class TestSheetDates(SheetCommon):
    def _received(self, **values):
        lines, reasons = self._go(self._text(HEADER, self._with(**values)))
        self.assertFalse(reasons)
        return str(lines.receipt_ids.date)

    def test_points_say_that_the_day_comes_first(self):
        """Whatever the language: the months of 10.03.2026 never come first."""
        row = self._with(Promised="10.03.2026", Received="09.03.2026")
        wizard = self._wizard(self._text(HEADER, row))
        self.assertEqual(wizard.unclear_date_order, "dmy")
        self.assertTrue(wizard.unclear_dates)
        row = self._with(Promised="10/03/2026", Received="09/03/2026")
        wizard = self._wizard(self._text(HEADER, row))
        self.assertEqual(wizard.unclear_date_order, "mdy")

    def test_times_and_zones(self):
        """The company is in Shanghai, eight hours before Greenwich."""
        for text, day in (
            ("2026-03-09 18:30 GMT+2", "2026-03-10"),
            ("2026-03-09 18:30 UTC", "2026-03-10"),
            ("2026-03-09 20:30:00+0000 UTC", "2026-03-10"),
            ("2026-03-09 14:05:33.123 UTC", "2026-03-09"),
            ("2026-03-09T20:30:00-05:00", "2026-03-10"),
            ("Mon Mar 9 2026 18:30:00 GMT+0000 (Greenwich Mean Time)", "2026-03-10"),
            ("09-MAR-26 02.05.33.000000 PM", "2026-03-09"),
            ("09-MAR-26 02.05.33.000000 PM -05:00", "2026-03-10"),
        ):
            with self.subTest(text=text):
                self.assertEqual(self._received(Received=text), day)
                self.Line.search([("order_ref", "=", "P1")]).unlink()
        for text in ("2026-03-09 18:30 EST", "Mar-26", "2026-W11", "03.10.26.12"):
            with self.subTest(text=text):
                row = self._with(Received=text)
                _lines, reasons = self._go(self._text(HEADER, row))
                self.assertIn("is not a date", reasons[2])

    def test_zeros_are_no_date(self):
        for text in ("00.00.0000", "0000-00-00", "00000000", "0000-00-00 00:00:00"):
            with self.subTest(text=text):
                row = self._with(Received=text, Received_Qty="0")
                lines, reasons = self._go(self._text(HEADER, row))
                self.assertFalse(reasons)
                self.assertEqual(len(lines), 1)
                self.assertFalse(lines.receipt_ids)
                lines.unlink()
        row = self._with(Received="00.00.0000")
        _lines, reasons = self._go(self._text(HEADER, row))
        self.assertIn("Receipt Date is missing", reasons[2])

    def _promised(self, day, shown):
        def prepare(_book, sheet):
            cell = sheet.cell(2, COLUMNS.index("Promised") + 1)
            cell.value, cell.number_format = day, shown

        report = self._import(self._xlsx([self._row()], prepare=prepare))
        if report.rejected:
            return report.rejected[0].reason
        line = self.Line.browse(report.line_ids)
        found = line.date_promised
        line.unlink()
        return found

    def test_a_month_is_no_day(self):
        """Who types “Mar-26” gets the first of March, which the sheet does not show."""
        first, later = datetime(2026, 3, 1), datetime(2026, 3, 17)
        for shown in (
            "mmm-yy",
            'yyyy"年"m"月"',
            "[$-407]mmmm yyyy;@",
            "yyyy-mm",
            "yyyy",
        ):
            with self.subTest(shown=shown):
                reason = self._promised(first, shown)
                self.assertIn("“2026-03” is not a date", reason)
                # Nobody types the seventeenth as a month.
                self.assertEqual(self._promised(later, shown), date(2026, 3, 17))
        for shown in ("d-mmm-yy", "yyyy-mm-dd", "m/d", 'm"月"d"日"', "ddd"):
            with self.subTest(shown=shown):
                self.assertEqual(self._promised(first, shown), date(2026, 3, 1))

    def test_a_month_in_the_background(self):
        row = Row(2, (MonthOnly(2026, 3, 1), "x"))
        cell = load_row(2, dump_row(row)).cells[0]
        self.assertEqual(str(cell), "2026-03")
