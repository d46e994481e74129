from odoo import fields, models


class SupplierEvaluatedMixin(models.AbstractModel):
    """What stands for one supplier in one evaluation, and goes with it."""

    _name = "supplier.evaluated.mixin"
    _description = "Supplier in an Evaluation"

    evaluation_id = fields.Many2one(
        "supplier.evaluation",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(related="evaluation_id.company_id", store=True)
    partner_id = fields.Many2one(
        "res.partner",
        string="Supplier",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
