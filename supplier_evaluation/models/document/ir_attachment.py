from odoo import api, models

CONTENT = {"raw", "datas", "db_datas", "url", "res_model", "res_id", "res_field"}


class IrAttachment(models.Model):
    """The file of a verified document is not exchanged behind its back."""

    _inherit = "ir.attachment"

    @api.model_create_multi
    def create(self, vals_list):
        attachments = super().create(vals_list)
        attachments._supplier_file_changed()
        return attachments

    def write(self, vals):
        if not CONTENT & vals.keys() or self._is_stored_anew(vals):
            return super().write(vals)
        self._supplier_file_changed()
        result = super().write(vals)
        self._supplier_file_changed()
        return result

    def unlink(self):
        # With its document, a file goes after it.
        self._supplier_file_changed()
        return super().unlink()

    def _is_stored_anew(self, vals):
        """Whether it is the same file, which only moves to another storage."""
        if CONTENT & vals.keys() != {"raw"} or isinstance(vals["raw"], str):
            return False
        return all(attachment.raw == vals["raw"] for attachment in self.sudo())

    def _supplier_file_changed(self):
        """Refuse it for documents that were verified, and tell the others.

        :raises UserError: the document was verified
        """
        documents = self._supplier_documents().exists()
        documents._check_not_frozen()
        documents._content_changed()

    def _supplier_documents(self):
        """Return the supplier documents of which these are the file."""
        documents = self.env["supplier.document"].sudo()
        return documents.browse(
            attachment.res_id
            for attachment in self.sudo()
            if attachment.res_model == documents._name
            and attachment.res_field == "file"
            and attachment.res_id
        )
