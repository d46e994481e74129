from datetime import date

from freezegun import freeze_time

from odoo import Command

from ..common import BUYER, MANAGER, REVIEWER, SupplierEvaluationCommon

# The day after the period, within the grace days.
NOW = "2026-04-01 02:00:00"


class ReviewCommon(SupplierEvaluationCommon):
    """A supplier with an order in March, a questionnaire, and people to ask."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.quality = cls._create_user("review_quality", REVIEWER)
        cls.finance = cls._create_user("review_finance", REVIEWER)
        cls.buyer = cls._create_user("review_buyer", BUYER)
        cls.manager = cls._create_user("review_manager", MANAGER)
        cls.questionnaire = cls._create_questionnaire()
        cls.template = cls._create_template(
            "Reviewed",
            ["fill_rate"],
            questionnaire_id=cls.questionnaire.id,
            reviewer_ids=cls._rows(
                quality=cls.quality, finance=cls.finance, buyer=cls.env["res.users"]
            ),
        )
        line = cls._order(10, 5, "2026-03-10")
        cls._receive(line, "2026-03-10")
        cls.env.flush_all()

    @classmethod
    def _create_questionnaire(cls, **vals):
        """Two ratings of weight 3 and 1, and a choice of weight 1."""
        return cls.env["supplier.questionnaire"].create(
            {
                "name": "Asked",
                "question_ids": [
                    Command.create({"name": "Reliable?", "weight": 3, "sequence": 1}),
                    Command.create({"name": "Polite?", "weight": 1, "sequence": 2}),
                    Command.create(
                        {
                            "name": "Again?",
                            "weight": 1,
                            "sequence": 3,
                            "kind": "choice",
                            "choice_ids": [
                                Command.create({"name": "Yes", "score": 10}),
                                Command.create({"name": "No", "score": 0}),
                            ],
                        }
                    ),
                ],
                **vals,
            }
        )

    @staticmethod
    def _rows(**people):
        return [
            Command.create(
                {"role": role, "sequence": index, "user_ids": [Command.set(users.ids)]}
            )
            for index, (role, users) in enumerate(people.items())
        ]

    @classmethod
    def _draft(cls, template=None, **vals):
        return cls.env["supplier.evaluation"].create(
            {
                "template_id": (template or cls.template).id,
                "company_id": cls.company.id,
                "date_from": date(2026, 3, 1),
                "date_to": date(2026, 3, 31),
                **vals,
            }
        )

    @classmethod
    def _ask(cls, evaluation=None, now=NOW):
        """Ask, and return the reviews of the evaluation."""
        evaluation = evaluation or cls._draft()
        with freeze_time(now):
            evaluation.action_ask_reviews()
        return evaluation.review_ids

    @classmethod
    def _of(cls, reviews, user):
        """Return the review of a user, with the rights of that user."""
        return cls._as(reviews.filtered(lambda review: review.user_id == user), user)

    @staticmethod
    def _answer(review, *values, comments=(), **vals):
        """Answer the questions in their order; None: cannot judge."""
        commands = []
        for index, (answer, value) in enumerate(
            zip(review.answer_ids, values, strict=True)
        ):
            given = {"comment": comments[index]} if comments else {}
            if value is None:
                given["cannot_judge"] = True
            elif answer.kind == "choice":
                choices = answer.question_id.choice_ids.grouped("score")
                given["choice_id"] = choices[value].id
            else:
                given["rating"] = str(value)
            commands.append(Command.update(answer.id, given))
        review.write({"answer_ids": commands, **vals})

    def _submit(self, review, *values, now=NOW, **vals):
        self._answer(review, *values, **vals)
        with freeze_time(now):
            review.action_submit()
        return review
