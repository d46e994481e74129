from odoo import models

from ...tools.transaction import doing
from .purchase_order import GOODS_CAME


class StockPicking(models.Model):
    """The receipt of goods is no answer, though Odoo acknowledges the order by it."""

    _inherit = "stock.picking"

    def _action_done(self):
        with doing(self.env, GOODS_CAME):
            return super()._action_done()
