from odoo import fields, models

# In which capacity somebody assesses a supplier.
ROLES = [
    ("buyer", "Buyer"),
    ("quality", "Quality"),
    ("warehouse", "Warehouse"),
    ("finance", "Finance"),
    ("user", "Service User"),
]


class SupplierScorecardTemplateReviewer(models.Model):
    """Whom an evaluation asks, in which capacity."""

    _name = "supplier.scorecard.template.reviewer"
    _inherit = ["supplier.shared.mixin"]
    _description = "Reviewers of a Scorecard Template"
    _order = "sequence, id"
    _check_company_auto = True

    template_id = fields.Many2one(
        "supplier.scorecard.template", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="template_id.company_id", store=True)
    sequence = fields.Integer(default=10)
    role = fields.Selection(selection=ROLES, required=True, default="buyer")
    user_ids = fields.Many2many(
        "res.users",
        string="People",
        domain=[("share", "=", False)],
        help="Each of them assesses every supplier of the evaluation. In the role "
        "Buyer, nobody here means the buyer of each vendor.",
    )

    _role_unique = models.Constraint(
        "UNIQUE (template_id, role)",
        "A role stands once in a template: add the people to its row.",
    )
