from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain
from odoo.tools import SQL

from ...tools.actions import open_records
from ...tools.groups import USER_GROUP
from ...tools.optional_numbers import OptionalFloat


class ResPartner(models.Model):
    """How much of what is asked for is known of the vendor, in the present company."""

    _inherit = "res.partner"

    supplier_profile_score = OptionalFloat(
        string="Complete (%)",
        digits=(5, 1),
        compute="_compute_supplier_profile",
        search="_search_supplier_profile_score",
        compute_sudo=True,
        groups=USER_GROUP,
        help="Share of what the rules ask of this vendor, by their weights.",
    )
    supplier_profile_missing = fields.Char(
        string="Missing Data",
        compute="_compute_supplier_profile",
        compute_sudo=True,
        groups=USER_GROUP,
    )
    supplier_checked_date = fields.Datetime(
        string="Checked On",
        compute="_compute_supplier_profile",
        search="_search_supplier_checked_date",
        compute_sudo=True,
        groups=USER_GROUP,
        help="When somebody last confirmed that the data of this vendor are right.",
    )
    supplier_checked_uid = fields.Many2one(
        "res.users",
        string="Checked By",
        compute="_compute_supplier_profile",
        compute_sudo=True,
        groups=USER_GROUP,
    )

    @api.depends_context("company", "lang")
    def _compute_supplier_profile(self):
        """Look at all vendors at once; a contact has what its company has."""
        profiles = self.env["supplier.profile"].search_fetch(
            [
                ("partner_id", "in", self.commercial_partner_id.ids),
                ("company_id", "=", self.env.company.id),
            ],
            ["partner_id", "score", "missing_rules", "checked_date", "checked_uid"],
        )
        profile_of = {profile.partner_id: profile for profile in profiles}
        for partner in self:
            profile = profile_of.get(
                partner.commercial_partner_id._origin, profiles.browse()
            )
            partner.supplier_profile_score = profile.score if profile else False
            partner.supplier_profile_missing = profile.missing
            partner.supplier_checked_date = profile.checked_date
            partner.supplier_checked_uid = profile.checked_uid

    def _search_supplier_profile_score(self, operator, value):
        if operator not in ("<", "<=", ">", ">=", "in"):
            return NotImplemented
        return self._domain_of_profiles(Domain("score", operator, value))

    def _search_supplier_checked_date(self, operator, value):
        if operator not in ("<", "<=", ">", ">=", "in"):
            return NotImplemented
        return self._domain_of_profiles(Domain("checked_date", operator, value))

    @api.model
    def _domain_of_profiles(self, domain):
        """Return the domain of the vendors whose profile here fits a domain."""
        profiles = self.env["supplier.profile"].sudo()
        query = profiles._search(
            Domain("company_id", "=", self.env.company.id) & domain
        )
        column = SQL.identifier(profiles._table, "partner_id")
        found = self.env.execute_query(query.select(column))
        return Domain("id", "in", [partner_id for (partner_id,) in found])

    def action_check_supplier_profile(self):
        """Note that the user confirms the data of these vendors today.

        :raises AccessError: the user does not evaluate suppliers
        :raises UserError: none of these is a vendor
        """
        if not self.env.su and not self.env.user.has_group(USER_GROUP):
            raise AccessError(
                self.env._("Only users of supplier evaluation confirm master data.")
            )
        self.check_access("read")
        vendors = self.commercial_partner_id
        vendors.check_access("read")
        vendors = vendors.filtered("supplier_rank")
        if not vendors:
            raise UserError(
                self.env._("None of these is a vendor, so there is nothing to confirm.")
            )
        checks = self.env["supplier.profile.check"].sudo()._unguarded()
        checks.create(
            [
                {
                    "partner_id": vendor.id,
                    "company_id": self.env.company.id,
                    "user_id": self.env.uid,
                    "date": fields.Datetime.now(),
                }
                for vendor in vendors
            ]
        )
        self.invalidate_recordset(
            ["supplier_checked_date", "supplier_checked_uid"], flush=False
        )

    def action_open_supplier_profile(self):
        """Open what is known of the vendor in each company."""
        self.ensure_one()
        return open_records(
            self.env,
            "supplier_evaluation.supplier_profile_action",
            [("partner_id", "=", self.commercial_partner_id.id)],
        )

    def action_open_supplier_profile_checks(self):
        """Open who confirmed the data of the vendor, and when."""
        self.ensure_one()
        return open_records(
            self.env,
            "supplier_evaluation.supplier_profile_check_action",
            [("partner_id", "=", self.commercial_partner_id.id)],
        )
