from odoo import api, fields, models

from ...tools.actions import open_records
from ...tools.groups import OWN_PREFETCH, USER_GROUP


class ResPartner(models.Model):
    _name = "res.partner"
    _inherit = ["res.partner", "supplier.guard.mixin"]

    supplier_tier_id = fields.Many2one(
        "supplier.tier",
        company_dependent=True,
        ondelete="restrict",
        groups=USER_GROUP,
    )
    supplier_region_group_id = fields.Many2one(
        "supplier.region.group",
        string="Region Group",
        compute="_compute_supplier_region_group_id",
        store=True,
        index="btree_not_null",
        ondelete="set null",
        groups=USER_GROUP,
        prefetch=OWN_PREFETCH,
        help="The group that has the state of the vendor, or else its country.",
    )

    @api.depends("state_id", "country_id", "company_id")
    def _compute_supplier_region_group_id(self):
        groups = self.env["supplier.region.group"]
        for partner in self:
            partner.supplier_region_group_id = groups._group_of(
                partner.state_id.id, partner.country_id.id, partner.company_id.id
            )

    # ------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        partners = super().create(vals_list)
        # A default of the context is written, too.
        names = {*self.env.context, *(name for vals in vals_list for name in vals)}
        if names & {"supplier_tier_id", "default_supplier_tier_id"}:
            partners._log_supplier_tiers(dict.fromkeys(partners, False))
        return partners

    def write(self, vals):
        if "supplier_tier_id" not in vals:
            return super().write(vals)
        before = {partner: partner.supplier_tier_id for partner in self.sudo()}
        result = super().write(vals)
        self._log_supplier_tiers(before)
        return result

    # ------------------------------------------------------------
    # Tiers
    # ------------------------------------------------------------

    def _log_supplier_tiers(self, before):
        """Tell who changed tiers, in the register.

        Each company has tiers of its own, so this is about the present one. It is not
        told in the chatter of the vendor, which all companies and all employees read.

        :param dict before: for each vendor its tier until now
        """
        company = self.env.company
        tiers = self.env["supplier.tier"].sudo()
        changes = [
            (partner, before[partner] or tiers, partner.supplier_tier_id)
            for partner in self.sudo()
            if partner.supplier_tier_id != (before[partner] or tiers)
        ]
        if not changes:
            return
        self.env["supplier.tier.change"]._append(
            [
                {
                    "partner_id": partner.id,
                    "company_id": company.id,
                    "tier_from_id": old.id,
                    "tier_to_id": new.id,
                    "reason": self._supplier_tier_reason(),
                }
                for partner, old, new in changes
            ]
        )

    def _supplier_tier_reason(self):
        """Return why tiers are changed now, if somebody says it; to be extended."""
        return False

    def action_open_supplier_tier_changes(self):
        """Open the register of the vendor's tiers."""
        self.ensure_one()
        return open_records(
            self.env,
            "supplier_evaluation.supplier_tier_change_action",
            [("partner_id", "=", self.id)],
        )
