from odoo import fields, models


class SupplierCorrectiveAction(models.Model):
    """Who else could deliver what this supplier delivers."""

    _inherit = "supplier.corrective.action"

    other_source_count = fields.Integer(
        string="Other Approved Sources", compute="_compute_other_source_count"
    )

    def _compute_other_source_count(self):
        for action in self:
            action.other_source_count = len(action._other_sources().partner_id)

    def _other_sources(self):
        """Return the approved sources of the supplier's products, but itself."""
        self.ensure_one()
        return self.env["supplier.source"]._alternatives_to(
            self.partner_id, self.company_id
        )

    def action_open_other_sources(self):
        """Open the other approved sources, by product."""
        sources = self._other_sources()
        return sources._action_list([("id", "in", sources.ids)])
