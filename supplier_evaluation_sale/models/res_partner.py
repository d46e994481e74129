from odoo import models

from odoo.addons.supplier_evaluation.tools.actions import open_records


class ResPartner(models.Model):
    _inherit = "res.partner"

    def action_open_supplier_customers(self):
        """Open what customers bought of the supplier: for buyers, in sums only."""
        self.ensure_one()
        return open_records(
            self.env,
            "supplier_evaluation_sale.supplier_sale_sum_action",
            [("partner_id", "=", self.commercial_partner_id.id)],
            name=self.env._("Customers Who Depend on %s", self.display_name),
        )
