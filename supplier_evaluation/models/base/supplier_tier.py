from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain


class SupplierTier(models.Model):
    """How much a supplier matters to us, whatever its score."""

    _name = "supplier.tier"
    _inherit = ["supplier.shared.mixin"]
    _description = "Supplier Tier"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    color = fields.Integer()
    description = fields.Text(translate=True)
    active = fields.Boolean(default=True)

    _name_unique = models.UniqueIndex(
        "(name) WHERE active", "A tier of this name exists already."
    )

    # Any client can say that the add-on is being uninstalled.
    @api.ondelete(at_uninstall=True)
    def _unlink_except_used(self):
        """Nobody is moved out of a tier without a word."""
        changes = self.env["supplier.tier.change"].sudo()
        used = changes.search(
            Domain("tier_to_id", "in", self.ids)
            | Domain("tier_from_id", "in", self.ids),
            limit=1,
        )
        if used:
            raise UserError(
                self.env._(
                    "Suppliers are or were in the tier %(tier)s: their history names "
                    "it. Archive the tier instead.",
                    tier=((used.tier_to_id | used.tier_from_id) & self)[0].name,
                )
            )
