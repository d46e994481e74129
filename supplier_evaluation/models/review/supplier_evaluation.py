from collections import defaultdict

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ...tools.actions import open_records
from ..scorecard.supplier_evaluation import DEFINING_FIELDS
from .request import ReviewRequest


class SupplierEvaluation(models.Model):
    """An evaluation asks people, and waits for none of them."""

    _inherit = "supplier.evaluation"

    review_ids = fields.One2many("supplier.review", "evaluation_id", readonly=True)
    has_questionnaire = fields.Boolean(compute="_compute_has_questionnaire")
    review_count = fields.Integer(
        string="Reviews Asked", compute="_compute_review_count"
    )
    review_done_count = fields.Integer(
        string="Reviews Done", compute="_compute_review_count"
    )
    reviews_asked_on = fields.Datetime(readonly=True, copy=False)

    @api.depends("template_id.questionnaire_id")
    def _compute_has_questionnaire(self):
        for evaluation in self:
            evaluation.has_questionnaire = bool(evaluation.template_id.questionnaire_id)

    @api.depends("review_ids.state")
    def _compute_review_count(self):
        counts = defaultdict(dict)
        for evaluation, state, count in self.env["supplier.review"]._read_group(
            [("evaluation_id", "in", self.ids), ("state", "!=", "cancelled")],
            ["evaluation_id", "state"],
            ["__count"],
        ):
            counts[evaluation.id][state] = count
        for evaluation in self:
            evaluation.review_count = sum(counts[evaluation.id].values())
            evaluation.review_done_count = counts[evaluation.id].get("done", 0)

    # ------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------

    # Any client can say that the add-on is being uninstalled.
    @api.ondelete(at_uninstall=True)
    def _unlink_reviews(self):
        """Take the activities away too, which a cascade of the database forgets.

        :raises UserError: people have answered, and it would be lost
        """
        self._check_not_sealed()
        self._check_unanswered()
        self.sudo().review_ids.unlink()

    def write(self, vals):
        """Leave what people answered about a period with this period."""
        if DEFINING_FIELDS & vals.keys() - {"cutoff"}:
            self._check_unanswered()
        return super().write(vals)

    def _check_unanswered(self):
        answered = self.sudo().review_ids.filtered(
            lambda review: review.state == "done"
        )
        if answered:
            raise UserError(
                self.env._(
                    "There are answers about the period of %(evaluation)s, so it stays "
                    "(reviews answered: %(count)s). Compute the evaluation again "
                    "instead, or have what was answered reopened.",
                    evaluation=answered[0].evaluation_name,
                    count=len(answered),
                )
            )

    # ------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------

    def action_ask_reviews(self):
        """Ask the people of the template about its suppliers, each once.

        Asking again adds what is missing: suppliers and people that have come since.

        :raises UserError: the template has no questionnaire, or none of the people may
            answer
        """
        self.check_access("write")
        added, people = 0, self.env["res.users"]
        for evaluation in self.sudo():
            evaluation._check_state(("draft", "computed"))
            count, users = evaluation._ask_reviews()
            added, people = added + count, people | users
        if added:
            message = self.env._(
                "Reviews asked for: %(reviews)s. People asked: %(people)s.",
                reviews=added,
                people=len(people),
            )
        else:
            message = self.env._(
                "Nobody is left to ask: everybody has been asked already, no supplier "
                "has a counted record in the period, or no vendor has a buyer."
            )
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success" if added else "warning",
                "message": message,
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }

    def action_open_reviews(self):
        """Open the reviews of the evaluation."""
        self.ensure_one()
        return open_records(
            self.env,
            "supplier_evaluation.supplier_review_action",
            [("evaluation_id", "=", self.id)],
            {"search_default_group_state": 1},
            name=self.name,
        )

    # ------------------------------------------------------------
    # Business
    # ------------------------------------------------------------

    def _ask_reviews(self):
        """Ask; return how many reviews were added, and of whom."""
        self.ensure_one()
        template = self.template_id
        if not template.questionnaire_id:
            raise UserError(
                self.env._(
                    "The template %s asks nobody: choose a questionnaire and reviewers "
                    "on its tab Reviews.",
                    template.name,
                )
            )
        if not template.questionnaire_id.question_ids:
            raise UserError(
                self.env._(
                    "The questionnaire %s has no question: add some.",
                    template.questionnaire_id.name,
                )
            )
        template.questionnaire_id.question_ids._check_choices()
        added, users, problem = ReviewRequest(self).execute()
        if added and problem:
            self.message_post(body=problem, subtype_xmlid="mail.mt_note")
        if added:
            self._write_guarded({"reviews_asked_on": fields.Datetime.now()})
        return added, users

    # ------------------------------------------------------------
    # Cron
    # ------------------------------------------------------------

    @api.model
    def _cron_request_reviews(self):
        """Ask for reviews as soon as a period is over, before its grace days are.

        Each evaluation is one transaction: what fails is noted on its template and
        tried again on the next day.

        :raises Exception: the error of one that failed, when the others are done
        """
        self._work_through_periods(
            "Reviews",
            self._due_requests(),
            self._request_period,
            lambda template, text: template._note_review_error(text),
        )

    @api.model
    def _due_requests(self):
        """Return ``(template, company, date_from, date_to)`` still to ask about.

        A period whose cut-off is past is not asked about: nobody could be in time. One
        that was looked at while it ran is.
        """
        now = fields.Datetime.now()
        asked = set(
            self._read_group(
                Domain("reviews_asked_on", "!=", False) | self._domain_done(),
                ["template_id", "company_id", "date_from:day", "date_to:day"],
            )
        )
        templates = self.env["supplier.scorecard.template"].search(
            [
                ("active", "=", True),
                ("is_scheduled", "=", True),
                ("questionnaire_id", "!=", False),
            ]
        )
        companies = self.env["res.company"].search([("active", "=", True)])
        due = [
            (template, company, *period)
            for template in templates
            for company in template.company_id or companies
            for period in template._periods_to_ask(company, now)
        ]
        return [item for item in due if item not in asked]

    @api.model
    def _request_period(self, template, company, date_from, date_to):
        """Ask about one period.

        :return: whether it was done here
        """
        if not template.try_lock_for_update(allow_referencing=True):
            return False  # another scheduler is at it
        evaluation = self._find_or_create(template, company, date_from, date_to)
        if evaluation.reviews_asked_on or evaluation.filtered_domain(
            self._domain_done()
        ):
            return False
        # Whom it could not ask is noted as text.
        [own] = self.env["res.company"]._in_company_language(evaluation)
        own._ask_reviews()
        return True
