import secrets
from datetime import timedelta

from odoo import Command, api, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain

from ...scoring.period import last_day
from ...tools.automation import told
from ...tools.bulk import bulk_update_company_values
from .status import (
    IN_FORCE,
    IN_PROGRESS,
    LOST_BY_DECISION,
    prevailing_status,
    status_on,
)
from .workflow import ACTIVITY

# What a vendor shows of all its certifications.
STATE = ("supplier_certification_state",)


class SupplierCertification(models.Model):
    """From when to when a certification holds, for what, and what continues it."""

    _inherit = "supplier.certification"

    # ------------------------------------------------------------
    # What is granted
    # ------------------------------------------------------------

    def _certify(self):
        """Put it in force, for as long as the programme says."""
        self._check_complete("review")
        today = self._today(self.company_id)[self.company_id]
        before = self.renewal_of_id
        start = today
        if before.state in IN_FORCE and before.date_to >= today:
            start = before.date_to + timedelta(days=1)
        end = self._last_day(start)
        conditional = bool(self.conditions)
        if conditional:
            # It begins today if the deadline comes before the end of what it renews.
            start = today if self.date_conditions < start else start
            end = min(end, self.date_conditions)
        self._transition(
            "conditional" if conditional else "certified",
            self.conditions or False,
            {
                "date_from": start,
                "date_to": end,
                "verification_token": self.sudo().verification_token
                or self._new_token(),
            },
        )
        # Nobody has to see to the end of what goes on.
        before.sudo().activity_unlink([ACTIVITY])

    def _condition_vals(self, conditions, date_conditions):
        today = self._today(self.company_id)[self.company_id]
        if not date_conditions or date_conditions <= today:
            raise UserError(
                self.env._(
                    "Conditions need a day in the future until which to meet them."
                )
            )
        days = [day for day in (self.date_conditions, date_conditions) if day]
        texts = [text for text in (self.conditions, conditions.strip()) if text]
        return {"conditions": "\n".join(texts), "date_conditions": min(days)}

    def _last_day(self, start):
        """Return the last day of a certification that begins on ``start``."""
        return last_day(start, self.program_id.validity_months)

    def _check_not_ended(self):
        days = self._today(self.company_id)
        for certification in self:
            if certification.date_to < days[certification.company_id]:
                raise UserError(
                    self.env._(
                        "%(certification)s ended on %(day)s: renew it instead.",
                        certification=certification.display_name,
                        day=certification._in_words(certification.date_to),
                    )
                )

    # ------------------------------------------------------------
    # What is in force
    # ------------------------------------------------------------

    @api.model
    def _today(self, companies):
        """Return today by company, in the time zone of each."""
        days = self.env["supplier.document"]._local_days(companies)
        return {company: days[company.id] for company in companies}

    @api.model
    def _in_force_domain(self, day):
        """Return the certifications that hold on a day."""
        return (
            Domain("state", "in", IN_FORCE)
            & Domain("date_from", "<=", day)
            & Domain("date_to", ">=", day)
        )

    @api.model
    def _covering(self, partners, company):
        """Return the certifications in force today of each supplier, in one query.

        What a company above granted holds in its branches, and what it took away is
        not in force there, whoever else granted it.

        :param partners: suppliers, or contacts of them
        :return: ``{partner id: certifications}``, empty where there is none
        """
        entities = partners.sudo().commercial_partner_id
        companies = company.sudo().parent_ids
        domain = Domain.OR(
            Domain("company_id", "=", one.id) & self._in_force_domain(day)
            for one, day in self._today(companies).items()
        )
        above = companies - company
        if above:
            lost = Domain("state", "in", LOST_BY_DECISION)
            domain |= Domain("company_id", "in", above.ids) & lost
        domain &= Domain("partner_id", "in", entities.ids)
        found = self.search(domain).grouped("partner_id")
        if above:
            found = {one: own._not_lost_above() for one, own in found.items()}
        return {
            partner.id: self.browse(
                found.get(partner.sudo().commercial_partner_id, self).ids
                if partner.sudo().commercial_partner_id in found
                else ()
            )
            for partner in partners
        }

    def _not_lost_above(self):
        """Return what is in force, nothing where a company has but what it took away.

        :param self: what is in force, and what companies above took away
        """
        lost = self.filtered(lambda one: one.state in LOST_BY_DECISION)
        held = self - lost
        return held if lost.company_id <= held.company_id else held.browse()

    def _covers(self, category):
        """Whether the scope of this certification includes a product category."""
        self.ensure_one()
        granted = self.sudo().category_ids
        if not granted:
            return True
        path = category.sudo().parent_path or ""
        return bool(set(granted.ids) & {int(part) for part in path.split("/") if part})

    def _is_in_force(self):
        """Whether it holds today, in the time zone of its company."""
        self.ensure_one()
        today = self._today(self.company_id)[self.company_id]
        return status_on(today, self.state, self.date_from, self.date_to) in IN_FORCE

    # ------------------------------------------------------------
    # What the vendor shows
    # ------------------------------------------------------------

    def _refresh_vendors(self):
        """Write the status of each vendor, by all its certifications in a company."""
        self.env.flush_all()
        statuses = self._vendor_statuses()
        for company, own in self.grouped("company_id").items():
            rows = []
            for partner_id in sorted(own.partner_id.ids):
                status = prevailing_status(statuses.get((partner_id, company), ()))
                # Without a value, the vendor reads as “None”.
                rows.append((partner_id, None if status == "none" else status))
            vendors = self.env["res.partner"].with_company(company)
            vendors = vendors.browse(row[0] for row in rows)
            with told(vendors, STATE):
                bulk_update_company_values(vendors, STATE, rows, company)

    def _vendor_statuses(self):
        """Return ``{(supplier id, company): statuses}`` of all their certifications."""
        days = self._today(self.company_id)
        statuses = {}
        # Archived certifications still have consequences.
        everything = self.sudo().with_context(active_test=False)
        for partner, company, state, begins, ends in everything._read_group(
            [
                ("partner_id", "in", self.partner_id.ids),
                ("company_id", "in", self.company_id.ids),
            ],
            ["partner_id", "company_id", "state"],
            ["date_from:array_agg", "date_to:array_agg"],
        ):
            statuses.setdefault((partner.id, company), set()).update(
                status_on(days[company], state, begin, end)
                for begin, end in zip(begins, ends, strict=True)
            )
        return statuses

    # ------------------------------------------------------------
    # Renewals
    # ------------------------------------------------------------

    @api.constrains("partner_id", "company_id", "renewal_of_id")
    def _check_renewal(self):
        """Let a renewal be one of the same supplier.

        It begins when the other one ends, and is suspended and revoked with it.
        """
        for renewal in self.filtered("renewal_of_id"):
            before = renewal.sudo().renewal_of_id
            if any(
                renewal[name] != before[name] for name in ("partner_id", "company_id")
            ):
                raise ValidationError(
                    self.env._(
                        "A renewal of %(certification)s has the same supplier and "
                        "company. For another one, make a new application.",
                        certification=before.display_name,
                    )
                )

    def _open_renewals(self):
        """Return new drafts that carry over what is still valid.

        Documents and audits belong to the supplier; answers are copied.
        """
        return (
            self._unguarded()
            .create(
                [
                    {
                        "partner_id": certification.partner_id.id,
                        "company_id": certification.company_id.id,
                        "program_id": certification.program_id.id,
                        "category_ids": [Command.set(certification.category_ids.ids)],
                        "user_id": certification.user_id.id,
                        "renewal_of_id": certification.id,
                        "own_properties": certification.own_properties._values,
                    }
                    for certification in self
                ]
            )
            .with_env(self.env)
        )

    def _stop_renewals(self, reason):
        """Send back what is in progress to renew these; return all renewals.

        Otherwise a renewal that was granted before would come into force as if
        nothing had happened.
        """
        renewals = self._all_renewals()
        for renewal in renewals.filtered(lambda one: one.state in IN_PROGRESS):
            renewal._give_back(reason, is_stopped=True)
        return renewals

    def _all_renewals(self):
        """Return what renews these, and what renews that."""
        renewals, found = self.browse(), self.renewal_ids
        while found:
            renewals |= found
            found = found.renewal_ids - renewals
        return renewals

    def _renewals_suspended_with_it(self):
        """Return what was granted to renew these, and suspended for the same reason.

        Otherwise the supplier would lose it again on the last day of what was
        reinstated. What the user may not reinstate waits for somebody else.
        """
        reasons = set(self.mapped("reason"))
        days = self._today(self.company_id)
        return (self._all_renewals() - self).filtered(
            lambda one: (
                one.state == "suspended"
                and one.reason in reasons
                and one.date_to >= days[one.company_id]
                and not one._role_problem("granter")
            )
        )

    # ------------------------------------------------------------
    # The certificate
    # ------------------------------------------------------------

    @api.model
    def _new_token(self):
        """Return 128 random bits for the address of the public page."""
        return secrets.token_urlsafe(16)

    @api.model
    def _find_by_token(self, token):
        """Return the certification that a code stands for, if it holds today.

        One question for a code that never was and for one that no longer holds: they
        take the same time. So the days of all companies are known before.
        """
        days = self._today(self.env["res.company"].search([("active", "=", True)]))
        holds = Domain.OR(
            Domain("company_id", "=", company.id) & self._in_force_domain(day)
            for company, day in days.items()
        )
        return self.search(Domain("verification_token", "=", token) & holds, limit=1)

    def _verification_url(self):
        """Return the address at which anybody can check the certificate."""
        self.ensure_one()
        token = self.sudo().verification_token
        return f"{self.get_base_url()}/supplier/certificate/{token}"
