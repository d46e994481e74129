from odoo import fields, models


class MailActivity(models.Model):
    """For which company somebody sees to a vendor, whom several companies share."""

    _inherit = "mail.activity"

    supplier_company_id = fields.Many2one("res.company", string="Company")

    def _supplier_involved(self):
        """Return who had a hand in what it is about, and so does not decide on it.

        :rtype: res.users
        """
        self.ensure_one()
        record = self.env[self.res_model].sudo().browse(self.res_id)
        segregated = self.env.registry["supplier.segregation.mixin"]
        is_decided = isinstance(record, segregated)
        return record._involved() if is_decided else self.env["res.users"]
