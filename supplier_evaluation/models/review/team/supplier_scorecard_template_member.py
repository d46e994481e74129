from odoo import fields, models

DEPARTMENTS = [
    ("purchasing", "Purchasing"),
    ("quality", "Quality"),
    ("logistics", "Logistics"),
    ("production", "Production"),
    ("engineering", "Engineering"),
    ("finance", "Finance"),
    ("other", "Other"),
]


class SupplierScorecardTemplateMember(models.Model):
    """Who is in an evaluation's team, for which department, and may override what."""

    _name = "supplier.scorecard.template.member"
    _inherit = ["supplier.shared.mixin"]
    _description = "Member of an Evaluation Team"
    _order = "sequence, id"
    _rec_name = "user_id"
    _check_company_auto = True

    template_id = fields.Many2one(
        "supplier.scorecard.template", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="template_id.company_id", store=True)
    sequence = fields.Integer(default=10)
    user_id = fields.Many2one(
        "res.users",
        string="Member",
        required=True,
        domain=[("share", "=", False)],
        ondelete="cascade",
    )
    department = fields.Selection(DEPARTMENTS, required=True, default="purchasing")
    override_dimension_ids = fields.Many2many(
        "supplier.dimension",
        "supplier_member_override_dimension_rel",
        "member_id",
        "dimension_id",
        string="May Override",
        help="Where somebody is named for a dimension, nobody else but the leader "
        "overrides its scores.",
    )

    _user_unique = models.Constraint(
        "UNIQUE (template_id, user_id)",
        "Somebody is in a team once: change the department in the row that there is.",
    )
