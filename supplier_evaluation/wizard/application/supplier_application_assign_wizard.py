from odoo import fields, models

from ...tools.groups import USER_GROUP


class SupplierApplicationAssignWizard(models.TransientModel):
    _name = "supplier.application.assign.wizard"
    _description = "Assign Supplier Applications"

    application_ids = fields.Many2many(
        "supplier.application", string="Applications", required=True
    )
    user_id = fields.Many2one(
        "res.users",
        string="Assign To",
        required=True,
        default=lambda self: self.env.user,
        domain=lambda self: [
            ("share", "=", False),
            ("all_group_ids", "in", self.env.ref(USER_GROUP).ids),
        ],
    )

    def action_apply(self):
        """Give the applications to the person."""
        self.ensure_one()
        self.application_ids._assign(self.user_id)
        return {"type": "ir.actions.act_window_close"}
