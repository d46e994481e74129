from odoo import api, fields, models
from odoo.exceptions import ValidationError


class ResCompany(models.Model):
    """Whether a company takes applications, what it asks for, how long it waits."""

    _inherit = "res.company"

    supplier_application_open = fields.Boolean(
        string="Open to Supplier Applications",
        help="The public page /supplier/apply takes applications to the company.",
    )
    supplier_application_type_ids = fields.Many2many(
        "supplier.document.type",
        "res_company_supplier_application_type_rel",
        string="Documents Asked of Applicants",
        help="Each can be attached on the public page, none has to be.",
    )
    supplier_application_days = fields.Integer(
        string="Unconfirmed Applications Are Kept (Days)",
        default=3,
        help="What nobody confirmed by mail is deleted after so many days.",
    )
    supplier_application_idle_days = fields.Integer(
        string="Back Into the Pool After (Idle Days)",
        default=14,
        help="Days without anything done by whoever claimed an application, who is "
        "reminded 3 days before. Zero: it stays with them.",
    )

    _supplier_application_days_range = models.Constraint(
        "CHECK (supplier_application_days IS NULL OR "
        "supplier_application_days BETWEEN 0 AND 30)",
        "Unconfirmed applications are kept between 0 and 30 days.",
    )

    @api.constrains("supplier_application_idle_days")
    def _check_supplier_application_idle_days(self):
        for company in self:
            days = company.supplier_application_idle_days
            if days < 0 or 0 < days < 4:
                raise ValidationError(
                    self.env._(
                        "Applications to %(company)s cannot go back after %(days)s "
                        "days: enter at least 4, or 0 for never. The reminder comes 3 "
                        "days before.",
                        company=company.name,
                        days=days,
                    )
                )

    def _supplier_application_days(self):
        """Return for how many days an unconfirmed application is kept, at least 1."""
        self.ensure_one()
        return max(self.sudo().supplier_application_days, 1)

    @api.model
    def _open_to_applications(self):
        """Return the companies that take applications, with full rights."""
        return self.sudo().search([("supplier_application_open", "=", True)])
