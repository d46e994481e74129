from odoo import api, fields, models

from ...tools.groups import USER_GROUP

# Whom a supplier's promise was made by and to, and what its value is counted in.
PARTIES = {"company_id", "currency_id", "currency_rate", "partner_id"}


class PurchaseOrder(models.Model):
    _name = "purchase.order"
    _inherit = ["purchase.order", "supplier.former.user.mixin"]

    supplier_former_user_ids = fields.Many2many(
        relation="supplier_purchase_order_former_user_rel"
    )
    promise_change_ids = fields.One2many(
        "supplier.promise.change",
        "order_id",
        string="Promise Changes",
        readonly=True,
        groups=USER_GROUP,
    )

    def write(self, vals):
        """Freeze the promises of what is confirmed, whatever method does it.

        Any other state of an order that was confirmed once is a cancelled one. A draft
        that is given to another supplier is a new order: it promised nothing yet.
        """
        wanted = PARTIES & vals.keys()
        if wanted and not self.env.su:
            self._check_parties_stay(wanted, vals)
        given_away = self._given_to_another(vals)
        result = super().write(vals)
        given_away.order_line._forget_promise()
        if vals.get("state") == "purchase":
            self.order_line._freeze_promise()
            self.order_line.filtered(
                lambda line: line._is_ordered()
            )._register_open_again()
        elif vals.get("state"):
            self.order_line._register_cancelled()
        return result

    # Also while a module is uninstalled, for any client can say that one is. The
    # database takes the lines along, without asking them.
    @api.ondelete(at_uninstall=True)
    def _unlink_except_settled(self):
        self.order_line._check_deletion()

    def _given_to_another(self, vals):
        """Return the drafts that what is written gives to another supplier."""
        if "partner_id" not in vals:
            return self.browse()
        vendor = self.env["res.partner"].browse(vals["partner_id"])
        return self.filtered(
            lambda order: (
                order.state != "purchase"
                and order.partner_id.commercial_partner_id
                != vendor.commercial_partner_id
            )
        )

    def _check_parties_stay(self, names, vals):
        """Another contact of the same company is the same supplier.

        :raises UserError: a promise is settled that this would take to somebody else
        """
        vendor = self.env["res.partner"].browse(vals.get("partner_id"))

        def is_changed(order, name):
            if name == "partner_id":
                own = order.partner_id.commercial_partner_id
                return own != vendor.commercial_partner_id
            own = order[name]
            return (own.id if name.endswith("_id") else own) != vals[name]

        self.filtered(
            lambda order: any(is_changed(order, name) for name in names)
        ).order_line._check_stays()

    def action_change_promise(self):
        """Change the promise of the order's lines, with a reason."""
        return self.order_line.filtered("date_promised").action_change_promise()
