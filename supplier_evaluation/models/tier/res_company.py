from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    supplier_abc_a = fields.Float(
        string="Class A up to (%)",
        default=80,
        help="The largest suppliers that together make up so much of all spend.",
    )
    supplier_abc_b = fields.Float(string="Class B up to (%)", default=95)

    _supplier_abc_in_order = models.Constraint(
        "CHECK (supplier_abc_a > 0 AND supplier_abc_a <= supplier_abc_b"
        " AND supplier_abc_b <= 100)",
        "The limits of the classes A and B are between 0 and 100 %, A not above B.",
    )
