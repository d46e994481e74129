from datetime import timedelta

from odoo import fields, models

from ...scoring.period import closed_periods
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

    def _proposed_period(self, company):
        """Return the last period that is over and has no evaluation yet.

        Where all of a year have one, it is the last: that one can be revised.
        """
        self.ensure_one()
        today = fields.Date.context_today(self)
        since = today - timedelta(days=366)
        periods = closed_periods(self.period, since, today)
        evaluated = self.env["supplier.evaluation"].search_fetch(
            [
                ("template_id", "=", self.id),
                ("company_id", "=", company.id),
                ("date_to", ">=", since),
            ],
            ["date_from", "date_to"],
        )
        taken = {(one.date_from, one.date_to) for one in evaluated}
        return next((one for one in reversed(periods) if one not in taken), periods[-1])

    def action_open_evaluations(self):
        """Open the template's evaluations."""
        self.ensure_one()
        return open_records(
            self.env,
            "supplier_evaluation.supplier_evaluation_action",
            [("template_id", "=", self.id)],
            {"default_template_id": self.id, **self._default_company("default_")},
        )
