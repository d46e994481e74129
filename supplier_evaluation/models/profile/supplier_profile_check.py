from odoo import fields, models


class SupplierProfileCheck(models.Model):
    """Who confirmed the master data of a vendor for which company, and when."""

    _name = "supplier.profile.check"
    _inherit = ["supplier.guard.mixin"]
    _description = "Check of Master Data"
    _order = "date desc, id desc"
    _rec_name = "partner_id"

    partner_id = fields.Many2one(
        "res.partner",
        string="Supplier",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one("res.company", required=True, readonly=True)
    user_id = fields.Many2one(
        "res.users", string="Who", required=True, readonly=True, ondelete="restrict"
    )
    date = fields.Datetime(string="When", required=True, readonly=True)
