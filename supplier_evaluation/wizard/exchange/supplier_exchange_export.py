import base64

from odoo import fields, models
from odoo.exceptions import UserError

from ...exchange.kinds import KINDS
from ...exchange.writing import form_suffix, sent
from ...models.exchange.labels import SENT_KINDS
from ...tools.actions import open_download

MOST = 100_000
#: Of files in base64, in one file.
MOST_LETTERS = 200_000_000


class SupplierExchangeExport(models.TransientModel):
    """Records of ours as a file that another system, or another Odoo, takes."""

    _name = "supplier.exchange.export"
    _inherit = ["supplier.guard.mixin"]
    _description = "Export of Exchanged Records"

    source_id = fields.Many2one(
        "supplier.exchange.source",
        string="System",
        required=True,
        ondelete="cascade",
        help="For which they are: its own identifiers stand beside ours.",
    )
    kind = fields.Selection(SENT_KINDS, required=True, default="scorecard")
    form = fields.Selection(
        [("json", "JSON"), ("ndjson", "NDJSON"), ("csv", "CSV")],
        string="Format",
        required=True,
        default="json",
    )
    with_files = fields.Boolean(
        string="With Their Files", help="The file is much larger then."
    )
    file = fields.Binary(readonly=True, attachment=False)

    def _guarded_fields(self):
        return super()._guarded_fields() | {"file"}

    def action_export(self):
        """Write the file, and download it.

        :raises UserError: there are no records, or too many for a file
        """
        self.ensure_one()
        records = self._records()
        if not records:
            raise UserError(self.env._("There are no such records yet."))
        content = sent(self.form, KINDS[self.kind], records)
        self._write_guarded({"file": base64.b64encode(content)})
        name = f"{self.source_id.code}-{self.kind}{form_suffix(self.form)}"
        return open_download(self, "file", name)

    def _records(self):
        """Return all records of the kind, page by page."""
        messages = self.env["supplier.exchange.message"]
        records, size, cursor, more = [], 0, "", True
        while more:
            page = messages.give(
                self.source_id, self.kind, cursor, files=self.with_files
            )
            records += page["records"]
            cursor, more = page["cursor"], page["more"]
            size += sum(len(one.get("file") or "") for one in page["records"])
            if len(records) > MOST or size > MOST_LETTERS:
                self._refuse(size)
        return records

    def _refuse(self, size):
        if size > MOST_LETTERS:
            raise UserError(
                self.env._(
                    "The files are too large together: fetch them by a program, a "
                    "page at a time."
                )
            )
        raise UserError(
            self.env._(
                "There are more than %s records: fetch them by a program, a "
                "page at a time.",
                MOST,
            )
        )
