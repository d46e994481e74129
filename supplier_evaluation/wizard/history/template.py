"""A file to fill in: the columns that the import knows, an example, what they mean."""

import base64
import io
from datetime import date

from xlsxwriter import Workbook

from odoo import models

from ...importer.targets import SUPPLIER_TARGETS, TARGETS
from ...tools.actions import open_download

# Two receipts of one line, and a line of which nothing came yet.
EXAMPLE = (
    {
        "supplier": "Example Metals Ltd",
        "order_ref": "P00042",
        "line_ref": "10",
        "receipt_ref": "GR-0815",
        "product": "BOLT-M8",
        "uom": "Units",
        "quantity_ordered": 100,
        "price_unit": 2.5,
        "currency": "USD",
        "date_order": date(2026, 3, 1),
        "date_promised": date(2026, 3, 10),
        "date_received": date(2026, 3, 10),
        "quantity_received": 60,
    },
    {
        "supplier": "Example Metals Ltd",
        "order_ref": "P00042",
        "line_ref": "10",
        "receipt_ref": "GR-0823",
        "product": "BOLT-M8",
        "uom": "Units",
        "quantity_ordered": 100,
        "price_unit": 2.5,
        "currency": "USD",
        "date_order": date(2026, 3, 1),
        "date_promised": date(2026, 3, 10),
        "date_received": date(2026, 3, 13),
        "quantity_received": 40,
        "quantity_returned": 5,
        "date_returned": date(2026, 3, 20),
    },
    {
        "supplier": "Example Metals Ltd",
        "order_ref": "P00042",
        "line_ref": "20",
        "product": "NUT-M8",
        "uom": "kg",
        "quantity_ordered": 20,
        "price_unit": 8,
        "currency": "USD",
        "date_order": date(2026, 3, 1),
        "date_promised": date(2026, 3, 17),
    },
)
# One column for the supplier is enough.
COLUMNS = [
    target
    for target in TARGETS
    if target not in SUPPLIER_TARGETS or target == "supplier"
]


class SupplierHistoryImport(models.TransientModel):
    _inherit = "supplier.history.import"

    def action_download_template(self):
        """Give a file to fill in."""
        self.ensure_one()
        self.template_file = base64.b64encode(self._template())
        name = self.env._("Delivery History Template")
        return open_download(self, "template_file", f"{name}.xlsx")

    def _template(self):
        """A workbook with a sheet to fill in, and one that explains it."""
        buffer = io.BytesIO()
        with Workbook(buffer, {"in_memory": True}) as book:
            self._write_table(book)
            self._write_explanation(book)
        return buffer.getvalue()

    def _write_table(self, book):
        sheet = book.add_worksheet(self.env._("Deliveries")[:31])
        labels = self.env["supplier.history.import.line"]._target_labels()
        bold = book.add_format({"bold": True, "bg_color": "#E7E9ED"})
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        for column, target in enumerate(COLUMNS):
            sheet.write_string(0, column, labels[target], bold)
            sheet.set_column(column, column, max(12, len(labels[target]) + 2))
            for row, example in enumerate(EXAMPLE, start=1):
                value = example.get(target)
                if isinstance(value, date):
                    sheet.write_datetime(row, column, value, day)
                elif value is not None:
                    sheet.write(row, column, value)
        sheet.freeze_panes(1, 0)

    def _write_explanation(self, book):
        sheet = book.add_worksheet(self.env._("Explanation")[:31])
        labels = self.env["supplier.history.import.line"]._target_labels()
        bold = book.add_format({"bold": True})
        wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        sheet.set_column(0, 0, 34, wrapped)
        sheet.set_column(1, 1, 90, wrapped)
        row = 0
        for text in self._template_notes():
            sheet.merge_range(row, 0, row, 1, text, wrapped)
            sheet.set_row(row, 32)
            row += 1
        for target, text in self._template_columns().items():
            is_needed = TARGETS[target].required or target == "supplier"
            sheet.write_string(row, 0, labels[target], bold if is_needed else None)
            sheet.write_string(row, 1, text)
            row += 1

    def _template_notes(self):
        return (
            self.env._(
                "Delete the example and enter one row per receipt; a line of which "
                "nothing came has one row, too. Columns in bold are needed, the others "
                "may be deleted. Order and columns are free."
            ),
            self.env._(
                "Orders and receipts may be two lists: first the orders without the "
                "receipt columns; then the receipts with order, line, receipt, date "
                "and quantity only."
            ),
            self.env._(
                "The same file imported twice changes nothing. A line is imported as a "
                "whole or not at all."
            ),
        )

    def _template_columns(self):
        """What to enter into each column."""
        return {
            "supplier": self.env._(
                "The reference, VAT number or exact name of the contact."
            ),
            "order_ref": self.env._("The number of the order."),
            "line_ref": self.env._("The number of the line in the order."),
            "receipt_ref": self.env._(
                "The number of the receipt. Without it, another day or quantity is "
                "another receipt."
            ),
            "product": self.env._("Internal reference, barcode or name."),
            "category": self.env._("Only for products that are not in Odoo."),
            "uom": self.env._("Of all quantities of the row, as Units, kg or pcs."),
            "quantity_ordered": self.env._(
                "What was ordered: the same in all rows of a line."
            ),
            "price_unit": self.env._(
                "After discount, without tax. It weighs the line."
            ),
            "price_per": self.env._("As 100, if the price is for 100. Empty: for one."),
            "currency": self.env._(
                "Three letters, as USD. Empty: your company's currency."
            ),
            "date_order": self.env._("The day of the order. Without it: no lead time."),
            "date_promised": self.env._(
                "The day on which the supplier promised delivery."
            ),
            "date_received": self.env._("The day of the receipt. Empty: nothing came."),
            "quantity_received": self.env._("What came with this receipt."),
            "quantity_returned": self.env._(
                "What was sent back for its quality, of the line."
            ),
            "date_returned": self.env._("The day on which it was sent back."),
            "status": self.env._("Rows that say Cancelled are left out."),
        }
