"""What customers say: one is praised, one is not, and one answer is missing."""

from __future__ import annotations

from datetime import timedelta

from odoo import fields

PRAISED, BLAMED = "Clockwork Bearings", "Boomerang Ceramics"
AHEAD = timedelta(days=10)


class Assessing:
    """Assessments of two suppliers by the people of a customer.

    :param following: who acts in the company
    """

    def __init__(self, following):
        self.following = following
        self.env = following.env
        self.words = following.words
        self.questionnaire = self.env.ref(
            "supplier_evaluation.supplier_questionnaire_customer"
        )

    def assess(self):
        """Ask two people about one supplier, and one about another."""
        nurse, operator = self._people()
        blamed = self._ask(
            BLAMED, nurse | operator, self.words("Lamps in operating room 2")
        )
        self._answer(
            blamed[0],
            3,
            self.words("The third lamp in a row with a cracked foot."),
            self.words("Nobody could say when the new ones come."),
        )
        praised = self._ask(PRAISED, operator)
        self._answer(praised, 10, "", self.words("Nothing ever squeaks."))

    def _people(self):
        partners = self.env["res.partner"].sudo()
        customer = partners.create(
            {"name": self.words("Lakeside Clinics"), "is_company": True}
        )
        return partners.create(
            [
                {
                    "name": name,
                    "email": f"{address}@lakeside.example.com",
                    "parent_id": customer.id,
                    "lang": self.env.context.get("lang"),
                }
                for name, address in (
                    (self.words("Nina Nurse"), "nina"),
                    (self.words("Oscar Operator"), "oscar"),
                )
            ]
        )

    def _ask(self, name, people, about=""):
        reviews = self.following._as(self.env["supplier.customer.review"], "buyer")
        asked, _problems = reviews._ask(
            self.following.company,
            self.following.partners[name],
            people.with_env(reviews.env),
            self.questionnaire.with_env(reviews.env),
            fields.Date.today() + AHEAD,
            about,
        )
        # Nobody of the demo gets a real mail.
        sent = self.env["mail.mail"].sudo()
        sent.search([("email_to", "in", people.mapped("email"))]).unlink()
        return asked

    def _answer(self, review, rating, why, comment):
        """Answer all questions alike, as the person does by the link."""
        vals = {}
        for answer in review.sudo().answer_ids:
            choices = answer.question_id.choice_ids.sorted("score")
            if answer.kind == "choice":
                vals[answer.id] = {"choice_id": choices[-1 if rating > 5 else 0].id}
            else:
                vals[answer.id] = {"rating": str(rating)}
            if rating <= 5:
                vals[answer.id]["comment"] = why
        review.sudo()._submit(vals, comment)
