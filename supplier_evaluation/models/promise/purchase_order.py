from odoo import fields, models

from ...tools.groups import USER_GROUP


class PurchaseOrder(models.Model):
    _inherit = "purchase.order"

    promise_change_ids = fields.One2many(
        "supplier.promise.change",
        "order_id",
        string="Promise Changes",
        readonly=True,
        groups=USER_GROUP,
    )

    def write(self, vals):
        """Freeze the promises of what is confirmed, whatever method does it.

        Any other state of an order that was confirmed once is a cancelled one.
        """
        result = super().write(vals)
        if vals.get("state") == "purchase":
            self.order_line._freeze_promise()
            self.order_line.filtered("product_qty")._register_open_again()
        elif vals.get("state"):
            self.order_line._register_cancelled()
        return result

    def action_change_promise(self):
        """Change the promise of the order's lines, with a reason."""
        return self.order_line.filtered("date_promised").action_change_promise()
