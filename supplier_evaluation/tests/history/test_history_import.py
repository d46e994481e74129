from datetime import date, datetime

from odoo.tests import tagged

from .common import COLUMNS, HEADER, HistoryCommon


@tagged("post_install", "-at_install")
class TestHistoryImport(HistoryCommon):
    def test_good_row(self):
        row = self._row(Sent_Back="12", Sent_Back_On="2026-03-20", UoM="ea", SKU="B-1")
        report = self._import([row])
        self._assert_counts(report, created=1)
        line = self.Line.browse(report.line_ids)
        self.assertRecordValues(
            line,
            [
                {
                    "company_id": self.company.id,
                    "partner_id": self.supplier.id,
                    "order_ref": "P1",
                    "line_ref": "10",
                    "product_id": False,
                    "product_name": "B-1",
                    "uom_id": self.env.ref("uom.product_uom_unit").id,
                    "quantity_ordered": 100,
                    "price_unit": 2.5,
                    "currency_id": self.usd.id,
                    "value": 250,
                    "date_order": date(2026, 3, 1),
                    "date_promised": date(2026, 3, 10),
                    "quantity_received": 100,
                    "quantity_returned": 12,
                    "date_returned": date(2026, 3, 20),
                    "source": "old.csv",
                }
            ],
        )
        self.assertEqual(line.receipt_ids.date, date(2026, 3, 10))

    def test_reasons_follow_each_other_as_the_reader_writes(self):
        self.env["res.lang"]._activate_lang("zh_CN")
        env = self.env(context={**self.env.context, "lang": "zh_CN"})
        row = self._row(Qty="many", Promised="soon")
        [rejection] = self._import([row], env=env).rejected
        self.assertIn("many", rejection.reason)
        self.assertIn("soon", rejection.reason)
        self.assertNotIn("。 ", rejection.reason)

    def test_dirty_rows(self):
        """Every kind of dirt is named, and keeps nothing else out."""
        for change, words in (
            ({"Vendor": ""}, ["supplier is missing"]),
            ({"Vendor": "Nobody"}, ["No supplier", "Nobody"]),
            ({"PO": ""}, ["Order is missing"]),
            ({"Line": " "}, ["Order Line is missing"]),
            ({"Qty": "many"}, ["Ordered Quantity", "many", "not a number"]),
            ({"Qty": ""}, ["Ordered Quantity is missing"]),
            ({"Qty": "0"}, ["Ordered Quantity is zero"]),
            ({"Qty": "-5"}, ["Ordered Quantity is negative (-5)"]),
            ({"Qty": "1,234"}, ["ambiguous number", "1,234"]),
            ({"Price": "-1"}, ["Unit Price is negative"]),
            ({"Promised": "soon"}, ["Promised Date", "soon", "not a date"]),
            ({"Promised": ""}, ["Promised Date is missing"]),
            ({"Promised": "3/4/26"}, ["ambiguous date", "3/4/26"]),
            ({"Ordered": "Date Not Captured"}, ["Order Date", "not a date"]),
            ({"Arrived": "?"}, ["Receipt Date", "not a date"]),
            ({"Arrived Qty": "?"}, ["Received Quantity", "not a number"]),
            ({"Arrived Qty": "-1"}, ["Received Quantity is negative"]),
            ({"Arrived Qty": ""}, ["Received Quantity is missing"]),
            ({"Arrived": ""}, ["Receipt Date is missing"]),
            ({"Sent Back": "-1"}, ["Returned Quantity is negative"]),
            ({"Sent Back On": "x"}, ["Return Date", "not a date"]),
            ({"UoM": "hogshead"}, ["no unit", "hogshead"]),
            ({"Currency": "Q$"}, ["no currency", "Q$"]),
            ({"Qty": "x", "Promised": "y"}, ["Ordered Quantity", "Promised Date"]),
        ):
            with self.subTest(change=change):
                good = self._row(PO="good")
                report = self._assert_rejected([self._row(**change), good], *words)
                self.assertEqual(report.created + report.unchanged, 1)
                self.assertEqual(len(report.rejected), 1)
        self.assertEqual(
            self.Line.search([("company_id", "=", self.company.id)]).mapped(
                "order_ref"
            ),
            ["good"],
        )

    def test_row_with_too_many_cells(self):
        content = self._csv([self._row()]) + b"x" + b",1" * len(HEADER) + b"\n"
        report = self._import(content)
        self._assert_counts(report, created=1, rejected=1)
        self.assertIn("more cells", report.rejected[0].reason)

    def test_same_file_twice_changes_nothing(self):
        rows = [self._row(Line=str(number)) for number in range(5)]
        self._assert_counts(self._import(rows), created=5)
        lines = self.Line.search([("order_ref", "=", "P1")])
        self.env.flush_all()
        before = lines.mapped("write_date")
        self._assert_counts(self._import(rows, filename="other.csv"), unchanged=5)
        self.assertEqual(lines.mapped("write_date"), before)
        self.assertEqual(set(lines.mapped("source")), {"old.csv"})

    def test_changed_row_updates_its_line(self):
        self._import([self._row()])
        line = self.Line.search([("order_ref", "=", "P1")])
        row = self._row(Price="3", Arrived="2026-03-12", Ordered="")
        self._assert_counts(self._import([row], filename="new.csv"), updated=1)
        self.assertEqual(line.value, 300)
        self.assertEqual(line.source, "new.csv")
        self.assertFalse(line.date_order)
        self.assertEqual(line.receipt_ids.date, date(2026, 3, 12))
        self.assertTrue(line.is_received_late)
        # The other system took the receipt back.
        row.update({"Arrived": "", "Arrived Qty": ""})
        self._assert_counts(self._import([row]), updated=1)
        self.assertFalse(line.receipt_ids)

    def test_columns_that_the_file_lacks_stay(self):
        self._import([self._row()])
        keep = ("supplier_name", "order_ref", "line_ref")
        columns = {name: COLUMNS[name] for name in keep}
        columns.update(quantity_ordered="Qty", date_promised="Promised")
        self.mapping.columns = columns
        self._assert_counts(
            self._import([self._row(Price="9", Arrived="")]), unchanged=1
        )

    def test_receipts_of_one_line(self):
        rows = [
            self._row(GRN="A", **{"Arrived Qty": "60"}),
            self._row(GRN="B", Arrived="2026-03-13", **{"Arrived Qty": "40"}),
        ]
        report = self._import(rows)
        self._assert_counts(report, created=1)
        line = self.Line.browse(report.line_ids)
        self.assertEqual(line.receipt_ids.mapped("receipt_ref"), ["A", "B"])
        self.assertEqual(line.quantity_received, 100)
        # A later file has the next receipt only.
        row = self._row(GRN="C", Arrived="2026-03-14", **{"Arrived Qty": "5"})
        self._assert_counts(self._import([row]), updated=1)
        self.assertEqual(line.quantity_received, 105)

    def test_rows_of_one_line_must_agree(self):
        rows = [self._row(GRN="A"), self._row(GRN="B", Qty="90", Promised="2026-03-11")]
        report = self._assert_rejected(
            rows, "Row 2", "Ordered Quantity, Promised Date", row=3
        )
        self._assert_counts(report, rejected=2)
        self.assertIn("Row 3", report.rejected[0].reason)

    def test_line_goes_in_as_a_whole(self):
        """Half of its receipts would make the supplier look worse than it is."""
        rows = [
            self._row(GRN="A", **{"Arrived Qty": "60"}),
            self._row(GRN="B", Arrived="x"),
        ]
        report = self._assert_rejected(rows, "Row 3", "was rejected", row=2)
        self._assert_counts(report, rejected=2)

    def test_returned_quantity_is_of_the_line(self):
        rows = [self._row(GRN="A"), self._row(GRN="B", Sent_Back="12")]
        report = self._import(rows)
        self._assert_counts(report, created=1)
        self.assertEqual(self.Line.browse(report.line_ids).quantity_returned, 12)
        rows[0]["Sent Back"] = "3"
        self._assert_rejected(rows, "Returned Quantity", row=3)

    def test_duplicate_line(self):
        """Which of two rows is right? The line is left out, and both are named."""
        rows = [self._row(), self._row(PO="P2"), self._row()]
        report = self._assert_rejected(rows, "Duplicate line", "row 2", row=4)
        self._assert_counts(report, created=1, rejected=2)
        self.assertIn("row 4", report.rejected[0].reason)
        self.assertFalse(self.Line.search([("order_ref", "=", "P1")]))
        rows = [self._row(), self._row(PO="P2"), self._row(Qty="90")]
        report = self._assert_rejected(rows, "Row 2", "Ordered Quantity", row=4)
        self._assert_counts(report, unchanged=1, rejected=2)

    def test_dry_run_writes_nothing(self):
        self.mapping.create_suppliers = True
        self._import([self._row()])
        self.env.flush_all()
        partners = self.env["res.partner"].search_count([])
        rows = [self._row(Price="9"), self._row(PO="P2", Vendor="New Co")]
        report = self._import(rows, dry_run=True)
        self._assert_counts(report, created=1, updated=1)
        self.assertEqual(report.suppliers_created, ["New Co"])
        self.assertEqual(self.env["res.partner"].search_count([]), partners)
        line = self.Line.search([("company_id", "=", self.company.id)])
        self.assertEqual(line.price_unit, 2.5)
        self._assert_counts(self._import(rows), created=1, updated=1)

    def test_filter(self):
        self.mapping.write({"filter_column": "GRN", "filter_value": "direct"})
        rows = [self._row(GRN="Direct"), self._row(PO="P2", GRN="x", Qty="dirt")]
        report = self._import(rows)
        self._assert_counts(report, created=1)
        self.assertEqual(report.skipped_rows, 1)

    def test_received_equals_ordered(self):
        columns = {**COLUMNS}
        del columns["quantity_received"]
        self.mapping.columns = columns
        with self.assertRefused("Received Quantity"):
            self._import([self._row()])
        self.mapping.received_equals_ordered = True
        report = self._import([self._row(), self._row(PO="P2", Arrived="")])
        lines = self.Line.browse(report.line_ids)
        self.assertEqual(lines.mapped("quantity_received"), [100, 0])
        rows = [self._row(PO="P3", GRN="A"), self._row(PO="P3", GRN="B")]
        self._assert_rejected(rows, "column of its own", row=3)

    def test_tolerate_unreadable_order_dates(self):
        self.mapping.tolerate_order_date = True
        report = self._import([self._row(Ordered="Date Not Captured")])
        self._assert_counts(report, created=1)
        self.assertEqual(report.order_dates_ignored, 1)
        self.assertFalse(self.Line.browse(report.line_ids).date_order)

    def test_several_spellings_in_one_file(self):
        dates = {"Ordered": "2/13/26", "Promised": "10-Mar-26", "Arrived": "13.03.2026"}
        report = self._import([self._row(**dates, Price="$ 1.234,50", Qty="1 000")])
        line = self.Line.browse(report.line_ids)
        self.assertEqual(line.date_order, date(2026, 2, 13))
        self.assertEqual(line.date_promised, date(2026, 3, 10))
        self.assertEqual(line.receipt_ids.date, date(2026, 3, 13))
        self.assertEqual((line.price_unit, line.quantity_ordered), (1234.5, 1000))

    def test_csv_dialects(self):
        rows = [self._row(PO="Ж-1")]
        for number, options in enumerate(
            (
                {"encoding": "utf-8-sig"},
                {"encoding": "utf-16"},
                {"delimiter": ";"},
                {"delimiter": "\t"},
            )
        ):
            with self.subTest(**options):
                counts = {"unchanged": 1} if number else {"created": 1}
                self._assert_counts(self._import(self._csv(rows, **options)), **counts)
        self.mapping.encoding = "cp1251"
        content = self._csv(rows, encoding="cp1251")
        self._assert_counts(self._import(content), unchanged=1)
        self.mapping.encoding = "auto"
        with self.assertRefused("Choose its encoding"):
            self._import(content + b"\x81,\x98,\xff\n")

    def test_utf16_is_chosen(self):
        """Which programs write with a mark, and which without."""
        self.mapping.encoding = "utf-16"
        rows = [self._row(PO="Ж-1")]
        for number, encoding in enumerate(("utf-16", "utf-16-le", "utf-16-be")):
            with self.subTest(encoding=encoding):
                counts = {"unchanged": 1} if number else {"created": 1}
                content = self._csv(rows, encoding=encoding)
                self._assert_counts(self._import(content), **counts)
        for encoding in ("utf-8", "cp1251"):
            for dry_run in (True, False):
                with (
                    self.subTest(encoding=encoding, dry_run=dry_run),
                    self.assertRefused("cannot be read as utf-16. Choose another"),
                ):
                    content = self._csv(rows, encoding=encoding)
                    self._import(content, dry_run=dry_run)
        with self.assertRefused("cannot be read as utf-16. Choose another"):
            self._import(self._csv(rows, encoding="utf-16-le") + b"x")

    def test_negative_row_of_headers(self):
        self.mapping.header_row = -1
        rows = [self._row()]
        for content in (self._csv(rows), self._xlsx(rows)):
            for dry_run in (True, False):
                with self.assertRefused("The row of the headers is negative"):
                    self._import(content, dry_run=dry_run)

    def test_references_that_are_too_long(self):
        """The check says so, and not PostgreSQL, whose indexes take so much."""
        letters = "".join(map(chr, range(0x4E00, 0x4E00 + 12000)))
        for name in ("PO", "Line", "GRN", "Vendor", "Vendor Code", "VAT"):
            for length in (251, 12000):
                rows = [self._row(**{name: letters[:length]}), self._row(PO="P2")]
                for dry_run in (True, False):
                    with (
                        self.subTest(name, length=length, dry_run=dry_run),
                        self.env.cr.savepoint() as savepoint,
                    ):
                        report = self._import(rows, dry_run=dry_run)
                        self._assert_counts(report, created=1, rejected=1)
                        [rejection] = report.rejected
                        self.assertIn(
                            "longer than 250 characters. Shorten it", rejection.reason
                        )
                        savepoint.rollback()

    def test_longest_references(self):
        letters = "".join(map(chr, range(0x20000, 0x20000 + 250)))
        self.mapping.create_suppliers = True
        row = self._row(PO=letters, Line=letters, GRN=letters, Vendor=letters)
        self._assert_counts(self._import([row]), created=1)
        self._assert_counts(self._import([row]), unchanged=1)

    def test_xlsx(self):
        row = self._row(
            PO=4500,
            Qty=100.0,
            Price=2.5,
            Promised=datetime(2026, 3, 10),
            Arrived=date(2026, 3, 9),
        )
        report = self._import(self._xlsx([row]), filename="old.xlsx")
        self._assert_counts(report, created=1)
        line = self.Line.browse(report.line_ids)
        self.assertEqual(line.display_name, "4500 / 10")
        self.assertEqual(line.date_promised, date(2026, 3, 10))
        row["PO"] = "4500"
        self._assert_counts(self._import(self._csv([row])), unchanged=1)
        row["Promised"] = 46091
        self._assert_rejected(self._xlsx([row]), "Promised Date", "46091", "Format")

    def test_rejected_rows_can_be_corrected_and_imported(self):
        rows = [self._row(), self._row(PO="P2", Qty="-5", SKU="=1+1")]
        report = self._import(rows)
        content = report.rejected_csv()
        self.assertIn(b"'=1+1", content)
        self.assertIn(b"'-5", content)
        report = self._import(content)
        self._assert_counts(report, rejected=1)
        report = self._import(content.replace(b"'-5", b"5"))
        self._assert_counts(report, created=1)
        self.assertEqual(self.Line.browse(report.line_ids).product_name, "=1+1")

    def test_mapping_that_does_not_fit(self):
        with self.assertRefused("Not among the columns.*Promised"):
            self._import(b"Vendor,PO,Line,Qty\n")
        self.mapping.columns = {"order_ref": "PO"}
        with self.assertRefused("Supplier.*Promised Date"):
            self._import([self._row()])
        self.mapping.write({"columns": COLUMNS, "company_id": self.other_company.id})
        with self.assertRefused("Other Works"):
            self._import([self._row()])
