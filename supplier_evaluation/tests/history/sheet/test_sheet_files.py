from odoo.tests import tagged

from .common import HEADER, ROW, SheetCommon


@tagged("post_install", "-at_install")
class TestSheetFiles(SheetCommon):
    """Files that are called .xls, and are none; and what is around the rows."""

    def _page(self, *rows, tag="td"):
        body = "".join(
            "<tr>" + "".join(f"<{tag}>{cell}</{tag}>" for cell in row) + "</tr>"
            for row in rows
        )
        return f"<html><body><table border=1>{body}</table></body></html>"

    def test_a_table_of_texts(self):
        content = self._text(HEADER, ROW, delimiter="\t", encoding="utf-16")
        lines, reasons = self._go(content)
        self.assertFalse(reasons)
        self.assertEqual(lines.quantity_ordered, 100)

    def test_a_web_page(self):
        for encoding in ("utf-8", "utf-8-sig", "utf-16", "gb18030"):
            with self.subTest(encoding=encoding):
                header = ("供应商", *HEADER[1:])
                row = (*ROW[:3], "1,234.5", *ROW[4:])
                content = self._page(header, row).encode(encoding)
                lines, reasons = self._go(content)
                self.assertFalse(reasons)
                self.assertEqual(lines.partner_id, self.supplier)
                self.assertEqual(lines.quantity_ordered, 1234.5)
                lines.unlink()

    def test_a_web_page_with_its_encoding(self):
        page = '<meta charset="gb2312">' + self._page(("供应商", *HEADER[1:]), ROW)
        wizard = self._wizard(page.encode("gbk"))
        self.assertEqual(self._columns(wizard)["supplier_name"], "供应商")
        self.assertIn("gb18030", wizard.found_text)

    def test_cells_over_several_rows_of_a_page(self):
        cells = "<td rowspan=2>{}</td><td rowspan='2'>{}</td>".format(*ROW[:2])
        page = (
            self._page(HEADER, tag="th")
            + "<table><tr><td colspan=7>Deliveries &amp; more<br>of March</td></tr>"
            + f"<tr>{cells}"
            + "".join(f"<td> {cell}\n</td>" for cell in ROW[2:])
            + "</tr><tr>"
            + "".join(f"<td>{cell}" for cell in ("20", *ROW[3:]))
            + "</table>"
        )
        lines, reasons = self._go(page.encode())
        self.assertEqual(lines.mapped("line_ref"), ["10", "20"])
        self.assertEqual(list(reasons), [2])
        # A quantity over two rows is of which of them?
        page = page.replace("<td> 100\n</td>", "<td rowspan=2>100</td>", 1)
        _lines, reasons = self._go(page.encode())
        self.assertIn("merged", reasons[3])

    def test_what_only_a_spreadsheet_program_opens(self):
        for content in (
            b'<?xml version="1.0"?><Workbook><Worksheet/></Workbook>',
            b"<html><body>No rows</body></html>",
            b"MIME-Version: 1.0\nX-Document-Type: Workbook\n",
        ):
            with self.subTest(content=content), self.assertRefused("web page or XML"):
                self._wizard(content)

    def test_a_web_page_as_a_mail(self):
        """The names of suppliers would come in with the signs of the mail."""
        row = ("M=FCller Metal=\r\nlwaren GmbH", *ROW[1:])
        mail = (
            "MIME-Version: 1.0\r\nContent-Type: text/html; charset=iso-8859-1\r\n"
            "Content-Transfer-Encoding: quoted-printable\r\n\r\n"
        ) + self._page(HEADER, row)
        saved = "From: <Saved by Blink>\r\nSubject: Deliveries\r\n\tof March\r\n"
        for content in (mail, saved + mail):
            with self.assertRefused("web page or XML"):
                self._wizard(content.encode())

    def test_a_workbook_with_a_password(self):
        content = b"\xd0\xcf\x11\xe0" + bytes(512)
        with self.assertRefused("old kind"):
            self._wizard(content)
        with self.assertRefused("protected by a password"):
            self._wizard(content + "EncryptedPackage".encode("utf-16-le"))

    def test_movements_that_go_back(self):
        """Five pieces that went back would count as five that came."""
        for name, first, second in (
            ("Movement Type", "101", "122"),
            ("Debit/Credit Ind.", "S", "H"),
            ("业务类型", "采购入库", "采购退货"),
        ):
            with self.subTest(name=name):
                back = self._with(second, Received="2026-03-15", Received_Qty="5")
                content = self._text((*HEADER, name), (*ROW, first), back)
                lines, reasons = self._go(content)
                self.assertFalse(lines)
                self.assertIn(f"{name} says “{second}”", reasons[3])
                # The user knows better which rows are receipts.
                wizard = self._wizard(content)
                wizard.filter_column_id = wizard.column_ids[-1]
                wizard.filter_value = first
                wizard.action_import()
                self.assertEqual(self._received(), [("2026-03-09", 100.0)])
                self.Line.search([("order_ref", "=", "P1")]).unlink()

    def test_movements_that_say_what_went_back(self):
        """Rows that are right are refused no longer, and no article for its type."""
        header = (*HEADER, "Returned Qty", "Type")
        back = self._with("4", "Return", Received="", Received_Qty="")
        lines, reasons = self._go(self._text(header, (*ROW, "", "Receipt"), back))
        self.assertFalse(reasons)
        self.assertEqual(lines.quantity_returned, 4)
        self.assertEqual(lines.quantity_received, 100)
        lines.unlink()
        came = self._with("", "Return")
        _lines, reasons = self._go(self._text(header, came))
        self.assertIn("Type says “Return”", reasons[2])
        for name in ("Typ", "Document Type", "单据类型"):
            with self.subTest(name=name):
                lines, reasons = self._go(self._text((*HEADER, name), (*ROW, "102")))
                self.assertFalse(reasons)
                lines.unlink()

    def test_rows_that_were_deleted(self):
        """They are no orders that nothing came of."""
        gone = self._with("L", PO="P2", Received="", Received_Qty="")
        came = self._with("L", PO="P3")
        content = self._text((*HEADER, "Deletion Indicator"), (*ROW, ""), gone, came)
        lines, reasons = self._go(content)
        self.assertFalse(reasons)
        self.assertEqual(lines.mapped("order_ref"), ["P1", "P3"])
        lines.unlink()
        # The states that somebody names are about other rows.
        lines, reasons = self._go(content, left_out_states="On Hold")
        self.assertFalse(reasons)
        self.assertEqual(lines.mapped("order_ref"), ["P1", "P3"])

    def test_a_quotation_mark_that_is_not_closed(self):
        """Rows would be in one cell, and nobody would miss them."""
        header = (*HEADER[:2], "Product", *HEADER[2:])
        rows = [(*ROW[:1], f"P{number}", "bolt", *ROW[2:]) for number in range(1, 8)]
        content = self._text(header, *rows).decode()
        for broken in (
            content.replace("P2,bolt", 'P2,"inch bolt').replace(
                "P4,bolt", 'P4,5" bolt'
            ),
            content.replace("P2,bolt", 'P2,"bolt').replace("P4,bolt", 'P4,bolt"'),
            content.replace("P2,bolt", 'P2,"bolt'),
        ):
            with self.assertRefused("quotation mark in line 3"):
                self._wizard(broken.encode())

    def test_texts_of_several_lines(self):
        header = ("Supplier\nName", *HEADER[1:-1], "Received\nQty", "Note")
        note = 'first, second\nthird, "fourth"\nfifth'
        rows = [self._with(note, PO=f"P{number}") for number in range(3)]
        lines, reasons = self._go(self._text(header, *rows))
        self.assertFalse(reasons)
        self.assertEqual(len(lines), 3)

    def test_lines_between_the_rows(self):
        """As SAP prints lists."""
        dash = "-" * 60
        rows = ["|" + "|".join(cells) + "|" for cells in (HEADER, ROW)]
        text = "\n".join(["Purchase orders", dash, rows[0], dash, rows[1], dash])
        lines, reasons = self._go(text.encode())
        self.assertFalse(reasons)
        self.assertEqual(lines.order_ref, "P1")
