"""One record of each model of the customers' assessments."""

from odoo import Command, fields


def customer_questionnaire(env, **vals):
    """Return a questionnaire: two ratings of weight 3 and 1, and a choice of 1."""
    return env["supplier.questionnaire"].create(
        {
            "name": "Asked outside",
            "question_ids": [
                Command.create({"name": "On time?", "weight": 3, "sequence": 1}),
                Command.create({"name": "Friendly?", "weight": 1, "sequence": 2}),
                Command.create(
                    {
                        "name": "Once more?",
                        "weight": 1,
                        "sequence": 3,
                        "kind": "choice",
                        "choice_ids": [
                            Command.create({"name": "Gladly", "score": 10}),
                            Command.create({"name": "Never", "score": 0}),
                        ],
                    }
                ),
            ],
            **vals,
        }
    )


def assessment_records(env, company, supplier):
    """Return ``{model: a record}``: one person was asked."""
    person = env["res.partner"].create(
        {"name": "Site manager", "email": "site@asked.example.com"}
    )
    # On the day when it is due, an open one is seen among the facts.
    due = company._supplier_day(fields.Datetime.now())
    questionnaire = customer_questionnaire(env, company_id=company.id)
    review, _problems = env["supplier.customer.review"]._ask(
        company, supplier, person, questionnaire, due
    )
    return {
        "supplier.customer.review": review,
        "supplier.customer.review.answer": review.answer_ids[0],
        "supplier.customer.review.fact": env["supplier.customer.review.fact"].browse(
            review.id
        ),
    }
