from odoo import fields, models


class SupplierTier(models.Model):
    """How much a supplier matters to us, whatever its score."""

    _name = "supplier.tier"
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
