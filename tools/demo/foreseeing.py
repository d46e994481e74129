"""What the company expects to need: one supplier is told of it, another is not yet."""

from __future__ import annotations

from dateutil.relativedelta import relativedelta

from odoo import fields

# Who sees the demand in the portal, and of whom it is entered only.
TOLD = "Clockwork Bearings"
UNTOLD = "Twoday Fasteners"
MONTHS = 4
# How the months go up, and by how much the first one changes after it was shared.
GROWTH, CHANGE = 0.1, 1.25


class Foreseeing:
    """Demand of the coming months, entered by the buyer.

    :param following: who acts in the company
    """

    def __init__(self, following):
        self.following = following
        self.env = following.env
        self.words = following.words

    def foresee(self):
        """Both are planned; one is shared, and then its first month changes."""
        shared = self._plan(TOLD)
        self._plan(UNTOLD, note=self.words("To be talked over before it is shared."))
        if shared:
            shared.action_share()
            shared[0].quantity = round(shared[0].quantity * CHANGE)

    def _plan(self, name, **vals):
        """Return demand of what was ordered last of a supplier, by month."""
        line = self.env["purchase.order.line"].search(
            [
                ("order_id.state", "=", "purchase"),
                ("company_id", "=", self.following.company.id),
                ("partner_id", "=", self.following.partners[name].id),
                ("product_id", "!=", False),
            ],
            order="id desc",
            limit=1,
        )
        demands = self.following._as(self.env["supplier.demand"], "buyer")
        today = fields.Date.context_today(demands)
        usual = line.product_uom_id._compute_quantity(
            line.product_qty, line.product_id.uom_id
        )
        return demands.create(
            [
                {
                    "product_id": line.product_id.id,
                    "partner_id": line.partner_id.commercial_partner_id.id,
                    "company_id": line.company_id.id,
                    "month": today + relativedelta(months=number),
                    "quantity": round(usual * (1 + GROWTH * number)),
                    **vals,
                }
                for number in range(1, MONTHS + 1)
                if line
            ]
        )
