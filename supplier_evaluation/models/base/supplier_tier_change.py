from odoo import fields, models


class SupplierTierChange(models.Model):
    """Who moved a supplier from which tier to which, and when."""

    _name = "supplier.tier.change"
    _inherit = ["supplier.change.mixin"]
    _description = "Change of a Supplier's Tier"
    _place = "tier"

    tier_from_id = fields.Many2one(
        "supplier.tier",
        string="From",
        readonly=True,
        ondelete="restrict",
        help="Empty: the supplier had none.",
    )
    tier_to_id = fields.Many2one(
        "supplier.tier",
        string="To",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
        help="Empty: the supplier has none any more.",
    )
