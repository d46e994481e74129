import base64
import csv
import io
from zipfile import ZipFile

from freezegun import freeze_time
from openpyxl import Workbook, load_workbook

from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import RiskCommon

CSV = """案号,供应商,类型,事项,日期,金额,Extra
C-1,Golden Supplier,litigation,Unpaid delivery,2026-03-10,"1,250.50",x
C-2,Nobody,penalty,Late report,2026-03-11,,
C-3,Golden Supplier,penalty,Late report,someday,,
"""


@tagged("post_install", "-at_install")
class TestRiskImport(RiskCommon):
    """The dialog: a file in, and what was refused back with its reasons."""

    def _dialog(self, content, name="rows.csv", **vals):
        return self._as(self.env["supplier.risk.import"], "buyer").create(
            {
                "source": "Register",
                "file": base64.b64encode(content),
                "filename": name,
                "company_id": self.company.id,
                **vals,
            }
        )

    def test_file(self):
        dialog = self._dialog(CSV.encode())
        dialog.action_import()
        self.assertEqual((dialog.created_count, dialog.refused_count), (1, 2))
        self.assertIn("Row 3", dialog.refused_text)
        self.assertEqual(dialog.unknown_text, "Extra")
        signal = self.signals.browse(dialog.taken_ids)
        self.assertEqual(signal.amount, 1250.5)
        refused = base64.b64decode(dialog.refused_file).decode("utf-8-sig")
        self.assertIn("C-2", refused)
        self.assertNotIn("C-1", refused)
        self.assertEqual(
            dialog.action_open_records()["domain"], [("id", "in", signal.ids)]
        )
        dialog.action_back()
        dialog.file = base64.b64encode(CSV.encode())
        dialog.action_import()
        self.assertEqual((dialog.created_count, dialog.unchanged_count), (0, 1))

    def test_a_reference_that_is_none(self):
        """The next file with such a sign would overwrite the signal of this one."""
        for sign in ("-", "NULL", "n/a", "#NV", "1.2E+12"):
            with self.subTest(sign=sign):
                dialog = self._dialog(
                    "案号,供应商,类型,事项,日期,金额\n"
                    f"{sign},Golden Supplier,penalty,Late,2026-03-10,NULL\n".encode()
                )
                dialog.action_import()
                counts = (dialog.created_count, dialog.refused_count)
                self.assertEqual(counts, (0, 1))
                self.assertIn("Reference", dialog.refused_text)
                self.assertNotIn("Amount", dialog.refused_text)

    def test_what_is_unclear_is_mended_in_the_file(self):
        """The dialog asks for no order of dates, and sends nobody to look for one."""
        dialog = self._dialog(
            "案号,供应商,类型,事项,日期,金额\n"
            'C-1,Golden Supplier,penalty,Late,05/06/2026,"1,250"\n'
            "C-2,Golden Supplier,penalty,Late,07/08/2026,\n".encode()
        )
        dialog.action_import()
        self.assertEqual(dialog.refused_count, 2)
        self.assertIn("all dates of the column as YYYY-MM-DD", dialog.refused_text)
        self.assertIn("all numbers of the column", dialog.refused_text)
        self.assertNotIn("choose", dialog.refused_text)

    @freeze_time("2026-06-30")
    def test_days_are_read_together(self):
        """Nobody is asked for a setting that the dialog has not."""
        for start, ends, day in (
            ("24/03/26", ("",), "2026-03-24"),
            ("25/12/20", ("26/03/01", "26/03/12", "26/04/09"), "2025-12-20"),
        ):
            with self.subTest(start=start):
                rows = [
                    f"{start}-{n},Golden Supplier,litigation,Late,{start},{end}"
                    for n, end in enumerate(ends)
                ]
                content = "\n".join(["案号,供应商,类型,事项,日期,结束日期", *rows])
                dialog = self._dialog(content.encode())
                dialog.action_import()
                self.assertEqual(dialog.refused_text, "")
                signals = self.signals.browse(dialog.taken_ids)
                self.assertEqual(set(map(str, signals.mapped("date"))), {day})

    def test_a_file_that_breaks_off(self):
        """What is wrong far below the headers is said in words as well."""
        head, _first, plain, *_rest = CSV.splitlines()
        rows = [plain.replace("C-2", f"C-{n}") for n in range(100)]
        slip = 'D-1,Golden Supplier,penalty,"Late report,2026-03-11,,'
        text = "\n".join([head, *rows, slip, *rows[:3], 'D-2,",,,,,'])
        book, buffer, broken = Workbook(), io.BytesIO(), io.BytesIO()
        for row in csv.reader([head, *rows]):
            book.active.append(row)
        book.save(buffer)
        with ZipFile(buffer) as old, ZipFile(broken, "w") as new:
            for name in old.namelist():
                part = old.read(name)
                if name.endswith("sheet1.xml"):
                    part = part[: part.index(b'<row r="80"')]
                new.writestr(name, part)
        for content, words in (
            (text.encode(), "line 102 of the file is not closed"),
            (broken.getvalue(), "cannot be opened as a spreadsheet"),
        ):
            with self.subTest(words=words), self.assertRaisesRegex(UserError, words):
                self._dialog(content).action_import()

    def test_template_can_be_filled_in_and_imported(self):
        self.supplier.name = "Example Metals Ltd"
        dialog = self._dialog(b"")
        dialog.action_download_template()
        content = base64.b64decode(dialog.template_file)
        header = [cell.value for cell in load_workbook(io.BytesIO(content))["Rows"][1]]
        self.assertIn("Reference", header)
        again = self._dialog(content, "template.xlsx")
        again.action_import()
        self.assertEqual(again.refused_text, "")
        self.assertEqual(again.created_count, 3)

    def test_template_of_indices(self):
        self.env["product.category"].create({"name": "All"})
        self.env["product.category"].search([("name", "=", "All")])[1:].name = "Else"
        dialog = self._dialog(b"", res_model="supplier.price.index")
        dialog.action_download_template()
        content = base64.b64decode(dialog.template_file)
        again = self._dialog(content, "t.xlsx", res_model="supplier.price.index")
        again.action_import()
        self.assertEqual((again.created_count, again.refused_text), (2, ""))

    def test_what_is_no_such_file(self):
        for content, words in (
            (b"a,b\n1,2\n", "no column"),
            (b"", "Choose"),
            (b"PK\x03\x04nothing", "spreadsheet"),
        ):
            with self.assertRaisesRegex(UserError, words):
                self._dialog(content).action_import()
        with self.assertRaisesRegex(UserError, "source"):
            self._dialog(CSV.encode(), source=" ").action_import()
