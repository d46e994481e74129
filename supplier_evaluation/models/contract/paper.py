from odoo import api, fields, models


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
        contracts._take_files("file_ids")
        return contracts

    def write(self, vals):
        result = super().write(vals)
        if "file_ids" in vals:
            self._take_files("file_ids")
        return result

    def _check_file_open(self):
        self._check_open()
        return super()._check_file_open()

    def _evidence_changed(self, files):
        """Who exchanged a paper of the contract does not approve it."""
        result = super()._evidence_changed(files)
        self.filtered(lambda one: one.sudo().file_ids & files)._content_changed()
        return result
