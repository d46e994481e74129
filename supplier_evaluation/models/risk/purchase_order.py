from odoo import api, fields, models

from ...tools.groups import USER_GROUP
from ...tools.wording import label_of
from .kinds import SERIOUS


class PurchaseOrder(models.Model):
    """Who orders from a risky vendor is told, and may go on."""

    _inherit = "purchase.order"

    supplier_risk_warning = fields.Text(
        compute="_compute_supplier_risk_warning", groups=USER_GROUP
    )

    @api.depends("partner_id", "company_id", "state")
    @api.depends_context("lang")
    def _compute_supplier_risk_warning(self):
        self.supplier_risk_warning = False
        asked = self.filtered(lambda one: one.state in ("draft", "sent", "to approve"))
        for company, orders in asked.grouped("company_id").items():
            vendors = orders.partner_id.commercial_partner_id.with_company(company)
            risky = vendors.filtered(lambda one: one.supplier_risk_level in SERIOUS)
            reasons = risky._supplier_risk_reasons() if risky else {}
            for order in orders:
                vendor = order.partner_id.commercial_partner_id.with_company(company)
                if vendor in risky:
                    order.supplier_risk_warning = "\n".join(
                        [
                            self.env._(
                                "Risk of %(supplier)s: %(level)s.",
                                supplier=vendor.display_name,
                                level=label_of(vendor, "supplier_risk_level"),
                            ),
                            *reasons.get(vendor.id, []),
                        ]
                    )
