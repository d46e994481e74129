from odoo import models


class PurchaseOrderLine(models.Model):
    """A line that is moved to another order is one of that order from then on."""

    _inherit = "purchase.order.line"

    def write(self, vals):
        """Promise what a confirmed order is given, once; a draft promises nothing.

        What another supplier promised binds nobody, as long as nothing came.
        """
        if "order_id" not in vals:
            return super().write(vals)
        order = self.order_id.browse(vals["order_id"])
        vendor = order.partner_id.commercial_partner_id
        moved = self.filtered(lambda line: line.order_id != order)
        given_away = moved.filtered(
            lambda line: line.order_id.partner_id.commercial_partner_id != vendor
        )
        result = super().write(vals)
        given_away._forget_promise()
        if order.state == "purchase":
            moved._freeze_promise()
            moved.filtered(lambda line: line._is_ordered())._register_open_again()
        else:
            moved._register_cancelled()
        moved._mark_twin_lines()
        return result
