from odoo import models

from .purchase_order import GOODS_CAME


class StockPicking(models.Model):
    """The receipt of goods is no answer, though Odoo acknowledges the order by it."""

    _inherit = "stock.picking"

    def _action_done(self):
        receiving = self.with_context(**{GOODS_CAME: True})
        return super(StockPicking, receiving)._action_done()
