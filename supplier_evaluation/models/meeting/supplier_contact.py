from odoo import api, fields, models


class SupplierContact(models.Model):
    _inherit = "supplier.contact"

    meeting_id = fields.Many2one(
        "supplier.meeting",
        string="Logged From",
        readonly=True,
        copy=False,
        ondelete="set null",
        index="btree_not_null",
    )

    @api.model
    def _guarded_fields(self):
        return super()._guarded_fields() | {"meeting_id"}
