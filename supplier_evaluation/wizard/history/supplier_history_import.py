import base64
from functools import partial
from pathlib import PurePath

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ...importer.importer import HistoryImporter, open_table
from ...importer.options import presumed_texts
from ...importer.plan import NewSupplier
from ...importer.targets import is_receipt_list
from ...tools.actions import open_dialog, open_download, open_form, open_records
from ...tools.numbers import exact
from ...tools.wording import listed

# More rejected rows than these are only in the file to download.
SHOWN_REJECTIONS = 100
# A longer file is imported in the background; so many rows of it are checked at once.
LONG = 5_000
# What this file shows, not the one before it.
OF_ONE_FILE = ("sheet", "header_row")
# Whoever gave an import up, or saw it fail, may start it again.
GIVEN_UP = ("cancelled", "failed")


class SupplierHistoryImport(models.TransientModel):
    """Delivery history of another system, from a CSV or XLSX file."""

    _name = "supplier.history.import"
    _inherit = ["supplier.history.options", "supplier.guard.mixin"]
    _description = "Import of Delivery History"

    state = fields.Selection(
        selection=[
            ("upload", "File"),
            ("map", "Columns"),
            ("checked", "Check"),
            ("done", "Result"),
        ],
        required=True,
        default="upload",
        readonly=True,
    )
    company_id = fields.Many2one(
        comodel_name="res.company",
        required=True,
        readonly=True,
        default=lambda self: self.env.company,
    )
    file = fields.Binary(string="CSV or XLSX File")
    filename = fields.Char()
    mapping_id = fields.Many2one(
        comodel_name="supplier.history.mapping",
        string="Remembered Mapping",
        domain="[('company_id', 'in', [False, company_id])]",
        ondelete="set null",
        help="Found by the headers of the file, if such a file was imported before.",
    )
    remember = fields.Boolean(
        string="Remember for the Next File",
        default=True,
        help="The next file with the same headers is then read in the same way.",
    )
    mapping_name = fields.Char(string="Name of the Mapping")
    sheet_ids = fields.One2many(
        comodel_name="supplier.history.import.sheet",
        inverse_name="wizard_id",
        string="Sheets",
    )
    sheet_id = fields.Many2one(
        comodel_name="supplier.history.import.sheet",
        domain="[('wizard_id', '=', id)]",
        ondelete="set null",
    )
    found_sheet = fields.Char(readonly=True)
    found_text = fields.Char(string="Found", readonly=True)
    unclear_dates = fields.Char(string="Dates in Question", readonly=True)
    hidden_count = fields.Integer(string="Hidden in the File", readonly=True)
    row_count = fields.Integer(string="Rows", readonly=True)
    is_long = fields.Boolean(compute="_compute_is_long")
    job_id = fields.Many2one(comodel_name="supplier.history.job", readonly=True)
    states_text = fields.Char(string="In the File", readonly=True)
    is_receipt_list = fields.Boolean(compute="_compute_is_receipt_list")
    line_ids = fields.One2many(
        comodel_name="supplier.history.import.line", inverse_name="wizard_id"
    )
    column_ids = fields.One2many(
        comodel_name="supplier.history.import.column", inverse_name="wizard_id"
    )
    filter_column_id = fields.Many2one(
        comodel_name="supplier.history.import.column",
        string="Only Rows Whose Column",
        domain="[('wizard_id', '=', id)]",
        ondelete="set null",
    )
    report_html = fields.Html(readonly=True, sanitize=False)
    good_count = fields.Integer(string="Good Lines", readonly=True)
    rejected_count = fields.Integer(readonly=True)
    template_file = fields.Binary(readonly=True)
    rejected_file = fields.Binary(readonly=True)
    rejected_filename = fields.Char(readonly=True)
    imported_ids = fields.Json()

    # ------------------------------------------------------------
    # Computes
    # ------------------------------------------------------------

    @api.depends("row_count")
    def _compute_is_long(self):
        """A request would take too long for the file."""
        for wizard in self:
            wizard.is_long = wizard.row_count > LONG

    @api.depends("line_ids.column_id")
    def _compute_is_receipt_list(self):
        for wizard in self:
            chosen = {line.target: line.column_id.name for line in wizard.line_ids}
            wizard.is_receipt_list = is_receipt_list(chosen)

    @api.constrains("filter_column_id", "sheet_id")
    def _check_own_parts(self):
        """A name is shown to whoever refers to it, whether they may read it or not."""
        for wizard in self.sudo():
            parts = (wizard.filter_column_id, wizard.sheet_id)
            if any(part and part.wizard_id != wizard for part in parts):
                raise ValidationError(
                    self.env._("Choose a column and a sheet of the file itself.")
                )

    # ------------------------------------------------------------
    # Onchange
    # ------------------------------------------------------------

    @api.onchange("mapping_id")
    def _onchange_mapping_id(self):
        if self.mapping_id and self.line_ids:
            self._take_mapping(self.mapping_id)

    # ------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------

    def action_check(self):
        """Say what an import would do; write nothing."""
        self.ensure_one()
        self._show(self._run(dry_run=True), "checked")
        return self._reopen()

    def action_import(self):
        """Import the good rows: now, or in the background if the file is long."""
        self.ensure_one()
        if self.is_long:
            return self._import_long()
        report = self._run()
        self._show(report, "done")
        self.imported_ids = report.line_ids
        if self.remember:
            self._remember(report)
        return self._reopen()

    def action_back(self):
        """Choose another file, or change the columns."""
        self.ensure_one()
        if self.state == "map":
            self.write({"state": "upload", "sheet_id": False, "found_sheet": False})
        else:
            # What is chosen otherwise is another import.
            self.write({"state": "map", "job_id": False})
        return self._reopen()

    def action_download_rejected(self):
        """Give the rejected rows back as a file."""
        self.ensure_one()
        return open_download(self, "rejected_file", self.rejected_filename)

    def action_open_lines(self):
        """Show the lines that the file is about."""
        self.ensure_one()
        return open_records(
            self.env,
            "supplier_evaluation.supplier_history_line_action",
            [("id", "in", self.imported_ids or [])],
        )

    # ------------------------------------------------------------
    # Business
    # ------------------------------------------------------------

    @api.model
    def _import_file(self, content, filename, mapping, dry_run=False, limit=None):
        """Import a file into the company of the environment.

        Good rows go in, all or none; running the same file again changes nothing.

        :param bytes content: a CSV or XLSX file
        :param str filename: becomes the source of the lines
        :param mapping: a ``supplier.history.mapping``
        :param bool dry_run: write nothing, only report
        :param int limit: how many rows to look at; all of them by default
        :return: :class:`HistoryReport`
        :raise UserError: if the file cannot be read with this mapping
        """
        self.env["supplier.history.line"].check_access("create")
        table = open_table(self.env, content, mapping)
        importer = HistoryImporter(self.env, table, filename, mapping)
        return importer.run(dry_run=dry_run, limit=limit)

    def _run(self, dry_run=False):
        """Import the file, or look at its first rows."""
        wizard = self.with_company(self.company_id)
        content, limit = self._content(), LONG if dry_run else None
        return wizard._import_file(
            content, self.filename, self._mapping(), dry_run=dry_run, limit=limit
        )

    def _import_long(self):
        """Let the scheduled action import the file, once."""
        if not self.job_id or self.job_id.state in GIVEN_UP:
            self.job_id = self._start_job()
            if self.remember:
                self._remember(self._run(dry_run=True))
        return open_form(
            self.job_id._name, self.env._("History Import"), record=self.job_id
        )

    def _start_job(self):
        """The import, which works with the rights of the user who asks for it."""
        wizard = self.with_company(self.company_id)
        wizard.env["supplier.history.line"].check_access("create")
        vals = {
            **self._mapping_vals(),
            "name": self.filename,
            "file": self.with_context(bin_size=False).file,
            "user_id": self.env.uid,
            # Refused if it is none of the user's.
            "company_id": wizard.env.company.id,
        }
        return self.env["supplier.history.job"].sudo().create(vals).sudo(False)

    def _content(self):
        content = self.with_context(bin_size=False).file
        if not content:
            raise UserError(self.env._("Choose a CSV or XLSX file first."))
        return base64.b64decode(content)

    def _chosen_sheet(self):
        """The sheet, unless it is the one that is found anyway."""
        name = self.sheet_id.name
        return name if name and name != self.found_sheet else False

    def _option_names(self):
        names = self.env["supplier.history.options"]._fields.keys()
        own = {"columns", "filter_column", "display_name", *models.MAGIC_COLUMNS}
        return names - own

    def _take_mapping(self, mapping):
        """Set options and columns as the mapping has them."""
        for name in self._option_names().difference(OF_ONE_FILE):
            self[name] = mapping[name]
        by_header = {
            column.name.strip().casefold(): column for column in self.column_ids
        }
        columns = mapping.columns or {}
        none = self.env["supplier.history.import.column"]
        for line in self.line_ids:
            header = columns.get(line.target) or ""
            line.column_id = by_header.get(header.strip().casefold(), none)
        header = (mapping.filter_column or "").strip().casefold()
        self.filter_column_id = by_header.get(header, none)
        self.mapping_name = mapping.name

    def _mapping(self):
        """The choices of the form as a mapping that is not in the database."""
        vals = self._mapping_vals()
        return self.env["supplier.history.mapping"].new(vals)

    def _mapping_vals(self):
        vals = {
            name: self._fields[name].convert_to_write(self[name], self)
            for name in self._option_names()
        }
        vals.update(
            name=self.mapping_name or self.filename or self.env._("History file"),
            company_id=self.company_id.id,
            # No status is a choice, too.
            columns={"status": ""}
            | {
                line.target: line.column_id.name
                for line in self.line_ids
                if line.column_id
            },
            filter_column=self.filter_column_id.name,
            sheet=self._chosen_sheet(),
        )
        return vals

    def _remember(self, report):
        """Keep a mapping that works, with what the file showed of dates and numbers."""
        if not report.good:
            return
        vals = self._mapping_vals()
        vals["learned"] = {**(self.learned or {}), **report.learned}
        if not report.presumed_dates:
            # Nobody was asked: the next file is asked in the language of its user.
            vals["unclear_date_order"] = False
        vals["fingerprint"] = self.mapping_id._fingerprint(report.header)
        known = self.mapping_id or self.mapping_id._find_for(report.header)
        if known and known.company_id == self.company_id:
            known._write_guarded(vals)
        else:
            mapping = known._unguarded().create(vals)
            self.mapping_id = mapping.with_env(self.env)

    def _show(self, report, state):
        """Keep the report for the form."""
        stem = PurePath(self.filename or "history").stem
        rejected = base64.b64encode(report.rejected_csv()) if report.rejected else False
        self.write(
            {
                "state": state,
                "good_count": report.good,
                "rejected_count": len(report.rejected),
                "rejected_file": rejected,
                "rejected_filename": f"{stem}-rejected.csv",
                "report_html": self.env["ir.qweb"]._render(
                    "supplier_evaluation.supplier_history_import_report",
                    {
                        "report": report,
                        "listed": partial(listed, self.env),
                        "checked": LONG if self.is_long else 0,
                        "row_count": self.row_count,
                        "rejected": report.rejected[:SHOWN_REJECTIONS],
                        "preview": self._preview(report),
                        "presumed_dates": presumed_texts(
                            self.env, report.presumed_dates
                        ),
                    },
                ),
            }
        )

    def _preview(self, report):
        """The first good lines, as texts."""
        suppliers = self.env["res.partner"].browse(
            {p.supplier for _o, p, _l in report.preview if isinstance(p.supplier, int)}
        )
        names = {supplier.id: supplier.display_name for supplier in suppliers}
        for outcome, plan, line in report.preview:
            row, vals = plan.rows[0], plan.vals
            is_new = isinstance(plan.supplier, NewSupplier)
            days = plan.receipts.days() if plan.receipts else []
            quantity = vals.get("quantity_ordered", line.quantity_ordered)
            yield {
                "row": row.number,
                "outcome": outcome,
                "supplier": row.supplier.new_name if is_new else names[plan.supplier],
                "order": f"{vals['order_ref']} / {vals['line_ref']}",
                "quantity": exact(self.env, quantity),
                "ordered": vals.get("date_order", line.date_order),
                "promised": vals.get("date_promised", line.date_promised),
                "received": max(days, default=None),
            }

    def _reopen(self):
        return open_dialog(
            self._name, self.env._("Import Delivery History"), record=self
        )
