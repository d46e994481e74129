import base64
import io
from pathlib import PurePath

from xlsxwriter import Workbook

from odoo import fields, models
from odoo.exceptions import UserError

from ...importer.reader import write_rejected
from ...tools.actions import open_download, open_records
from ...tools.wording import listed
from .reading import FileRows

# More refused rows than these are only in the file to download.
SHOWN = 50
# A longer file is cut in two by whoever has it: a request would take too long.
MOST_ROWS = 20_000
EXAMPLES = {
    "supplier.risk.signal": (
        {
            "reference": "(2026) Hu 0115 Min 1234",
            "supplier": "Example Metals Ltd",
            "kind": "litigation",
            "name": "Claim for an unpaid delivery",
            "date": "2026-03-04",
            "amount": "250000.00",
            "link": "https://example.com/case/1234",
        },
        {
            "reference": "R-2026-77",
            "supplier": "Example Metals Ltd",
            "kind": "credit_rating",
            "name": "Yearly rating",
            "date": "2026-03-10",
            "rating": "BBB-",
        },
        {
            "supplier": "Example Metals Ltd",
            "kind": "checked",
            "date": "2026-03-31",
            "looked_for": "legal, environment",
        },
    ),
    "supplier.price.index": (
        {"category": "All", "month": "2026-01", "value": "100.0"},
        {"category": "All", "month": "2026-02", "value": "101.4"},
    ),
}


class SupplierRiskImport(models.TransientModel):
    """Risk signals and look-ups, or price indices, from a CSV or XLSX file."""

    _name = "supplier.risk.import"
    _inherit = ["supplier.guard.mixin"]
    _description = "Import of Risk Signals and Price Indices"

    res_model = fields.Selection(
        [
            ("supplier.risk.signal", "Risk Signals"),
            ("supplier.price.index", "Price Indices"),
        ],
        string="What",
        required=True,
        default="supplier.risk.signal",
    )
    company_id = fields.Many2one(
        "res.company",
        required=True,
        readonly=True,
        default=lambda self: self.env.company,
    )
    source = fields.Char(
        help="The register, agency or paper that says so. Of one source, the same "
        "reference is the same record: so a file may come again.",
    )
    file = fields.Binary(string="CSV or XLSX File")
    filename = fields.Char()
    state = fields.Selection(
        [("upload", "File"), ("done", "Result")],
        required=True,
        default="upload",
        readonly=True,
    )
    created_count = fields.Integer(string="New", readonly=True)
    updated_count = fields.Integer(string="Changed", readonly=True)
    unchanged_count = fields.Integer(string="As They Were", readonly=True)
    refused_count = fields.Integer(string="Refused", readonly=True)
    refused_text = fields.Text(string="Refused Rows", readonly=True)
    unknown_text = fields.Char(string="Columns Nobody Knows", readonly=True)
    refused_file = fields.Binary(readonly=True)
    template_file = fields.Binary(readonly=True)
    taken_ids = fields.Json()

    # ------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------

    def action_import(self):
        """Take the rows; those that are refused come back with their reasons.

        :raises UserError: there is no file or source, or the file cannot be read
        """
        self.ensure_one()
        if not (self.source or "").strip():
            raise UserError(
                self.env._("Enter the source: who says what the file says?")
            )
        records = self.env[self.res_model].with_company(self.company_id)
        file = FileRows(records, self._content())
        rows, problems, raw = file.split()
        if len(raw) > MOST_ROWS:
            raise UserError(
                self.env._(
                    "The file has more than %s rows. Divide it and import the parts.",
                    MOST_ROWS,
                )
            )
        results = records.take_rows(
            self.source, [row for _number, row in rows], self.company_id
        )
        for result in results:
            if result["status"] == "refused":
                number = rows[result["row"]][0]
                problems[number] = f"{result['reason']} {result['mend']}"
        self._show(file, results, problems, raw)
        return self._reopen()

    def action_open_records(self):
        """Open what came of the file."""
        self.ensure_one()
        name = self.res_model.replace(".", "_")
        return open_records(
            self.env,
            f"supplier_evaluation.{name}_action",
            [("id", "in", self.taken_ids or [])],
        )

    def action_download_refused(self):
        """Give the refused rows back, with what is wrong with each."""
        self.ensure_one()
        stem = PurePath(self.filename or "rows").stem
        return open_download(self, "refused_file", f"{stem}-refused.csv")

    def action_download_template(self):
        """Give a file to fill in."""
        self.ensure_one()
        self.template_file = base64.b64encode(self._template())
        name = self.env._("Risk Signals")
        if self.res_model != "supplier.risk.signal":
            name = self.env._("Price Indices")
        return open_download(self, "template_file", f"{name}.xlsx")

    def action_back(self):
        """Choose another file."""
        self.ensure_one()
        self.write({"state": "upload", "file": False, "filename": False})
        return self._reopen()

    # ------------------------------------------------------------
    # Business
    # ------------------------------------------------------------

    def _content(self):
        content = self.with_context(bin_size=False).file
        if not content:
            raise UserError(self.env._("Choose a CSV or XLSX file first."))
        return base64.b64decode(content)

    def _show(self, file, results, problems, raw):
        """Keep what became of the rows, for the form."""
        counts = dict.fromkeys(("created", "updated", "unchanged", "refused"), 0)
        for result in results:
            counts[result["status"]] += 1
        refused = [
            (number, problems[number], raw[number]) for number in sorted(problems)
        ]
        said = [
            self.env._("Row %(number)s: %(reason)s", number=number, reason=reason)
            for number, reason, _cells in refused[:SHOWN]
        ]
        self.write(
            {
                "state": "done",
                "created_count": counts["created"],
                "updated_count": counts["updated"],
                "unchanged_count": counts["unchanged"],
                "refused_count": len(refused),
                "refused_text": "\n".join(said),
                "refused_file": base64.b64encode(
                    write_rejected(file.table.header, refused)
                )
                if refused
                else False,
                "unknown_text": listed(self.env, file.unknown),
                "taken_ids": [
                    one["id"]
                    for one in results
                    if one["id"] and one["model"] == self.res_model
                ],
            }
        )

    def _template(self):
        """A workbook with a sheet to fill in, and one that explains it."""
        keys = self.env[self.res_model]._intake_keys()
        keys.pop("partner_id", None)
        buffer = io.BytesIO()
        with Workbook(buffer, {"in_memory": True}) as book:
            sheet = book.add_worksheet(self.env._("Rows")[:31])
            bold = book.add_format({"bold": True, "bg_color": "#E7E9ED"})
            for column, (key, (label, _text, _needed)) in enumerate(keys.items()):
                sheet.write_string(0, column, label, bold)
                sheet.set_column(column, column, max(14, len(label) + 2))
                for row, example in enumerate(EXAMPLES[self.res_model], start=1):
                    sheet.write_string(row, column, example.get(key, ""))
            sheet.freeze_panes(1, 0)
            self._write_explanation(book, keys)
        return buffer.getvalue()

    def _write_explanation(self, book, keys):
        sheet = book.add_worksheet(self.env._("Explanation")[:31])
        bold = book.add_format({"bold": True})
        sheet.set_column(0, 0, 24)
        sheet.set_column(1, 1, 90)
        sheet.write_string(
            0,
            0,
            self.env._(
                "Delete the examples. Columns in bold are needed, the others may be "
                "deleted. The same file imported twice changes nothing."
            ),
        )
        for row, (label, text, needed) in enumerate(keys.values(), start=2):
            sheet.write_string(row, 0, label, bold if needed else None)
            sheet.write_string(row, 1, text)

    def _reopen(self):
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Import Risk Signals")
            if self.res_model == "supplier.risk.signal"
            else self.env._("Import Price Indices"),
            "res_model": self._name,
            "res_id": self.id,
            "views": [(False, "form")],
            "target": "new",
        }
