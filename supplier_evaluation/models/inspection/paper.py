from odoo import api, fields, models


class SupplierInspection(models.Model):
    """The report and the photos of an inspection: they stay once it is done."""

    _inherit = "supplier.inspection"

    file_ids = fields.Many2many(
        "ir.attachment",
        "supplier_inspection_file_rel",
        "inspection_id",
        "attachment_id",
        string="Report and Photos",
        copy=False,
        bypass_search_access=True,
    )

    @api.model_create_multi
    def create(self, vals_list):
        inspections = super().create(vals_list)
        inspections._take_files("file_ids")
        return inspections

    def write(self, vals):
        result = super().write(vals)
        if "file_ids" in vals:
            self._take_files("file_ids")
        return result

    def _check_file_open(self):
        self._check_open()
        return super()._check_file_open()
