from odoo import models

# What an attachment is, by which it is found again.
IDENTITY = {
    "name",
    "raw",
    "datas",
    "db_datas",
    "url",
    "res_model",
    "res_id",
    "res_field",
}


class IrAttachment(models.Model):
    """What hangs on a verified document is evidence with it: it stays.

    More may be attached, by a mail for example. The file of the document itself has
    rules of its own.
    """

    _inherit = "ir.attachment"

    def write(self, vals):
        if IDENTITY & vals.keys():
            self._check_no_supplier_evidence()
        return super().write(vals)

    def unlink(self):
        self._check_no_supplier_evidence()
        return super().unlink()

    def _check_no_supplier_evidence(self):
        """Refuse it for what hangs on documents that were verified.

        :raises UserError: naming the document
        """
        documents = self.env["supplier.document"].sudo()
        documents.browse(
            attachment.res_id
            for attachment in self.sudo()
            if attachment.res_model == documents._name
            and attachment.res_field != "file"
            and attachment.res_id
        ).exists()._check_not_frozen()
