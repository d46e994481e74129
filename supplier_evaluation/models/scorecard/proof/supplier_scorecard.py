from odoo import fields, models


class SupplierScorecard(models.Model):
    """Says of its figures what its evaluation says."""

    _inherit = "supplier.scorecard"

    later_figures = fields.Char(related="evaluation_id.later_figures")
