from odoo import fields, models

from ...kpi.supplier_kpi import DIMENSIONS

DEPARTMENTS = [
    ("purchasing", "Purchasing"),
    ("quality", "Quality"),
    ("logistics", "Logistics"),
    ("production", "Production"),
    ("engineering", "Engineering"),
    ("finance", "Finance"),
    ("other", "Other"),
]
# The field that says of a dimension whether a member may override its scores.
MAY_OVERRIDE = {name: f"may_override_{name}" for name, _label in DIMENSIONS}


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
    may_override_delivery = fields.Boolean(string="Overrides Delivery")
    may_override_quality = fields.Boolean(string="Overrides Quality")
    may_override_cost = fields.Boolean(string="Overrides Cost")
    may_override_service = fields.Boolean(string="Overrides Service")
    may_override_compliance = fields.Boolean(string="Overrides Compliance")

    _user_unique = models.Constraint(
        "UNIQUE (template_id, user_id)",
        "Somebody is in a team once: change the department in the row that there is.",
    )
