import pytz

from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

from odoo.addons.base.models.res_partner import _tz_get

from ...tools.groups import MANAGER_GROUP, USER_GROUP, holders_of

# Countries of several zones whose list begins with a small one: where most people live.
MAIN_ZONES = {
    "AU": "Australia/Sydney",
    "BR": "America/Sao_Paulo",
    "CA": "America/Toronto",
    "RU": "Europe/Moscow",
    "UA": "Europe/Kyiv",
    "UZ": "Asia/Tashkent",
}


class ResCompany(models.Model):
    """In which time zone a company takes days, what it asks, who sees its suppliers."""

    _inherit = "res.company"

    supplier_tz = fields.Selection(
        _tz_get,
        string="Time Zone of the Company",
        compute="_compute_supplier_tz",
        inverse="_inverse_supplier_tz",
        compute_sudo=True,
        groups=MANAGER_GROUP,
        help="Whether goods came in time, and in which month, is decided by the days "
        "of this time zone. Without one they are those of UTC.",
    )
    supplier_tz_proposal = fields.Char(
        compute="_compute_supplier_tz",
        compute_sudo=True,
        groups=MANAGER_GROUP,
        help="Where most people of the company's country live.",
    )

    supplier_evidence_required = fields.Boolean(
        string="Changes by Hand Need Evidence",
        groups=MANAGER_GROUP,
        help="Nobody overrides a score or leaves a record out without a file that "
        "shows why.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        """A branch takes days where its company does, not where its maker sits."""
        # Odoo puts the partner that it makes into the values.
        is_made = [not vals.get("partner_id") for vals in vals_list]
        companies = super().create(vals_list)
        for company, made in zip(companies, is_made, strict=True):
            if made and (tz := company._parent_tz()):
                company.sudo().partner_id.tz = tz
        return companies

    @api.depends("partner_id.tz", "partner_id.country_id", "parent_id.partner_id.tz")
    def _compute_supplier_tz(self):
        for company in self:
            partner = company.partner_id
            company.supplier_tz = partner.tz
            country = partner.country_id.code or ""
            zones = [*pytz.country_timezones.get(country, []), False]
            main = MAIN_ZONES.get(country, zones[0])
            company.supplier_tz_proposal = company._parent_tz() or main

    def _parent_tz(self):
        """Return the zone of the company that this is a branch of, in one country."""
        branch, parent = self.sudo().partner_id, self.sudo().parent_id.partner_id
        is_there = branch.country_id in (parent.country_id, branch.country_id.browse())
        return parent.tz if is_there else False

    def _inverse_supplier_tz(self):
        for company in self:
            if company.supplier_tz != company.sudo().partner_id.tz:
                company._set_supplier_tz(company.supplier_tz)

    def _set_supplier_tz(self, tz):
        """Set the time zone of the company, which its own partner keeps.

        :raises AccessError: the user does not manage supplier evaluation, or not
            that of this company
        :raises UserError: no time zone is given
        """
        self.ensure_one()
        if not self.env.su and not self.env.user.has_group(MANAGER_GROUP):
            raise AccessError(
                self.env._("Only managers of supplier evaluation set the time zone.")
            )
        if not self.env.su and self not in self.env.user.company_ids:
            raise AccessError(
                self.env._(
                    "You do not act in %(company)s: ask a manager who does to set its "
                    "time zone.",
                    company=self.sudo().name,
                )
            )
        if not tz:
            raise UserError(
                self.env._(
                    "Choose a time zone for %(company)s: without one its days would be "
                    "those of UTC.",
                    company=self.sudo().name,
                )
            )
        self.sudo().partner_id.tz = tz

    def _supplier_tz(self):
        """Return the name of the time zone in which the company takes days."""
        self.ensure_one()
        return self.sudo().partner_id.tz or "UTC"

    def _supplier_day(self, now):
        """Return the day that an instant has in the company's time zone.

        :param datetime now: naive, in UTC
        """
        self.ensure_one()
        zone = pytz.timezone(self._supplier_tz())
        return pytz.utc.localize(now).astimezone(zone).date()

    def _supplier_has_begun(self, day):
        """Return whether a day has begun where the company is, or where the user is.

        What the company dates itself is not in the future for who works farther west.

        :param date day: of something that was done
        """
        self.ensure_one()
        now = fields.Datetime.now()
        return day <= max(self._supplier_day(now), fields.Date.context_today(self))

    @api.model
    def _in_company_language(self, records):
        """Return records in the language of their company, one recordset for each.

        What is kept as text is read by all of the company, and a scheduled action has
        no language.
        """
        by_lang = records.grouped(lambda one: one.company_id.sudo().partner_id.lang)
        return [
            own.with_context(lang=lang or self.env.lang)
            for lang, own in by_lang.items()
        ]

    def _shows_suppliers_to(self, user):
        """Whether a user sees the suppliers of the company, and what became of them."""
        self.ensure_one()
        # Also of who asks about somebody with companies that they do not see.
        companies = user.sudo().company_ids
        return user.active and user.has_group(USER_GROUP) and self in companies

    @api.model
    def _supplier_listeners(self, asked):
        """Return who is told of what happened: one of some people, or else a manager.

        Whoever left, or does not act in the company any more, would never read it, and
        a robot reads nothing.

        :param dict asked: users by the record that it is about, the nearest first; a
            record without a company is about all of them
        :return: ``{record: user, or nobody}``, in the same order: nobody where there
            is not even a manager; one question for each company at most
        """
        managers, found = {}, {}
        for record, people in asked.items():
            company = record.company_id
            person = next((one for one in people if company._is_heard_by(one)), None)
            if not person:
                if company not in managers:
                    managers[company] = company._first_manager()
                person = managers[company]
            found[record] = person
        return found

    def _is_heard_by(self, user):
        if not user or user._is_superuser():
            return False
        if self:
            return self._shows_suppliers_to(user)
        return user.active and user.has_group(USER_GROUP)

    def _first_manager(self):
        companies = self or self.sudo().search([("active", "=", True)])
        managers = holders_of(self.env, MANAGER_GROUP, companies)
        users = self.env["res.users"].sudo()
        return users.search(
            managers & Domain("id", "!=", SUPERUSER_ID), order="id", limit=1
        )

    @api.model
    def _supplier_published(self, moments):
        """Return at which of the moments published figures looked.

        Nothing is published down here; the scorecards answer, for all at once.

        :param set moments: pairs of a company and an instant, naive and in UTC
        :return: some of these pairs, as a set
        """
        return set()
