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
        sources = self.env["supplier.source"]
        company = ("company_id", "=", self.company_id.id)
        own = sources.search([company, ("partner_id", "=", self.partner_id.id)])
        return sources.search(
            [
                company,
                ("product_id", "in", own.product_id.ids),
                ("partner_id", "!=", self.partner_id.id),
                ("is_approved", "=", True),
            ]
        )

    def action_open_other_sources(self):
        """Open the other approved sources, by product."""
        self.ensure_one()
        return {
            **self.env["ir.actions.act_window"]._for_xml_id(
                "supplier_evaluation.supplier_source_action"
            ),
            "path": False,
            "domain": [("id", "in", self._other_sources().ids)],
            "context": {},
        }
