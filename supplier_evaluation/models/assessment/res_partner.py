from odoo import fields, models

from ...tools.counts import count_by
from ...tools.groups import USER_GROUP


class ResPartner(models.Model):
    _inherit = "res.partner"

    supplier_customer_review_count = fields.Integer(
        compute="_compute_supplier_customer_review_count", groups=USER_GROUP
    )

    def _compute_supplier_customer_review_count(self):
        counts = count_by(
            self.env["supplier.customer.review"],
            "commercial_partner_id",
            self.commercial_partner_id,
        )
        for partner in self:
            supplier = partner.commercial_partner_id
            partner.supplier_customer_review_count = counts.get(supplier, 0)

    def action_open_supplier_customer_reviews(self):
        """Open what customers said about the vendor, or about its company."""
        self.ensure_one()
        supplier = self.commercial_partner_id
        return self.env["supplier.customer.review"]._action_list(
            [("commercial_partner_id", "=", supplier.id)],
            default_partner_id=supplier.id,
        )

    def action_ask_customers(self):
        """Ask people outside what they think of the vendor."""
        self.ensure_one()
        supplier = self.commercial_partner_id
        return (
            self.env["supplier.customer.review"]
            .with_context(default_partner_id=supplier.id)
            .action_ask_customers()
        )
