from odoo import api, fields, models, tools
from odoo.exceptions import ValidationError
from odoo.tools import SQL

# What decides which vendors a group has.
SCOPE = {"active", "company_id", "country_ids", "state_ids"}


class SupplierRegionGroup(models.Model):
    """States and countries that are looked at together, such as East China.

    A vendor is in the group of its state; where no group has the state, in that of its
    country. A group of one company is for the vendors that belong to this company
    only, and goes before the shared ones: what a vendor is in does not depend on who
    looks.
    """

    _name = "supplier.region.group"
    _inherit = ["supplier.setup.mixin", "supplier.shared.mixin"]
    _description = "Supplier Region Group"

    company_id = fields.Many2one(
        "res.company",
        index="btree_not_null",
        help="Empty: for the vendors of all companies. Otherwise for the vendors that "
        "belong to this company only, before the shared groups.",
    )
    country_ids = fields.Many2many(
        "res.country",
        string="Countries",
        copy=False,
        help="Vendors there, unless a group has their state.",
    )
    state_ids = fields.Many2many(
        "res.country.state", string="States", copy=False, help="Vendors there."
    )
    partner_count = fields.Integer(string="Vendors", compute="_compute_partner_count")

    @api.constrains("active", "company_id", "country_ids", "state_ids")
    def _check_overlap(self):
        """No state and no country is in two groups of one company.

        :raises ValidationError: naming the place and the other group
        """
        groups = self.sudo().search([("active", "=", True)])
        taken = {}
        for group in groups:
            for place in (*group.state_ids, *group.country_ids):
                other = taken.setdefault((group.company_id.id, place), group)
                if other != group and (group in self or other in self):
                    raise ValidationError(
                        self.env._(
                            "%(place)s is in the region groups %(one)s and %(other)s: "
                            "take it out of one of them.",
                            place=place.display_name,
                            one=other.name,
                            other=group.name,
                        )
                    )

    def _compute_partner_count(self):
        counts = self.env["res.partner"]._read_group(
            [
                ("supplier_region_group_id", "in", self.ids),
                ("supplier_rank", ">", 0),
                ("parent_id", "=", False),
            ],
            ["supplier_region_group_id"],
            ["__count"],
        )
        count_of = dict(counts)
        for group in self:
            group.partner_count = count_of.get(group, 0)

    # ------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        groups = super().create(vals_list)
        groups._places_changed()
        return groups

    def write(self, vals):
        result = super().write(vals)
        if SCOPE & vals.keys():
            self._places_changed()
        return result

    def unlink(self):
        result = super().unlink()
        self._places_changed()
        return result

    # ------------------------------------------------------------
    # Who is where
    # ------------------------------------------------------------

    @api.model
    @tools.ormcache()
    def _groups_of_places(self):
        """Return ``{(company id, kind, place id): group id}`` of the groups in use.

        The company is False in shared groups; the kind is ``state`` or ``country``.
        """
        found = {}
        for group in self.sudo().search([("active", "=", True)]):
            company = group.company_id.id
            for state in group.state_ids.ids:
                found[company, "state", state] = group.id
            for country in group.country_ids.ids:
                found[company, "country", country] = group.id
        return found

    @api.model
    def _group_of(self, state_id, country_id, company_id):
        """Return the id of the group of a place, or False.

        :param int state_id: or False
        :param int country_id: or False
        :param int company_id: to which the vendor belongs, or False
        """
        groups = self._groups_of_places()
        for company in dict.fromkeys((company_id, False)):
            for kind, place in (("state", state_id), ("country", country_id)):
                if place and (company, kind, place) in groups:
                    return groups[company, kind, place]
        return False

    @api.model
    def _places_changed(self):
        """Find the group of every partner anew, in one statement."""
        self.env.registry.clear_cache()
        partners = self.env["res.partner"]
        self.env.flush_all()
        self.env.execute_query(
            SQL(
                """
                WITH place AS (
                    SELECT g.company_id, s.res_country_state_id AS state_id,
                           NULL::integer AS country_id, g.id
                      FROM supplier_region_group g
                      JOIN res_country_state_supplier_region_group_rel s
                        ON s.supplier_region_group_id = g.id
                     WHERE g.active
                     UNION ALL
                    SELECT g.company_id, NULL, c.res_country_id, g.id
                      FROM supplier_region_group g
                      JOIN res_country_supplier_region_group_rel c
                        ON c.supplier_region_group_id = g.id
                     WHERE g.active
                ), found AS (
                    SELECT p.id,
                           COALESCE(os.id, oc.id, ss.id, sc.id) AS group_id
                      FROM res_partner p
                      LEFT JOIN place os ON os.state_id = p.state_id
                                        AND os.company_id = p.company_id
                      LEFT JOIN place oc ON oc.country_id = p.country_id
                                        AND oc.company_id = p.company_id
                      LEFT JOIN place ss ON ss.state_id = p.state_id
                                        AND ss.company_id IS NULL
                      LEFT JOIN place sc ON sc.country_id = p.country_id
                                        AND sc.company_id IS NULL
                )
                UPDATE res_partner p
                   SET supplier_region_group_id = found.group_id
                  FROM found
                 WHERE found.id = p.id
                   AND p.supplier_region_group_id IS DISTINCT FROM found.group_id
                RETURNING p.id
                """
            )
        )
        partners.invalidate_model(["supplier_region_group_id"])

    def action_open_partners(self):
        """Open the vendors of this group."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "account.res_partner_action_supplier"
        )
        return {
            **action,
            "path": False,
            "domain": [
                ("supplier_region_group_id", "=", self.id),
                ("supplier_rank", ">", 0),
            ],
        }
