import base64
import csv
import io

from ..common import HistoryCommon

HEADER = ("Supplier", "PO", "Line", "Qty", "Promised", "Received", "Received Qty")
ROW = ("Bolt & Nut B.V.", "P1", "10", "100", "2026-03-10", "2026-03-09", "100")


class SheetCommon(HistoryCommon):
    """Files as programs and people make them, through the dialog.

    The language is set: what is found does not hang on whoever runs the tests.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env(context={**cls.env.context, "lang": "en_US"})
        cls.supplier.write({"ref": "0000100234", "vat": "NL-1"})

    def _text(self, *rows, delimiter=",", encoding="utf-8"):
        buffer = io.StringIO()
        csv.writer(buffer, delimiter=delimiter).writerows(rows)
        return buffer.getvalue().encode(encoding)

    def _with(self, *more, header=HEADER, **values):
        """The good row and some more cells, or with other values in its columns."""
        row = dict(zip(HEADER, ROW, strict=True))
        row.update({name.replace("_", " "): value for name, value in values.items()})
        return (*row.values(), *more)

    def _wizard(self, content, **vals):
        wizard = self.env["supplier.history.import"].create(
            {"file": base64.b64encode(content), "filename": "export.xls"}
        )
        wizard.action_read()
        wizard.write(vals)
        return wizard

    def _columns(self, wizard):
        return {
            line.target: line.column_id.name
            for line in wizard.line_ids
            if line.column_id
        }

    def _go(self, content, **vals):
        """Check a file, and import what is good.

        :return: the lines, and the reasons by row
        """
        wizard = self._wizard(content, **vals)
        wizard.action_check()
        reasons = {}
        if wizard.rejected_file:
            text = base64.b64decode(wizard.rejected_file).decode("utf-8-sig")
            for row in csv.DictReader(io.StringIO(text)):
                reasons[int(row["row"])] = row["reason"]
        if wizard.good_count:
            wizard.action_import()
        lines = self.Line.search(
            [("company_id", "=", self.company.id)], order="order_ref, line_ref"
        )
        return lines, reasons
