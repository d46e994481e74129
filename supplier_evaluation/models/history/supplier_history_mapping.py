import hashlib

from odoo import api, fields, models


class SupplierHistoryMapping(models.Model):
    """A remembered way to read the history files of one system."""

    _name = "supplier.history.mapping"
    _inherit = ["supplier.history.options", "supplier.shared.mixin"]
    _description = "Column Mapping of a History File"
    _order = "write_date desc, id desc"
    _check_company_auto = True

    name = fields.Char(required=True)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        comodel_name="res.company",
        default=lambda self: self.env.company,
        index=True,
        help="Empty: every company may use the mapping.",
    )
    fingerprint = fields.Char(
        readonly=True,
        copy=False,
        index=True,
        help="Stands for the headers of the file: the next file with the same headers "
        "is read in the same way.",
    )
    columns_text = fields.Text(string="Columns", compute="_compute_columns_text")

    @api.depends("columns")
    @api.depends_context("lang")
    def _compute_columns_text(self):
        labels = self.env["supplier.history.import.line"]._target_labels()
        for mapping in self:
            columns = mapping.columns or {}
            mapping.columns_text = "\n".join(
                f"{label}: {columns[target]}"
                for target, label in labels.items()
                if columns.get(target)
            )

    @api.model
    def _guarded_fields(self):
        """A file is read by the mapping that has its fingerprint."""
        return super()._guarded_fields() | {"fingerprint"}

    @api.model
    def _fingerprint(self, header):
        """Stands for the headers, in whatever order they come."""
        text = "\x1f".join(sorted(name.strip().casefold() for name in header))
        return hashlib.sha256(text.encode()).hexdigest()

    @api.model
    def _find_for(self, header):
        """The mapping last used for a file with these headers."""
        return self.search(
            [
                ("fingerprint", "=", self._fingerprint(header)),
                ("company_id", "in", [False, self.env.company.id]),
            ],
            order="company_id, write_date desc, id desc",
            limit=1,
        )
