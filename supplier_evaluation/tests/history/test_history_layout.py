import io

from openpyxl import Workbook

from odoo.tests import BaseCase, tagged

from ...importer.cells import NO_RESULT
from ...importer.files.headers import OTHER_LIST, SAME_LIST, headers_below
from ...importer.files.problem import HistoryFileError
from ...importer.reader import FileOptions, read_table
from ...importer.targets import is_receipt_list, missing_targets, propose_columns

HEADER = ("Supplier", "PO", "Line", "Qty", "Promised Date", "Receipt Date", "GR Qty")
ROW = ("Bolt Ltd", "P1", "10", "100", "2026-03-10", "2026-03-10", "100")
CHINESE = "供应商名称,采购订单号,行号,订购数量,承诺交期,收货日期,收货数量"

HEADERS = (
    CHINESE,
    "供應商,採購單號,項次,訂購數量,承諾交期,收貨日期,收貨數量",
    "供应商 Supplier,订单号 PO,行号 Line,数量 Qty,交期 Due Date,收货日期 Receipt Date,"
    + "收货数量 Received Qty",
    "Supplier,PO Number,PO Line,Ordered Qty (pcs),Promised Date,Receipt Date,"
    + "Received Quantity",
    "Lieferant,Bestellnummer,Position,Bestellmenge,Bestätigter Liefertermin,"
    + "Wareneingangsdatum,Gelieferte Menge",
    "Fournisseur,N° de commande,Ligne,Quantité commandée,Date de livraison prévue,"
    + "Date de réception,Quantité reçue",
    "Proveedor,Número de pedido,Línea,Cantidad pedida,Fecha prometida,"
    + "Fecha de recepción,Cantidad recibida",
)


def csv_of(*rows, delimiter=",", encoding="utf-8"):
    return "\n".join(delimiter.join(row) for row in rows).encode(encoding)


def book_of(sheets, prepare=None):
    """A workbook with these sheets: name -> rows."""
    book, buffer = Workbook(), io.BytesIO()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    if prepare:
        prepare(book)
    book.save(buffer)
    return buffer.getvalue()


@tagged("post_install", "-at_install")
class TestHistoryLayout(BaseCase):
    """Where the table is in a file, and how its letters are stored."""

    # ------------------------------------------------------------
    # Letters and columns
    # ------------------------------------------------------------

    def _assert_read(self, content, first, encoding=None):
        table = read_table(content)
        self.assertEqual(table.head(1)[0].cells[0], first)
        if encoding:
            self.assertEqual(table.source.encoding, encoding)

    def test_encodings_are_found(self):
        row = ("宁波海港金属", "P1", "10", "100", "2026-03-10", "2026-03-10", "100")
        for encoding, found in (
            ("gbk", "gb18030"),
            ("gb2312", "gb18030"),
            ("gb18030", "gb18030"),
            ("utf-8", "utf-8"),
            ("utf-8-sig", "utf-8-sig"),
            ("utf-16", "utf-16"),
            ("utf-16-le", "utf-16-le"),
            ("utf-16-be", "utf-16-be"),
        ):
            with self.subTest(encoding=encoding):
                content = csv_of((CHINESE,), row, encoding=encoding)
                self._assert_read(content, row[0], found)
        # One foreign word is too little for a library; it is a header that we know.
        content = csv_of(("供应商", *HEADER[1:]), ROW, encoding="gbk")
        self.assertEqual(read_table(content).header[0], "供应商")
        taiwan = "供應商,採購單號,項次,訂購數量,預計到貨日"
        content = csv_of(
            (taiwan,), ("臺灣鋼鐵股份有限公司", *ROW[1:5]), encoding="big5"
        )
        self._assert_read(content, "臺灣鋼鐵股份有限公司", "big5")

    def test_western_and_eastern_letters(self):
        for encoding, name in (
            ("cp1252", "Société Générale d'Électricité"),
            ("cp1252", "Müller & Söhne Präzisionsteile GmbH"),
            ("cp1251", "ООО Уралмаш Сталь"),
        ):
            for delimiter in ",;\t":
                with self.subTest(name=name, delimiter=delimiter):
                    rows = (HEADER, (name, *ROW[1:]))
                    content = csv_of(*rows, delimiter=delimiter, encoding=encoding)
                    self._assert_read(content, name, encoding)

    def test_a_broken_letter_is_not_another_encoding(self):
        content = csv_of(HEADER, *[("Müller Söhne", *ROW[1:])] * 5)
        with self.assertRaises(HistoryFileError) as error:
            read_table(content + b"\xff")
        self.assertEqual(error.exception.code, "file_encoding_auto")

    def test_a_chosen_encoding_has_to_fit(self):
        content = csv_of(HEADER, ROW) * 5000 + "供应商".encode("gbk")
        with self.assertRaises(HistoryFileError) as error:
            read_table(content, FileOptions(encoding="utf-8"))
        self.assertEqual(error.exception.code, "file_encoding")

    def test_delimiter_below_a_title(self):
        rows = [(cell.replace(",", ".") for cell in ROW)] * 3
        for delimiter in ",;\t|":
            content = csv_of(
                ("Deliveries, March 2026",), HEADER, *map(tuple, rows)
            ).replace(b",", delimiter.encode())
            with self.subTest(delimiter=delimiter):
                self.assertEqual(read_table(content).header, HEADER)

    # ------------------------------------------------------------
    # The row of headers
    # ------------------------------------------------------------

    def test_title_rows(self):
        for titles in (
            [("Supplier delivery report March 2026",)],
            [("Supplier", "all"), ("Period", "March 2026"), ("Printed by", "Ann")],
            [("Order", "", "", "", "Dates", "", "Quantities")],
            [(), ("Report",), ()],
        ):
            with self.subTest(titles=titles):
                rows = (*titles, HEADER, ROW)
                for content in (csv_of(*rows), book_of({"Data": rows})):
                    table = read_table(content)
                    self.assertEqual(table.header, HEADER)
                    self.assertEqual(table.header_row, len(titles) + 1)
                    (row,) = table.rows()
                    self.assertEqual(row.number, len(titles) + 2)

    def test_two_rows_of_headers_that_belong_together(self):
        rows = (
            ("Supplier", "PO", "Line", "Quantity", "", "Date", "", ""),
            ("", "", "", "Ordered", "Received", "Order", "Promised", "Received"),
            ("Bolt Ltd", "P1", "10", "5", "5", "", "2026-03-10", "2026-03-09"),
        )
        table = read_table(csv_of(*rows))
        expected = {
            "supplier_name": "Supplier",
            "order_ref": "PO",
            "line_ref": "Line",
            "quantity_ordered": "Quantity Ordered",
            "quantity_received": "Quantity Received",
            "date_promised": "Date Promised",
            "date_received": "Date Received",
        }
        found = propose_columns(table.header)
        self.assertEqual({name: found.get(name) for name in expected}, expected)
        self.assertEqual([row.number for row in table.rows()], [3])

    def test_groups_above_headers_that_would_do(self):
        """What came stands in a group: without it nothing had ever come."""
        expected = {
            "quantity_ordered": "订单 数量",
            "price_unit": "单价",
            "date_promised": "交货日期",
            "date_received": "到货 日期",
            "quantity_received": "到货 数量",
            "quantity_returned": "退货数量",
        }
        rows = (
            ("采购到货明细表",),
            ("", "", "", "订单", "", "", "到货", "", ""),
            (
                *("供应商", "订单号", "行号", "数量", "单价", "交货日期"),
                *("日期", "数量", "退货数量"),
            ),
            ("Bolt Ltd", "P1", "10", "5", "2", "2026-03-10", "2026-03-09", "5", "0"),
        )
        for content in (csv_of(*rows), book_of({"Data": rows})):
            table = read_table(content)
            found = propose_columns(table.header)
            self.assertEqual({name: found.get(name) for name in expected}, expected)
            self.assertEqual([row.number for row in table.rows()], [4])
            # A mapping of these columns finds them again.
            again = read_table(content, FileOptions(wanted=tuple(found.values())))
            self.assertTrue({*found.values()} <= {*again.header})

    def test_row_is_chosen(self):
        rows = (("Summary", "of", "all"), ("a", "b"), ("1", "2"), ("3", "4"))
        table = read_table(csv_of(*rows), FileOptions(header_row=2))
        self.assertEqual(table.header, ("a", "b"))
        self.assertEqual(len(table.head(9)), 2)

    def test_headers_that_are_wanted(self):
        """A mapping knows its headers, though nobody else does."""
        rows = (("Title", "x"), ("Foo", "Bar"), ("1", "2"))
        table = read_table(csv_of(*rows), FileOptions(wanted=("Foo", "Bar")))
        self.assertEqual(table.header, ("Foo", "Bar"))

    def test_headers_in_five_languages(self):
        for header in HEADERS:
            with self.subTest(header=header):
                names = header.split(",")
                expected = dict(
                    zip(
                        (
                            *("supplier_name", "order_ref", "line_ref"),
                            *("quantity_ordered", "date_promised"),
                            *("date_received", "quantity_received"),
                        ),
                        names,
                        strict=True,
                    )
                )
                self.assertEqual(propose_columns(names), expected)

    def test_a_delivery_date_is_planned_or_actual(self):
        key = ("Supplier", "PO", "Line", "Qty")
        found = propose_columns((*key, "Delivery Date", "Receipt Date"))
        self.assertEqual(found["date_promised"], "Delivery Date")
        self.assertEqual(found["date_received"], "Receipt Date")
        found = propose_columns((*key, "Promised Date", "Delivery Date"))
        self.assertEqual(found["date_received"], "Delivery Date")
        self.assertEqual(
            propose_columns((*key, "Liefertermin", "Lieferdatum"))["date_received"],
            "Lieferdatum",
        )

    def test_a_price_for_so_many(self):
        """“Price Unit” is a price, or beside one for how many it is, as SAP has it."""
        found = propose_columns(("Price Unit", "Net Price"))
        self.assertEqual(found, {"price_unit": "Net Price", "price_per": "Price Unit"})
        found = propose_columns(("Nettopreis", "Preiseinheit"))
        self.assertEqual(found["price_per"], "Preiseinheit")
        self.assertEqual(propose_columns(("price_unit",)), {"price_unit": "price_unit"})
        # These often say of what it is: yuan, or pieces.
        for name in ("Per", "价格单位", "Unité de prix"):
            self.assertEqual(propose_columns((name,)), {})

    def test_headers_below(self):
        """In another language they are the same; in other places they are others."""
        for above in HEADERS:
            header = above.split(",")
            columns = propose_columns(header).items()
            positions = {target: header.index(name) for target, name in columns}
            for below in HEADERS:
                with self.subTest(above=above, below=below):
                    names = below.split(",")
                    found = headers_below(names, header, positions)
                    self.assertEqual(found, SAME_LIST)
                    names[4:6] = names[5], names[4]
                    found = headers_below(names, header, positions)
                    self.assertEqual(found, OTHER_LIST)
        # Two columns may be called alike; the table tells them apart.
        header = (*header[:5], f"{header[4]} (2)")
        names = (*header[:5], header[4])
        self.assertEqual(headers_below(names, header, positions), SAME_LIST)

    def test_list_of_receipts(self):
        columns = {name: name for name in ("order_ref", "line_ref", "date_received")}
        self.assertFalse(is_receipt_list(columns))
        columns["quantity_received"] = "GR Qty"
        self.assertTrue(is_receipt_list(columns))
        self.assertEqual(missing_targets(columns), [])
        self.assertEqual(missing_targets({**columns, "line_ref": ""}), ["line_ref"])
        self.assertFalse(is_receipt_list({**columns, "date_promised": "Due"}))

    # ------------------------------------------------------------
    # Workbooks
    # ------------------------------------------------------------

    def test_sheet_is_found_or_chosen(self):
        sheets = {
            "Notes": [("Delivery report",), ("Prepared by", "purchasing")],
            "January": [HEADER, ROW],
            "February": [HEADER, ROW, ROW],
        }
        content = book_of(sheets)
        table = read_table(content)
        self.assertEqual(table.source.sheet, "January")
        self.assertEqual(table.source.sheets, ("Notes", "January", "February"))
        self.assertEqual(table.source.other_sheets, ("February",))
        table = read_table(content, FileOptions(sheet="February"))
        self.assertEqual(len(table.head(9)), 2)
        with self.assertRaises(HistoryFileError) as error:
            read_table(content, FileOptions(sheet="March"))
        self.assertEqual(error.exception.code, "file_sheet")

    def test_the_first_list_of_orders_is_found(self):
        """Not the one with the most columns, nor a list of receipts before it."""
        receipts = [("PO", "Line", "Receipt Date", "GR Qty", "GRN", "Supplier", "SKU")]
        sheets = {
            "Receipts": receipts,
            "January": [HEADER, ROW],
            "February": [(*HEADER, "Price"), ROW],
        }
        source = read_table(book_of(sheets)).source
        self.assertEqual(source.sheet, "January")
        self.assertEqual(source.other_sheets, ("Receipts", "February"))

    def test_hidden_sheet_is_not_found(self):
        def hide(book):
            book["January"].sheet_state = "hidden"

        sheets = {"January": [HEADER, ROW], "February": [HEADER, ROW, ROW]}
        table = read_table(book_of(sheets, hide))
        self.assertEqual(table.source.sheet, "February")

    def test_hidden_rows(self):
        def hide(book):
            book.active.row_dimensions[3].hidden = True

        table = read_table(book_of({"Data": [HEADER, ROW, ROW]}, hide))
        self.assertEqual([row.hidden for row in table.rows()], [False, True])

    def test_merged_cells_are_filled_down(self):
        def merge(book):
            book.active.merge_cells("A1:B1")
            book.active.merge_cells("A3:A4")
            book.active.merge_cells("D3:D4")

        rows = [("Report",), HEADER, ROW, (None, "P1", "20", None, *ROW[4:]), ROW]
        table = read_table(book_of({"Data": rows}, merge))
        first, second, third = table.rows()
        self.assertEqual(second.cells, (*ROW[:2], "20", *ROW[3:]))
        self.assertEqual(first.merged, {0: (3, 4), 3: (3, 4)})
        self.assertIsNone(third.merged)

    def test_formulas_without_a_result(self):
        row = (*ROW[:5], "=DATE(2026,3,10)", "=D2")
        table = read_table(book_of({"Data": [HEADER, row]}))
        cells = table.head(1)[0].cells
        self.assertEqual(cells[5:], (NO_RESULT, NO_RESULT))
        self.assertEqual(cells[:5], ROW[:5])

    def test_what_stands_beside_the_table(self):
        content = book_of({"Data": [HEADER, (*ROW, None, "checked by Ann")]})
        self.assertEqual(read_table(content).head(1)[0].cells, ROW)
