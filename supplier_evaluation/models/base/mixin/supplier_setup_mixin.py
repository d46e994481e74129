from odoo import fields, models


class SupplierSetupMixin(models.AbstractModel):
    """What is set up once and then chosen: it has a name, a place and an archive."""

    _name = "supplier.setup.mixin"
    _description = "Supplier Setup"
    _order = "sequence, name, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)

    def copy_data(self, default=None):
        """Tell a copy from its origin by its name."""
        vals_list = super().copy_data(default)
        if "name" not in (default or {}):
            for record, vals in zip(self, vals_list, strict=True):
                vals["name"] = self.env._("%s (copy)", record.name)
        return vals_list
