from odoo import api, fields, models

from ...tools.counts import count_by
from ...tools.groups import USER_GROUP


class ResPartner(models.Model):
    """What a vendor's grade has earned it, in the company."""

    _inherit = "res.partner"

    supplier_preferred = fields.Boolean(
        string="Preferred",
        company_dependent=True,
        readonly=True,
        groups=USER_GROUP,
        help="Comes first where vendors are compared: its grade has earned it.",
    )
    supplier_incentive_count = fields.Integer(
        string="Rewards in Force",
        compute="_compute_supplier_incentive_count",
        groups=USER_GROUP,
    )

    @api.model
    def _guarded_fields(self):
        return super()._guarded_fields() | {"supplier_preferred"}

    def _compute_supplier_incentive_count(self):
        counts = count_by(
            self.env["supplier.incentive"],
            "partner_id",
            self.commercial_partner_id,
            [("company_id", "=", self.env.company.id), ("state", "=", "applied")],
        )
        for partner in self:
            partner.supplier_incentive_count = counts.get(
                partner.commercial_partner_id, 0
            )

    def _supplier_choices(self, category=None):
        """Say which vendors are preferred, too: ``preferred``."""
        choices = super()._supplier_choices(category)
        for partner in self:
            vendor = partner.commercial_partner_id
            choices[partner.id]["preferred"] = vendor.supplier_preferred
        return choices

    def action_open_supplier_incentives(self):
        """Open what is in force for the vendor, and what was."""
        self.ensure_one()
        return self.env["supplier.incentive"]._action_list(
            [("partner_id", "=", self.commercial_partner_id.id)],
            search_default_applied=1,
        )
