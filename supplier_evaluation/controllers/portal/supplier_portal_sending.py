import re

from odoo.http import request

from ...models.portal.upload import MAX_FILES
from ...tools.upload.files import MAX_SIZE
from .supplier_portal import SupplierPortal as Pages
from .supplier_portal import page

NUMBER = re.compile(r"\d{1,18}", re.ASCII)
ANSWER = re.compile(r"(?:value|comment)_(\d{1,18})", re.ASCII)


class SupplierPortal(Pages):
    """What suppliers send. Odoo asks each form for its token against forgery."""

    def _files(self, name="files"):
        """Return the chosen files, read no further than one byte too many."""
        chosen = request.httprequest.files.getlist(name)[: MAX_FILES + 1]
        return [
            (file.filename, file.stream.read(MAX_SIZE + 1))
            for file in chosen
            if file.filename
        ]

    def _number(self, name):
        """Return the identifier in a hidden input, or None."""
        text = self._texts().get(name, "")
        return int(text) if NUMBER.fullmatch(text) else None

    @page("/my/supplier/figure/<int:line_id>/dispute", methods=["POST"])
    def supplier_send_dispute(self, line_id, reason="", **_others):
        """Dispute a figure, or a record behind it."""
        fact_id = self._number("record")
        files, door = self._files(), self._door()
        return self._send(
            f"/my/supplier/figure/{line_id}",
            lambda: door._send_dispute(line_id, reason, files, fact_id),
            request.env._("We got your dispute and will answer it here."),
        )

    @page("/my/supplier/documents/<int:type_id>", methods=["POST"])
    def supplier_send_document(self, type_id, **vals):
        """Send the next version of a document."""
        company_id, document_id = self._number("company"), self._number("document")
        files, door = self._files(), self._door()
        return self._send(
            "/my/supplier/documents",
            lambda: door._send_document(type_id, vals, files, company_id, document_id),
            request.env._("We got your document. It counts once it is verified."),
        )

    @page("/my/supplier/ideas/send", methods=["POST"])
    def supplier_send_idea(self, title="", kind="", text="", **_others):
        """Send an idea."""
        company_id = self._number("company")
        files, door = self._files(), self._door()
        return self._send(
            "/my/supplier/ideas",
            lambda: door._send_idea(title, kind, text, files, company_id),
            request.env._("We got your idea and will answer it here."),
        )

    @page("/my/supplier/incident/<int:incident_id>/answer", methods=["POST"])
    def supplier_send_answer(self, incident_id, text="", **_others):
        """Answer an incident."""
        files, door = self._files(), self._door()
        return self._send(
            f"/my/supplier/incident/{incident_id}",
            lambda: door._send_answer(incident_id, text, files),
            request.env._("We got your answer."),
        )

    @page("/my/supplier/step/<int:step_id>/answer", methods=["POST"])
    def supplier_send_step(self, step_id, text="", **_others):
        """Answer a step of a corrective action."""
        files, door = self._files(), self._door()
        step = door._get("supplier.corrective.action.step", step_id)
        return self._send(
            f"/my/supplier/action/{step.action_id.id}",
            lambda: door._send_step(step_id, text, files),
            request.env._("We got your answer."),
        )

    @page("/my/supplier/certification/<int:certification_id>/answer", methods=["POST"])
    def supplier_send_assessment(self, certification_id, **vals):
        """Enter the self-assessment of a certification."""
        found = [ANSWER.fullmatch(name) for name in vals]
        answers = {
            int(one): (vals.get(f"value_{one}"), vals.get(f"comment_{one}"))
            for one in {match[1] for match in found if match}
        }
        door = self._door()
        return self._send(
            f"/my/supplier/certification/{certification_id}",
            lambda: door._send_assessment(certification_id, answers),
            request.env._("We saved your answers."),
        )
