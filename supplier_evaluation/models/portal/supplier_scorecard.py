from odoo import fields, models
from odoo.fields import Domain

from ...tools.actions import open_records


class SupplierScorecard(models.Model):
    """From a number to the disputes about it, or because of which it is what it is."""

    _inherit = "supplier.scorecard"

    dispute_count = fields.Integer(string="Disputes", compute="_compute_dispute_count")

    def _compute_dispute_count(self):
        for card in self:
            card.dispute_count = self.env["supplier.dispute"].search_count(
                card._disputes_domain()
            )

    def action_open_disputes(self):
        """Show the disputes of the scorecard, and those that led to it."""
        self.ensure_one()
        return open_records(
            self.env,
            "supplier_evaluation.supplier_dispute_action",
            list(self._disputes_domain()),
        )

    def _disputes_domain(self):
        self.ensure_one()
        return Domain("partner_id", "=", self.partner_id.id) & (
            Domain("evaluation_id", "=", self.evaluation_id.id)
            | Domain("revision_id", "=", self.evaluation_id.id)
        )
