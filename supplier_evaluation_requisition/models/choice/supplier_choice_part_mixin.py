from odoo import api, fields, models


class SupplierChoicePartMixin(models.AbstractModel):
    """A part of a requirement list: it changes while nobody is chosen."""

    _name = "supplier.choice.part.mixin"
    _inherit = ["supplier.guard.mixin"]
    _description = "Part of a Requirement List"

    choice_id = fields.Many2one(
        "supplier.choice",
        string="Requirement List",
        required=True,
        index=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(related="choice_id.company_id")

    @api.model_create_multi
    def create(self, vals_list):
        parts = super().create(vals_list)
        parts.choice_id._check_open()
        return parts

    def write(self, vals):
        """A part stays in its list: scores are of one list only."""
        self._check_guard({"choice_id"} & vals.keys())
        self.choice_id._check_open()
        return super().write(vals)

    # Any client can say that the add-on is being uninstalled.
    @api.ondelete(at_uninstall=True)
    def _unlink_while_open(self):
        self.choice_id._check_open()
