from odoo import fields, models


class SupplierIncident(models.Model):
    _inherit = "supplier.incident"

    inspection_id = fields.Many2one(
        "supplier.inspection",
        check_company=True,
        ondelete="set null",
        index="btree_not_null",
        help="By which it was found. Where the incident turns out not to be the "
        "supplier's responsibility, the inspection does not count either.",
    )
