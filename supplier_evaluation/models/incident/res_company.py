from odoo import api, fields, models
from odoo.exceptions import ValidationError


class ResCompany(models.Model):
    _inherit = "res.company"

    supplier_incident_user_id = fields.Many2one(
        "res.users",
        string="Owner of Supplier Incidents",
        domain=[("share", "=", False)],
        help="Sees to incidents of suppliers that have no buyer. Empty: whoever "
        "reported the incident.",
    )
    supplier_incident_escalation_user_id = fields.Many2one(
        "res.users",
        string="Hears of Overdue Incidents",
        domain=[("share", "=", False)],
        help="Is told of incidents that are overdue. Empty: a manager.",
    )

    @api.constrains("supplier_incident_user_id", "supplier_incident_escalation_user_id")
    def _check_supplier_incident_user(self):
        """Nobody would see to the incidents of a person who does not see them."""
        for company in self:
            people = (
                company.supplier_incident_user_id
                | company.supplier_incident_escalation_user_id
            )
            for user in people.filtered(
                lambda one, own=company: not own._shows_suppliers_to(one)
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
