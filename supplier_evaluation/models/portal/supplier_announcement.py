from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ...tools.scheduled import Work, run_scheduled


class SupplierAnnouncement(models.Model):
    """What a company says to its suppliers, or to some tiers of them."""

    _name = "supplier.announcement"
    _inherit = ["supplier.guard.mixin", "supplier.archive.mixin"]
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
        string="Shown From",
        required=True,
        default=fields.Date.context_today,
        help="Suppliers see it from this day on, and get the mail then.",
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

        What is shown later is mailed later, when its first day comes.

        :raises UserError: one is over already
        """
        self.check_access("write")
        for announcement in self:
            if announcement.date_to and announcement.date_to < announcement._today():
                raise UserError(
                    self.env._(
                        "“%s” is over already: set a later last day.", announcement.name
                    )
                )
        self._write_guarded({"is_published": True})
        self._mail_once()

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

    def _today(self):
        self.ensure_one()
        return self.company_id._supplier_day(fields.Datetime.now())

    def _concerns(self, supplier, company):
        """Whether the announcement is for a supplier, by its tier in a company.

        Without tiers it is for every supplier, and for no one else who can log in.
        """
        self.ensure_one()
        if not self.env["supplier.portal"]._supplies(supplier, company):
            return False
        tier = supplier.with_company(company).supplier_tier_id
        return not self.tier_ids or tier in self.tier_ids

    def _readers(self):
        """Return whoever can log in for a supplier that it is for.

        :rtype: res.users
        """
        self.ensure_one()
        logins = self.env["supplier.portal"]._logins(
            Domain("company_ids", "in", self.company_id.ids)
        )
        # All at once: what is asked of one is read for the others, too.
        suppliers = self.env["res.partner"].sudo().union(*logins)
        concerned = suppliers.filtered(
            lambda supplier: self._concerns(supplier, self.company_id)
        )
        return self.env["res.users"].sudo().union(*(logins[one] for one in concerned))

    # ------------------------------------------------------------
    # Mails
    # ------------------------------------------------------------

    @api.model
    def _cron_mail(self):
        """Write to the suppliers of what is shown from today on.

        :raises Exception: the error of one that failed, when the others are done
        """
        waiting = self.search(
            [("is_published", "=", True), ("date_mailed", "=", False)]
        )
        run_scheduled(
            self.env,
            Work(
                "Announcements to suppliers",
                waiting.filtered(lambda one: one._is_to_mail()),
                lambda announcements: announcements._mail_once(),
            ),
        )

    def _mail_once(self):
        """Put the mails into the queue of what is shown now, and was not mailed."""
        portal = self.env["supplier.portal"]
        for announcement in self.filtered(lambda one: one._is_to_mail()):
            portal._write_to(
                [(announcement.sudo(), user) for user in announcement._readers()],
                "announced",
            )
            announcement._write_guarded({"date_mailed": fields.Datetime.now()})

    def _is_to_mail(self):
        self.ensure_one()
        today = self._today()
        return (
            self.is_published
            and not self.date_mailed
            and self.date_from <= today
            and (not self.date_to or self.date_to >= today)
        )
