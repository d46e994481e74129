from odoo import fields, models

from ...tools.groups import USER_GROUP


class SupplierBuyerWizard(models.TransientModel):
    _name = "supplier.buyer.wizard"
    _description = "Assign a Buyer to Suppliers"

    partner_ids = fields.Many2many("res.partner", string="Suppliers", required=True)
    user_id = fields.Many2one(
        "res.users",
        string="Buyer",
        domain=lambda self: [
            ("share", "=", False),
            ("all_group_ids", "in", self.env.ref(USER_GROUP).ids),
        ],
        help="Empty: nobody buys from them any more.",
    )

    def action_apply(self):
        """Set the buyer of the suppliers."""
        self.ensure_one()
        self.partner_ids._set_supplier_buyer(self.user_id)
        return {"type": "ir.actions.act_window_close"}
