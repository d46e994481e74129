from odoo import models


class StockMove(models.Model):
    _inherit = "stock.move"

    def _action_cancel(self):
        """Have nothing inspected that does not come any more."""
        # Orders cancel their moves, and then their receipts, which cancel them again:
        # what was cancelled before is told already.
        moves = self.sudo().filtered(
            lambda move: move.state != "cancel" and move.location_id.usage == "supplier"
        )
        result = super()._action_cancel()
        cancelled = moves.filtered(lambda move: move.state == "cancel")
        if cancelled:
            self.env["supplier.inspection"].sudo()._leave_cancelled(cancelled)
        return result
