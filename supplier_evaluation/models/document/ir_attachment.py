from odoo import api, models

# What says of which record an attachment is the file, and what is in it.
PLACE = {"res_model", "res_id", "res_field"}
CONTENT = {"raw", "datas", "db_datas", "url"} | PLACE


class IrAttachment(models.Model):
    """The file of a verified document is not exchanged behind its back."""

    _inherit = "ir.attachment"

    @api.model_create_multi
    def create(self, vals_list):
        attachments = super().create(vals_list)
        attachments._supplier_file_changed()
        return attachments

    def write(self, vals):
        """Look at the files of documents only: those of other apps can be large."""
        touched = CONTENT & vals.keys()
        if not touched:
            return super().write(vals)
        files = self._supplier_files().filtered(
            lambda file: not file._is_stored_anew(vals)
        )
        files._supplier_file_changed()
        result = super().write(vals)
        if PLACE & touched:
            files = self
        files._supplier_file_changed()
        return result

    def unlink(self):
        # With its document, a file goes after it.
        self._supplier_file_changed()
        return super().unlink()

    def _is_stored_anew(self, vals):
        """Whether it is the same file, which only moves to another storage."""
        self.ensure_one()
        if CONTENT & vals.keys() != {"raw"} or isinstance(vals["raw"], str):
            return False
        return self.sudo().raw == vals["raw"]

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
        return documents.browse(self._supplier_files().sudo().mapped("res_id"))

    def _supplier_files(self):
        """Return those attachments that are the file of a supplier document."""
        return self.filtered(
            lambda attachment: (
                attachment.sudo().res_model == "supplier.document"
                and attachment.sudo().res_field == "file"
                and attachment.sudo().res_id
            )
        )
