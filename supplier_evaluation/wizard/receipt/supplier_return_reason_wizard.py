from odoo import fields, models


class SupplierReturnReasonWizard(models.TransientModel):
    _name = "supplier.return.reason.wizard"
    _description = "Reason of Returns"

    picking_ids = fields.Many2many(
        "stock.picking", string="Returns", required=True, readonly=True
    )
    reason = fields.Selection(
        selection=lambda self: (
            self.env["stock.picking"]
            ._fields["supplier_return_reason"]
            ._description_selection(self.env)
        ),
        required=True,
    )

    def action_apply(self):
        """Give the returns the reason.

        :raises UserError: figures that rest on the reason of one are published
        """
        self.ensure_one()
        self.picking_ids.write({"supplier_return_reason": self.reason})
        return {"type": "ir.actions.act_window_close"}
