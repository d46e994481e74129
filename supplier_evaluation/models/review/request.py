from datetime import timedelta

from odoo import fields
from odoo.exceptions import UserError

from ...tools.bulk import bulk_insert

REVIEW_COLUMNS = (
    "evaluation_id",
    "company_id",
    "partner_id",
    "user_id",
    "role",
    "questionnaire_id",
    "comment_threshold",
    "date",
    "date_due",
    "state",
    "has_score",
)
ANSWER_COLUMNS = (
    "review_id",
    "question_id",
    "sequence",
    "name",
    "help",
    "weight",
    "kind",
    "cannot_judge",
    "state",
)


class ReviewRequest:
    """Asks people about the suppliers of one evaluation.

    Collects everything in a fixed number of queries and stores in batches: five
    thousand suppliers and four evaluators are twenty thousand reviews.
    """

    def __init__(self, evaluation):
        self.evaluation = evaluation
        self.env = evaluation.env
        self.template = evaluation.template_id
        self.questionnaire = self.template.questionnaire_id

    def execute(self):
        """Ask whoever has not been asked yet; who cannot answer stops nobody else.

        :return: how many reviews were added, the people they were asked of, and who
            could not be asked and why, in words, or False
        :raises UserError: none of the people could answer
        """
        roles = self._roles()
        users = self.env["res.users"].browse(
            dict.fromkeys(user_id for _partner_id, user_id in roles)
        )
        able, problem = users._able_to_review(self.evaluation.company_id)
        if users and not able:
            raise UserError(problem)
        asked = self._asked()
        missing = {
            pair: role
            for pair, role in roles.items()
            if pair not in asked and pair[1] in able._ids
        }
        users = users.browse(dict.fromkeys(user_id for _partner_id, user_id in missing))
        if missing:
            self._store(missing, users)
            self.env["supplier.review"]._sync_activities(self.evaluation, users)
        return len(missing), users, problem

    def _partners(self):
        """Return the suppliers that the template would evaluate now."""
        # Which of them have records is all that is asked; the others would be measured
        # for nothing.
        kpis = self.template.line_ids.kpi_id.filtered(lambda kpi: kpi._enrols())
        # A broken KPI is reported when the evaluation is computed.
        measures = kpis._measure(self._scope(), problems=[])
        return self.template._enrol(measures, self.evaluation.company_id)

    def _scope(self):
        """Return the question of the period, of which a preview saw a part only."""
        evaluation, template = self.evaluation, self.template
        if evaluation.state == "draft" or not evaluation.is_preview:
            return evaluation._run_scope()
        company, last = evaluation.company_id, evaluation.date_to
        cutoff = template._default_cutoff(company, last)
        return template._period_scope(company, evaluation.date_from, last, cutoff)

    def _roles(self):
        """Return ``{(partner_id, user_id): role}``; who has two is asked once."""
        partners = self._partners()
        partners.fetch(["buyer_id"])
        roles = {}
        for row in self.template.reviewer_ids:
            people = row.user_ids
            for partner in partners:
                asked = people
                if row.role == "buyer" and not people:
                    asked = partner.buyer_id.filtered("active")
                for user_id in asked.ids:
                    roles.setdefault((partner.id, user_id), row.role)
        return roles

    def _asked(self):
        """Return who was asked about whom, in any revision.

        What counts is the period: asked again in a revision, a person would count
        twice.
        """
        return {
            (partner.id, user.id)
            for partner, user in self.env["supplier.review"]._read_group(
                [("evaluation_id", "in", self.evaluation._same_period().ids)],
                ["partner_id", "user_id"],
            )
        }

    def _date_due(self):
        """Return the last day on which an answer is in time.

        That day is over at the cut-off, unless the cut-off is past: then the answer
        counts in a revision only, and people get their days.
        """
        today = self.evaluation.company_id._supplier_day(fields.Datetime.now())
        date_due = today + timedelta(days=self.template.review_days)
        last_day = self._scope().last_complete_day
        return min(date_due, last_day) if today <= last_day else date_due

    def _store(self, missing, users):
        evaluation = self.evaluation
        company = evaluation.company_id
        date_due = self._date_due()
        reviews = self.env["supplier.review"]
        rows = [
            (
                evaluation.id,
                company.id,
                partner_id,
                user_id,
                role,
                self.questionnaire.id,
                self.questionnaire.comment_threshold,
                evaluation.date_to,
                date_due,
                "open",
                False,
            )
            for (partner_id, user_id), role in missing.items()
        ]
        self.env.flush_all()
        ids = bulk_insert(reviews, REVIEW_COLUMNS, rows)
        questions = self._questions(users)
        answers = self.env["supplier.review.answer"]
        bulk_insert(
            answers,
            ANSWER_COLUMNS,
            [
                (review_id, *question)
                for review_id, (_partner_id, user_id) in zip(ids, missing, strict=True)
                for question in questions[user_id]
            ],
        )
        evaluation.invalidate_recordset(["review_ids"])

    def _questions(self, users):
        """Return ``{user_id: rows}``, in the language of who answers."""
        by_lang = {}
        for lang in {user.lang for user in users}:
            by_lang[lang] = [
                (
                    question.id,
                    question.sequence,
                    question.name,
                    question.help or None,
                    question.weight,
                    question.kind,
                    False,
                    "open",
                )
                for question in self.questionnaire.with_context(lang=lang).question_ids
            ]
        return {user.id: by_lang[user.lang] for user in users}
