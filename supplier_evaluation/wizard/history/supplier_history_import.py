import base64
from pathlib import PurePath

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

from ...importer.cells import cell_text
from ...importer.importer import HistoryImporter, open_table
from ...importer.plan import NewSupplier
from ...importer.targets import (
    TARGETS,
    is_optional,
    is_receipt_list,
    propose_columns,
)
from ...tools.actions import open_dialog, open_records

# More rejected rows than these are only in the file to download.
SHOWN_REJECTIONS = 100
# Rows to find the example of a column in.
SAMPLED_ROWS = 200
SHOWN_STATES = 12
# What this file shows, not the one before it.
OF_ONE_FILE = ("sheet", "header_row")


class SupplierHistoryImport(models.TransientModel):
    """Delivery history of another system, from a CSV or XLSX file."""

    _name = "supplier.history.import"
    _inherit = ["supplier.history.options"]
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
        comodel_name="supplier.history.import.sheet", inverse_name="wizard_id"
    )
    sheet_id = fields.Many2one(
        comodel_name="supplier.history.import.sheet",
        domain="[('wizard_id', '=', id)]",
        ondelete="set null",
    )
    found_sheet = fields.Char(readonly=True)
    found_text = fields.Char(string="Found", readonly=True)
    hidden_count = fields.Integer(string="Hidden in the File", readonly=True)
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
    rejected_file = fields.Binary(readonly=True)
    rejected_filename = fields.Char(readonly=True)
    imported_ids = fields.Json()

    # ------------------------------------------------------------
    # Computes
    # ------------------------------------------------------------

    @api.depends("line_ids.column_id")
    def _compute_is_receipt_list(self):
        for wizard in self:
            chosen = {line.target: line.column_id.name for line in wizard.line_ids}
            wizard.is_receipt_list = is_receipt_list(chosen)

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

    def action_read(self):
        """Read the headers and propose what they mean."""
        self.ensure_one()
        self.sheet = self._chosen_sheet()
        table = open_table(self.env, self._content(), self)
        mapping = self.mapping_id or self.mapping_id._find_for(table.header)
        labels = self.env["supplier.history.import.line"]._target_labels()
        proposed = propose_columns(table.header, labels)
        self.write(
            {
                "line_ids": [Command.clear()],
                "column_ids": [Command.clear()]
                + [Command.create(vals) for vals in self._columns_of(table)],
                "mapping_id": mapping.id,
                "mapping_name": mapping.name or PurePath(self.filename or "").stem,
                "state": "map",
                **self._found(table, proposed),
            }
        )
        self.sheet_id = self.sheet_ids.filtered(lambda s: s.name == table.source.sheet)
        by_header = {column.name: column.id for column in self.column_ids}
        self.line_ids = [
            Command.create(
                {
                    "target": target,
                    "is_required": TARGETS[target].required,
                    "column_id": by_header.get(proposed.get(target)),
                }
            )
            for target in sorted(labels, key=is_optional)
        ]
        if mapping:
            self._take_mapping(mapping)
        return self._reopen()

    def action_check(self):
        """Say what an import would do; write nothing."""
        self.ensure_one()
        self._show(self._run(self._mapping(), dry_run=True), "checked")
        return self._reopen()

    def action_import(self):
        """Import the good rows."""
        self.ensure_one()
        report = self._run(self._mapping())
        self._show(report, "done")
        self.imported_ids = report.line_ids
        if self.remember and self.good_count:
            self._remember(report)
        return self._reopen()

    def action_back(self):
        """Choose another file, or change the columns."""
        self.ensure_one()
        if self.state == "map":
            self.write({"state": "upload", "sheet_id": False, "found_sheet": False})
        else:
            self.state = "map"
        return self._reopen()

    def action_download_rejected(self):
        """Give the rejected rows back as a file."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_url",
            "url": f"/web/content/{self._name}/{self.id}/rejected_file"
            f"?filename_field=rejected_filename&download=true",
            "target": "download",
        }

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
    def _import_file(self, content, filename, mapping, dry_run=False):
        """Import a file into the company of the environment.

        Good rows go in, all or none; running the same file again changes nothing.

        :param bytes content: a CSV or XLSX file
        :param str filename: becomes the source of the lines
        :param mapping: a ``supplier.history.mapping``
        :param bool dry_run: write nothing, only report
        :return: :class:`~.history_importer.HistoryReport`
        :raise UserError: if the file cannot be read with this mapping
        """
        self.env["supplier.history.line"].check_access("create")
        importer = HistoryImporter(self.env, content, filename, mapping)
        return importer.run(dry_run=dry_run)

    def _run(self, mapping, dry_run=False):
        wizard = self.with_company(self.company_id)
        content = self._content()
        return wizard._import_file(content, self.filename, mapping, dry_run=dry_run)

    def _content(self):
        content = self.with_context(bin_size=False).file
        if not content:
            raise UserError(self.env._("Choose a CSV or XLSX file first."))
        return base64.b64decode(content)

    def _chosen_sheet(self):
        """The sheet, unless it is the one that is found anyway."""
        name = self.sheet_id.name
        return name if name and name != self.found_sheet else False

    def _found(self, table, proposed):
        """What was found out about the file, to be seen and changed."""
        source = table.source
        texts = [self.env._("Headers in row %(row)s", row=table.header_row)]
        if source.encoding:
            delimiter = {"\t": "Tab"}.get(source.delimiter, source.delimiter)
            texts.append(self.env._("letters: %(name)s", name=source.encoding))
            texts.append(self.env._("columns cut by “%(sign)s”", sign=delimiter))
        sheets = [Command.create({"name": name}) for name in source.sheets]
        return {
            "found_sheet": self.found_sheet or source.sheet,
            "sheet_ids": [Command.clear(), *sheets],
            "found_text": ", ".join(texts),
            "hidden_count": source.hidden_count(table.header_row),
            "states_text": self._states_of(table, proposed.get("status")),
        }

    @staticmethod
    def _states_of(table, header):
        """The first different values of the column with the status."""
        position = table.index(header) if header else None
        if position is None:
            return False
        cells = (row.cells[position : position + 1] for row in table.head(SAMPLED_ROWS))
        states = {cell_text(cell) for found in cells for cell in found}
        return "; ".join(sorted(states - {""})[:SHOWN_STATES])

    @staticmethod
    def _columns_of(table):
        """The columns with the first value that each of them has."""
        rows = table.head(SAMPLED_ROWS)
        for position, header in enumerate(table.header):
            cells = (
                cell_text(row.cells[position])
                for row in rows
                if position < len(row.cells)
            )
            yield {"name": header, "sample": next(filter(None, cells), "")[:80]}

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
        """Keep the mapping, with what the file showed about dates and numbers."""
        vals = self._mapping_vals()
        vals["learned"] = {**(self.learned or {}), **report.learned}
        vals["fingerprint"] = self.mapping_id._fingerprint(report.header)
        known = self.mapping_id or self.mapping_id._find_for(report.header)
        if known and known.company_id == self.company_id:
            known.write(vals)
        else:
            self.mapping_id = known.create(vals)

    def _show(self, report, state):
        """Keep the report for the form."""
        stem = PurePath(self.filename or "history").stem
        rejected = base64.b64encode(report.rejected_csv()) if report.rejected else False
        self.write(
            {
                "state": state,
                "good_count": report.created + report.updated + report.unchanged,
                "rejected_count": len(report.rejected),
                "rejected_file": rejected,
                "rejected_filename": f"{stem}-rejected.csv",
                "report_html": self.env["ir.qweb"]._render(
                    "supplier_evaluation.supplier_history_import_report",
                    {
                        "report": report,
                        "rejected": report.rejected[:SHOWN_REJECTIONS],
                        "preview": self._preview(report),
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
                "quantity": f"{quantity:g}",
                "ordered": vals.get("date_order", line.date_order),
                "promised": vals.get("date_promised", line.date_promised),
                "received": max(days, default=None),
            }

    def _reopen(self):
        return open_dialog(
            self._name, self.env._("Import Delivery History"), record=self
        )
