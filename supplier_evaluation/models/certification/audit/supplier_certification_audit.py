from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import format_date

from ....tools.wording import qualified

CONTENT = frozenset(
    {
        "certification_id",
        "partner_id",
        "company_id",
        "questionnaire_id",
        "date",
        "auditor_id",
        "auditor_name",
        "summary",
        "report",
        "report_name",
    }
)
#: What a certification says of its audits.
OF_CERTIFICATION = frozenset({"partner_id", "company_id"})


class SupplierCertificationAudit(models.Model):
    """A visit at the supplier: its checklist and findings decide on its score.

    A certification may ask for it, or somebody audits without one. How it is judged is
    in ``judging.py``.
    """

    _name = "supplier.certification.audit"
    _inherit = ["supplier.guard.mixin", "supplier.kept.file.mixin"]
    _description = "Certification Audit"
    _order = "date desc, id desc"
    _rec_name = "date"
    _kept_file = "report"

    certification_id = fields.Many2one(
        "supplier.certification",
        index=True,
        ondelete="cascade",
        help="That asks for the audit. Empty: it is made without a certification.",
    )
    company_id = fields.Many2one(
        "res.company",
        compute="_compute_of_certification",
        store=True,
        precompute=True,
        readonly=False,
        required=True,
    )
    partner_id = fields.Many2one(
        "res.partner",
        string="Supplier",
        compute="_compute_of_certification",
        store=True,
        precompute=True,
        readonly=False,
        required=True,
        ondelete="restrict",
        index=True,
    )
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
    questionnaire_id = fields.Many2one(
        "supplier.questionnaire",
        string="Checklist",
        ondelete="restrict",
        index="btree_not_null",
        domain="[('company_id', 'in', (company_id, False))]",
        help="Its questions are answered during the audit.",
    )
    answer_ids = fields.One2many(
        "supplier.certification.audit.answer", "audit_id", string="Answers"
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
        help="The checklist's, or else 100, less what the programme takes off per "
        "finding; 0 with a critical one. Without a certification: 5 points off per "
        "minor finding, 20 per major one.",
    )
    result = fields.Selection(
        selection=[("passed", "Passed"), ("failed", "Failed")],
        readonly=True,
        copy=False,
        help="Decided when the audit is finished: passed with the minimum score of the "
        "programme, without a certification 70, and no critical finding.",
    )

    @api.depends("partner_id", "date")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for audit in self:
            day = format_date(self.env, audit.date) if audit.date else ""
            name = audit.sudo().partner_id.display_name
            audit.display_name = qualified(self.env, filter(None, (name, day)))

    @api.constrains("certification_id", "partner_id", "company_id")
    def _check_of_certification(self):
        """Whatever the way: an audit of a certification is of its supplier."""
        for audit in self.filtered("certification_id"):
            if any(
                audit[name] != audit.certification_id[name] for name in OF_CERTIFICATION
            ):
                raise ValidationError(
                    self.env._(
                        "The audit of %(date)s is of %(certification)s, and so of its "
                        "supplier and company.",
                        date=audit.date,
                        certification=audit.certification_id.display_name,
                    )
                )

    @api.depends("certification_id.partner_id", "certification_id.company_id")
    def _compute_of_certification(self):
        for audit in self:
            own = audit.certification_id
            audit.partner_id = own.partner_id or audit.partner_id
            audit.company_id = own.company_id or audit.company_id or self.env.company

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
            "program_id",
        }

    @api.model_create_multi
    def create(self, vals_list):
        vals_list = [self._with_entity(vals) for vals in vals_list]
        for vals in vals_list:
            if vals.get("certification_id"):
                self._check_guard(OF_CERTIFICATION & vals.keys())
        audits = super().create(vals_list)
        audits._ask_questions()
        return audits

    def write(self, vals):
        vals = self._with_entity(vals)
        if self.certification_id or vals.get("certification_id"):
            self._check_guard(OF_CERTIFICATION & vals.keys())
        if CONTENT & vals.keys():
            self._check_open()
        result = super().write(vals)
        if "questionnaire_id" in vals:
            self.answer_ids.sudo().unlink()
            self._ask_questions()
        return result

    def _with_entity(self, vals):
        """A contact may be chosen: its company is audited."""
        if not vals.get("partner_id"):
            return vals
        partner = self.env["res.partner"].browse(vals["partner_id"])
        return {**vals, "partner_id": partner.commercial_partner_id.id}

    def _ask_questions(self):
        """Copy the questions of the checklists."""
        answers = self.env["supplier.certification.audit.answer"]
        answers.sudo()._unguarded().create(
            [
                {"audit_id": audit.id, **answers._asked(question)}
                for audit in self
                for question in audit.questionnaire_id.sudo().question_ids
            ]
        )

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
