from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...scoring import closed_periods
from ...scoring.scope import local_midnight


class SupplierScorecardTemplate(models.Model):
    """Whether, what and whom the evaluations of a template ask."""

    _inherit = "supplier.scorecard.template"

    questionnaire_id = fields.Many2one(
        "supplier.questionnaire",
        check_company=True,
        index="btree_not_null",
        ondelete="restrict",
        help="Our people are asked these questions about every supplier as soon as a "
        "period is over. Empty: nobody is asked.",
    )
    review_days = fields.Integer(
        string="Days to Answer",
        default=3,
        required=True,
        help="Days from the question until the answer is due, at most until the last "
        "day before the cut-off. What comes after the cut-off counts only in a "
        "revision.",
    )
    reviewer_ids = fields.One2many(
        "supplier.scorecard.template.reviewer",
        "template_id",
        string="Reviewers",
        copy=True,
    )
    review_error = fields.Text(
        readonly=True,
        copy=False,
        help="Why the scheduled action could not ask for reviews last time.",
    )

    review_hint = fields.Text(compute="_compute_review_hint")

    _review_days_positive = models.Constraint(
        "CHECK (review_days >= 0)", "The days to answer a review are not negative."
    )

    @api.constrains("questionnaire_id", "review_days", "grace_days", "is_scheduled")
    def _check_reviews_in_time(self):
        for template in self:
            if (
                template.questionnaire_id
                and template.is_scheduled
                # Asked on the first day after the period, the answer is due
                # `review_days` later, and that day must be over at the cut-off.
                and template.grace_days <= template.review_days
            ):
                raise ValidationError(
                    self.env._(
                        "With %(template)s, an answer on the last day would come too "
                        "late (days to answer: %(days)s, grace days: %(grace)s). Raise "
                        "the grace days to at least %(needed)s, or give fewer days to "
                        "answer.",
                        template=template.name,
                        days=template.review_days,
                        grace=template.grace_days,
                        needed=template.review_days + 1,
                    )
                )

    @api.constrains("questionnaire_id", "reviewer_ids")
    def _check_reviewers(self):
        for template in self:
            if not template.questionnaire_id:
                continue
            empty = template.reviewer_ids.filtered(
                lambda row: row.role != "buyer" and not row.user_ids
            )
            if empty or not template.reviewer_ids:
                labels = dict(empty._fields["role"]._description_selection(self.env))
                raise ValidationError(
                    self.env._(
                        "%(template)s has a questionnaire and nobody to ask%(role)s: "
                        "add people on the tab Reviews. Only the role Buyer may be "
                        "without people: then the buyer of each vendor is asked.",
                        template=template.name,
                        role=f" ({labels[empty[0].role]})" if empty else "",
                    )
                )

    @api.depends("questionnaire_id", "line_ids.kpi_id.fact_model")
    @api.depends_context("lang")
    def _compute_review_hint(self):
        """Warn of a KPI that will hardly have a value, since nobody is asked."""
        for template in self:
            scored = "supplier.review.fact" in template.line_ids.kpi_id.mapped(
                "fact_model"
            )
            template.review_hint = (
                self.env._(
                    "This template scores reviews, but nobody is asked for one: choose "
                    "a questionnaire and reviewers on the tab Reviews, or remove the "
                    "KPI. As it is, only reviews that other templates ask for count."
                )
                if scored and not template.questionnaire_id
                else False
            )

    def _note_review_error(self, error):
        """Show on the template why nobody was asked; empty: they were."""
        self.ensure_one()
        if (self.exists().review_error or "") == error:
            return
        if self.try_lock_for_update(allow_referencing=True):
            self.review_error = error or False

    def _periods_to_ask(self, company, now):
        """Return the periods that are over and whose grace days are not."""
        self.ensure_one()
        tz = company._supplier_tz()
        return [
            (date_from, date_to)
            for date_from, date_to in closed_periods(
                self.period, self.date_start, now.date() + timedelta(days=1)
            )
            if local_midnight(date_to + timedelta(days=1), tz)
            <= now
            < self._default_cutoff(company, date_to)
        ]
