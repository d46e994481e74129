from odoo import api, fields, models
from odoo.exceptions import AccessError


class SupplierContract(models.Model):
    """The files of a contract: they stay as they are once it is submitted."""

    _inherit = "supplier.contract"

    file_ids = fields.Many2many(
        "ir.attachment",
        "supplier_contract_file_rel",
        "contract_id",
        "attachment_id",
        string="Files",
        copy=False,
        bypass_search_access=True,
        help="The signed paper and its annexes. The supplier sees them in the portal "
        "once the contract is shared; what is attached to messages is for us only.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        contracts = super().create(vals_list)
        contracts._take_files()
        return contracts

    def write(self, vals):
        result = super().write(vals)
        if "file_ids" in vals:
            self._take_files()
        return result

    def _take_files(self):
        """Hang the files on their contract, and take none that are of others.

        A supplier may see them: nobody shows a file by this that belongs elsewhere.

        :raises AccessError: naming the file
        """
        for contract in self:
            for file in contract.sudo().file_ids:
                place = (file.res_model, file.res_id)
                if place == (self._name, contract.id) and not file.res_field:
                    continue
                if file.res_id or file.res_field or file.create_uid != self.env.user:
                    raise AccessError(
                        self.env._(
                            "%(file)s belongs to another record: attach the file "
                            "itself.",
                            file=file.name,
                        )
                    )
                file._check_supplier_content()
                file.write({"res_model": self._name, "res_id": contract.id})

    def _check_file_open(self):
        self._check_open()
        return super()._check_file_open()

    def _evidence_changed(self, files):
        """Who exchanged a paper of the contract does not approve it."""
        result = super()._evidence_changed(files)
        self.filtered(lambda one: one.sudo().file_ids & files)._content_changed()
        return result
