from odoo import api, models

# What says of which record an attachment is the file, and what is in it.
PLACE = {"res_model", "res_id", "res_field"}
CONTENT = {"raw", "datas", "db_datas", "url"} | PLACE


class IrAttachment(models.Model):
    """The file of a verified document is not exchanged behind its back.

    What else hangs on it is evidence with it, and stays; more may be attached, by a
    mail for example.
    """

    _inherit = "ir.attachment"

    @api.model_create_multi
    def create(self, vals_list):
        attachments = super().create(vals_list)
        attachments._supplier_file_changed()
        return attachments

    def write(self, vals):
        """Look at the files of documents only: those of other apps can be large."""
        touched = CONTENT & vals.keys()
        if "name" in vals:
            self._supplier_evidence()._check_supplier_evidence()
        if not touched:
            return super().write(vals)
        changed = (self._supplier_files() | self._supplier_evidence()).filtered(
            lambda attachment: not attachment._is_stored_anew(vals)
        )
        changed._supplier_evidence()._check_supplier_evidence()
        files = changed._supplier_files()
        files._supplier_file_changed()
        result = super().write(vals)
        if PLACE & touched:
            files = self
        files._supplier_file_changed()
        return result

    def unlink(self):
        # With its document, a file goes after it.
        self._supplier_evidence()._check_supplier_evidence()
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

    def _check_supplier_evidence(self):
        """Refuse it for what hangs on documents that were verified.

        :raises UserError: naming the document
        """
        documents = self.env["supplier.document"].sudo()
        documents.browse(self.sudo().mapped("res_id")).exists()._check_not_frozen()

    def _supplier_documents(self):
        """Return the supplier documents of which these are the file."""
        documents = self.env["supplier.document"].sudo()
        return documents.browse(self._supplier_files().sudo().mapped("res_id"))

    def _supplier_files(self):
        """Return those attachments that are the file of a supplier document."""
        return self._of_supplier_documents().filtered(
            lambda attachment: attachment.sudo().res_field == "file"
        )

    def _supplier_evidence(self):
        """Return what hangs on supplier documents besides their files."""
        return self._of_supplier_documents() - self._supplier_files()

    def _of_supplier_documents(self):
        return self.filtered(
            lambda attachment: (
                attachment.sudo().res_model == "supplier.document"
                and attachment.sudo().res_id
            )
        )
