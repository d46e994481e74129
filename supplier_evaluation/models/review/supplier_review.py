from datetime import datetime

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ...scoring import review_score
from ...tools.groups import MANAGER_GROUP
from ...tools.optional_numbers import OptionalFloat
from ...tools.periods import period_label
from ..scorecard.supplier_evaluation import SEALED
from .supplier_scorecard_template_reviewer import ROLES

# Whoever was asked writes these, while the review is open.
OWN_FIELDS = frozenset({"comment", "answer_ids"})
# A manager writes these, while the review is open.
MANAGER_FIELDS = frozenset({"user_id", "date_due"})


class SupplierReview(models.Model):
    """What one of our people says about one supplier, in one evaluation."""

    _name = "supplier.review"
    _description = "Supplier Review"
    _inherit = [
        "mail.thread",
        "mail.activity.mixin",
        "supplier.empty.help.mixin",
        "supplier.guard.mixin",
        "supplier.evaluated.mixin",
    ]
    _order = "date desc, date_due, id"
    _rec_name = "partner_id"
    _check_company_auto = True

    # Evaluators need not have access to evaluations, so they read these.
    evaluation_name = fields.Char(
        string="Asked For", related="evaluation_id.name", related_sudo=True
    )
    evaluation_state = fields.Selection(
        string="Evaluation Status", related="evaluation_id.state", related_sudo=True
    )
    period_label = fields.Char(string="Period", compute="_compute_period_label")
    date_from = fields.Date(
        string="Period From", related="evaluation_id.date_from", related_sudo=True
    )
    company_id = fields.Many2one(index=True)
    date = fields.Date(
        string="Period To",
        related="evaluation_id.date_to",
        store=True,
        help="Last day of the period that is assessed: the review counts for it, "
        "whenever it was given.",
    )
    user_id = fields.Many2one(
        "res.users",
        string="Evaluator",
        required=True,
        index=True,
        domain=[("share", "=", False)],
        ondelete="restrict",
        tracking=True,
    )
    role = fields.Selection(selection=ROLES, required=True, readonly=True)
    questionnaire_id = fields.Many2one(
        "supplier.questionnaire",
        required=True,
        readonly=True,
        check_company=True,
        index=True,
        ondelete="restrict",
    )
    instructions = fields.Text(related="questionnaire_id.description")
    comment_threshold = fields.Float(
        string="Comment Below", readonly=True, digits=(4, 1), aggregator=None
    )
    date_due = fields.Date(string="Due", required=True, index=True, tracking=True)
    date_done = fields.Datetime(string="Answered On", readonly=True)
    state = fields.Selection(
        selection=[("open", "Open"), ("done", "Done"), ("cancelled", "Cancelled")],
        required=True,
        readonly=True,
        default="open",
        index=True,
        tracking=True,
    )
    score = OptionalFloat(
        readonly=True,
        aggregator="avg",
        help="0 to 100: weighted mean of the answered questions. What the evaluator "
        "could not judge does not count.",
    )
    has_score = fields.Boolean(
        string="Judged",
        readonly=True,
        help="At least one question was answered, not only “Cannot judge”.",
    )
    comment = fields.Text(string="Overall Comment")
    comments = fields.Text(
        compute="_compute_comments",
        help="What was written to the questions, and the overall comment.",
    )
    answer_ids = fields.One2many(
        "supplier.review.answer", "review_id", string="Answers"
    )
    reminder = fields.Selection(
        selection=[("due", "Before it was due"), ("overdue", "After it was due")],
        string="Reminded",
        readonly=True,
    )
    is_mine = fields.Boolean(compute="_compute_is_mine")
    is_late = fields.Boolean(compute="_compute_is_late")

    _evaluator_unique = models.Constraint(
        "UNIQUE (evaluation_id, partner_id, user_id)",
        "This person has been asked about the supplier in this evaluation already.",
    )
    # For the figures: reviews of a period, by supplier.
    _figures_idx = models.Index("(company_id, date, partner_id) WHERE state = 'done'")

    # ------------------------------------------------------------
    # Constraints and computes
    # ------------------------------------------------------------

    @api.depends("partner_id.display_name", "period_label")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for review in self:
            review.display_name = self.env._(
                "%(supplier)s, %(period)s",
                supplier=review.sudo().partner_id.display_name or "",
                period=review.period_label,
            )

    @api.depends("date_from", "date")
    @api.depends_context("lang")
    def _compute_period_label(self):
        for review in self:
            review.period_label = period_label(self.env, review.date_from, review.date)

    @api.depends("user_id")
    @api.depends_context("uid")
    def _compute_is_mine(self):
        for review in self:
            review.is_mine = review.user_id == self.env.user

    @api.depends("comment", "answer_ids.comment", "answer_ids.name")
    def _compute_comments(self):
        for review in self:
            lines = [
                f"{answer.name} – {answer.comment}"
                for answer in review.answer_ids
                if (answer.comment or "").strip()
            ]
            review.comments = "\n".join(filter(None, (review.comment, *lines)))

    @api.depends("state", "date_due")
    def _compute_is_late(self):
        today = fields.Date.context_today(self)
        for review in self:
            review.is_late = bool(
                review.state == "open" and review.date_due and review.date_due < today
            )

    # ------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------

    @api.model
    def _guarded_fields(self):
        """Everything but answers, what a manager changes, and the chatter."""
        mixins = ("mail.thread", "mail.activity.mixin")
        chatter = {name for mixin in mixins for name in self.env[mixin]._fields}
        stored = {name for name, field in self._fields.items() if field.store}
        own = stored - chatter - OWN_FIELDS - MANAGER_FIELDS
        return super()._guarded_fields() | own

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            raise AccessError(
                self.env._(
                    "Reviews come from an evaluation: choose “Ask for Reviews” there."
                )
            )
        return super().create(vals_list)

    def write(self, vals):
        if OWN_FIELDS & vals.keys():
            self._check_answerable()
        is_managed = bool(MANAGER_FIELDS & vals.keys())
        if is_managed:
            self._check_manageable(("open",))
            # Another person, or another day, is reminded of anew.
            self._write_guarded({"reminder": False})
        evaluators = self.user_id
        if "user_id" in vals:
            # Another person has another opinion.
            self.filtered(lambda each: each.user_id.id != vals["user_id"])._clear()
        res = super().write(vals)
        if "user_id" in vals:
            self._check_evaluators()
        if is_managed:
            self._sync_activities(self.evaluation_id, evaluators | self.user_id)
        return res

    # Any client can say that the add-on is being uninstalled.
    @api.ondelete(at_uninstall=True)
    def _unlink_except_done(self):
        if not self.env.su:
            self._check_manageable(("open", "cancelled"))

    def unlink(self):
        evaluations, evaluators = self.evaluation_id, self.user_id
        res = super().unlink()
        self._sync_activities(evaluations, evaluators)
        return res

    # ------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------

    def action_submit(self):
        """Hand the review in: it counts, and the evaluator changes it no more.

        :raises UserError: a question is neither answered nor marked as one that cannot
            be judged, or a comment is missing
        """
        self.ensure_one()
        self._check_answerable()
        problems = [
            answer._problem(self.comment_threshold) for answer in self.answer_ids
        ]
        if any(problems):
            raise UserError("\n".join(filter(None, problems)))
        score = self._answered_score()
        self._write_guarded(
            {
                "state": "done",
                "date_done": fields.Datetime.now(),
                "score": score,
                "has_score": score is not None,
            }
        )
        self._sync_activities(self.evaluation_id, self.user_id, done=True)
        return True

    def action_cancel(self):
        """Ask no more: for a manager, while the review is open."""
        self._check_manageable(("open",))
        self._cancel()
        return True

    def action_reopen(self):
        """Let the evaluator answer again: for a manager, before it is published."""
        self._check_manageable(("done", "cancelled"))
        self._check_evaluators()
        for review in self:
            if review.state == "done" and review.sudo().evaluation_id.state in SEALED:
                raise UserError(
                    self.env._(
                        "%s has been published with this review, which therefore stays "
                        "as it is.",
                        review.evaluation_name,
                    )
                )
        self._write_guarded(
            {
                "state": "open",
                "date_done": False,
                "score": False,
                "has_score": False,
                "reminder": False,
            }
        )
        self._sync_activities(self.evaluation_id, self.user_id)
        return True

    @api.model
    def get_next_review(self, review_id):
        """Return the id of the next open review of the user, or False.

        :param int review_id: the one just handed in; its evaluation comes first. While
            it is still open there is none: the form asks after a refused submit too,
            and whoever has to mend an answer must not be moved to another supplier.
        """
        done = self.browse(review_id).exists()
        if done.state == "open":
            return False
        waiting = self.search(
            [("user_id", "=", self.env.uid), ("state", "=", "open")],
            order="date_due, id",
        )
        same = waiting.filtered(
            lambda review: review.evaluation_id == done.evaluation_id
        )
        return (same or waiting)[:1].id

    # ------------------------------------------------------------
    # Business
    # ------------------------------------------------------------

    def _answered_score(self):
        """Return 0 to 100, or None if nothing could be judged."""
        self.ensure_one()
        return review_score(
            (answer.weight, answer.value if answer.state == "answered" else None)
            for answer in self.answer_ids
        )

    def _clear(self):
        """Take back what was answered so far."""
        self.sudo().answer_ids._unguarded().write(
            {
                "rating": False,
                "choice_id": False,
                "cannot_judge": False,
                "comment": False,
            }
        )
        self.sudo()._write_guarded({"comment": False})

    @api.model
    def _keep_one_of(self, partners):
        """Of vendors that become one, keep one review per evaluator and evaluation.

        The one that was answered last stays. Merging would delete some of them by SQL,
        and leave their activities behind.
        """
        reviews = self.sudo().search([("partner_id", "in", partners.ids)])
        latest_first = reviews.sorted(
            lambda review: (review.date_done or datetime.min, -review.id), reverse=True
        )
        groups = latest_first.grouped(lambda each: (each.evaluation_id, each.user_id))
        self.sudo().union(*(group[1:] for group in groups.values())).unlink()

    def _cancel(self):
        self._write_guarded({"state": "cancelled"})
        self._sync_activities(self.evaluation_id, self.user_id)

    def _check_answerable(self):
        """Only who was asked answers, and only while the review is open.

        :raises AccessError: somebody else was asked
        :raises UserError: it is done or cancelled
        """
        for review in self.sudo():
            if review.user_id != self.env.user and not self.env.su:
                raise AccessError(
                    self.env._(
                        "%(user)s was asked about %(supplier)s, and nobody else can "
                        "answer. A manager can ask another person instead.",
                        user=review.user_id.name,
                        supplier=review.partner_id.display_name,
                    )
                )
        self._check_state(("open",))

    def _check_manageable(self, states):
        """Only managers do this, and only in one of the states."""
        if not (self.env.su or self.env.user.has_group(MANAGER_GROUP)):
            raise AccessError(
                self.env._("Only a manager of supplier evaluations can do this.")
            )
        self.check_access("write")
        self._check_state(states)

    def _check_state(self, states):
        labels = dict(self._fields["state"]._description_selection(self.env))
        for review in self.sudo():
            if review.state not in states:
                raise UserError(
                    self.env._(
                        "The review of %(supplier)s by %(user)s is %(state)s: this can "
                        "be done only while it is %(allowed)s.",
                        supplier=review.partner_id.display_name,
                        user=review.user_id.name,
                        state=labels[review.state],
                        allowed=" / ".join(labels[state] for state in states),
                    )
                )

    def _check_evaluators(self):
        """Refuse people who could not open what they are asked."""
        for company, reviews in self.sudo().grouped("company_id").items():
            reviews.user_id._check_can_review(company)
