from odoo import api, fields, models

from ...report.receipt.returned.mistakes import MISTAKE


class StockReturnPicking(models.TransientModel):
    _inherit = "stock.return.picking"

    is_supplier_return = fields.Boolean(compute="_compute_is_supplier_return")
    supplier_return_reason = fields.Selection(
        selection=lambda self: (
            self.env["stock.picking"]
            ._fields["supplier_return_reason"]
            ._description_selection(self.env)
        ),
        string="Return Reason",
        compute="_compute_supplier_return_reason",
        store=True,
        readonly=False,
        help="Quality and wrong articles count against the supplier; what came above "
        "the ordered quantity does not. What was entered by mistake never came: the "
        "return takes its receipt back.",
    )

    @api.depends("picking_id")
    def _compute_is_supplier_return(self):
        for wizard in self:
            wizard.is_supplier_return = bool(
                wizard.picking_id and wizard.picking_id._supplier_lines_to_return()
            )

    @api.depends("picking_id")
    def _compute_supplier_return_reason(self):
        """Propose what was said before, a surplus where more than ordered came."""
        for wizard in self:
            picking = wizard.picking_id
            lines = picking and picking._supplier_lines_to_return()
            if not lines:
                wizard.supplier_return_reason = False
            elif picking.supplier_return_reason:
                wizard.supplier_return_reason = picking.supplier_return_reason
            else:
                is_surplus = any(line._has_surplus() for line in lines)
                wizard.supplier_return_reason = "surplus" if is_surplus else "quality"

    def _prepare_picking_default_values(self):
        """Keep the reason on the return."""
        return {
            **super()._prepare_picking_default_values(),
            "supplier_return_reason": self.supplier_return_reason,
        }

    def _create_exchange(self, return_picking):
        """Mark what replaces returned goods: Odoo may add other goods to the transfer.

        What is ordered besides while it waits comes by the same one. After a receipt
        that was entered by mistake, what comes replaces nothing.
        """
        exchange = super()._create_exchange(return_picking)
        if return_picking.supplier_return_reason != MISTAKE:
            exchange.move_ids.sudo().replaces_returned = True
        return exchange
