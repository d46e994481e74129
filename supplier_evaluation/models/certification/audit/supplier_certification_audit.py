from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ....tools.groups import APPROVER_GROUP

CONTENT = frozenset(
    {
        "certification_id",
        "date",
        "auditor_id",
        "auditor_name",
        "summary",
        "report",
        "report_name",
    }
)


class SupplierCertificationAudit(models.Model):
    """A visit at the supplier: its findings decide on its score."""

    _name = "supplier.certification.audit"
    _inherit = ["supplier.guard.mixin", "supplier.kept.file.mixin"]
    _description = "Certification Audit"
    _order = "date desc, id desc"
    _rec_name = "date"
    _kept_file = "report"

    certification_id = fields.Many2one(
        "supplier.certification", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="certification_id.company_id", store=True)
    partner_id = fields.Many2one(related="certification_id.partner_id", store=True)
    program_id = fields.Many2one(related="certification_id.program_id", store=True)
    date = fields.Date(required=True, default=fields.Date.context_today)
    auditor_id = fields.Many2one(
        "res.users", default=lambda self: self.env.user, domain=[("share", "=", False)]
    )
    auditor_name = fields.Char(
        string="External Auditor", help="Who audited, if it was none of our people."
    )
    summary = fields.Text()
    report = fields.Binary(attachment=True, copy=False)
    report_name = fields.Char(string="File Name of the Report", copy=False)
    finding_ids = fields.One2many(
        "supplier.certification.audit.finding", "audit_id", string="Findings"
    )
    state = fields.Selection(
        selection=[("draft", "In progress"), ("done", "Done")],
        required=True,
        default="draft",
        readonly=True,
        copy=False,
    )
    score = fields.Float(
        compute="_compute_score",
        store=True,
        digits=(5, 2),
        aggregator="avg",
        help="100, less what the programme takes off per finding; 0 with a critical "
        "one.",
    )
    result = fields.Selection(
        selection=[("passed", "Passed"), ("failed", "Failed")],
        readonly=True,
        copy=False,
        help="Decided when the audit is finished: passed with the minimum score of the "
        "programme and no critical finding.",
    )

    @api.depends("finding_ids.severity")
    def _compute_score(self):
        for audit in self:
            severities = audit.finding_ids.mapped("severity")
            program = audit.program_id
            score = (
                100
                - severities.count("minor") * program.downgrade_minor
                - severities.count("major") * program.downgrade_major
            )
            audit.score = 0 if "critical" in severities else max(0, score)

    # ------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------

    @api.model
    def _guarded_fields(self):
        # Including what the certification gives: a passed audit is not handed on.
        return super()._guarded_fields() | {
            "state",
            "score",
            "result",
            "company_id",
            "partner_id",
            "program_id",
        }

    def write(self, vals):
        if CONTENT & vals.keys():
            self._check_open()
        return super().write(vals)

    # Any client can say that the add-on is being uninstalled.
    @api.ondelete(at_uninstall=True)
    def _unlink_except_done(self):
        self._check_open()

    def _check_file_open(self):
        self._check_open()
        return super()._check_file_open()

    def _check_open(self):
        for audit in self:
            if audit.state == "done":
                raise UserError(
                    self.env._(
                        "The audit of %(supplier)s on %(date)s is finished and stays "
                        "as it is: enter a new audit.",
                        supplier=audit.partner_id.display_name,
                        date=audit.date,
                    )
                )

    # ------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------

    def action_finish(self):
        """Close the audit; its score decides whether it is passed.

        :raises AccessError: whoever submitted the certification does not judge it, nor
            does anybody but an approver or the auditor
        :raises UserError: it is in the future, or says nothing
        """
        self.check_access("write")
        self._check_open()
        self._check_finisher()
        self._check_says_something()
        for audit in self:
            if audit.date > fields.Date.context_today(audit):
                raise UserError(
                    self.env._(
                        "An audit in the future cannot be finished: correct its day."
                    )
                )
            passed = audit.score >= audit.program_id.audit_min_score
            critical = "critical" in audit.finding_ids.mapped("severity")
            audit._write_guarded(
                {
                    "state": "done",
                    "result": "passed" if passed and not critical else "failed",
                }
            )

    def _check_says_something(self):
        """An audit without a word would pass with 100 points."""
        for audit in self:
            if not (audit.finding_ids or (audit.summary or "").strip() or audit.report):
                raise UserError(
                    self.env._(
                        "The audit of %(supplier)s on %(date)s says nothing: enter its "
                        "findings, a summary of what was looked at, or its report.",
                        supplier=audit.partner_id.display_name,
                        date=audit.date,
                    )
                )

    def _check_finisher(self):
        user = self.env.user
        is_approver = user.has_group(APPROVER_GROUP)
        for audit in self:
            if user in audit.certification_id._involved():
                raise AccessError(
                    self.env._(
                        "You submitted %(certification)s: the auditor or an approver "
                        "finishes its audit.",
                        certification=audit.certification_id.display_name,
                    )
                )
            if not is_approver and user != audit.auditor_id:
                raise AccessError(
                    self.env._(
                        "Only its auditor or an approver finishes the audit of "
                        "%(supplier)s on %(date)s: ask one of them.",
                        supplier=audit.partner_id.display_name,
                        date=audit.date,
                    )
                )
