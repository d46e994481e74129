from odoo import api, fields, models

from ...tools.counts import count_by
from ...tools.groups import USER_GROUP


class ResPartner(models.Model):
    _inherit = "res.partner"

    supplier_contact_count = fields.Integer(
        compute="_compute_supplier_contact_count", groups=USER_GROUP
    )
    supplier_last_contact = fields.Datetime(
        string="Last Contact",
        compute="_compute_supplier_last_contact",
        groups=USER_GROUP,
        help="Logged call, visit, meeting or mail.",
    )
    supplier_next_contact = fields.Date(
        string="Next Contact Due",
        compute="_compute_supplier_last_contact",
        groups=USER_GROUP,
        help="By the contact plan of its tier; today, when there was never one.",
    )

    def _compute_supplier_contact_count(self):
        counts = count_by(
            self.env["supplier.contact"],
            "commercial_partner_id",
            self.commercial_partner_id,
        )
        for partner in self:
            partner.supplier_contact_count = counts.get(
                partner.commercial_partner_id, 0
            )

    @api.depends("supplier_tier_id", "commercial_partner_id")
    @api.depends_context("company")
    def _compute_supplier_last_contact(self):
        contacts, company = self.env["supplier.contact"], self.env.company
        found = contacts._last_contacts(self.commercial_partner_id._origin, company)
        for partner in self:
            supplier = partner.commercial_partner_id
            last, met = found.get(supplier._origin, (False, False))
            partner.supplier_last_contact = last
            day, _is_met = contacts._next_contact(
                supplier.supplier_tier_id, last, met, company
            )
            partner.supplier_next_contact = day

    def action_open_supplier_contacts(self):
        """Open the contacts with the vendor, or with its company."""
        self.ensure_one()
        supplier = self.commercial_partner_id
        return self.env["supplier.contact"]._action_list(
            [("commercial_partner_id", "=", supplier.id)],
            default_partner_id=supplier.id,
        )
