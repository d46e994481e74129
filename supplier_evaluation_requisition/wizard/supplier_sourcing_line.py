from odoo import api, fields, models


class SupplierSourcingLine(models.TransientModel):
    """So much of a product is needed."""

    _name = "supplier.sourcing.line"
    _description = "Part of a Need"
    _rec_name = "product_id"

    sourcing_id = fields.Many2one(
        "supplier.sourcing", required=True, ondelete="cascade"
    )
    product_id = fields.Many2one(
        "product.product", required=True, domain=[("purchase_ok", "=", True)]
    )
    quantity = fields.Float(digits="Product Unit", required=True, default=1)
    uom_id = fields.Many2one(
        "uom.uom",
        string="Unit",
        compute="_compute_uom_id",
        store=True,
        readonly=False,
        precompute=True,
    )

    _quantity_positive = models.Constraint(
        "CHECK (quantity > 0)", "Enter how much is needed, above 0."
    )

    @api.depends("product_id")
    def _compute_uom_id(self):
        for line in self:
            line.uom_id = line.uom_id or line.product_id.uom_id
