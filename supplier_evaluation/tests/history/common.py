import base64
import csv
import io
from datetime import date
from unittest.mock import patch

from openpyxl import Workbook

from ..common import PeopleCommon

ROOM = "odoo.addons.supplier_evaluation.models.history"
HEADER = (
    *("Vendor", "Vendor Code", "VAT", "PO", "Line", "GRN", "SKU", "UoM", "Qty"),
    *("Price", "Currency", "Ordered", "Promised", "Arrived", "Arrived Qty"),
    *("Sent Back", "Sent Back On"),
)
COLUMNS = dict(
    zip(
        (
            *("supplier_name", "supplier_ref", "supplier_vat", "order_ref"),
            *("line_ref", "receipt_ref", "product", "uom", "quantity_ordered"),
            *("price_unit", "currency", "date_order", "date_promised"),
            *("date_received", "quantity_received", "quantity_returned"),
            "date_returned",
        ),
        HEADER,
        strict=True,
    )
)
GOOD = {
    "Vendor": "Bolt & Nut B.V.",
    "PO": "P1",
    "Line": "10",
    "Qty": "100",
    "Price": "2.50",
    "Ordered": "2026-03-01",
    "Promised": "2026-03-10",
    "Arrived": "2026-03-10",
    "Arrived Qty": "100",
}


class HistoryCommon(PeopleCommon):
    """A company with two suppliers; builders for files."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        usd = cls.env.ref("base.USD")
        (usd | cls.env.ref("base.EUR")).active = True
        cls.company, cls.other_company = cls.env["res.company"].create(
            [
                {"name": "History Works", "currency_id": usd.id},
                {"name": "Other Works", "currency_id": usd.id},
            ]
        )
        cls.company.partner_id.tz = "Asia/Shanghai"
        cls.env.user.company_ids |= cls.company | cls.other_company
        cls.env = cls.env(
            context={
                **cls.env.context,
                "allowed_company_ids": cls.company.ids,
                "tracking_disable": True,
            }
        )
        cls.usd, cls.eur = cls.env.ref("base.USD"), cls.env.ref("base.EUR")
        cls.supplier, cls.steel = cls.env["res.partner"].create(
            [
                {"name": "Bolt & Nut B.V.", "ref": "V-1", "is_company": True},
                {"name": "Steel Ltd", "vat": "/", "is_company": True},
            ]
        )
        cls.mapping = cls.env["supplier.history.mapping"].create(
            {"name": "Legacy", "columns": COLUMNS}
        )
        cls.Line = cls.env["supplier.history.line"]

    # ------------------------------------------------------------
    # Builders
    # ------------------------------------------------------------

    def _row(self, **vals):
        """A good row, changed; names of columns with ``_`` for a blank."""
        vals = {name.replace("_", " "): value for name, value in vals.items()}
        return {**GOOD, **vals}

    def _csv(self, rows, header=HEADER, delimiter=",", encoding="utf-8"):
        buffer = io.StringIO()
        writer = csv.writer(buffer, delimiter=delimiter)
        writer.writerow(header)
        writer.writerows([[row.get(name, "") for name in header] for row in rows])
        return buffer.getvalue().encode(encoding)

    def _xlsx(self, rows, header=HEADER, prepare=None):
        """A workbook; ``prepare`` gets the book and its sheet before it is saved."""
        book, buffer = Workbook(), io.BytesIO()
        book.active.append(header)
        for row in rows:
            book.active.append([row.get(name) for name in header])
        if prepare:
            prepare(book, book.active)
        book.save(buffer)
        return buffer.getvalue()

    def _import(self, rows, mapping=None, dry_run=False, env=None, filename="old.csv"):
        """Import rows, or the content of a file."""
        content = rows if isinstance(rows, bytes) else self._csv(rows)
        return (env or self.env)["supplier.history.import"]._import_file(
            content, filename, mapping or self.mapping, dry_run=dry_run
        )

    def _line(self, **vals):
        return self.Line.create(
            {
                "partner_id": self.supplier.id,
                "order_ref": "P1",
                "line_ref": "10",
                "quantity_ordered": 100,
                "date_promised": date(2026, 3, 10),
                **vals,
            }
        )

    def _received(self, order="P1"):
        """What came of the lines of an order: pairs of day and quantity."""
        lines = self.Line.search(
            [("order_ref", "=", order), ("company_id", "=", self.company.id)]
        )
        return [
            (str(receipt.date), receipt.quantity)
            for receipt in lines.receipt_ids.sorted(lambda r: (r.date, r.quantity))
        ]

    # ------------------------------------------------------------
    # Assertions
    # ------------------------------------------------------------

    def _assert_counts(self, report, created=0, updated=0, unchanged=0, rejected=0):
        found = (report.created, report.updated, report.unchanged)
        reasons = [rejection[:2] for rejection in report.rejected]
        self.assertEqual(
            (*found, len(report.rejected)),
            (created, updated, unchanged, rejected),
            reasons,
        )

    def _assert_rejected(self, rows, *words, row=2, **options):
        """The row is rejected, for a reason with these words, and nothing goes in."""
        report = self._import(rows, **options)
        reasons = {rejection.row: rejection.reason for rejection in report.rejected}
        self.assertIn(row, reasons)
        for word in words:
            self.assertIn(word, reasons[row])
        return report


class HistoryJobCommon(HistoryCommon):
    """Imports in the background, in small batches."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.cron = cls.env.ref("supplier_evaluation.ir_cron_supplier_history")
        cls.startClassPatcher(patch(f"{ROOM}.importing.BATCH", 3))
        cls.startClassPatcher(patch(f"{ROOM}.reading.PAGE", 4))

    def _rows(self, count=10):
        return [self._row(PO=f"J{number}", Line="1") for number in range(count)]

    def _job(self, rows, **vals):
        content = rows if isinstance(rows, bytes) else self._csv(rows)
        return self.env["supplier.history.job"].create(
            {
                "name": "old.csv",
                "columns": COLUMNS,
                "file": base64.b64encode(content),
                **vals,
            }
        )

    def _run(self, times=2):
        """The first time reads, the second imports."""
        self.env.flush_all()
        with self.enter_registry_test_mode():
            for _time in range(times):
                self.cron.method_direct_trigger()
        self.env.invalidate_all()

    def _counts(self, job):
        names = ("created", "updated", "unchanged", "rejected")
        return tuple(job[f"{name}_count"] for name in names)

    def _rejected(self, job):
        text = base64.b64decode(job.rejected_file).decode("utf-8-sig")
        return list(csv.DictReader(io.StringIO(text)))
