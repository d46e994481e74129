from odoo import fields, models

from ...tools.actions import open_records
from ...tools.counts import count_by


class SupplierScorecardTemplate(models.Model):
    """What was evaluated with a template."""

    _inherit = "supplier.scorecard.template"

    evaluation_count = fields.Integer(compute="_compute_evaluation_count")

    def _compute_evaluation_count(self):
        counts = count_by(self.env["supplier.evaluation"], "template_id", self)
        for template in self:
            template.evaluation_count = counts.get(template, 0)

    def action_open_evaluations(self):
        """Open the template's evaluations."""
        self.ensure_one()
        return open_records(
            self.env,
            "supplier_evaluation.supplier_evaluation_action",
            [("template_id", "=", self.id)],
            {"default_template_id": self.id, **self._default_company("default_")},
        )
