from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain


class SupplierAnnouncement(models.Model):
    """What a company says to its suppliers, or to some tiers of them."""

    _name = "supplier.announcement"
    _inherit = ["supplier.guard.mixin"]
    _description = "Announcement to Suppliers"
    _order = "date_from desc, id desc"

    name = fields.Char(string="Title", required=True)
    body = fields.Html(string="Text", required=True)
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company, index=True
    )
    tier_ids = fields.Many2many(
        "supplier.tier",
        string="Tiers",
        help="Shown to suppliers of one of these tiers; empty: to all.",
    )
    date_from = fields.Date(
        string="Shown From", required=True, default=fields.Date.context_today
    )
    date_to = fields.Date(string="Shown Until", help="Empty: without end.")
    is_published = fields.Boolean(string="Published", readonly=True, copy=False)
    date_mailed = fields.Datetime(
        string="Mail Sent",
        readonly=True,
        copy=False,
        help="Whoever had a portal login then got one mail.",
    )

    _dates_in_order = models.Constraint(
        "CHECK (date_to >= date_from)",
        "An announcement cannot end before it begins: check its two dates.",
    )

    @api.model
    def _guarded_fields(self):
        return super()._guarded_fields() | {"is_published", "date_mailed"}

    # ------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------

    def action_publish(self):
        """Show the announcements in the portal, and send one mail of each, once.

        :raises UserError: one is over already
        """
        self.check_access("write")
        now = fields.Datetime.now()
        for announcement in self:
            if (
                announcement.date_to
                and announcement.date_to < announcement.company_id._supplier_day(now)
            ):
                raise UserError(
                    self.env._(
                        "“%s” is over already: set a later last day.", announcement.name
                    )
                )
        new = self.filtered(lambda announcement: not announcement.date_mailed)
        self._write_guarded({"is_published": True})
        portal = self.env["supplier.portal"]
        for announcement in new:
            portal._write_to(
                [(announcement.sudo(), user) for user in announcement._readers()],
                "announced",
            )
        new._write_guarded({"date_mailed": now})

    def action_withdraw(self):
        """Take the announcements from the portal."""
        self._write_guarded({"is_published": False})

    # ------------------------------------------------------------
    # Business
    # ------------------------------------------------------------

    @api.model
    def _shown_domain(self, company, day):
        """Return the domain of what a company announces on a day."""
        return (
            Domain("is_published", "=", True)
            & Domain("company_id", "=", company.id)
            & Domain("date_from", "<=", day)
            & (Domain("date_to", "=", False) | Domain("date_to", ">=", day))
        )

    def _concerns(self, supplier, company):
        """Whether the announcement is for a supplier, by its tier in a company."""
        self.ensure_one()
        tier = supplier.with_company(company).supplier_tier_id
        return not self.tier_ids or tier in self.tier_ids

    def _readers(self):
        """Return whoever can log in for a supplier that it is for."""
        self.ensure_one()
        vendors = self.env["res.partner"].sudo().with_company(self.company_id)
        concerned = Domain("user_ids.share", "=", True) | Domain(
            "child_ids.user_ids.share", "=", True
        )
        if self.tier_ids:
            concerned &= Domain("supplier_tier_id", "in", self.tier_ids.ids)
        else:
            concerned &= Domain("supplier_rank", ">", 0) | Domain(
                "supplier_tier_id", "!=", False
            )
        suppliers = vendors.search(concerned)
        people = self.env["supplier.portal"]._people(suppliers, self.company_id)
        return self.env["res.users"].sudo().union(*people.values())
