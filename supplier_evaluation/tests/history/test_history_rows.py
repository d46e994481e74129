import io
import re
from datetime import date
from zipfile import ZipFile

from xlsxwriter import Workbook

from odoo.fields import Command
from odoo.tests import tagged

from .common import COLUMNS, HEADER, HistoryCommon


@tagged("post_install", "-at_install")
class TestHistoryRows(HistoryCommon):
    """Which rows of a file are order lines, in the files that people have."""

    def _orders(self):
        lines = self.Line.search([("company_id", "=", self.company.id)])
        return sorted(lines.mapped("display_name"))

    # ------------------------------------------------------------
    # Totals
    # ------------------------------------------------------------

    def test_totals_are_left_out_and_named(self):
        self.mapping.create_suppliers = True
        all_filled = {"Vendor": "Grand Total", "PO": "Total", "Line": "Total"}
        for change in (
            all_filled,
            {"Vendor": "合计", "PO": "2", "Line": "3"},
            {"Vendor": "Grand Total (12)", "PO": "12", "Line": "12"},
            {"Vendor": "总计（元）", "PO": "", "Line": ""},
            {"Vendor": "Summe:", "PO": "", "Line": ""},
            {"Vendor": "Bolt & Nut B.V. Total", "PO": "", "Line": ""},
            {"Vendor": "小 计", "PO": "", "Line": ""},
            {"Vendor": "", "PO": "Total général", "Line": ""},
            {"Vendor": "华东机械 汇总", "PO": "", "Line": ""},
            {"Vendor": "", "PO": "P1 汇总", "Line": ""},
            {"Vendor": "Average", "PO": "Average", "Line": "Average"},
            {"Vendor": "过次页", "PO": "过次页", "Line": "过次页"},
            {"Vendor": "Bolt & Nut B.V.", "PO": "P1", "Line": "Subtotal"},
            {"Vendor": "总计", "PO": "", "Line": "", "Promised": "", "Qty": "9,9,9"},
        ):
            with self.subTest(change=change):
                report = self._import([self._row(), self._row(**change)])
                self.assertEqual(report.created + report.unchanged, 1)
                self.assertFalse(report.rejected)
                self.assertEqual(report.left_out.rows["total"], [3])
        self.assertEqual(self._orders(), ["P1 / 10"])
        self.assertFalse(self.env["res.partner"].search([("name", "=", "合计")]))

    def test_total_in_a_column_that_means_nothing(self):
        header = ("No.", *HEADER)
        rows = [{**self._row(), "No.": "1"}, {**self._row(PO="9"), "No.": "Total"}]
        report = self._import(self._csv(rows, header))
        self._assert_counts(report, created=1)
        self.assertEqual(report.left_out.counts["total"], 1)

    def test_a_supplier_called_total(self):
        self.supplier.name = "Total"
        report = self._import([self._row(Vendor="Total")])
        self._assert_counts(report, created=1)
        self.assertFalse(report.left_out.counts)

    def test_a_price_for_a_hundred(self):
        self.mapping.columns = {**COLUMNS, "price_per": "Per"}
        header = (*HEADER, "Per")
        rows = [
            {**self._row(Line=line, Price="250.00"), "Per": per}
            for line, per in (("10", "100"), ("20", ""), ("30", "1"), ("40", "-100"))
        ]
        report = self._import(self._csv(rows, header))
        self._assert_counts(report, created=3, rejected=1)
        lines = self.Line.browse(report.line_ids).sorted("line_ref")
        self.assertEqual(lines.mapped("price_unit"), [2.5, 250, 250])

    def test_a_share_is_no_quantity(self):
        """A cell that shows 100 % holds 1: of a hundred pieces, one would have come."""

        def share(_book, sheet):
            for name, shown in (("I2", "0%"), ("O2", "0.00%")):
                sheet[name].number_format = shown

        shares = {"Qty": 1, "Arrived Qty": 0.955}
        content = self._xlsx([self._row(**shares)], prepare=share)
        self._assert_rejected(content, "“100%”", "“95.5%”", "not a number")
        # One that says nothing of quantities is of no concern.
        header = (*HEADER, "Quota")
        rows = [{**self._row(), "Quota": 0.5}]

        def quota(_book, sheet):
            sheet["R2"].number_format = "0%"

        self._assert_counts(self._import(self._xlsx(rows, header, quota)), created=1)

    def test_a_written_percent_sign_is_no_share(self):
        """It stands behind 100, which stays what it is."""

        def written(_book, sheet):
            for name, shown in (("I2", '0"%"'), ("O2", "0\\%")):
                sheet[name].number_format = shown

        content = self._xlsx([self._row(Qty=100, Arrived_Qty=95)], HEADER, written)
        self._assert_counts(self._import(content), created=1)
        self.assertEqual(self._received(), [("2026-03-10", 95.0)])

    def test_a_format_that_the_workbook_does_not_define(self):
        def formatted(_book, sheet):
            sheet["I2"].number_format = "0.0000"

        content = self._xlsx([self._row(Qty=100)], HEADER, formatted)
        changed = io.BytesIO()
        with ZipFile(io.BytesIO(content)) as old, ZipFile(changed, "w") as new:
            for name in old.namelist():
                part = old.read(name)
                if name == "xl/styles.xml":
                    self.assertIn(b'numFmtId="164"', part)
                    part = re.sub(rb"<numFmts.*?</numFmts>", b"", part)
                new.writestr(name, part)
        self._assert_counts(self._import(changed.getvalue()), created=1)

    # ------------------------------------------------------------
    # Other lists in the same file
    # ------------------------------------------------------------

    def test_another_list_below(self):
        """Its columns are others: what is there for a quantity may be a price."""
        other = dict(zip(HEADER, HEADER, strict=True))
        other.update(Qty="Price", Price="Qty", Arrived="Promised", Promised="Arrived")
        below = self._row(PO="P2", Qty="2", Price="50", Arrived="2026-03-20")
        rows = [self._row(), {}, {"Vendor": "Returns"}, other, below, self._row()]
        for content in (self._csv(rows), self._xlsx(rows)):
            report = self._import(content)
            self.assertEqual(self._orders(), ["P1 / 10"])
            self.assertEqual([found.row for found in report.rejected], [4, 5, 6, 7])
            for found in report.rejected[1:]:
                self.assertIn("headers of its own in row 5", found.reason)

    def test_the_list_goes_on_below_its_own_headers(self):
        own = dict(zip(HEADER, HEADER, strict=True))
        other = {**own, "Qty": "Price", "Price": "Qty"}
        rows = [self._row(), other, self._row(PO="P2"), own, self._row(PO="P3")]
        self._import(rows)
        self.assertEqual(self._orders(), ["P1 / 10", "P3 / 10"])

    def test_headers_of_the_same_list_in_another_language(self):
        """They stand where those above them do: what is below is the same list."""
        chinese = {
            "Vendor": "供应商",
            "PO": "采购订单号",
            "Line": "行号",
            "Qty": "订购数量",
            "Promised": "承诺交期",
            "Arrived": "收货日期",
            "Arrived Qty": "收货数量",
        }
        own = dict(zip(HEADER, HEADER, strict=True))
        worded = {**own, "Qty": "Qty (pcs)", "Price": "Unit Price"}
        spelled = {name: name.upper() for name in HEADER}
        orders = (self._row(), self._row(PO="P2"))
        for again in (chinese, worded, spelled):
            with self.subTest(again=again):
                report = self._import([again, *orders], dry_run=True)
                self._assert_counts(report, created=2)
                self.assertEqual(report.left_out.counts["header"], 1)
        # It goes on below another list, too.
        other = {**own, "Qty": "Price", "Price": "Qty"}
        rows = [self._row(), other, self._row(PO="P2"), chinese, self._row(PO="P3")]
        self._import(rows)
        self.assertEqual(self._orders(), ["P1 / 10", "P3 / 10"])

    def test_headers_that_the_list_has_not_begin_another(self):
        own = dict(zip(HEADER, HEADER, strict=True))
        returns = {**own, "Promised": "Return Date", "Qty": "Returned Qty"}
        report = self._import([self._row(), returns, self._row(PO="P2")])
        self._assert_counts(report, created=1, rejected=2)

    def test_words_in_a_row_begin_no_list(self):
        rows = [self._row(PO="P2", Qty="open", Promised="open"), self._row()]
        self._assert_counts(self._import(rows), created=1, rejected=1)

    def test_repeated_headers(self):
        report = self._import([self._row(), dict(zip(HEADER, HEADER, strict=True))])
        self._assert_counts(report, created=1)
        self.assertEqual(report.left_out.counts["header"], 1)

    # ------------------------------------------------------------
    # Status
    # ------------------------------------------------------------

    def _with_status(self, *states, **vals):
        rows = [
            {**self._row(PO=f"P{number}", **vals), "Status": state}
            for number, state in enumerate(states)
        ]
        return self._csv(rows, (*HEADER, "Status"))

    def _open(self):
        return {"Arrived": "", "Arrived Qty": ""}

    def test_cancelled_rows_are_no_undelivered_orders(self):
        states = ("Cancelled", "已取消", "storniert", "Annulée", "Cancelado", "Draft")
        report = self._import(self._with_status(*states, **self._open()))
        self._assert_counts(report)
        self.assertEqual(report.left_out.counts["status"], len(states))
        states = ("Open", "Partially cancelled", "部分取消", "", "Delivered")
        report = self._import(self._with_status(*states, **self._open()))
        self._assert_counts(report, created=5)

    def test_dirt_in_a_cancelled_row_is_of_no_interest(self):
        dirt = {"Arrived": "n/a", "Arrived Qty": "-", "Promised": ""}
        report = self._import(self._with_status("Cancelled", **dirt))
        self._assert_counts(report)
        self.assertEqual(report.left_out.counts["status"], 1)

    def test_goods_of_a_cancelled_order_came_nevertheless(self):
        report = self._import(self._with_status("Cancelled"))
        self._assert_counts(report, created=1)

    def test_states_are_chosen(self):
        self.mapping.left_out_states = "Closed short; on hold"
        content = self._with_status("closed short", "On Hold", "Cancelled", "Open")
        report = self._import(content)
        self._assert_counts(report, created=2)
        self.assertEqual(self._orders(), ["P2 / 10", "P3 / 10"])

    def test_a_column_is_no_status_if_the_user_says_so(self):
        self.mapping.columns = {**COLUMNS, "status": ""}
        report = self._import(self._with_status("Cancelled", **self._open()))
        self._assert_counts(report, created=1)
        self.mapping.columns = {**COLUMNS, "status": "GRN"}
        rows = [self._row(PO="X", GRN="void", **self._open())]
        self.assertEqual(self._import(rows).left_out.counts["status"], 1)

    # ------------------------------------------------------------
    # Hidden, merged and empty cells
    # ------------------------------------------------------------

    def test_hidden_rows(self):
        def hide(_book, sheet):
            sheet.row_dimensions[3].hidden = True

        content = self._xlsx([self._row(), self._row(PO="P2")], prepare=hide)
        self.mapping.hidden_rows = "leave_out"
        report = self._import(content)
        self._assert_counts(report, created=1)
        self.assertEqual(report.left_out.counts["hidden"], 1)
        self.mapping.hidden_rows = "import"
        report = self._import(content)
        self._assert_counts(report, created=1, unchanged=1)
        self.assertEqual(report.hidden_rows, 1)

    def test_supplier_and_order_are_merged(self):
        def merge(_book, sheet):
            sheet.merge_cells("A2:A4")
            sheet.merge_cells("D2:D4")

        rows = [self._row(Line=line) for line in ("10", "20", "30")]
        self._assert_counts(self._import(self._xlsx(rows, prepare=merge)), created=3)
        self.assertEqual(self._orders(), ["P1 / 10", "P1 / 20", "P1 / 30"])

    def test_a_merged_quantity_is_of_one_line(self):
        def merge(_book, sheet):
            sheet.merge_cells("I2:I3")

        days = {"Arrived": "2026-03-13", "Arrived Qty": "40"}
        rows = [self._row(**{"Arrived Qty": "60"}), self._row(**days)]
        report = self._import(self._xlsx(rows, prepare=merge))
        self._assert_counts(report, created=1)
        self.assertEqual(self._received(), [("2026-03-10", 60), ("2026-03-13", 40)])
        # Of two lines, which has how much of it?
        rows = [self._row(PO="P2"), self._row(PO="P3")]
        content = self._xlsx(rows, prepare=merge)
        report = self._assert_rejected(content, "merged", "2 to 3", row=3)
        self._assert_counts(report, rejected=2)

    def test_a_merged_received_quantity(self):
        def merge(_book, sheet):
            sheet.merge_cells("O2:O3")

        rows = [self._row(PO="P2"), self._row(PO="P3")]
        content = self._xlsx(rows, prepare=merge)
        report = self._assert_rejected(content, "Received Quantity", "merged", row=2)
        self._assert_counts(report, rejected=2)

    def test_empty_cells_repeat_the_one_above(self):
        rows = [self._row(), self._row(Vendor="", PO="", Line="20")]
        self._assert_rejected(rows, "Order is missing", row=3)
        self.mapping.repeat_empty = True
        self._assert_counts(self._import(rows), created=1, unchanged=1)
        self.assertEqual(self._orders(), ["P1 / 10", "P1 / 20"])

    # ------------------------------------------------------------
    # Formulas
    # ------------------------------------------------------------

    def test_formulas_without_a_result_are_refused(self):
        for name, formula, label in (
            ("Vendor", '="Bolt & Nut B.V."', "Supplier Name"),
            ("PO", "=A2", "Order"),
            ("Line", "=1", "Order Line"),
            ("SKU", "=A2", "Product"),
            ("Currency", "=A2", "Currency"),
            ("Qty", "=D2", "Ordered Quantity"),
            ("Price", "=D2", "Unit Price"),
            ("Ordered", "=TODAY()", "Order Date"),
            ("Promised", "=TODAY()", "Promised Date"),
            ("Arrived", "=DATE(2026,3,10)", "Receipt Date"),
            ("Arrived Qty", "=D2", "Received Quantity"),
            ("Sent Back", "=D2", "Returned Quantity"),
        ):
            with self.subTest(column=name):
                content = self._xlsx([self._row(**{name: formula})])
                report = self._assert_rejected(
                    content, label, "a formula without a result", "save"
                )
                self._assert_counts(report, rejected=1)

    def test_formulas_that_nobody_computed_leave_zeros(self):
        """As programs write them that make files, and compute nothing."""
        buffer = io.BytesIO()
        book = Workbook(buffer)
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, HEADER)
        for column, name in enumerate(HEADER):
            sheet.write(1, column, self._row().get(name, ""))
        sheet.write_formula(1, HEADER.index("Arrived Qty"), "=I2")
        book.close()
        self._assert_rejected(buffer.getvalue(), "a formula without a result")

    def test_errors_are_no_texts(self):
        self._assert_rejected([self._row(PO="#REF!")], "Order", "#REF!")
        self._assert_rejected([self._row(SKU="#N/A")], "Product", "#N/A")

    # ------------------------------------------------------------
    # Units and currencies
    # ------------------------------------------------------------

    def test_units_by_their_common_names(self):
        units = self.env.ref("uom.product_uom_unit")
        for names, unit in (
            ("个 件 台 pcs. Stück Stk ST pièce pza PCE", units),
            ("公斤 千克 Kilogramm kilos", self.env.ref("uom.product_uom_kgm")),
            ("吨 tonnes To", self.env.ref("uom.product_uom_ton")),
            ("米 mètre Meter", self.env.ref("uom.product_uom_meter")),
        ):
            for name in names.split():
                with self.subTest(name=name):
                    report = self._import([self._row(PO=name, UoM=name)])
                    self.assertEqual(self.Line.browse(report.line_ids).uom_id, unit)

    def test_a_box_is_no_unit_of_ours(self):
        """It holds what its supplier puts in, which matters beside another price."""
        for name in ("箱", "組", "组"):
            report = self._import([self._row(PO=name, UoM=name)])
            self._assert_counts(report, created=1)
            self.assertFalse(self.Line.browse(report.line_ids).uom_id)
        self.env["product.product"].create({"name": "Bolt", "default_code": "B-1"})
        self._assert_rejected([self._row(PO="P2", UoM="箱", SKU="B-1")], "no unit")
        box = self.env["uom.uom"].create({"name": "箱"})
        report = self._import([self._row(PO="P2", UoM="箱", SKU="B-1")])
        self.assertEqual(self.Line.browse(report.line_ids).uom_id, box)

    def test_metric_tons_or_metres(self):
        self._assert_rejected([self._row(UoM="MT")], "no unit “MT”")
        own = self.env["uom.uom"].create({"name": "MT"})
        report = self._import([self._row(UoM="MT")])
        self.assertEqual(self.Line.browse(report.line_ids).uom_id, own)

    def _use_yuan(self):
        cny = self.env.ref("base.CNY")
        cny.rate_ids = [Command.create({"name": date(2026, 1, 1), "rate": 8})]
        return cny

    def test_currencies_by_their_common_names(self):
        cny = self._use_yuan()
        for name in ("RMB", "人民币", "￥", "元", "CNY", "rmb "):
            with self.subTest(name=name):
                report = self._import([self._row(PO=f"P{name}", Currency=name)])
                line = self.Line.browse(report.line_ids)
                self.assertEqual((line.currency_id, line.price_unit), (cny, 2.5))
        report = self._import([self._row(PO="万", Currency="万元")])
        line = self.Line.browse(report.line_ids)
        self.assertEqual((line.currency_id, line.price_unit), (cny, 25_000))
        self._assert_rejected([self._row(Currency="kr")], "no currency")

    def test_currency_in_the_header_of_the_prices(self):
        cny = self._use_yuan()
        for header, multiple in (("单价(万元)", 10_000), ("Price [CNY]", 1)):
            with self.subTest(header=header):
                names = tuple(header if name == "Price" else name for name in HEADER)
                self.mapping.columns = {**COLUMNS, "price_unit": header}
                row = {**self._row(PO=header), header: "2"}
                report = self._import(self._csv([row], names))
                line = self.Line.browse(report.line_ids)
                self.assertEqual(line.currency_id, cny)
                self.assertEqual(line.price_unit, 2 * multiple)
