from odoo import api, models

CONTENT = {"raw", "datas", "db_datas", "url", "res_model", "res_id", "res_field"}


class IrAttachment(models.Model):
    """The file of a verified document is not exchanged behind its back."""

    _inherit = "ir.attachment"

    @api.model_create_multi
    def create(self, vals_list):
        attachments = super().create(vals_list)
        attachments._supplier_documents()._verify_again()
        return attachments

    def write(self, vals):
        if not CONTENT & vals.keys():
            return super().write(vals)
        before = self._supplier_documents()
        result = super().write(vals)
        (before | self._supplier_documents())._verify_again()
        return result

    def unlink(self):
        documents = self._supplier_documents()
        result = super().unlink()
        documents.exists()._verify_again()
        return result

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
