from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ...tools.actions import open_dialog
from ...tools.groups import USER_GROUP
from ...tools.wording import label_of, qualified
from .status import IN_FORCE, STATES

ARCHIVABLE = ("draft", "expired")
# What the supplier applies for; it does not change after the submission.
CONTENT = frozenset(
    {"partner_id", "company_id", "program_id", "category_ids", "own_properties"}
)


class SupplierCertification(models.Model):
    """A supplier's way through a programme, and what it was granted.

    What it needs is in ``checklist.py``, how it is decided on in ``workflow.py``, from
    when to when it holds in ``validity.py``, what happens by itself in ``schedule.py``,
    what its state says of the supplier in ``status.py``, what its form shows beside it
    in ``screen.py``, and what followers are told in ``followers.py``.
    """

    _name = "supplier.certification"
    _inherit = [
        "mail.thread",
        "mail.activity.mixin",
        "supplier.empty.help.mixin",
        "supplier.guard.mixin",
        "supplier.segregation.mixin",
        "supplier.step.mixin",
        "supplier.own.fields.mixin",
    ]
    _description = "Supplier Certification"
    _order = "id desc"
    _rec_names_search = ("name", "partner_id", "program_id")
    _check_company_auto = True

    name = fields.Char(
        string="Number",
        readonly=True,
        copy=False,
        index="trigram",
        help="Given when it is submitted for the first time.",
    )
    partner_id = fields.Many2one(
        "res.partner",
        string="Supplier",
        required=True,
        check_company=True,
        ondelete="restrict",
        index=True,
        tracking=True,
    )
    company_id = fields.Many2one(
        "res.company",
        required=True,
        default=lambda self: self.env.company,
        index=True,
    )
    program_id = fields.Many2one(
        "supplier.certification.program",
        string="Programme",
        required=True,
        check_company=True,
        ondelete="restrict",
        index=True,
        tracking=True,
    )
    category_ids = fields.Many2many(
        "product.category",
        string="Scope",
        compute="_compute_category_ids",
        store=True,
        readonly=False,
        precompute=True,
        # Without its last category it would be granted for all products.
        ondelete="restrict",
        help="Product categories for which it is granted, with those below them; "
        "empty: all.",
    )
    user_id = fields.Many2one(
        "res.users",
        string="Owner",
        default=lambda self: self.env.user,
        check_company=True,
        domain=[("share", "=", False)],
        index="btree_not_null",
        tracking=True,
        help="Who sees to it that everything is there.",
    )
    state = fields.Selection(
        selection=STATES,
        string="Status",
        required=True,
        readonly=True,
        default="draft",
        copy=False,
        index=True,
        group_expand=True,
    )
    note = fields.Html(string="Notes")
    own_properties = fields.Properties(
        "Properties",
        definition="program_id.certification_properties_definition",
        copy=True,
    )

    submitted_uid = fields.Many2one(
        "res.users", string="Submitted By", readonly=True, copy=False
    )
    date_submitted = fields.Datetime(string="Submitted On", readonly=True, copy=False)
    round = fields.Integer(readonly=True, copy=False, aggregator=None)
    step_id = fields.Many2one(
        "supplier.certification.program.step",
        string="Waiting for Step",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
    )
    waiting_user_ids = fields.Many2many(
        "res.users",
        relation="supplier_certification_waiting_user_rel",
        column1="certification_id",
        column2="user_id",
        string="Waiting for",
        readonly=True,
        copy=False,
        help="Who may decide in the step, substitutes included.",
    )
    date_decided = fields.Datetime(string="Last Decision", readonly=True, copy=False)
    date_from = fields.Date(string="Valid From", readonly=True, copy=False)
    date_to = fields.Date(
        string="Valid Until", readonly=True, copy=False, index="btree_not_null"
    )
    conditions = fields.Text(readonly=True, copy=False)
    date_conditions = fields.Date(
        string="Conditions Due",
        readonly=True,
        copy=False,
        help="The certification ends on this day unless the conditions are met.",
    )
    date_retry = fields.Date(
        string="Not Again Before",
        readonly=True,
        copy=False,
        help="A rejected supplier is not submitted to the programme before this day.",
    )
    reason = fields.Text(
        readonly=True,
        copy=False,
        help="Why it was rejected, sent back, suspended, reinstated or revoked.",
    )
    renewal_of_id = fields.Many2one(
        "supplier.certification",
        string="Renewal of",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
    )
    renewal_ids = fields.One2many(
        "supplier.certification", "renewal_of_id", string="Renewals", readonly=True
    )
    date_surveillance = fields.Date(
        string="Surveillance Due",
        compute="_compute_date_surveillance",
        store=True,
        help="When the supplier has to be audited again.",
    )
    verification_token = fields.Char(
        readonly=True, copy=False, groups=USER_GROUP, index="btree_not_null"
    )
    answer_ids = fields.One2many(
        "supplier.certification.answer", "certification_id", string="Questionnaire"
    )
    audit_ids = fields.One2many(
        "supplier.certification.audit", "certification_id", string="Audits"
    )
    approval_ids = fields.One2many(
        "supplier.certification.approval", "certification_id", string="Decisions"
    )
    transition_ids = fields.One2many(
        "supplier.certification.transition", "certification_id", string="History"
    )
    active = fields.Boolean(default=True, copy=False)

    _name_company_uniq = models.UniqueIndex(
        "(company_id, name) WHERE name IS NOT NULL",
        "There is a certification with this number already.",
    )
    _dates_ordered = models.Constraint(
        "CHECK (date_to >= date_from)", "A certification cannot end before it begins."
    )
    _supplier_program_idx = models.Index("(partner_id, company_id, program_id)")

    # ------------------------------------------------------------
    # Constraints and computes
    # ------------------------------------------------------------

    @api.model
    def _guarded_fields(self):
        return super()._guarded_fields() | {
            "name",
            "state",
            "submitted_uid",
            "date_submitted",
            "round",
            "step_id",
            "waiting_user_ids",
            "date_decided",
            "date_from",
            "date_to",
            "conditions",
            "date_conditions",
            "date_retry",
            "reason",
            "renewal_of_id",
            "date_surveillance",
            "verification_token",
            "approval_ids",
            "transition_ids",
        }

    @api.constrains("active")
    def _check_active(self):
        """Refuse to archive what has consequences for the supplier."""
        for certification in self:
            if not certification.active and certification.state not in ARCHIVABLE:
                raise ValidationError(
                    self.env._(
                        "%(certification)s is in the state “%(state)s”, which has "
                        "consequences for the supplier: only drafts and expired "
                        "certifications can be archived.",
                        certification=certification.display_name,
                        state=label_of(certification, "state"),
                    )
                )

    @api.depends("name", "partner_id.name", "program_id.name")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for certification in self:
            names = (
                certification.sudo().partner_id.name,
                certification.program_id.name,
                certification.name,
            )
            certification.display_name = qualified(self.env, filter(None, names))

    @api.depends("program_id")
    def _compute_category_ids(self):
        for certification in self:
            certification.category_ids = certification.program_id.product_category_ids

    @api.depends(
        "audit_ids.state", "audit_ids.date", "date_from", "program_id", "state"
    )
    def _compute_date_surveillance(self):
        for certification in self:
            months = certification.program_id.surveillance_months
            done = certification.audit_ids.filtered(lambda audit: audit.state == "done")
            days = [
                day for day in (certification.date_from, *done.mapped("date")) if day
            ]
            due = certification.state in IN_FORCE and months and days
            certification.date_surveillance = (
                max(days) + relativedelta(months=months) if due else False
            )

    # ------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        # A default supplier is replaced by its company as well.
        defaults = self.default_get(["partner_id"])
        vals_list = [{**defaults, **vals} for vals in vals_list]
        # Browse all of them at once, so that they are read together.
        ids = [vals["partner_id"] for vals in vals_list if vals.get("partner_id")]
        entities = {
            partner.id: partner.commercial_partner_id.id
            for partner in self.env["res.partner"].browse(ids)
        }
        vals_list = [
            {**vals, "partner_id": entities[vals["partner_id"]]}
            if vals.get("partner_id")
            else vals
            for vals in vals_list
        ]
        certifications = super().create(vals_list)
        certifications._ask_questions()
        return certifications

    def write(self, vals):
        if CONTENT & vals.keys():
            self._check_draft()
        if vals.get("partner_id"):
            partner = self.env["res.partner"].browse(vals["partner_id"])
            vals = {**vals, "partner_id": partner.commercial_partner_id.id}
        waits = vals.get("state", "draft") not in ARCHIVABLE
        if waits and not all(self.mapped("active")):
            # An archived draft comes back: it would wait where nobody looks.
            vals = {**vals, "active": True}
        before = {one: one.partner_id for one in self}
        result = super().write(vals)
        # What one supplier said of itself, it did not say of another.
        anew = self.filtered(
            lambda one: "program_id" in vals or one.partner_id != before[one]
        )
        if anew:
            anew.answer_ids.sudo().unlink()
            anew._ask_questions()
        if "active" in vals:
            self._refresh_vendors()
        return result

    def _keeps_own_fields(self):
        return self.state != "draft" or super()._keeps_own_fields()

    def _check_draft(self):
        for certification in self:
            if certification.state != "draft":
                raise UserError(
                    self.env._(
                        "%(certification)s was submitted: supplier, programme, "
                        "scope and properties stay as they are. Have it sent back "
                        "first.",
                        certification=certification.display_name,
                    )
                )

    # Any client can say that the add-on is being uninstalled.
    @api.ondelete(at_uninstall=True)
    def _unlink_only_new(self):
        """Keep what was submitted once, and finished audits: they are evidence."""
        # The database deletes the audits, which asks none of them.
        self.sudo().audit_ids._check_open()
        for certification in self:
            if certification.name:
                raise UserError(
                    self.env._(
                        "%(certification)s was submitted before and stays: archive it.",
                        certification=certification.display_name,
                    )
                )

    def _ask_questions(self):
        """Copy the questions of the programmes, and the answers of what is renewed."""
        vals_list = []
        for certification in self:
            program = certification.program_id.sudo()
            before = {
                answer.question_id.id: answer
                for answer in certification.renewal_of_id.sudo().answer_ids
            }
            for question in program.questionnaire_id.question_ids:
                old = before.get(question.id, self.env["supplier.certification.answer"])
                same = old.kind == question.kind
                vals_list.append(
                    {
                        "certification_id": certification.id,
                        **old._asked(question),
                        "is_knockout": question in program.knockout_question_ids,
                        "rating": same and old.rating,
                        "choice_id": same and old.choice_id.id,
                        "comment": same and old.comment,
                    }
                )
        answers = self.env["supplier.certification.answer"].sudo()._unguarded()
        answers.create(vals_list)

    # ------------------------------------------------------------
    # Buttons
    # ------------------------------------------------------------

    def action_ask_decision(self):
        """Ask for the comment of a decision; the context names the decision."""
        decision = self.env.context.get("certification_decision", "approve")
        return open_dialog(
            "supplier.certification.decision.wizard",
            self.env._("Decision"),
            {"certification_ids": self.ids, "decision": decision},
        )

    def action_print_certificate(self):
        """Print the certificate of what is in force."""
        report = self.env.ref("supplier_evaluation.supplier_certificate_report")
        # The page has a letterhead of its own: nobody has to choose a layout first.
        return report.report_action(self, config=False)
