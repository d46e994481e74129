from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    supplier_incident_user_id = fields.Many2one(
        "res.users",
        string="Owner of Supplier Incidents",
        domain=[("share", "=", False)],
        help="Sees to incidents of suppliers that have no buyer. Empty: whoever "
        "reported the incident.",
    )
