from odoo import Command, models
from odoo.tools import format_date


class SupplierDocument(models.Model):
    """What was refused stays with its reason, when something else comes in its place.

    Only what was verified makes a version. A document that never was is mended, and
    its former file is kept as an attachment of its chatter.
    """

    _inherit = "supplier.document"

    def _content_changed(self):
        """Keep what was refused before somebody looks at it again."""
        self.filtered(lambda one: one.verification == "rejected")._keep_refused()
        return super()._content_changed()

    def _keep_refused(self):
        """Note when and why each was refused, with the file that was."""
        files = self._kept_files()
        for document in self.sudo():
            texts = document.with_context(lang=document.user_id.lang or self.env.lang)
            refused = files.get(document.id)
            copy = document.env["ir.attachment"]
            if refused:
                copy = copy.create(
                    {
                        "name": document.filename or refused.name,
                        "raw": refused.raw,
                        "res_model": document._name,
                        "res_id": document.id,
                    }
                )
            document._message_log(
                body=texts.env._(
                    "What was here before was rejected on %(day)s: %(reason)s",
                    day=format_date(texts.env, document.date_rejected),
                    reason=document.rejection_reason,
                ),
                attachment_ids=[Command.link(one.id) for one in copy],
            )

    def _kept_files(self):
        """Return ``{id: attachment}`` of the files of these that have one."""
        files = self.env["ir.attachment"].sudo()
        found = files.search(
            [
                ("res_model", "=", self._name),
                ("res_id", "in", self.ids),
                ("res_field", "=", self._kept_file),
            ]
        )
        return {file.res_id: file for file in found}
