from base64 import b64encode
from datetime import date

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date, plaintext2html

from ...tools.activities import plan
from ..incident.supplier_incident import CLOSED

TODO = "mail.mail_activity_data_todo"
MOST_LETTERS = 5000
MOST_IN_LINE = 100
#: What is earlier was mistyped.
FIRST_YEAR = 1900


class SupplierPortal(models.AbstractModel):
    """What suppliers send: each is looked at by somebody before it counts."""

    _inherit = "supplier.portal"

    # ------------------------------------------------------------
    # Inputs of forms
    # ------------------------------------------------------------

    @api.model
    def _read_text(self, text, most=MOST_LETTERS):
        """Return a text from outside, without blanks at its ends.

        :param text: what came under the name of an input, if anything
        :raises UserError: it is a file, or too long
        """
        if not isinstance(text or "", str):
            raise UserError(self.env._("Here belongs a text, and no file."))
        text = (text or "").replace("\x00", "").strip()
        if len(text) > most:
            raise UserError(
                self.env._("Write at most %s letters, and attach the rest.", most)
            )
        return text

    def _read_line(self, text):
        """Return a short text from outside in one line; see :meth:`_read_text`."""
        return " ".join(self._read_text(text, MOST_IN_LINE).split())

    def _read_day(self, text):
        """Return a day as a browser sends it, or False where there is none.

        :raises UserError: it is no day
        """
        text = self._read_text(text)
        if not text:
            return False
        try:
            day = date.fromisoformat(text)
        except ValueError:
            day = date.min
        if day.year < FIRST_YEAR:
            raise UserError(
                self.env._("“%s” is not a day: choose it again.", text[:MOST_IN_LINE])
            )
        return day

    def _clean_text(self, text):
        """Return a text from outside that is needed; see :meth:`_read_text`.

        :raises UserError: there is none
        """
        text = self._read_text(text)
        if not text:
            raise UserError(self.env._("Write something first."))
        return text

    # ------------------------------------------------------------
    # Disputes
    # ------------------------------------------------------------

    @api.model
    def _send_dispute(self, line_id, reason, files, fact_id=None):
        """Dispute a figure, or a record behind it.

        :param int line_id: of a scorecard line that the user sees
        :param str reason: why
        :param list files: names and contents that show it
        :param int fact_id: of a record behind the figure
        :return: the dispute, with all rights
        :raises MissingError: it is none of theirs
        :raises UserError: it is too late, there is one already, or a file is not taken
        """
        line = self._get("supplier.scorecard.line", line_id)
        files = self._check_files(files)
        record = {}
        if fact_id:
            fact = self._fact(line, fact_id)
            record = {"fact_id": fact.id, "record_name": self._fact_name(line, fact)}
        dispute = self.env["supplier.dispute"]._open(
            line, self._clean_text(reason), record
        )
        self._attach(dispute, files)
        dispute._ask_reviewer()
        return dispute

    # ------------------------------------------------------------
    # Documents
    # ------------------------------------------------------------

    @api.model
    def _send_document(self, type_id, vals, files, company_id=None, document_id=None):
        """Take the next version of a document; it waits to be verified.

        :param int type_id: of which kind it is
        :param dict vals: number, issuer, date_from, date_to, as they came
        :param list files: one name and content
        :param int company_id: which asks for it; where there is a document, its own
        :param int document_id: of which it is the next version
        :return: the document, with all rights
        :raises MissingError: it is none of theirs, and nobody asks for one
        :raises UserError: one waits for somebody to verify it, or what was sent is
            not taken
        """
        row = self._paper(type_id, company_id, document_id)
        if len(files) != 1:
            raise UserError(self.env._("Choose the file of the document."))
        [file] = self._check_files(files)
        document = self._store_document(
            row,
            {
                **self._paper_vals(vals),
                "file": b64encode(file["raw"]),
                "filename": file["name"],
            },
        )
        [owner] = document._listeners().values()
        if owner:
            self._plan(
                document,
                owner,
                document.with_context(lang=owner.lang).env._(
                    "The supplier sent a new version: have it verified"
                ),
            )
        return document

    def _paper_vals(self, vals):
        """Return what somebody filled in, checked; what is empty is left out."""
        read = {
            "number": self._read_line,
            "issuer": self._read_line,
            "date_from": self._read_day,
            "date_to": self._read_day,
        }
        found = {name: read[name](vals.get(name)) for name in read}
        return {name: value for name, value in found.items() if value}

    def _store_document(self, row, vals):
        """Store what was sent as the next version of what a row of papers is about.

        What waits for somebody to verify it is never exchanged, whoever sent it: they
        may have opened it, and would verify what they have not seen.
        """
        documents = self.env["supplier.document"].sudo()
        last = row["document"]._versions()[-1:] if row["document"] else documents
        if last.verification == "to_verify":
            raise UserError(
                self.env._(
                    "A version of this document is being verified. Send the next one "
                    "when that is done."
                )
            )
        if last and not last.date_verified:
            self._check_days({"date_from": last.date_from, **vals})
            last.write(vals)
            if last.verification == "rejected":
                # The same once more: somebody looks at it again all the same.
                last._content_changed()
            return last
        start = last._renewal_vals() if last else self._first_vals(row)
        self._check_days({**start, **vals})
        return documents.create({**start, **vals})

    def _first_vals(self, row):
        supplier, company = self._supplier(), row["company"]
        return {
            "partner_id": supplier.id,
            "company_id": company.id,
            "type_id": row["type"].id,
            "user_id": supplier.with_company(company).buyer_id.id,
        }

    def _check_days(self, vals):
        """Refuse a document that ends before it begins.

        The first day may be of the version before: nobody filled it in.
        """
        start, end = vals.get("date_from"), vals.get("date_to")
        if start and end and end < start:
            raise UserError(
                self.env._(
                    "The document is valid from %(start)s, so not until %(end)s: "
                    "fill in both days as they are printed on it.",
                    start=format_date(self.env, start),
                    end=format_date(self.env, end),
                )
            )

    def _plan(self, record, user, summary):
        company = record.sudo().company_id or user.sudo().company_id
        plan(
            record.sudo(),
            TODO,
            [
                {
                    "res_id": record.id,
                    "user_id": user.id,
                    "summary": summary,
                    "date_deadline": company._supplier_day(fields.Datetime.now()),
                }
            ],
        )

    # ------------------------------------------------------------
    # Incidents, corrective actions, certifications
    # ------------------------------------------------------------

    @api.model
    def _send_answer(self, incident_id, text, files):
        """Answer an incident: a message of the supplier, with its files.

        :raises UserError: it is resolved
        """
        incident = self._get("supplier.incident", incident_id)
        if incident.state in CLOSED:
            raise UserError(self.env._("%s is closed already.", incident.display_name))
        text, files = self._clean_text(text), self._check_files(files)
        attachments = self._attach(incident, files)
        incident.message_post(
            body=plaintext2html(text),
            author_id=self.env.user.partner_id.id,
            message_type="comment",
            subtype_xmlid="mail.mt_comment",
            attachment_ids=attachments.ids,
        )
        return incident

    @api.model
    def _send_step(self, step_id, text, files):
        """Answer a step of a corrective action; somebody accepts it, or rejects it.

        :raises UserError: an answer waits for that already, and may have been read
        """
        step = self._get("supplier.corrective.action.step", step_id)
        if step.state == "answered":
            raise UserError(
                self.env._(
                    "Your answer to %s is being looked at. Send the next one when that "
                    "is done.",
                    step.display_name,
                )
            )
        text, files = self._clean_text(text), self._check_files(files)
        step._answer(plaintext2html(text))
        step.attachment_ids |= self._attach(step, files)
        return step

    @api.model
    def _send_assessment(self, certification_id, answers):
        """Enter the self-assessment of a certification, as long as it is a draft.

        What did not come stays as it is.

        :param dict answers: by the id of the question: ``(value, comment)``; the value
            is a rating, or the id of a choice; None: it did not come
        :raises UserError: it was submitted, or a text is not taken
        """
        certification = self._get("supplier.certification", certification_id)
        for answer in certification.answer_ids:
            if vals := self._answer_vals(answer, *answers.get(answer.id, ())):
                answer.write(vals)
        [owner] = certification._listeners().values()
        if owner and all(certification.answer_ids.mapped("is_answered")):
            self._plan(
                certification,
                owner,
                certification.with_context(lang=owner.lang).env._(
                    "The supplier answered the questionnaire"
                ),
            )
        return certification

    def _answer_vals(self, answer, value=None, comment=None):
        """Return what came for one question as values of its answer."""
        vals = {}
        if comment is not None:
            vals["comment"] = self._read_text(comment) or False
        if value is None:
            return vals
        value = self._read_text(value)
        if answer.kind == "choice":
            choices = answer.question_id.choice_ids
            chosen = choices.filtered(lambda choice: str(choice.id) == value)
            return {**vals, "choice_id": chosen.id}
        known = dict(answer._fields["rating"].selection)
        return {**vals, "rating": value if value in known else False}
