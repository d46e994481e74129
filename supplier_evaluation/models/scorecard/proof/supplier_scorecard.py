from odoo import api, fields, models

from ..columns import DIMENSION, EDITIONS, LATEST, LINE

EDITION = EDITIONS[LATEST]


class SupplierScorecard(models.Model):
    """Says of its figures what its evaluation says, and is in the chain of seals."""

    _name = "supplier.scorecard"
    _inherit = ["supplier.scorecard", "supplier.sealed.mixin"]
    _sealed_when = "seal_number"
    _sealed_order = "date_to"
    _sealed_parts = {
        LINE: ("scorecard_id", EDITION.line),
        DIMENSION: ("scorecard_id", EDITION.dimension),
    }

    later_figures = fields.Char(related="evaluation_id.later_figures")

    @api.model
    def _sealed_columns(self):
        """What it says; where it belongs, and its own seal of before the chain."""
        own = {"company_id", "evaluation_id", "partner_id"}
        return sorted(own | {*EDITION.card, "seal", "seal_edition", "seal_number"})
