"""What is expected of open orders, also of what somebody never delivered before."""

from __future__ import annotations

from datetime import timedelta

from odoo import Command, fields

from . import course

# Known by little, and not by this product.
SMALL = "Pocket Springs"
DUE = timedelta(days=20)
QUANTITY = 5


class Expecting:
    """Forecasts of one company.

    :param following: who acts in the company
    """

    def __init__(self, following):
        self.following = following
        self.env = following.env

    def learn(self) -> None:
        """As by night: what is ordered from then on is forecast when it is ordered."""
        forecasts = self.env["supplier.delivery.forecast"].sudo()
        forecasts._make(self.following.company)

    def expect(self) -> None:
        """One order of something new, and the forecasts of all that is open."""
        self._order()
        self.learn()

    def _order(self):
        code, _quantity = course.BLOCKED
        product = self.following.products[code]
        orders = self.following._as(self.env["purchase.order"], "buyer")
        orders.create(
            {
                "partner_id": self.following.partners[SMALL].id,
                "company_id": self.following.company.id,
                "currency_id": self.following.company.currency_id.id,
                "order_line": [
                    Command.create(
                        {
                            "product_id": product.id,
                            "product_qty": QUANTITY,
                            "price_unit": product.standard_price or 1,
                            "date_planned": fields.Datetime.now() + DUE,
                        }
                    )
                ],
            }
        ).button_confirm()
