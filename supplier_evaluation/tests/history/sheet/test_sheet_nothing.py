import io

from openpyxl import Workbook

from odoo.tests import tagged

from .common import HEADER, ROW, SheetCommon


@tagged("post_install", "-at_install")
class TestSheetNothing(SheetCommon):
    """Cells that are filled, and say nothing; and files without columns."""

    def test_nothing_came(self):
        """An open order would be missing, as if it had never been."""
        for sign in ("NULL", "nan", "NaT", "None", "NA", "-", " – ", "(blank)"):
            with self.subTest(sign=sign):
                row = self._with(Received=sign, Received_Qty=sign)
                lines, reasons = self._go(self._text(HEADER, row))
                self.assertFalse(reasons)
                self.assertFalse(lines.receipt_ids)
                lines.unlink()

    def test_what_is_wanted_is_missing(self):
        for name, sign in (
            ("PO", "NULL"),
            ("PO", "n/a"),
            ("PO", "/"),
            ("PO", '"'),
            ("PO", "0"),
            ("Line", "-"),
            ("Promised", "NULL"),
            ("Qty", " - "),
        ):
            with self.subTest(name=name, sign=sign):
                row = self._with(**{name: sign})
                lines, reasons = self._go(self._text(HEADER, row))
                self.assertFalse(lines)
                self.assertIn("is missing", reasons[2])

    def test_nobody_is_created(self):
        """There would be a supplier who is called so."""
        for sign in ("NULL", "N/A", "(空白)", "同上", "0", "#NV", "#BEZUG!", "####"):
            with self.subTest(sign=sign):
                row = self._with(Supplier=sign)
                lines, reasons = self._go(
                    self._text(HEADER, row), create_suppliers=True
                )
                self.assertFalse(lines)
                self.assertTrue(reasons[2])

    def test_no_number_is_the_number_of_nobody(self):
        """All suppliers without one would be the first of them."""
        header = (*HEADER, "Supplier Code")
        for number, sign in enumerate(("-", "NULL", "n/a", "0")):
            for order in ("P1", "P2"):
                name = f"Supplier {number} of {order}"
                row = self._with(sign, Supplier=name, PO=order)
                _lines, reasons = self._go(
                    self._text(header, row), create_suppliers=True
                )
                self.assertFalse(reasons)
                partner = self.env["res.partner"].search([("name", "=", name)])
                line = self.Line.search([("commercial_partner_id", "=", partner.id)])
                self.assertEqual(line.mapped("order_ref"), [order])
                self.assertFalse(partner.ref)

    def test_the_same_as_above(self):
        for sign in ('"', "同上", "dito"):
            with self.subTest(sign=sign):
                below = self._with(Supplier=sign, PO=sign, Line="20")
                lines, reasons = self._go(
                    self._text(HEADER, ROW, below), repeat_empty=True
                )
                self.assertFalse(reasons)
                self.assertEqual(lines.mapped("order_ref"), ["P1", "P1"])
                lines.unlink()
        below = self._with(PO="-", Line="20")
        _lines, reasons = self._go(self._text(HEADER, ROW, below), repeat_empty=True)
        self.assertIn("Order is missing", reasons[3])

    def _book(self, *rows, **formats):
        book, buffer = Workbook(), io.BytesIO()
        for row in rows:
            book.active.append(row)
        for place, shown in formats.items():
            book.active[place].number_format = shown
        book.save(buffer)
        return buffer.getvalue()

    def test_a_date_of_zero(self):
        """As a formula gives it that looks an empty cell up."""
        row = (*ROW[:5], 0, 0)
        lines, reasons = self._go(self._book(HEADER, row, F2="dd.mm.yyyy"))
        self.assertFalse(reasons)
        self.assertFalse(lines.receipt_ids)

    def test_signs_that_xml_has_no_letters_for(self):
        header = (*HEADER[:-1], "Received_x000D_\nQty")
        row = (f"{ROW[0]}_x000D_\n", "P1_x000D_", *ROW[2:])
        lines, reasons = self._go(self._book(header, row))
        self.assertFalse(reasons)
        self.assertEqual(lines.order_ref, "P1")
        self.assertEqual(lines.partner_id, self.supplier)

    def test_files_that_are_not_cut_into_columns(self):
        for content in (
            "\n".join('"{}"'.format(",".join(row)) for row in (HEADER, ROW)),
            "\n".join("^".join(row) for row in (HEADER, ROW)),
            '[{"supplier": "Bolt & Nut B.V."}]',
        ):
            with self.subTest(content=content):
                wizard = self._wizard(content.encode())
                with self.assertRefused("Choose the delimiter"):
                    wizard.action_check()

    def test_pictures_papers_and_archives(self):
        for start in (b"%PDF-1.7\n", b"\x89PNG\r\n", b"\xff\xd8\xff\xe0", b"\x1f\x8b"):
            with self.subTest(start=start), self.assertRefused("as a spreadsheet"):
                self._wizard(start + b"0123456789\n" * 20)
