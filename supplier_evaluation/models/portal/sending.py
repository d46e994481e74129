from base64 import b64encode

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import plaintext2html

from ...tools.activities import plan

TODO = "mail.mail_activity_data_todo"
MOST_LETTERS = 5000


class SupplierPortal(models.AbstractModel):
    """What suppliers send: each is looked at by somebody before it counts."""

    _inherit = "supplier.portal"

    def _clean_text(self, text):
        """Return a text from outside, without blanks at its ends.

        :raises UserError: it is empty, or too long
        """
        text = (text or "").replace("\x00", "").strip()
        if not text:
            raise UserError(self.env._("Write something first."))
        if len(text) > MOST_LETTERS:
            raise UserError(
                self.env._("Write at most %s letters, and attach the rest.", 5000)
            )
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
    def _send_document(self, type_id, vals, files):
        """Take the next version of a document; it waits to be verified.

        :param int type_id: of which kind it is: asked for, or there already
        :param dict vals: number, issuer, date_from, date_to
        :param list files: one name and content
        :return: the document, with all rights
        """
        rows = [row for row in self._papers() if row["type"].id == type_id]
        if not rows:
            self._refuse()
        if len(files) != 1:
            raise UserError(self.env._("Choose the file of the document."))
        [file] = self._check_files(files)
        vals = {
            **{name: vals[name] for name in vals if vals[name]},
            "file": b64encode(file["raw"]),
            "filename": file["name"],
        }
        document = self._store_document(rows, vals)
        owner = document.user_id
        if owner.active and not owner.share:
            self._plan(
                document,
                owner,
                document.with_context(lang=owner.lang).env._(
                    "The supplier sent a new version: have it verified"
                ),
            )
        return document

    def _store_document(self, rows, vals):
        documents = self.env["supplier.document"].sudo()
        known = documents.union(*(row["document"] for row in rows))
        last = known.sorted("version")[-1:]._versions()[-1:] if known else known
        if last.verification == "to_verify" and not last._was_sent_by(self._supplier()):
            raise UserError(
                self.env._(
                    "A version of this document is being verified. Send the next one "
                    "when that is done."
                )
            )
        if last and not last.date_verified:
            last.write(vals)
            return last
        if last:
            start = last._renewal_vals()
            return documents.create({**start, **vals})
        supplier = self._supplier()
        company = rows[0]["company"]
        own = {
            "partner_id": supplier.id,
            "company_id": company.id,
            "type_id": rows[0]["type"].id,
            "user_id": supplier.with_company(company).buyer_id.id,
        }
        return documents.create({**own, **vals})

    def _plan(self, record, user, summary):
        plan(
            record.sudo(),
            TODO,
            [
                {
                    "res_id": record.id,
                    "user_id": user.id,
                    "summary": summary,
                    "date_deadline": fields.Date.today(),
                }
            ],
        )

    # ------------------------------------------------------------
    # Incidents, corrective actions, certifications
    # ------------------------------------------------------------

    @api.model
    def _send_answer(self, incident_id, text, files):
        """Answer an incident: a message of the supplier, with its files."""
        incident = self._get("supplier.incident", incident_id)
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
        """Answer a step of a corrective action; somebody accepts it, or rejects it."""
        step = self._get("supplier.corrective.action.step", step_id)
        text, files = self._clean_text(text), self._check_files(files)
        step._answer(plaintext2html(text))
        step.attachment_ids |= self._attach(step, files)
        return step

    @api.model
    def _send_assessment(self, certification_id, answers):
        """Enter the self-assessment of a certification, as long as it is a draft.

        :param dict answers: by the id of the question: ``(value, comment)``; the value
            is a rating, or the id of a choice
        :raises UserError: it was submitted, or a value is no answer to its question
        """
        certification = self._get("supplier.certification", certification_id)
        for answer in certification.answer_ids:
            value, comment = answers.get(answer.id, ("", ""))
            vals = {"comment": (comment or "").strip()[:MOST_LETTERS] or False}
            if answer.kind == "choice":
                choices = answer.question_id.choice_ids
                chosen = choices.filtered(lambda one, own=value: str(one.id) == own)
                vals["choice_id"] = chosen.id
            else:
                known = dict(answer._fields["rating"].selection)
                vals["rating"] = value if value in known else False
            answer.write(vals)
        owner = certification.user_id
        if owner.active and all(certification.answer_ids.mapped("is_answered")):
            self._plan(
                certification,
                owner,
                certification.with_context(lang=owner.lang).env._(
                    "The supplier answered the questionnaire"
                ),
            )
        return certification
