from odoo import fields, models
from odoo.fields import Domain


class SupplierAlertRule(models.Model):
    """Of whom: which suppliers a rule watches."""

    _inherit = "supplier.alert.rule"

    partner_domain = fields.Char(
        string="Suppliers", help="Empty: of whoever is watched."
    )
    tier_ids = fields.Many2many("supplier.tier", string="Tiers")
    stage_ids = fields.Many2many("supplier.stage", string="Stages")
    category_ids = fields.Many2many("res.partner.category", string="Tags")
    buyer_ids = fields.Many2many(
        "res.users",
        "supplier_alert_rule_buyer_rel",
        string="Buyers",
        domain=[("share", "=", False)],
    )
    country_group_ids = fields.Many2many("res.country.group", string="Regions")
    region_group_ids = fields.Many2many("supplier.region.group", string="Region Groups")

    def _scoped(self, seen):
        """Leave out what was seen of suppliers that the rule does not watch.

        One question for each company, however many suppliers; none where the rule
        watches all of them.
        """
        self.ensure_one()
        domain = self._scope_domain()
        if domain.is_true() or not seen:
            return seen
        companies = self.env["res.company"].browse({each.company_id for each in seen})
        watched = {
            company.id: set(
                self.env["res.partner"]
                .with_context(active_test=False, allowed_company_ids=company.ids)
                .search(
                    domain
                    & Domain(
                        "id",
                        "in",
                        [
                            one.partner_id
                            for one in seen
                            if one.company_id == company.id
                        ],
                    )
                )
                .ids
            )
            for company in companies
        }
        # What is about no supplier is watched by what it is about.
        return [
            each
            for each in seen
            if not each.partner_id or each.partner_id in watched[each.company_id]
        ]

    def _scope_domain(self):
        """Return the domain of the suppliers, as read in one company."""
        self.ensure_one()
        domain = self._partner_domain()
        if self.tier_ids:
            domain &= Domain("supplier_tier_id", "in", self.tier_ids.ids)
        if self.stage_ids:
            domain &= Domain("supplier_stage_id", "in", self.stage_ids.ids)
        if self.category_ids:
            domain &= Domain("category_id", "child_of", self.category_ids.ids)
        if self.buyer_ids:
            domain &= Domain("buyer_id", "in", self.buyer_ids.ids)
        if self.country_group_ids:
            countries = self.country_group_ids.country_ids
            domain &= Domain("country_id", "in", countries.ids)
        if self.region_group_ids:
            groups = self.region_group_ids.ids
            domain &= Domain("supplier_region_group_id", "in", groups)
        return domain
