from odoo import fields, models

from ...tools.groups import MANAGER_GROUP


class ResCompany(models.Model):
    _inherit = "res.company"

    supplier_check_months = fields.Integer(
        string="Check Master Data Every (Months)",
        default=12,
        groups=MANAGER_GROUP,
        help="Vendors whose data nobody confirmed for so long are in the weekly report "
        "on data quality.",
    )

    _supplier_check_months_positive = models.Constraint(
        "CHECK (supplier_check_months > 0)",
        "Master data is checked every so many months: enter 1 or more.",
    )
