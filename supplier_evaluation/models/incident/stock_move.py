from odoo import models


class StockMove(models.Model):
    _inherit = "stock.move"

    def _action_done(self, cancel_backorder=False):
        """Attribute what was reported of a receipt before its goods came."""
        done = super()._action_done(cancel_backorder=cancel_backorder)
        incidents = self.env["supplier.incident"].sudo()
        if done.picking_id and incidents._is_used():
            field = incidents._fields["move_id"]
            reported = incidents.search([("picking_id", "in", done.picking_id.ids)])
            self.env.add_to_compute(field, reported)
        return done
