from odoo import fields, models


class MailActivity(models.Model):
    """For which company somebody sees to a vendor, whom several companies share."""

    _inherit = "mail.activity"

    supplier_company_id = fields.Many2one("res.company", string="Company")
