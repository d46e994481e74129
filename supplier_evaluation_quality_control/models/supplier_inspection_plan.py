from odoo import fields, models

from ..groups import QUALITY_GROUP


class SupplierInspectionPlan(models.Model):
    _inherit = "supplier.inspection.plan"

    qc_test_id = fields.Many2one(
        "qc.test",
        string="Quality Test",
        check_company=True,
        ondelete="restrict",
        index="btree_not_null",
        groups=QUALITY_GROUP,
        help="By whose questions the inspections of this plan are carried out.",
    )
