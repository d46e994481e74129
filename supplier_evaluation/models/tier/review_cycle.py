from dateutil.relativedelta import relativedelta

from odoo import api, fields, models

from ...tools.activities import plan, planned_for
from ...tools.scheduled import Work, run_scheduled

ACTIVITY = "supplier_evaluation.mail_activity_type_tier_review"


class SupplierTier(models.Model):
    """The review cycle of a tier: whoever buys is reminded when a review is old."""

    _inherit = "supplier.tier"

    @api.model
    def _cron_review_cycle(self):
        """Remind the buyers of suppliers whose last review is older than their cycle.

        :raises Exception: the error of one that failed, when the others are done
        """
        run_scheduled(
            self.env,
            Work(
                "Review cycles",
                self.env["res.company"].search([("active", "=", True)]),
                self.search([("review_months", ">", 0)])._remind_of_reviews,
                stays=True,
            ),
        )

    def _remind_of_reviews(self, company):
        """Remind in one company, by a few questions however many suppliers.

        Who was reviewed meanwhile, or is in no such tier any more, is taken from the
        lists.
        """
        partners = (
            self.env["res.partner"]
            .with_context(allowed_company_ids=company.ids)
            .search([("supplier_tier_id", "in", self.ids)])
        )
        reminders = planned_for(company, partners._name, ACTIVITY)
        reminded = set(reminders.mapped("res_id"))
        manager = company._first_manager()
        reviewed = dict(
            self.env["supplier.review"]._read_group(
                [
                    ("partner_id", "in", partners.ids),
                    ("company_id", "=", company.id),
                    ("state", "=", "done"),
                ],
                ["partner_id"],
                ["date_done:max"],
            )
        )
        now = fields.Datetime.now()
        today = company._supplier_day(now)
        vals_list, due = [], set()
        for partner in partners:
            tier = partner.supplier_tier_id
            since = now - relativedelta(months=tier.review_months)
            last = reviewed.get(partner)
            if last and last > since:
                continue
            due.add(partner.id)
            people = (partner.buyer_id | tier.user_id).filtered(
                company._shows_suppliers_to
            )
            owner = people[:1] or manager
            if partner.id in reminded or not owner:
                continue
            vals_list.append(
                {
                    "res_id": partner.id,
                    "supplier_company_id": company.id,
                    "user_id": owner.id,
                    "date_deadline": today,
                }
            )
        reminders.filtered(lambda one: one.res_id not in due).unlink()
        plan(partners, ACTIVITY, vals_list)
