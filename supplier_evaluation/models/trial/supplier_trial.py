import json
from hashlib import sha256

from odoo import api, fields, models
from odoo.exceptions import UserError

from ...tools.actions import open_records
from ...tools.scheduled import Work, run_scheduled
from ...tools.wording import labelled

CRON = "supplier_evaluation.ir_cron_supplier_trial"
MOST_PERIODS = 36
# What a back-test is about; the rest comes of it.
DEFINING_FIELDS = frozenset({"template_id", "base_id", "company_id", "period_count"})
COUNTS = (
    "compared_count",
    "better_count",
    "worse_count",
    "stopped_count",
    "stopped_before_count",
)


class SupplierTrial(models.Model):
    """A back-test: past periods scored with a template that is tried.

    It has no consequence. What comes of it is kept in models of its own, which nothing
    else reads: no scorecard, no seal, no alert, no grade of a vendor.

    A scheduled action takes one period at a time, each in a transaction of its own.
    """

    _name = "supplier.trial"
    _inherit = ["supplier.guard.mixin", "supplier.optional.numbers.mixin"]
    _description = "Back-Test of a Template"
    _order = "id desc"
    # Its name is made of that of the template.
    _rec_names_search = ("template_id",)
    _check_company_auto = True

    name = fields.Char(compute="_compute_name")
    template_id = fields.Many2one(
        "supplier.scorecard.template",
        required=True,
        index=True,
        check_company=True,
        ondelete="cascade",
        context={"active_test": False},
    )
    base_id = fields.Many2one(
        "supplier.scorecard.template",
        string="Compared With",
        compute="_compute_base_id",
        store=True,
        precompute=True,
        readonly=False,
        check_company=True,
        ondelete="set null",
        help="Its published evaluations say which periods are scored, and what was "
        "published of them.",
    )
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )
    period_count = fields.Integer(
        string="Periods",
        required=True,
        default=6,
        help="So many past periods are scored, the newest first.",
    )
    user_id = fields.Many2one(
        "res.users",
        string="Who",
        required=True,
        readonly=True,
        default=lambda self: self.env.uid,
    )
    state = fields.Selection(
        [
            ("draft", "Not Started"),
            ("running", "Running"),
            ("done", "Done"),
            ("failed", "Went Wrong"),
            ("cancelled", "Cancelled"),
        ],
        required=True,
        readonly=True,
        default="draft",
        copy=False,
    )
    template_snapshot = fields.Json(readonly=True, copy=False)
    rules_digest = fields.Char(
        readonly=True, copy=False, help="SHA-256 of the rules that are tried."
    )
    period_ids = fields.One2many(
        "supplier.trial.period", "trial_id", readonly=True, copy=False
    )
    progress = fields.Float(compute="_compute_progress")
    problems = fields.Text(compute="_compute_progress")
    compared_count = fields.Integer(string="Compared", compute="_compute_results")
    better_count = fields.Integer(string="Better Grades", compute="_compute_results")
    worse_count = fields.Integer(string="Worse Grades", compute="_compute_results")
    stopped_count = fields.Integer(
        string="Would Have Been Stopped", compute="_compute_results"
    )
    stopped_before_count = fields.Integer(
        string="Stopped as Published", compute="_compute_results"
    )

    _period_count_in_range = models.Constraint(
        f"CHECK (period_count BETWEEN 1 AND {MOST_PERIODS})",
        f"A back-test scores from 1 to {MOST_PERIODS} periods.",
    )

    # ------------------------------------------------------------
    # Computes
    # ------------------------------------------------------------

    @api.depends("template_id.name")
    @api.depends_context("lang")
    def _compute_name(self):
        for trial in self:
            trial.name = self.env._(
                "Back-test of %s", trial.template_id.sudo().name or ""
            )

    @api.depends("template_id")
    def _compute_base_id(self):
        for trial in self:
            template = trial.template_id
            trial.base_id = template and template._tried_on()

    @api.depends("period_ids.state", "period_ids.problem")
    def _compute_progress(self):
        for trial in self:
            periods = trial.period_ids
            over = periods.filtered(lambda period: period.state != "waiting")
            trial.progress = 100 * len(over) / len(periods) if periods else 0
            trial.problems = "\n".join(
                labelled(self.env, period.period_label, period.problem)
                for period in periods
                if period.problem
            )

    @api.depends(*(f"period_ids.{name}" for name in COUNTS))
    def _compute_results(self):
        for trial in self:
            for name in COUNTS:
                trial[name] = sum(trial.period_ids.mapped(name))

    # ------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------

    @api.model
    def _guarded_fields(self):
        """Everything but what it is about."""
        own = {name for name, field in self._fields.items() if field.store}
        return super()._guarded_fields() | (own - DEFINING_FIELDS)

    def write(self, vals):
        # Who may not write at all is told that first.
        result = super().write(vals)
        if DEFINING_FIELDS & vals.keys():
            started = self.filtered(lambda trial: trial.state != "draft")
            if started:
                raise UserError(
                    self.env._(
                        "%s has begun: what it is about stays. Make a new one.",
                        started[0].name,
                    )
                )
        return result

    # ------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------

    def action_start(self):
        """Score the past periods, one after the other, in the background.

        :raises UserError: it has begun already, there is no period, or the template
            cannot be used
        """
        self.check_access("write")
        for trial in self:
            if trial.state != "draft":
                raise UserError(self.env._("%s has begun already.", trial.name))
            trial.sudo()._begin()
        self.env.ref(CRON).sudo()._trigger()
        return True

    def action_cancel(self):
        """Score no more periods; what is scored stays."""
        self.check_access("write")
        running = self.filtered(lambda trial: trial.state == "running")
        running.sudo()._write_guarded({"state": "cancelled"})
        return True

    def action_open_cards(self):
        """Open how the suppliers would have scored; the context names a filter."""
        self.ensure_one()
        wanted = self.env.context.get("trial_filter")
        return open_records(
            self.env,
            "supplier_evaluation.supplier_trial_card_action",
            [("trial_id", "=", self.id)],
            {f"search_default_{wanted}": 1} if wanted else {},
            name=self.name,
        )

    # ------------------------------------------------------------
    # Business
    # ------------------------------------------------------------

    def _begin(self):
        self.ensure_one()
        # Whatever is wrong with the template is said before anything is begun.
        snapshot = self._snapshot()
        periods = self._past_periods()
        if not periods:
            raise UserError(
                self.env._(
                    "There is no closed period to score: let the template's first day "
                    "(Evaluate From) be earlier, or publish an evaluation first."
                )
            )
        self.env["supplier.trial.period"]._unguarded().create(
            [{"trial_id": self.id, **vals} for vals in periods]
        )
        self._write_guarded(
            {
                "state": "running",
                "template_snapshot": snapshot,
                "rules_digest": self._digest(),
            }
        )

    def _snapshot(self):
        """Return the rules that are tried.

        :raises UserError: the template cannot be used
        """
        self.ensure_one()
        grades = self.env["supplier.grade"]._best_first()
        self.template_id._line_rules()
        self.template_id._scorecard_rule(grades)
        return self.template_id._snapshot(grades)

    def _digest(self):
        """Return what changes with the rules, whoever asks in whatever language."""
        rules = self.with_context(lang=None)._snapshot()
        return sha256(json.dumps(rules, sort_keys=True).encode()).hexdigest()

    def _past_periods(self):
        """Return the values of the periods, the newest first.

        Those that were published, each with its cut-off; without any, those that the
        template would have had.
        """
        published = self.env["supplier.evaluation"].search(
            [
                ("template_id", "=", self.base_id.id),
                ("company_id", "=", self.company_id.id),
                ("state", "=", "published"),
            ],
            order="date_to desc, id desc",
            limit=self.period_count,
        )
        if published:
            return [
                {
                    "date_from": run.date_from,
                    "date_to": run.date_to,
                    "cutoff": run.cutoff,
                    "evaluation_id": run.id,
                }
                for run in published
            ]
        template, company = self.template_id, self.company_id
        past = template._due_periods(company, fields.Datetime.now())
        return [
            {
                "date_from": first,
                "date_to": last,
                "cutoff": template._default_cutoff(company, last),
            }
            for first, last in past[: -self.period_count - 1 : -1]
        ]

    # ------------------------------------------------------------
    # Cron
    # ------------------------------------------------------------

    @api.model
    def _cron_run(self):
        """Score the periods of all back-tests that run, one transaction each.

        A period that fails says so, and the others go on.

        :raises Exception: the error of one that failed, when the others are done
        """
        waiting = self.env["supplier.trial.period"].search(
            [("state", "=", "waiting"), ("trial_id.state", "=", "running")],
            order="trial_id, date_to desc, id",
        )
        run_scheduled(
            self.env,
            Work(
                "Back-test",
                waiting,
                lambda periods: periods.sudo()._score(),
                failed=lambda period, error: period.sudo()._note_problem(str(error)),
            ),
        )

    def _end_if_over(self):
        """Note that all periods are scored, or that none could be."""
        for trial in self:
            states = set(trial.period_ids.mapped("state"))
            if trial.state == "running" and "waiting" not in states:
                state = "done" if "done" in states else "failed"
                trial._write_guarded({"state": state})
