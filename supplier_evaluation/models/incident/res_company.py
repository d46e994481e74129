from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...tools.groups import USER_GROUP


class ResCompany(models.Model):
    _inherit = "res.company"

    supplier_incident_user_id = fields.Many2one(
        "res.users",
        string="Owner of Supplier Incidents",
        domain=[("share", "=", False)],
        help="Sees to incidents of suppliers that have no buyer. Empty: whoever "
        "reported the incident.",
    )

    @api.constrains("supplier_incident_user_id")
    def _check_supplier_incident_user(self):
        """Nobody would own the incidents of a person who does not see them."""
        for company in self:
            user = company.supplier_incident_user_id
            if user and not (
                user.active
                and user.has_group(USER_GROUP)
                and company in user.company_ids
            ):
                raise ValidationError(
                    self.env._(
                        "%(user)s cannot see the incidents of %(company)s. Give the "
                        "access “Supplier Evaluation: User” and the company in the "
                        "settings of the user, or choose somebody else.",
                        user=user.name,
                        company=company.name,
                    )
                )
