from odoo import api, fields, models
from odoo.tools import SQL

from ...tools.optional_numbers import OptionalFloat
from ...tools.wording import listed
from .query import ProfileQuery


class SupplierProfile(models.Model):
    """How complete the master data of each vendor are, in each company."""

    _name = "supplier.profile"
    _inherit = ["supplier.optional.numbers.mixin"]
    _description = "Master Data of a Supplier"
    _order = "score, missing_count desc, partner_id, id"
    _rec_name = "partner_id"
    _auto = False

    partner_id = fields.Many2one("res.partner", string="Supplier", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    tier_id = fields.Many2one("supplier.tier", readonly=True)
    stage_id = fields.Many2one("supplier.stage", readonly=True)
    region_group_id = fields.Many2one("supplier.region.group", readonly=True)
    buyer_id = fields.Many2one("res.users", readonly=True)
    score = OptionalFloat(
        string="Complete (%)",
        digits=(5, 1),
        readonly=True,
        aggregator="avg",
        help="Share of what the rules ask of this vendor, by their weights. Empty: "
        "they ask nothing.",
    )
    missing_rules = fields.Char(readonly=True)
    missing = fields.Char(
        string="Missing Data",
        compute="_compute_missing",
        help="What the rules ask for and is not there, in their order.",
    )
    missing_count = fields.Integer(string="Number Missing", readonly=True)
    lacks_document = fields.Boolean(string="Document Missing", readonly=True)
    has_registry = fields.Boolean(string="Has a Registry Number", readonly=True)
    is_registry_wrong = fields.Boolean(string="Wrong Check Digit", readonly=True)
    checked_date = fields.Datetime(string="Checked On", readonly=True)
    checked_uid = fields.Many2one("res.users", string="Checked By", readonly=True)
    is_unchecked = fields.Boolean(
        string="Not Checked Lately",
        readonly=True,
        help="Nobody confirmed the data for as many months as the settings say.",
    )

    @property
    def _table_query(self) -> SQL:
        return ProfileQuery(self).sql()

    @api.depends("missing_rules")
    @api.depends_context("lang")
    def _compute_missing(self):
        """Name what is missing, with the names of the rules."""
        ids = {
            profile: [
                int(one) for one in (profile.missing_rules or "").split(",") if one
            ]
            for profile in self
        }
        rules = self.env["supplier.profile.rule"].sudo()
        rules = rules.browse({one for some in ids.values() for one in some})
        names = {rule.id: rule.name for rule in rules}
        for profile, some in ids.items():
            profile.missing = listed(self.env, (names[one] for one in some)) or False

    def action_check(self):
        """Note that the user confirms the data of these vendors today."""
        for company, profiles in self.grouped("company_id").items():
            profiles.partner_id.with_company(company).action_check_supplier_profile()
        self.invalidate_model()

    def action_open_partner(self):
        """Open the vendor."""
        self.ensure_one()
        return self.partner_id.get_formview_action()
