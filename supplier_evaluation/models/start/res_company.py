from odoo import fields, models

from ...tools.groups import MANAGER_GROUP


class ResCompany(models.Model):
    """With which template a company begins to score its suppliers."""

    _inherit = "res.company"

    supplier_start_template_id = fields.Many2one(
        "supplier.scorecard.template",
        string="First Scorecard Template",
        index="btree_not_null",
        ondelete="set null",
        groups=MANAGER_GROUP,
        help="Chosen in the guided start. The past is scored with it.",
    )
