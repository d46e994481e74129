from odoo import fields, models

from ...tools.groups import USER_GROUP


class ResCompany(models.Model):
    _inherit = "res.company"

    supplier_8d_alone = fields.Boolean(
        string="One Person Enters and Accepts 8D Answers",
        groups=USER_GROUP,
        help="Whoever enters what a supplier answered to a step of an 8D may accept "
        "it, too: for a company with one person for quality. Otherwise somebody else "
        "does.",
    )
