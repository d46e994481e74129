from datetime import datetime, time

from odoo.tests import tagged

from .common import HEADER, SheetCommon


@tagged("post_install", "-at_install")
class TestSheetCodes(SheetCommon):
    """Numbers that name something: of orders, lines, receipts and suppliers."""

    def test_numbers_that_were_cut(self):
        """Two orders would become one, and nobody would see it."""
        for order in ("4.50001E+09", "4,50001E+09", "5e+09"):
            with self.subTest(order=order):
                content = self._text(HEADER, self._with(PO=order), delimiter=";")
                lines, reasons = self._go(content)
                self.assertFalse(lines)
                self.assertIn("has cut", reasons[2])
        rows = [self._row(PO="P1", GRN=5000000123456789012)]
        report = self._import(self._xlsx(rows))
        self.assertIn("has cut", report.rejected[0].reason)
        self._assert_counts(
            self._import(self._xlsx([self._row(PO=450000123456789)])), created=1
        )

    def test_decimals_that_are_none(self):
        content = self._text(HEADER, self._with(PO="4500001.0", Line="10.0"))
        lines, _reasons = self._go(content)
        self.assertEqual((lines.order_ref, lines.line_ref), ("4500001", "10"))
        # The workbook of the same orders has numbers.
        rows = [self._row(PO=4500001.0, Line=10.0, Arrived="2026-03-09")]
        self._assert_counts(self._import(self._xlsx(rows)), updated=1)
        rows = [self._row(PO="V1.0", Line="1.10")]
        report = self._import(rows)
        line = self.Line.browse(report.line_ids)
        self.assertEqual((line.order_ref, line.line_ref), ("V1.0", "1.10"))

    def test_codes_that_became_dates(self):
        """3-10 is an order; 10 March is none."""
        for name, value in (("PO", datetime(2026, 3, 10)), ("Line", time(9, 30))):
            with self.subTest(name=name):
                report = self._import(self._xlsx([self._row(**{name: value})]))
                self.assertIn("into the date or time", report.rejected[0].reason)

    def test_signs_that_nobody_sees(self):
        rows = [self._row(PO="P1\u00a0", Line="\u200b10"), self._row(PO="Ｐ１")]
        report = self._import(rows)
        self.assertEqual([found.row for found in report.rejected], [2, 3])
        self.assertIn("Duplicate", report.rejected[0].reason)

    def test_zeros_that_only_the_format_shows(self):
        def prepare(_book, sheet):
            sheet["D2"].number_format = "0000000"
            sheet["E2"].number_format = "00000"

        content = self._xlsx([self._row(PO=4500, Line=10)], prepare=prepare)
        line = self.Line.browse(self._import(content).line_ids)
        self.assertEqual((line.order_ref, line.line_ref), ("0004500", "00010"))

    def test_signs_that_keep_digits(self):
        for sign, order in (("'0045", "0045"), ('="0046"', "0046"), ("’47", "47")):
            with self.subTest(sign=sign):
                row = self._with(PO=sign, Line='="00010"', Promised="'2026-03-10")
                self._go(self._text(HEADER, row))
                line = self.Line.search([("order_ref", "=", order)])
                self.assertEqual(line.line_ref, "00010")
                self.assertEqual(str(line.date_promised), "2026-03-10")
        report = self._import([self._row(PO="'s-Hertogenbosch", SKU="=1+1")])
        line = self.Line.browse(report.line_ids)
        self.assertEqual(line.order_ref, "'s-Hertogenbosch")
        self.assertEqual(line.product_name, "=1+1")

    def test_suppliers_with_and_without_zeros(self):
        for code in ("100234", "0000100234", "00100234"):
            with self.subTest(code=code):
                header = ("Vendor Code", *HEADER[1:])
                row = (code, f"P{code}", *self._with()[2:])
                lines, reasons = self._go(self._text(header, row))
                self.assertFalse(reasons)
                self.assertEqual(lines.partner_id, self.supplier)
        # Zeros that tell two suppliers apart are read.
        self.steel.ref = "100234"
        header = ("Vendor Code", *HEADER[1:])
        rows = [(code, f"Q{code}", *self._with()[2:]) for code in ("100234", "0100234")]
        _lines, reasons = self._go(self._text(header, *rows))
        steel = self.Line.search([("order_ref", "=", "Q100234")]).partner_id
        self.assertEqual(steel, self.steel)
        self.assertIn("may be several suppliers", reasons[3])

    def test_one_column_for_the_supplier(self):
        """“Vendor” is a name, a number, a VAT number, or number and name."""
        for text in (
            "100234",
            "NL 1",
            "100234     Bolt & Nut BV",
            "0000100234 - Bolt & Nut B.V.",
            "Bolt & Nut B.V. (100234)",
            "Bolt & Nut B.V. - 100234",
        ):
            with self.subTest(text=text):
                lines, reasons = self._go(
                    self._text(HEADER, self._with(Supplier=text, PO=text))
                )
                self.assertFalse(reasons)
                self.assertEqual(lines.partner_id, self.supplier)
        for text in ("100235 - Bolt & Nut B.V.", "100234 - Steel Ltd"):
            with self.subTest(text=text):
                _lines, reasons = self._go(
                    self._text(HEADER, self._with(Supplier=text, PO=text))
                )
                self.assertIn("No supplier", reasons[2])

    def test_headers_of_other_systems(self):
        key = ("VENDOR_NAME", "PO_NUMBER", "LINE_NUM", "ITEM", "QUANTITY")
        columns = self._columns(
            self._wizard(
                self._text((*key, "PROMISED_DATE", "TRANSACTION_DATE", "Returned"))
            )
        )
        self.assertEqual(columns["line_ref"], "LINE_NUM")
        self.assertEqual(columns["product"], "ITEM")
        self.assertEqual(columns["date_received"], "TRANSACTION_DATE")
        self.assertEqual(columns["quantity_returned"], "Returned")
        names = ("单据编号", "行号", "采购数量", "交货日期", "入库日期")
        header = ("供应商", *names, "累计入库数量")
        columns = self._columns(self._wizard(self._text(header)))
        self.assertEqual(columns["order_ref"], "单据编号")
        self.assertEqual(columns["quantity_received"], "累计入库数量")

    def test_headers_of_what_was_wanted_promised_and_done(self):
        """The day on which it came is no promise, nor the one that we asked for."""
        for names in (
            ("Requested Date", "Confirmed Date", "Delivery Date", "Qty Delivered"),
            ("Requested Date", "Promise Date", "Actual Receipt", "Receipt Qty"),
            ("Need-By Date", "Due Date", "Date Received", "Qty Rec'd"),
            ("要求到货日期", "承诺到货日期", "实际到货时间", "到货数量"),
            ("要求交期", "确认到货日期", "实际入库日期", "入库数量"),
        ):
            with self.subTest(names=names):
                header = ("Supplier", "PO", "Line", "Order Qty", *names)
                found = self._columns(self._wizard(self._text(header)))
                wanted = ("date_promised", "date_received", "quantity_received")
                self.assertEqual(tuple(map(found.get, wanted)), names[1:])
        header = ("Proveedor", "Nº pedido", "Línea", "Cantidad pedida", "Devoluciones")
        found = self._columns(self._wizard(self._text(header)))
        self.assertEqual(found["order_ref"], "Nº pedido")
        self.assertEqual(found["quantity_returned"], "Devoluciones")

    def test_headers_that_name_their_document(self):
        for wanted in (
            {
                "supplier_ref": "Buy-from Vendor No.",
                "supplier_name": "Buy-from Vendor Name",
                "order_ref": "Document No.",
                "line_ref": "Line No.",
                "quantity_ordered": "Quantity",
                "price_unit": "Direct Unit Cost Excl. VAT",
                "uom": "Unit of Measure Code",
                "date_promised": "Promised Receipt Date",
                "quantity_received": "Quantity Received",
            },
            {
                "supplier_name": "Vendor",
                "order_ref": "Order Reference",
                "line_ref": "Order Lines/ID",
                "product": "Order Lines/Product",
                "quantity_ordered": "Order Lines/Quantity",
                "price_unit": "Order Lines/Unit Price",
                "date_promised": "Order Lines/Expected Arrival",
                "quantity_received": "Order Lines/Received Qty",
            },
            {
                "order_ref": "Purchase order",
                "line_ref": "Item",
                "uom": "Unit of Entry",
                "date_received": "Posting Date",
                "quantity_received": "Qty in unit of entry",
            },
            {"price_unit": "Preis je 100"},
            {"price_unit": "单价/每1000"},
        ):
            with self.subTest(wanted=wanted):
                columns = self._columns(self._wizard(self._text(wanted.values())))
                self.assertEqual(columns, wanted)

    def test_the_only_delivery_date(self):
        """Planned in a list of orders, actual in one of receipts, else it is asked."""
        key = ("Vendor", "Purchasing Document", "Item")
        for header, target in (
            ((*key, "Order Quantity", "Delivery Date"), "date_promised"),
            ((*key, "GR Quantity", "Delivery Date"), "date_received"),
            ((*key, "Order Quantity", "GR Quantity", "Delivery Date"), None),
        ):
            with self.subTest(header=header):
                columns = self._columns(self._wizard(self._text(header)))
                found = [name for name in columns if columns[name] == "Delivery Date"]
                self.assertEqual(found, [target] if target else [])
