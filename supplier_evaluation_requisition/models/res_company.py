from odoo import fields, models

from odoo.addons.supplier_evaluation.tools.groups import MANAGER_GROUP


class ResCompany(models.Model):
    """What bad performance costs a company, where offers are compared."""

    _inherit = "res.company"

    supplier_late_day_percent = fields.Float(
        string="Cost of a Day Late (%)",
        digits=(5, 2),
        default=0.5,
        groups=MANAGER_GROUP,
        help="What it costs when an order line comes one day late, in percent of its "
        "price.",
    )
    supplier_defect_percent = fields.Float(
        string="Cost of a Defect (%)",
        digits=(7, 2),
        default=100,
        groups=MANAGER_GROUP,
        help="What a defective part costs beside what the supplier replaces, in "
        "percent of its price.",
    )

    _supplier_costs_not_negative = models.Constraint(
        "CHECK (supplier_late_day_percent >= 0 AND supplier_defect_percent >= 0)",
        "Enter the costs of a day late and of a defect as positive numbers.",
    )
