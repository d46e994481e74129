from odoo import fields, models


class SupplierScorecardTemplate(models.Model):
    """Who publishes what somebody changed by hand."""

    _inherit = "supplier.scorecard.template"

    four_eyes = fields.Selection(
        [
            ("changed", "What was changed by hand is published by somebody else"),
            ("all", "Every evaluation is published by somebody else"),
            ("none", "Anybody publishes"),
        ],
        required=True,
        default="changed",
        tracking=True,
        help="Nobody publishes alone a score that they overrode, or an evaluation from "
        "which they left records out; of every evaluation, nor one that they computed.",
    )

    def _snapshot(self, grades):
        return {**super()._snapshot(grades), "four_eyes": self.four_eyes}
