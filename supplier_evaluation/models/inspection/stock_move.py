from odoo import models


class StockMove(models.Model):
    _inherit = "stock.move"

    def _action_cancel(self):
        """Have nothing inspected that does not come any more."""
        result = super()._action_cancel()
        moves = self.sudo().filtered(lambda move: move.state == "cancel")
        self.env["supplier.inspection"].sudo()._leave_cancelled(moves)
        return result
