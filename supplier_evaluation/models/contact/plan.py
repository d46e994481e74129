from datetime import timedelta

from odoo import SUPERUSER_ID, api, fields, models
from odoo.fields import Domain

from ...tools.activities import plan, planned, planned_for
from ...tools.groups import MANAGER_GROUP, holders_of
from ...tools.scheduled import Work, run_scheduled
from .supplier_contact import IN_PERSON

ACTIVITY = "supplier_evaluation.mail_activity_type_supplier_contact"


class SupplierContact(models.Model):
    """The contact plan: who was contacted last, and who is due."""

    _inherit = "supplier.contact"

    @api.model
    def _last_contacts(self, suppliers, companies):
        """Return when suppliers were last contacted, by one question.

        :param suppliers: commercial entities
        :param companies: whose contacts count
        :return: ``{supplier: (last, last in person)}``, each an instant or False
        """
        rows = self._read_group(
            [
                ("commercial_partner_id", "in", suppliers.ids),
                ("company_id", "in", companies.ids),
            ],
            ["commercial_partner_id", "kind"],
            ["date:max"],
        )
        found = {}
        for supplier, kind, date in rows:
            last, met = found.get(supplier, (False, False))
            last = max(last or date, date)
            if kind in IN_PERSON:
                met = max(met or date, date)
            found[supplier] = last, met
        return found

    @api.model
    def _next_contact(self, tier, last, met, company):
        """Return the day on which a supplier is due, and whether it is to be met.

        :param tier: of the supplier; may be empty
        :param last: when it was last contacted, or False
        :param met: when it was last met, or False
        :return: ``(day, is to be met)``; the day is False without a plan. Whoever was
            never contacted is due today.
        """
        today = company._supplier_day(fields.Datetime.now())
        days = [
            (
                company._supplier_day(date) + timedelta(days=every) if date else today,
                in_person,
            )
            for every, date, in_person in (
                (tier.visit_days, met, True),
                (tier.contact_days, last, False),
            )
            if every
        ]
        return min(days, key=lambda due: due[0], default=(False, False))

    def _contacted(self):
        """Who was contacted is not due any more."""
        result = super()._contacted()
        for company, contacts in self.grouped("company_id").items():
            suppliers = contacts.commercial_partner_id.with_company(company)
            today = company._supplier_day(fields.Datetime.now())
            last = self.sudo()._last_contacts(suppliers, company)
            done = suppliers.filtered(
                lambda one, company=company, last=last, today=today: (
                    not (
                        day := self._next_contact(
                            one.sudo().supplier_tier_id,
                            *last.get(one, (False, False)),
                            company,
                        )[0]
                    )
                    or day > today
                )
            )
            planned(done, ACTIVITY, company).unlink()
        return result

    # ------------------------------------------------------------
    # Cron
    # ------------------------------------------------------------

    @api.model
    def _cron_contact_plan(self):
        """Remind the buyers of suppliers that are due by the plan of their tier.

        :raises Exception: the error of a company that failed, when the others are done
        """
        run_scheduled(
            self.env,
            Work(
                "Contact plans",
                self.env["res.company"].search([("active", "=", True)]),
                self._remind_of_contacts,
                stays=True,
            ),
        )

    @api.model
    def _remind_of_contacts(self, company):
        """Remind in one company, by as many questions however many suppliers.

        Who is not due any more, as the tier or its plan is another one or the supplier
        is in the archive, is taken from the lists.
        """
        company.ensure_one()
        tiers = self.env["supplier.tier"].search(
            ["|", ("contact_days", ">", 0), ("visit_days", ">", 0)]
        )
        partners = (
            self.env["res.partner"]
            .with_context(allowed_company_ids=company.ids)
            .search([("supplier_tier_id", "in", tiers.ids)])
        )
        reminders = planned_for(company, partners._name, ACTIVITY)
        reminded = set(reminders.mapped("res_id"))
        last = self._last_contacts(partners, company)
        manager = self._plan_manager(company)
        today = company._supplier_day(fields.Datetime.now())
        vals_list, due = [], set()
        for partner in partners:
            contacts = last.get(partner, (False, False))
            day, is_met = self._next_contact(
                partner.supplier_tier_id, *contacts, company
            )
            if not day or day > today:
                continue
            due.add(partner.id)
            owner = partner.buyer_id.filtered(company._shows_suppliers_to) or manager
            if partner.id in reminded or not owner:
                continue
            vals_list.append(
                {
                    "res_id": partner.id,
                    "supplier_company_id": company.id,
                    "user_id": owner.id,
                    "date_deadline": day,
                    "summary": self._due_words(is_met, owner, company),
                }
            )
        reminders.filtered(lambda one: one.res_id not in due).unlink()
        plan(partners, ACTIVITY, vals_list)

    @api.model
    def _due_words(self, is_met, owner, company):
        """Say what is due, and for whom when the owner acts for several companies."""
        own = self.with_context(lang=owner.lang or self.env.lang).env
        text = own._("Meet the supplier") if is_met else own._("Call the supplier")
        several = len(owner.sudo().company_ids) > 1
        return f"{text} ({company.name})" if several else text

    @api.model
    def _plan_manager(self, company):
        """Return who is reminded of suppliers without a buyer."""
        managers = holders_of(self.env, MANAGER_GROUP, company)
        return self.env["res.users"].search(
            managers & Domain("id", "!=", SUPERUSER_ID), order="id", limit=1
        )
