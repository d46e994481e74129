from dateutil.relativedelta import relativedelta

from odoo import api, fields, models

ACTIVITY = "supplier_evaluation.mail_activity_type_tier_review"


class SupplierTier(models.Model):
    """The review cycle of a tier: whoever buys is reminded when a review is old."""

    _inherit = "supplier.tier"

    @api.model
    def _cron_review_cycle(self):
        """Remind the buyers of suppliers whose last review is older than their cycle.

        Three questions for each company, however many suppliers.
        """
        tiers = self.search([("review_months", ">", 0)])
        if not tiers:
            return
        activity_type = self.env.ref(ACTIVITY)
        for company in self.env["res.company"].search([("active", "=", True)]):
            tiers._remind_of_reviews(company, activity_type)

    def _remind_of_reviews(self, company, activity_type):
        partners = (
            self.env["res.partner"]
            .with_context(allowed_company_ids=company.ids)
            .search([("supplier_tier_id", "in", self.ids)])
        )
        activities = self.env["mail.activity"].sudo()
        reminded = activities.search(
            [
                ("activity_type_id", "=", activity_type.id),
                ("res_model", "=", "res.partner"),
                ("res_id", "in", partners.ids),
            ]
        ).mapped("res_id")
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
        model = self.env["ir.model"]._get_id("res.partner")
        vals_list = []
        for partner in partners:
            tier = partner.supplier_tier_id
            since = now - relativedelta(months=tier.review_months)
            last = reviewed.get(partner)
            owner = (partner.buyer_id | tier.user_id).filtered(
                company._shows_incidents_to
            )[:1]
            if partner.id in reminded or not owner or (last and last > since):
                continue
            vals_list.append(
                {
                    "activity_type_id": activity_type.id,
                    "automated": True,
                    "res_model_id": model,
                    "res_id": partner.id,
                    "user_id": owner.id,
                    "date_deadline": today,
                }
            )
        partners.mapped("display_name")
        activities.with_context(mail_activity_quick_update=True).create(vals_list)
