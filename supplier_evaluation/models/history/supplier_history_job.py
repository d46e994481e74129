from odoo import api, fields, models

from ...tools.actions import open_download, open_records

OPEN_STATES = ("reading", "importing")


class SupplierHistoryJob(models.Model):
    """The import of a file that is too long for a request.

    A scheduled action reads the rows into a table of their own, then imports them in
    batches. Every batch is a transaction: a crash loses nothing, and what is left goes
    on. See ``reading.py`` and ``importing.py``.

    It works with the rights of its user. So only this code writes it.
    """

    _name = "supplier.history.job"
    _inherit = ["supplier.history.options"]
    _description = "Import of a History File"
    _order = "id desc"
    _check_company_auto = True

    name = fields.Char(string="File Name", required=True, readonly=True)
    company_id = fields.Many2one(
        comodel_name="res.company",
        required=True,
        readonly=True,
        default=lambda self: self.env.company,
    )
    user_id = fields.Many2one(
        comodel_name="res.users",
        string="Imported by",
        required=True,
        readonly=True,
        default=lambda self: self.env.user,
    )
    state = fields.Selection(
        selection=[
            ("reading", "Reading"),
            ("importing", "Importing"),
            ("done", "Done"),
            ("cancelled", "Cancelled"),
            ("failed", "Failed"),
        ],
        required=True,
        readonly=True,
        default="reading",
    )
    error = fields.Text(string="What Went Wrong", readonly=True)
    file = fields.Binary(readonly=True, attachment=True, copy=False)
    row_count = fields.Integer(
        string="Rows", readonly=True, help="While the file is read: about how many."
    )
    read_count = fields.Integer(string="Rows Read", readonly=True)
    imported_count = fields.Integer(string="Rows Imported", readonly=True)
    progress = fields.Float(compute="_compute_progress")
    created_count = fields.Integer(string="Lines Created", readonly=True)
    updated_count = fields.Integer(string="Lines Updated", readonly=True)
    unchanged_count = fields.Integer(string="Lines Unchanged", readonly=True)
    suppliers_count = fields.Integer(string="Suppliers Created", readonly=True)
    rejected_count = fields.Integer(string="Rows Rejected", readonly=True)
    left_out_filter = fields.Integer(string="Left Out by the Filter", readonly=True)
    left_out_status = fields.Integer(string="Left Out by Status", readonly=True)
    withdrawn_count = fields.Integer(
        string="Lines Taken Back",
        readonly=True,
        help="They were open so far, and the file says that they were cancelled.",
    )
    moved_count = fields.Integer(
        string="Promises Moved",
        readonly=True,
        help="They were promised for an earlier day, or more of them was ordered, in "
        "the list before. They count as this one has them.",
    )
    moved_text = fields.Text(string="Lines Whose Promise Moved", readonly=True)
    left_out_total = fields.Integer(string="Totals Left Out", readonly=True)
    left_out_hidden = fields.Integer(string="Hidden Rows Left Out", readonly=True)
    left_out_text = fields.Char(string="Totals in the Rows", readonly=True)
    unclear_dates = fields.Char(
        string="Unclear Dates Were Read As",
        readonly=True,
        help="An example of each column that does not show how it is to be read.",
    )
    order_dates_ignored = fields.Integer(
        string="Without a Readable Order Date",
        readonly=True,
        help="Rows that were imported without an order date.",
    )
    orders_in_odoo_count = fields.Integer(
        string="Orders in Odoo as Well",
        readonly=True,
        help="They count as they are in Odoo; the imported lines are left out.",
    )
    orders_in_odoo_text = fields.Char(string="These Are", readonly=True)
    rejected_file = fields.Binary(readonly=True, attachment=True, copy=False)
    rejected_filename = fields.Char(readonly=True)
    facts = fields.Json(
        readonly=True,
        copy=False,
        help="What the whole file says: its headers, how dates and numbers are "
        "written, the days it covers, suppliers that nobody knows, and the orders "
        "found so far that are in Odoo as well.",
    )

    @api.depends("state", "row_count", "read_count", "imported_count")
    def _compute_progress(self):
        """Reading is a fifth of the work."""
        for job in self:
            rows = max(job.row_count, 1)
            if job.state == "done":
                job.progress = 100
            elif job.state == "reading":
                job.progress = 20 * min(1, job.read_count / rows)
            else:
                job.progress = 20 + 80 * min(1, job.imported_count / rows)

    # ------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        jobs = super().create(vals_list)
        self.env.ref("supplier_evaluation.ir_cron_supplier_history").sudo()._trigger()
        return jobs

    # ------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------

    def action_cancel(self):
        """Import no more rows; what is imported stays.

        :raises AccessError: for who may not import, or not see the import
        """
        self.check_access("read")
        self.env["supplier.history.line"].check_access("create")
        # Nobody writes imports by hand: they run with the rights of their user.
        for job in self.sudo().filtered(lambda job: job.state in OPEN_STATES):
            job._finish("cancelled")

    def action_download_rejected(self):
        """Give the rejected rows back as a file."""
        self.ensure_one()
        return open_download(self, "rejected_file", self.rejected_filename)

    def action_open_lines(self):
        """Show the lines that the file created or changed."""
        self.ensure_one()
        return open_records(
            self.env,
            "supplier_evaluation.supplier_history_line_action",
            [("source", "=", self.name), ("company_id", "=", self.company_id.id)],
        )
