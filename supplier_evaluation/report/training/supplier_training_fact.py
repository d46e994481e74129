from odoo import api, fields, models

from ...tools.optional_numbers import OptionalFloat, OptionalInteger
from .query import TrainingQuery


class SupplierTrainingFact(models.Model):
    """One row per training of a supplier's people, by the training's identifier."""

    _name = "supplier.training.fact"
    _inherit = ["supplier.fact.mixin"]
    _description = "Training Analysis"
    _auto = False
    _fact_query = TrainingQuery
    _depends = {
        "supplier.training": [
            "attended",
            "commercial_partner_id",
            "company_id",
            "completed",
            "date",
            "date_done",
            "hours",
            "invited",
            "state",
            "supplier_exclusion",
            "supplier_exclusion_reason",
            "title",
            "trainees",
            "user_id",
        ],
        "res.partner": ["tz"],
        "res.company": ["partner_id"],
    }

    user_id = fields.Many2one("res.users", string="Owner", readonly=True)
    hours = fields.Float(string="Length in Hours", readonly=True)
    invited = fields.Integer(string="People Invited", readonly=True)
    attended = OptionalInteger(string="People Who Came", readonly=True)
    completed = OptionalInteger(string="People Who Completed It", readonly=True)
    completed_share = OptionalFloat(
        string="Training Completed",
        readonly=True,
        aggregator="avg",
        help="Who completed the training, of those who were invited.",
    )
    completed_weighted = OptionalFloat(
        string="Training Completed, Weighted", readonly=True
    )

    @property
    def _fact_ratios(self):
        return {"completed_share": ("completed_weighted", "weight")}

    @api.model
    def _fact_definition(self):
        return (
            self.env._("Trainings of the supplier's people that were held."),
            self.env._(
                "Trainings of our own people, those that were cancelled, are still "
                "planned or were entered after the cut-off, and those that a manager "
                "left out."
            ),
        )

    def action_leave_out(self):
        """Ask why these trainings shall not count."""
        return self.env["supplier.training"].browse(self.ids).action_leave_out()

    def _records_left_out(self):
        return {"supplier.training": self.ids}
