from odoo import api, fields, models


class SupplierCorrectiveAction(models.Model):
    _inherit = "supplier.corrective.action"

    alert_id = fields.Many2one(
        "supplier.alert",
        readonly=True,
        copy=False,
        ondelete="set null",
        index="btree_not_null",
    )

    @api.model
    def _guarded_fields(self):
        return super()._guarded_fields() | {"alert_id"}
