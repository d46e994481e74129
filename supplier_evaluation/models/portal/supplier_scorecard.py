from collections import Counter

from odoo import fields, models
from odoo.fields import Domain

from ...tools.actions import open_records


class SupplierScorecard(models.Model):
    """From a number to the disputes about it, or because of which it is what it is."""

    _inherit = "supplier.scorecard"

    dispute_count = fields.Integer(string="Disputes", compute="_compute_dispute_count")

    def _compute_dispute_count(self):
        disputes = self.env["supplier.dispute"].search(self._disputes_domain())
        counts = Counter(
            (dispute.partner_id, run)
            for dispute in disputes
            for run in dispute.evaluation_id | dispute.revision_id
        )
        for card in self:
            card.dispute_count = counts[card.partner_id, card.evaluation_id]

    def action_open_disputes(self):
        """Show the disputes of the scorecard, and those that led to it."""
        self.ensure_one()
        return open_records(
            self.env,
            "supplier_evaluation.supplier_dispute_action",
            list(self._disputes_domain()),
        )

    def _disputes_domain(self):
        """Return the domain of their disputes; of several cards, of others as well."""
        return Domain("partner_id", "in", self.partner_id.ids) & (
            Domain("evaluation_id", "in", self.evaluation_id.ids)
            | Domain("revision_id", "in", self.evaluation_id.ids)
        )
