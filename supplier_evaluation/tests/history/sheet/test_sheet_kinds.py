import base64
from datetime import timedelta

from odoo import fields
from odoo.tests import tagged

from .common import HEADER, ROW, SheetCommon


@tagged("post_install", "-at_install")
class TestSheetKinds(SheetCommon):
    """Rows that are neither receipts nor orders, though they look like them."""

    def _open(self, *more, **values):
        """A row of which nothing came."""
        return self._with(*more, PO="P2", Received="", Received_Qty="", **values)

    def test_rows_that_are_no_receipts(self):
        """The invoice, or the next step, would count as goods that came once more."""
        for name, first, second in (
            ("PO History Category", "E", "Q"),
            ("Trans./Event Type", "Goods Receipt", "Invoice Receipt"),
            ("Movement Type", "103", "105"),
            ("Movement Type", "107", "109 Release"),
            ("TRANSACTION_TYPE", "RECEIVE", "DELIVER"),
            ("Document Type", "Purchase Receipt", "Purchase Invoice"),
            ("单据类型", "采购入库单", "采购发票"),
            ("单据类型", "采购入库单", "采购专用发票"),
        ):
            with self.subTest(name=name, second=second):
                again = self._with(second, Received="2026-03-15")
                content = self._text((*HEADER, name), (*ROW, first), again)
                lines, reasons = self._go(content)
                self.assertFalse(lines)
                self.assertIn(f"{name} says “{second}”: the row is an", reasons[3])

    def test_what_went_back_in_other_words(self):
        for name, first, second in (
            ("Movement Type", "101 GR goods receipt", "122 GR return delivery"),
            ("Movement Type Text", "GR goods receipt", "GR for PO reversal"),
            ("Bewegungsartentext", "WE Bestellung", "WE Bestell. Storno"),
            ("入库类别", "采购入库", "采购退货"),
            ("单据类型", "采购入库单", "采购退货单"),
            ("业务类型", "普通采购", "红字采购入库单"),
            ("单据类型", "标准采购入库", "采购入库单(红字)"),
            ("入库类型", "采购入库", "供应商退料"),
            ("Type", "Purchase Receipt", "Purchase Return Order"),
            ("Type", "Receipt", "Return to Vendor"),
            ("Typ", "Wareneingang", "Rücksendung"),
            ("Document Type", "Receipt", "Purchase Return Shipment"),
            ("To", "WH/Stock", "Partners/Vendors"),
            ("Reversed", "", "X"),
            ("Direction", "IN", "OUT"),
            ("收发标志", "收", "发"),
            ("Operation Type", "Works: Receipts", "Works: Delivery Orders"),
            ("是否冲销", "否", "是"),
        ):
            with self.subTest(name=name, second=second):
                back = self._with(second, Received="2026-03-15")
                content = self._text((*HEADER, name), (*ROW, first), back)
                lines, reasons = self._go(content)
                self.assertFalse(lines)
                self.assertIn(f"{name} says “{second}”: the goods went", reasons[3])

    def test_rows_that_were_cancelled(self):
        """A column of its own says it, in one word or with a tick."""
        for name, no, yes in (
            ("Cancelled", "No", "Yes"),
            ("Cancel Flag", "N", "Y"),
            ("Storniert", "", "Ja"),
            ("是否作废", "否", "是"),
            ("作废", "", "√"),
            ("作废标志", "正常", "已作废"),
            ("Cancelled On", "", "2026-03-05"),
            ("Cancelled On", "1/1/1900 12:00:00 AM", "3/5/2026"),
            ("Cancelled On", "31.12.9999", "05.03.2026"),
            ("Quantity Cancelled", "0", "100"),
        ):
            with self.subTest(name=name, yes=yes):
                content = self._text((*HEADER, name), (*ROW, no), self._open(yes))
                lines, reasons = self._go(content)
                self.assertFalse(reasons)
                self.assertEqual(lines.mapped("order_ref"), ["P1"])
                content = self._text((*HEADER, name), (*ROW, yes), self._open(no))
                lines, _reasons = self._go(content)
                # What came nevertheless is a delivery, and what was not is open.
                self.assertEqual(lines.mapped("order_ref"), ["P1", "P2"])
                lines.unlink()

    def test_last_day_of_a_retailer(self):
        """Every order has its cancel date: goods are not taken after that day."""
        header = (*HEADER, "Cancel Date")
        content = self._text(header, self._open("2026-03-24"))
        lines, reasons = self._go(content)
        self.assertFalse(reasons)
        self.assertEqual(lines.mapped("order_ref"), ["P2"])

    def test_orders_that_nobody_approved(self):
        """They were not sent, so nothing can come of them."""
        for name, state in (
            ("单据状态", "未审核"),
            ("审核状态", "审核中"),
            ("单据状态", "暂存"),
            ("Approval Status", "Not approved"),
            ("Document Status", "Pending Approval"),
            ("Status", "Nicht genehmigt"),
        ):
            with self.subTest(state=state):
                content = self._text((*HEADER, name), (*ROW, "OK"), self._open(state))
                lines, reasons = self._go(content)
                self.assertFalse(reasons)
                self.assertEqual(lines.mapped("order_ref"), ["P1"])
                lines.unlink()
        content = self._text((*HEADER, "单据状态"), self._open("已审核"))
        lines, _reasons = self._go(content)
        self.assertEqual(lines.mapped("order_ref"), ["P2"])

    def test_what_came_in_the_future(self):
        """A mistyped year would be an order of which nothing came."""
        tomorrow = fields.Date.context_today(self.env.user) + timedelta(days=2)
        day = tomorrow.isoformat()
        content = self._text(
            HEADER, self._with(Received=day), self._open()[:5] + (day, "0")
        )
        lines, reasons = self._go(content)
        self.assertIn(f"{day} is in the future", reasons[2])
        # Some write there when they expect what has not come.
        self.assertEqual(lines.mapped("order_ref"), ["P2"])
        content = self._text(HEADER[:6], self._with(Received=day)[:6])
        _lines, reasons = self._go(content, received_equals_ordered=True)
        self.assertIn(f"{day} is in the future", reasons[2])

    def test_parts_that_were_promised_for_different_days(self):
        """A line has one promise: what to do with two of them is said."""
        part = self._with(Promised="2026-03-20", Qty="40")
        _lines, reasons = self._go(self._text(HEADER, ROW, part))
        self.assertIn("give each a line of its own, as 10/1", reasons[3])
        other = self._with(Qty="40")
        _lines, reasons = self._go(self._text(HEADER, ROW, other))
        self.assertNotIn("10/1", reasons[3])

    def test_running_totals(self):
        """60, then 100 of them: 160 never came."""
        for name in ("累计入库数量", "Received Qty to date", "Cum. Received Qty"):
            with self.subTest(name=name):
                parts = self._with(Received_Qty="60"), self._with(Received="2026-03-12")
                for rows in (parts, [ROW]):
                    content = self._text((*HEADER[:-1], name), *rows)
                    wizard = self._wizard(content)
                    line = wizard.line_ids.filtered(
                        lambda one: one.target == "quantity_received"
                    )
                    line.column_id = wizard.column_ids[-1]
                    wizard.action_check()
                    self.assertEqual(wizard.good_count, len(rows) == 1)
                    if len(rows) > 1:
                        text = base64.b64decode(wizard.rejected_file).decode("utf-8")
                        self.assertIn("needs a column of its own", text)
        header = (*HEADER[:-1], "累计入库数量", "本次入库数量")
        found = self._columns(self._wizard(self._text(header)))
        self.assertEqual(found["quantity_received"], "本次入库数量")

    def test_a_unit_of_the_receipt(self):
        """Ten dozens would be ten of a hundred and twenty pieces."""
        header = (*HEADER, "Unit", "Receipt Unit")
        row = self._with("pcs", "dozen", Qty="120", Received_Qty="10")
        lines, reasons = self._go(self._text(header, row))
        self.assertFalse(lines)
        self.assertIn("“pcs” and in “dozen”", reasons[2])
        row = self._with("pcs", "PC")
        lines, reasons = self._go(self._text(header, row))
        self.assertFalse(reasons)
        self.assertEqual(lines.uom_id, self.env.ref("uom.product_uom_unit"))
