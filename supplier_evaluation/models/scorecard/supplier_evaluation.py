from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ...scoring import FactScope
from ...tools.actions import open_dialog, open_records
from ...tools.automation import told
from ...tools.optional_numbers import OptionalFloat
from .run import EvaluationRun
from .seal import seal_evaluations, seal_scorecards

STATES = [
    ("draft", "Draft"),
    ("computed", "Computed"),
    ("published", "Published"),
    ("superseded", "Superseded"),
]
SEALED = ("published", "superseded")
# In the context of a button: ask before a revision is made.
ASK_REVISION = "supplier_ask_revision"

# What a run is about: changing it forgets what was computed.
DEFINING_FIELDS = frozenset(
    {"template_id", "company_id", "date_from", "date_to", "cutoff"}
)


class SupplierEvaluation(models.Model):
    """One run: a template, a period, a company.

    What is published stays as it is. New data or a changed template make a new
    revision; the old one remains readable.
    """

    _name = "supplier.evaluation"
    _description = "Supplier Evaluation"
    _inherit = [
        "mail.thread",
        "supplier.empty.help.mixin",
        "supplier.guard.mixin",
        "supplier.sealed.mixin",
        "supplier.days.mixin",
        "supplier.optional.numbers.mixin",
    ]
    _order = "date_to desc, template_id, revision desc, id desc"
    _check_company_auto = True
    # The chain has a block of each published one, which carries its seal.
    _sealed_when = "seal_number"
    _sealed_order = "date_published"

    template_id = fields.Many2one(
        "supplier.scorecard.template",
        required=True,
        index=True,
        check_company=True,
        ondelete="restrict",
    )
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )
    period = fields.Selection(related="template_id.period")
    date_from = fields.Date(string="From", required=True)
    date_to = fields.Date(string="To", required=True)
    cutoff = fields.Datetime(
        string="Data Until (Cut-off)",
        compute="_compute_cutoff",
        store=True,
        precompute=True,
        readonly=False,
        required=True,
        help="Nothing dated after this moment is looked at.",
    )
    state = fields.Selection(
        STATES,
        required=True,
        readonly=True,
        default="draft",
        copy=False,
        index=True,
        tracking=True,
    )
    revision = fields.Integer(default=1, readonly=True, copy=False)
    revision_of_id = fields.Many2one(
        "supplier.evaluation",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
    )
    scorecard_ids = fields.One2many(
        "supplier.scorecard", "evaluation_id", readonly=True
    )
    scorecard_count = fields.Integer(string="Suppliers", readonly=True, copy=False)
    provisional_count = fields.Integer(string="Provisional", readonly=True, copy=False)
    average_score = OptionalFloat(
        readonly=True, copy=False, digits=(5, 2), aggregator="avg"
    )
    problems = fields.Text(
        readonly=True,
        copy=False,
        help="KPIs that could not be computed, suppliers that could not be scored, and "
        "why.",
    )
    date_computed = fields.Datetime(readonly=True, copy=False)
    date_published = fields.Datetime(readonly=True, copy=False)
    template_snapshot = fields.Json(readonly=True, copy=False)
    seal_number = fields.Integer(
        string="Proof Number", readonly=True, copy=False, aggregator=None
    )
    seal = fields.Char(
        string="Proof Against Changes",
        readonly=True,
        copy=False,
        help="A seal: SHA-256 of this evaluation and of the seal before it.",
    )

    _period_unique = models.Constraint(
        "UNIQUE (template_id, company_id, date_from, date_to, revision)",
        "The template has an evaluation of this period and company already. "
        "Make a new revision of it.",
    )
    _dates_in_order = models.Constraint(
        "CHECK (date_from <= date_to)", "A period ends on or after its first day."
    )

    # ------------------------------------------------------------
    # Constraints and computes
    # ------------------------------------------------------------

    @api.depends("template_id", "company_id", "date_to")
    def _compute_cutoff(self):
        for evaluation in self:
            if evaluation.template_id and evaluation.date_to:
                evaluation.cutoff = evaluation.template_id._default_cutoff(
                    evaluation.company_id, evaluation.date_to
                )
            else:
                evaluation.cutoff = evaluation.cutoff or fields.Datetime.now()

    @api.constrains("cutoff", "date_from")
    def _check_cutoff(self):
        for evaluation in self:
            last_day = evaluation.company_id._supplier_day(evaluation.cutoff)
            if last_day < evaluation.date_from:
                raise ValidationError(
                    self.env._(
                        "The cut-off of %s is before its period: nothing would be "
                        "looked at. Set it after the period's last day.",
                        evaluation.name,
                    )
                )

    @api.onchange("template_id")
    def _onchange_template_id(self):
        """Propose a period of the template that is over."""
        if self.template_id and not (self.date_from or self.date_to):
            proposed = self.template_id._proposed_period(self.company_id)
            self.date_from, self.date_to = proposed

    @api.constrains("template_id", "company_id")
    def _check_template_company(self):
        for evaluation in self:
            company = evaluation.template_id.company_id
            if company and company != evaluation.company_id:
                raise ValidationError(
                    self.env._(
                        "The template %(template)s evaluates for %(company)s only.",
                        template=evaluation.template_id.name,
                        company=company.name,
                    )
                )

    # ------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------

    @api.model
    def _guarded_fields(self):
        """Everything but what a run is about, and the chatter."""
        own = {
            name
            for name, field in self._fields.items()
            if field.store and name not in self.env["mail.thread"]._fields
        }
        return super()._guarded_fields() | (own - DEFINING_FIELDS)

    def write(self, vals):
        if DEFINING_FIELDS & vals.keys():
            self.check_access("write")
            self._check_not_sealed()
            self._claim()
            # Who looks until another instant computes, and compares with what there is.
            if not self._is_unguarded():
                self._forget_results()
        return super().write(vals)

    # Any client can say that the add-on is being uninstalled.
    @api.ondelete(at_uninstall=True)
    def _unlink_except_sealed(self):
        self._check_not_sealed()

    def _check_not_sealed(self):
        sealed = self.filtered(lambda evaluation: evaluation.state in SEALED)
        if sealed:
            raise UserError(
                self.env._(
                    "%s is published and stays as it is. Make a new revision.",
                    sealed[0].name,
                )
            )

    def _forget_results(self):
        """Make computed evaluations drafts again."""
        computed = self.filtered(lambda evaluation: evaluation.state == "computed")
        if computed:
            computed._delete_scorecards()
            computed._write_guarded(
                {"state": "draft", "scorecard_count": 0, "average_score": False}
            )

    # ------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------

    def action_compute(self):
        """Measure, score, grade and rank every supplier of the period.

        What was computed before is replaced: what is the same now stays as it is, and
        a supplier keeps the scorecard, whatever it says.

        :raises UserError: it is published, or the template cannot be used
        :raises LockError: another worker is at it
        """
        self.check_access("write")
        for evaluation in self.sudo():
            evaluation._check_state(("draft", "computed"))
            evaluation._claim()
            now = fields.Datetime.now()
            evaluation._set_cutoff(now)
            result = EvaluationRun(evaluation).execute()
            evaluation._write_guarded(
                {"state": "computed", "date_computed": now, **result}
            )
        return True

    def action_publish(self):
        """Seal the scorecards and write scores and grades on the vendors.

        :raises UserError: nothing has been computed, or before the period was over, or
            it is published already
        :raises LockError: another worker is at it
        """
        self.check_access("write")
        self._claim_seals()
        for evaluation in self.sudo():
            evaluation._check_state(("computed",))
            evaluation._check_no_preview()
            evaluation._claim()
            published = evaluation._same_period().filtered(
                lambda run: run.state == "published"
            )
            cards = (evaluation | published).scorecard_ids
            with told(cards, ["state"], new=evaluation.scorecard_ids):
                evaluation._publish_instead_of(published)
        return True

    def _publish_instead_of(self, published):
        """Seal and publish it; what was published of the period is of the past."""
        self.ensure_one()
        seal_scorecards(self.scorecard_ids, self.company_id)
        published._set_state("superseded")
        self._set_state("published", date_published=fields.Datetime.now())
        seal_evaluations(self, self.company_id)
        self._show_on_vendors()

    def action_revise(self):
        """Open a new revision of a published evaluation, with a cut-off of its own.

        Who presses the button is asked first.

        :raises UserError: it is not published: compute it again instead
        """
        self.ensure_one()
        self.check_access("write")
        self._check_state(("published",))
        if self.env.context.get(ASK_REVISION):
            return self._ask_revision()
        same_period = self._same_period()
        revision = same_period.filtered(lambda run: run.state in ("draft", "computed"))
        if not revision:
            revision = self._unguarded().create(
                {
                    "template_id": self.template_id.id,
                    "company_id": self.company_id.id,
                    "date_from": self.date_from,
                    "date_to": self.date_to,
                    "revision": max(same_period.mapped("revision")) + 1,
                    "revision_of_id": self.id,
                }
            )
        return revision[:1].get_formview_action()

    def _ask_revision(self):
        """Ask why it is revised, and until when the revision looks at records."""
        return open_dialog(
            "supplier.revision.wizard",
            self.env._("New Revision"),
            {"evaluation_id": self.id},
        )

    def action_open_scorecards(self):
        """Open the scorecards of the evaluation."""
        self.ensure_one()
        return open_records(
            self.env,
            "supplier_evaluation.supplier_scorecard_action",
            [("evaluation_id", "=", self.id)],
            name=self.name,
        )

    def action_export_xlsx(self):
        """Download the scorecards as a workbook."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_url",
            "url": f"/supplier_evaluation/{self.id}/scorecards.xlsx",
            "target": "download",
        }

    # ------------------------------------------------------------
    # Business
    # ------------------------------------------------------------

    def _check_state(self, states):
        for evaluation in self:
            if evaluation.state not in states:
                labels = dict(self._fields["state"]._description_selection(self.env))
                raise UserError(
                    self.env._(
                        "%(evaluation)s is %(state)s: this can be done only while it "
                        "is %(allowed)s.",
                        evaluation=evaluation.name,
                        state=labels[evaluation.state],
                        allowed=" / ".join(labels[state] for state in states),
                    )
                )

    def _run_scope(self):
        """Return the question that this evaluation asks of the facts.

        Once computed, it is the one that was asked then, whatever became of the
        template.
        """
        self.ensure_one()
        if self.state != "draft" and self.template_snapshot:
            return FactScope.from_context(self.template_snapshot["scope"])
        return self.template_id._period_scope(
            self.company_id, self.date_from, self.date_to, self.cutoff
        )

    def _not_computed_codes(self):
        """Return the codes of the KPIs that could not be computed."""
        return (self.template_snapshot or {}).get("not_computed", ())

    @api.model
    def _published_histories(self, companies, domain):
        """Return the published evaluations of each template and company.

        :param companies: whose
        :param list domain: which of them
        :return: ``{(template, company): evaluations, the newest first}``
        """
        return self.search_fetch(
            [("state", "=", "published"), ("company_id", "in", companies.ids), *domain],
            ["template_id", "company_id", "date_to"],
            order="date_to desc, revision desc, id desc",
        ).grouped(lambda run: (run.template_id, run.company_id))

    def _same_period(self):
        """Return all revisions of the evaluation."""
        self.ensure_one()
        return self.search(
            [
                ("template_id", "=", self.template_id.id),
                ("company_id", "=", self.company_id.id),
                ("date_from", "=", self.date_from),
                ("date_to", "=", self.date_to),
            ]
        )
