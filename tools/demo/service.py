"""What is said about suppliers in Odoo: messages, incidents, documents, reviews."""

from __future__ import annotations

from datetime import date, timedelta

from odoo import Command

from .trading import QUIET
from .words import Words

# Who is written to follows nothing, and so is not notified of what comes next.
SILENT = {**QUIET, "mail_post_autofollow": False}
TYPE = "supplier_evaluation.supplier_document_type"
ISSUERS = {"business_licence": "Trade register", "iso_9001": "Lighthouse Certification"}


class Service:
    """Our people and the suppliers' in one company.

    :param people: users by their role
    :param words: what they say
    """

    def __init__(self, env, company, people, words: Words):
        self.company = company
        self.people = people
        self.words = words
        context = {"allowed_company_ids": company.ids, "lang": env.lang, **SILENT}
        self.env = env(context=context)

    def ask(self, document, partner, body: str) -> None:
        """The buyer writes to a supplier, on an order or an incident."""
        own = document.with_env(self.env).with_user(self.people["buyer"])
        message = own.message_post(
            body=body, message_type="comment", subtype_xmlid="mail.mt_comment"
        )
        # Addressed only now: nobody is notified, and no e-mail leaves the demo.
        message.sudo().partner_ids = partner

    def answer(self, document, partner, body: str) -> None:
        """The supplier's answer comes by e-mail."""
        document.with_env(self.env).message_post(
            author_id=partner.id,
            body=body,
            message_type="email",
            subtype_xmlid="mail.mt_comment",
        )

    def report(self, order, trouble, cost: float, due: date):
        """Open an incident of an order, on its first receipt if it has one."""
        receipt = order.picking_ids.filtered(lambda each: each.state == "done")[:1]
        move = receipt.move_ids[:1]
        quality = self.people["quality"]
        return self.env["supplier.incident"].create(
            {
                "title": self.words(trouble.title),
                "description": self.words(trouble.description),
                "partner_id": order.partner_id.id,
                "company_id": self.company.id,
                "order_id": order.id,
                "picking_id": receipt.id,
                "product_id": move.product_id.id,
                "quantity": round(move.quantity * trouble.share),
                "incident_type": trouble.kind,
                "severity": trouble.severity,
                "responsibility": trouble.responsibility,
                "cost": cost,
                "date_due": due,
                "reporter_id": self.people["warehouse"].id,
                "user_id": quality.id,
                "state": "waiting",
            }
        )

    def take_up(self, incident) -> None:
        """The supplier has answered: it is our turn again."""
        incident.action_start()

    def resolve(self, incident) -> None:
        incident.action_resolve()

    def hand_in(self, partner, paper, number: str, today: date) -> None:
        """The buyer enters a document, the manager verifies or rejects it."""
        until = paper.until and today + timedelta(days=paper.until)
        kind = self.env.ref(f"{TYPE}_{paper.kind}")
        documents = self.env["supplier.document"].with_user(self.people["buyer"])
        # A paper that was verified before is renewed.
        before = documents.search(
            [
                ("partner_id", "=", partner.id),
                ("type_id", "=", kind.id),
                ("date_verified", "!=", False),
            ],
            order="version desc, id desc",
            limit=1,
        )
        document = documents.create(
            {
                "partner_id": partner.id,
                "previous_id": before.id,
                "type_id": kind.id,
                "number": number,
                "issuer": self.words(ISSUERS[paper.kind]),
                "date_to": until,
                "date_from": until and until - timedelta(days=3 * 365),
            }
        )
        # Nobody verifies what they entered.
        decided = document.with_user(self.env.ref("base.user_admin"))
        if paper.rejected:
            decided._reject(self.words(paper.rejected))
        elif paper.decided:
            decided.action_verify()

    def review(self, review, rating, remark: str) -> None:
        """Somebody answers a review.

        :param rating: gives a number from 0 to 10 for every question
        """
        own = review.with_env(self.env).with_user(review.user_id)
        answers = []
        for question in review.answer_ids:
            worth, values = self.choose(question, rating())
            if worth < review.comment_threshold:
                values["comment"] = remark
            answers.append(Command.update(question.id, values))
        own.write({"answer_ids": answers})
        own.action_submit()

    def choose(self, question, rating: int):
        """Return what the answer is worth, and what is entered.

        :param question: an answer to fill in, of a review or a certification
        """
        if question.kind == "rating":
            return rating, {"rating": str(rating)}
        choices = question.question_id.choice_ids
        nearest = min(choices, key=lambda each: abs(each.score - rating))
        return nearest.score, {"choice_id": nearest.id}
