import base64

from odoo import api, fields, models
from odoo.exceptions import UserError

from ...exchange.reading import FileProblem, read
from ...models.exchange.labels import KINDS
from ...models.exchange.supplier_exchange_message import LONG
from ...tools.actions import open_dialog, open_form


class SupplierExchangeImport(models.TransientModel):
    """Records of another system, from a file.

    Nothing is written before it was shown what would be done. What cannot be taken is
    given back as a file of the same form, with reason and mend beside each record.
    """

    _name = "supplier.exchange.import"
    _inherit = ["supplier.guard.mixin"]
    _description = "Import of Exchanged Records"

    source_id = fields.Many2one(
        "supplier.exchange.source",
        string="System",
        required=True,
        ondelete="cascade",
        default=lambda self: self._default_source(),
        help="Whose records they are: identifiers are known by it.",
    )
    file = fields.Binary(string="JSON, NDJSON or CSV File", attachment=False)
    filename = fields.Char(string="File Name")
    kind = fields.Selection(
        KINDS,
        help="Of the rows of a CSV file that has no column “kind”.",
    )
    state = fields.Selection(
        [("upload", "File"), ("checked", "Check"), ("done", "Result")],
        required=True,
        readonly=True,
        default="upload",
    )
    message_id = fields.Many2one(
        "supplier.exchange.message", readonly=True, ondelete="set null"
    )
    is_long = fields.Boolean(
        readonly=True, help="It is taken in the background, without a check before."
    )
    record_count = fields.Integer(related="message_id.record_count")
    created_count = fields.Integer(related="message_id.created_count")
    updated_count = fields.Integer(related="message_id.updated_count")
    unchanged_count = fields.Integer(related="message_id.unchanged_count")
    question_count = fields.Integer(related="message_id.question_count")
    refused_count = fields.Integer(related="message_id.refused_count")
    message_state = fields.Selection(related="message_id.state", string="Progress")
    problem_ids = fields.Many2many(
        "supplier.exchange.result", string="Problems", compute="_compute_problem_ids"
    )

    @api.model
    def _guarded_fields(self):
        return super()._guarded_fields() | {"state", "message_id", "is_long"}

    @api.model
    def _default_source(self):
        sources = self.env["supplier.exchange.source"].search(
            [("company_id", "=", self.env.company.id)], limit=2
        )
        return sources if len(sources) == 1 else False

    @api.depends("message_id.result_ids.state")
    def _compute_problem_ids(self):
        """The first of those that a person has to look at."""
        for dialog in self:
            dialog.problem_ids = self.env["supplier.exchange.result"].search(
                [
                    ("message_id", "=", dialog.message_id.id),
                    ("state", "in", ("refused", "question")),
                ],
                order="number, id",
                limit=80,
            )

    # ------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------

    def action_check(self):
        """Show what would be done; write nothing."""
        feed = self._read()
        if len(feed.entries) > LONG:
            self._write_guarded({"is_long": True, "state": "checked"})
        else:
            self._take(feed, dry_run=True)
            self._write_guarded({"state": "checked"})
        return self._reopen()

    def action_import(self):
        """Take the records."""
        self._take(self._read(), dry_run=False)
        self._write_guarded({"state": "done"})
        return self._reopen()

    def action_back(self):
        """Choose another file."""
        self._write_guarded({"state": "upload", "message_id": False, "is_long": False})
        return self._reopen()

    def action_download_refused(self):
        """Give the refused records back as a file."""
        return self.message_id.action_download_refused()

    def action_open_message(self):
        """Open what became of each record."""
        self.ensure_one()
        message = self.message_id
        return open_form(message._name, message.name, record=message)

    def _read(self):
        self.ensure_one()
        if not self.file:
            raise UserError(self.env._("Choose a file."))
        try:
            return read(base64.b64decode(self.file), kind=self.kind or "")
        except FileProblem as problem:
            messages = self.env["supplier.exchange.message"]
            raise UserError(messages._words_of(problem)) from problem

    def _take(self, feed, dry_run):
        messages = self.env["supplier.exchange.message"]
        name = self.filename or self.env._("File")
        message = messages._take_feed(self.source_id, feed, dry_run, name)
        self._write_guarded({"message_id": message.id})

    def _reopen(self):
        return open_dialog(
            self._name, self.env._("Import Exchanged Records"), record=self
        )
