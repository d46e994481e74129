from typing import NamedTuple

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date

from ...scoring import can_be_seated, round_score
from ...tools.optional_numbers import OptionalFloat
from .status import IN_PROGRESS


class Requirement(NamedTuple):
    """What is asked for, and the records that say whether it is there."""

    kind: str
    done: bool
    text: str
    # What there is already, newest first.
    records: models.BaseModel | None = None
    # Of which type a document is asked for.
    document_type: models.BaseModel | None = None


class SupplierCertification(models.Model):
    """What a certification needs before it goes on, and whether it is there.

    Kinds of requirements are asked for at different times, see ``ASKED_AT``.
    """

    _inherit = "supplier.certification"

    ASKED_AT = {
        "submit": {"steps", "waiting", "document", "score", "answers"},
        "review": {"document", "verified", "score", "answers", "audit"},
        "reinstate": {"document", "verified"},
        "meet_conditions": {"document", "verified"},
    }

    answer_score = OptionalFloat(
        string="Questionnaire Score",
        compute="_compute_answer_score",
        digits=(5, 2),
        help="Weighted mean of the answers, 0 to 100.",
    )

    @api.depends("answer_ids.value", "answer_ids.is_answered", "answer_ids.weight")
    def _compute_answer_score(self):
        for certification in self:
            answers = certification.answer_ids.filtered("is_answered")
            weight = sum(answers.mapped("weight"))
            total = sum(answer.weight * answer.value for answer in answers)
            certification.answer_score = 10 * total / weight if weight else False

    @api.depends(
        "partner_id",
        "program_id",
        "company_id",
        "state",
        "answer_ids.value",
        "answer_ids.is_answered",
        "audit_ids.result",
    )
    @api.depends_context("lang", "uid")
    def _compute_checklist(self):
        for certification, rows in self._requirements().items():
            certification._show_rows(rows)

    def _check_complete(self, moment):
        """Refuse to go on while something is missing, and list what.

        :param str moment: ``submit``, ``review``, ``reinstate`` or ``meet_conditions``
        """
        asked = self.ASKED_AT[moment]
        if moment == "submit":
            self._check_subjects_differ()
        for certification, rows in self._requirements().items():
            missing = [row.text for row in rows if row.kind in asked and not row.done]
            if missing:
                raise UserError(
                    self.env._(
                        "%(certification)s is not complete. This is missing:\n"
                        "%(missing)s",
                        certification=certification.display_name,
                        missing="\n".join(f"- {text}" for text in missing),
                    )
                )

    def _check_subjects_differ(self):
        """Refuse to submit two of the same subject together."""
        for twins in self.grouped(lambda one: one._subject()).values():
            if len(twins) > 1:
                raise UserError(
                    self.env._(
                        "%(certification)s is there %(number)s times: submit one.",
                        certification=twins[0].display_name,
                        number=len(twins),
                    )
                )

    def _requirements(self):
        """Return ``{certification: [Requirement, …]}`` as of today.

        Documents, scorecards, audits and rejections are read once for all.
        """
        days = self._today(self.company_id)
        documents = self._documents_at_hand()
        scorecards = self._last_scorecards()
        audits = self._finished_audits()
        retries = self._retry_days()
        others = self._in_progress()
        result = {}
        for certification in self:
            today = days.get(certification.company_id)
            key = certification._subject()
            result[certification] = [
                Requirement(*row)
                for rows in (
                    certification._step_rows(),
                    certification._waiting_rows(retries.get(key), today),
                    certification._other_rows(others.get(key)),
                    certification._document_rows(documents, today),
                    certification._score_rows(scorecards),
                    certification._answer_rows(),
                    certification._audit_rows(audits.get(key), today),
                )
                for row in rows
            ]
        return result

    def _in_words(self, day):
        return format_date(self.env, day)

    def _subject(self):
        return (self.partner_id.id, self.program_id.id, self.company_id.id)

    # ------------------------------------------------------------
    # What is at hand, read at once
    # ------------------------------------------------------------

    def _documents_at_hand(self):
        """Return the documents that were not rejected, by supplier and type."""
        types = self.program_id.sudo().document_type_ids
        documents = self.env["supplier.document"].sudo()
        # What a company has holds for its branches too.
        companies = self.company_id.sudo().parent_ids
        if types:
            documents = documents.search(
                [
                    ("commercial_partner_id", "in", self.partner_id.ids),
                    ("type_id", "in", types.ids),
                    ("company_id", "in", [False, *companies.ids]),
                    ("verification", "!=", "rejected"),
                ]
            )
        return documents.grouped(lambda one: (one.commercial_partner_id, one.type_id))

    def _last_scorecards(self):
        """Return published, firm scorecards by supplier and company, newest first."""
        cards = self.env["supplier.scorecard"].sudo()
        if any(self.program_id.mapped("scorecard_count")):
            cards = cards.search(
                [
                    ("partner_id", "in", self.partner_id.ids),
                    ("company_id", "in", self.company_id.ids),
                    ("evaluation_id.state", "=", "published"),
                    ("provisional", "=", False),
                    ("has_score", "=", True),
                ],
                order="date_to desc, id desc",
            )
        return cards.grouped(lambda card: (card.partner_id, card.company_id))

    def _finished_audits(self):
        """Return the last finished audit of each supplier in each programme."""
        audits = self.env["supplier.certification.audit"].sudo()
        if any(self.program_id.mapped("audit_required")):
            audits = audits.search(
                [
                    ("partner_id", "in", self.partner_id.ids),
                    ("program_id", "in", self.program_id.ids),
                    ("company_id", "in", self.company_id.ids),
                    ("state", "=", "done"),
                ],
                order="date, id",
            )
        return {
            (audit.partner_id.id, audit.program_id.id, audit.company_id.id): audit
            for audit in audits
        }

    def _retry_days(self):
        """Return the day from which a rejected supplier may be submitted again."""
        # Archived ones included: it was possible once to archive a rejection.
        everything = self.sudo().with_context(active_test=False)
        rows = everything._read_group(
            [
                ("partner_id", "in", self.partner_id.ids),
                ("program_id", "in", self.program_id.ids),
                ("company_id", "in", self.company_id.ids),
                ("state", "=", "rejected"),
            ],
            ["partner_id", "program_id", "company_id"],
            ["date_retry:max"],
        )
        return {
            (partner.id, program.id, company.id): day
            for partner, program, company, day in rows
        }

    def _in_progress(self):
        """Return what is in progress already for the subjects of the drafts."""
        drafts = self.filtered(lambda one: one.state == "draft" and one.program_id)
        if not drafts:
            return {}
        found = self.sudo().search(
            [
                ("partner_id", "in", drafts.partner_id.ids),
                ("program_id", "in", drafts.program_id.ids),
                ("company_id", "in", drafts.company_id.ids),
                ("state", "in", IN_PROGRESS),
            ]
        )
        return found.grouped(lambda one: one._subject())

    # ------------------------------------------------------------
    # The single requirements
    # ------------------------------------------------------------

    def _step_rows(self):
        if self.state != "draft" or not self.program_id:
            return
        steps = self.program_id.sudo().step_ids
        if not steps:
            text = self.env._("The programme has no approval step: a manager adds one")
            yield "steps", False, text
        submitters = self._involved() | self.env.user
        enough = True
        places = []
        for step in steps:
            people = step._people(self.company_id) - submitters
            places += [people.ids] * step._needed()
            if len(people) < step._needed():
                enough = False
                text = self.env._(
                    "Step “%(step)s”: too few people who may decide, without whoever "
                    "opens or submits it; a manager names more",
                    step=step.with_env(self.env).name,
                )
                yield "steps", False, text
        if enough and not can_be_seated(places):
            text = self.env._(
                "Too few people for all steps together: one person decides in one "
                "step only, and not whoever opens or submits it; a manager names more"
            )
            yield "steps", False, text

    def _waiting_rows(self, retry, today):
        if self.state == "draft" and retry and retry > today:
            day = self._in_words(retry)
            text = self.env._("Rejected before: not again before %(day)s", day=day)
            yield "waiting", False, text

    def _other_rows(self, others):
        if self.state == "draft" and others:
            text = self.env._(
                "%(certification)s is in progress already: have it decided or "
                "withdrawn first",
                certification=others[0].name,
            )
            yield "waiting", False, text, others

    def _document_rows(self, documents, today):
        companies = self.company_id.sudo().parent_ids
        for document_type in self.program_id.sudo().document_type_ids:
            known = documents.get((self.partner_id, document_type))
            known = (known or self.env["supplier.document"].sudo()).filtered(
                lambda one: not one.company_id or one.company_id in companies
            )
            there = known.filtered(
                lambda one: (
                    not (one.date_from and one.date_from > today)
                    and not (one.date_to and one.date_to < today)
                )
            )
            name = document_type.with_env(self.env).display_name
            verified = there.filtered(lambda one: one.verification == "verified")
            if there and not verified:
                text = self.env._(
                    "%(document)s: there, not verified yet", document=name
                )
                yield "verified", False, text, there, document_type
            else:
                found = verified or known
                yield "document", bool(verified), name, found, document_type

    def _score_rows(self, scorecards):
        program = self.program_id.sudo()
        wanted = program.scorecard_count
        if not wanted:
            return
        cards = scorecards.get((self.partner_id, self.company_id), ())[:wanted]
        if len(cards) < wanted:
            text = self.env._(
                "Published scorecards: %(there)s of %(wanted)s",
                wanted=wanted,
                there=len(cards),
            )
            yield "score", False, text
            return
        mean = round_score(sum(card.score for card in cards) / wanted)
        if program.min_score:
            text = self.env._(
                "Score %(score)g or more, it is %(mean)g",
                score=program.min_score,
                mean=mean,
            )
            yield "score", mean >= program.min_score, text
        if program.min_grade_id:
            wish = program.min_grade_id
            good = all(card.grade_id.min_score >= wish.min_score for card in cards)
            text = self.env._("Grade %(grade)s or better", grade=wish.name)
            yield "score", good, text

    def _answer_rows(self):
        answers = self.answer_ids
        if not answers:
            return
        program = self.program_id.sudo()
        open_count = len(answers.filtered(lambda answer: not answer.is_answered))
        if open_count:
            text = self.env._(
                "Questionnaire not answered (open questions: %(open)s)", open=open_count
            )
        else:
            text = self.env._("Questionnaire answered")
        yield "answers", not open_count, text
        for answer in answers.filtered("is_knockout"):
            if answer.is_answered and answer.value < program.knockout_below:
                text = self.env._(
                    "Knock-out question: %(question)s", question=answer.name
                )
                yield "answers", False, text
        if program.min_answer_score and not open_count:
            score = round(self.answer_score, 2)
            text = self.env._(
                "Questionnaire score %(wanted)g or more, it is %(score)g",
                wanted=program.min_answer_score,
                score=score,
            )
            yield "answers", score >= program.min_answer_score, text

    def _audit_rows(self, audit, today):
        program = self.program_id.sudo()
        if not program.audit_required:
            return
        day = audit and self._in_words(audit.date)
        oldest = fields.Date.subtract(today, months=program.audit_validity_months)
        if not audit or audit.date < oldest:
            yield "audit", False, self.env._("Site audit, done and passed"), audit
        elif audit.result == "passed":
            yield "audit", True, self.env._("Site audit of %(day)s", day=day), audit
        else:
            text = self.env._("Site audit of %(day)s failed", day=day)
            yield "audit", False, text, audit
