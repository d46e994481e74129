from odoo import Command, fields, models


class SupplierChoiceTemplate(models.Model):
    """Requirements that lists begin with."""

    _name = "supplier.choice.template"
    _inherit = ["supplier.setup.mixin", "supplier.shared.mixin"]
    _description = "Template of Requirements"

    company_id = fields.Many2one("res.company", help="Empty: for all companies.")
    line_ids = fields.One2many(
        "supplier.choice.template.line",
        "template_id",
        string="Requirements",
        copy=True,
    )

    def _criteria(self):
        """Return the commands that give a list the requirements of the template."""
        return [Command.create(line._criterion_vals()) for line in self.line_ids]


class SupplierChoiceTemplateLine(models.Model):
    """A requirement of a template."""

    _name = "supplier.choice.template.line"
    _inherit = ["supplier.choice.criterion.mixin", "supplier.shared.mixin"]
    _description = "Requirement of a Template"
    _order = "template_id, sequence, id"

    template_id = fields.Many2one(
        "supplier.choice.template", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="template_id.company_id")
    name = fields.Char(translate=True)
    unit = fields.Char(translate=True)
