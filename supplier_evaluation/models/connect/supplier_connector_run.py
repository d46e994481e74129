from odoo import api, fields, models

from ..outbox.words import PROBLEMS, in_words


class SupplierConnectorRun(models.Model):
    """When a system was read, what came, and what went wrong."""

    _name = "supplier.connector.run"
    _inherit = ["supplier.guard.mixin"]
    _description = "Run of a Connector"
    _order = "id desc"
    _rec_name = "date_start"

    connector_id = fields.Many2one(
        "supplier.connector",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(
        related="connector_id.company_id", store=True, index=True
    )
    state = fields.Selection(
        [("open", "Under Way"), ("done", "Done"), ("failed", "Failed")],
        string="Status",
        required=True,
        readonly=True,
        default="open",
    )
    date_start = fields.Datetime(
        string="Begun", required=True, readonly=True, default=fields.Datetime.now
    )
    date_end = fields.Datetime(string="Ended On", readonly=True)
    seconds = fields.Integer(
        string="Took (seconds)", compute="_compute_seconds", aggregator=None
    )
    page_count = fields.Integer(string="Pages", readonly=True)
    record_count = fields.Integer(string="Records", readonly=True)
    created_count = fields.Integer(string="Created", readonly=True)
    updated_count = fields.Integer(string="Updated", readonly=True)
    unchanged_count = fields.Integer(string="Unchanged", readonly=True)
    question_count = fields.Integer(string="Questions", readonly=True)
    refused_count = fields.Integer(string="Refused", readonly=True)
    checksum = fields.Char(
        readonly=True, help="Of all rows that came. Equal feeds have equal ones."
    )
    cursor = fields.Json(
        readonly=True, help="Where the next page begins, if it was cut off."
    )
    problem = fields.Char(readonly=True)
    problem_values = fields.Json(readonly=True)
    reason = fields.Char(string="What Went Wrong", compute="_compute_reason")
    mend = fields.Char(string="What to Do", compute="_compute_reason")
    error = fields.Text(readonly=True, help="What was not foreseen.")

    @api.model
    def _guarded_fields(self):
        return super()._guarded_fields() | {
            name
            for name, field in self._fields.items()
            if field.store and name not in models.MAGIC_COLUMNS
        }

    @api.depends("date_start", "date_end")
    def _compute_seconds(self):
        for run in self:
            end = run.date_end or run.date_start
            run.seconds = (end - run.date_start).total_seconds()

    @api.depends("problem", "problem_values")
    @api.depends_context("lang")
    def _compute_reason(self):
        for run in self:
            words = (False, False)
            if run.problem in PROBLEMS:
                words = in_words(self.env, run.problem, run.problem_values or {})
            run.reason, run.mend = words
