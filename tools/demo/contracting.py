"""What is agreed with two suppliers: one reads it, of the other an order differs."""

from __future__ import annotations

from datetime import timedelta

from odoo import Command, fields

# Who sees the contract in the portal, and of whom an order costs more than agreed.
SHARED = "Clockwork Bearings"
DIFFERS = "Twoday Fasteners"
# Since when it counts, and what is agreed besides the last price.
BEGUN = timedelta(days=180)
ENDS = timedelta(days=185)
PENALTY, AT_MOST = 0.5, 5
TOO_DEAR = 1.08
# The price of the pricelist, from which the agreed one was negotiated.
LISTED = 1.06


class Contracting:
    """Contracts of one company, written by the buyer and approved by two others.

    :param following: who acts in the company
    """

    def __init__(self, following):
        self.following = following
        self.env = following.env
        self.words = following.words

    def agree(self):
        """Two contracts come into force, and an order is dearer than one of them."""
        shared, differs = (self._last_line(name) for name in (SHARED, DIFFERS))
        if shared:
            title = self.words("Yearly contract with prices and penalties")
            self._contract(shared, title, is_in_portal=True)
            self._list(shared)
        if differs:
            title = self.words("Prices for one year")
            self._contract(differs, title)
            self._order(differs)
        self.env["supplier.contract.penalty"].sudo()._propose(self.following.company)

    def _last_line(self, name):
        """Return what was ordered last of a supplier."""
        return self.env["purchase.order.line"].search(
            [
                ("order_id.state", "=", "purchase"),
                ("company_id", "=", self.following.company.id),
                ("partner_id", "=", self.following.partners[name].id),
                ("product_id", "!=", False),
                ("price_unit", ">", 0),
            ],
            order="id desc",
            limit=1,
        )

    def _contract(self, line, title, **vals):
        contracts = self.following._as(self.env["supplier.contract"], "buyer")
        today = fields.Date.context_today(contracts)
        contract = contracts.create(
            {
                "title": title,
                "partner_id": line.partner_id.id,
                "company_id": line.company_id.id,
                "currency_id": line.currency_id.id,
                "payment_term_id": line.order_id.payment_term_id.id,
                "date_from": today - BEGUN,
                "date_to": today + ENDS,
                "notice_days": 60,
                "sharing": self.words(
                    "Above 5 %, each side bears half of a change of the price of "
                    "the material."
                ),
                "line_ids": [
                    Command.create(
                        {
                            "product_id": line.product_id.id,
                            "uom_id": line.product_uom_id.id,
                            "price": line.price_unit,
                            "quantity": 50 * line.product_qty,
                            "lead_time": 14,
                            "defect_percent": 1,
                            "penalty_percent": PENALTY,
                            "penalty_max_percent": AT_MOST,
                        }
                    )
                ],
                **vals,
            }
        )
        contract.action_submit()
        for role in ("quality", "manager"):
            self.following._as(contract, role).action_approve()
        return contract

    def _list(self, line):
        """The vendor's pricelist says more than was paid: that is a saving."""
        listed = line.product_id.seller_ids.filtered(
            lambda seller: seller.partner_id == line.partner_id
        )
        listed.sudo().price = round(line.price_unit * LISTED, 2)

    def _order(self, line):
        """A request that costs more than agreed: the buyer is warned of it."""
        orders = self.following._as(self.env["purchase.order"], "buyer")
        orders.create(
            {
                "partner_id": line.partner_id.id,
                "company_id": line.company_id.id,
                "currency_id": line.currency_id.id,
                "payment_term_id": line.order_id.payment_term_id.id,
                "order_line": [
                    Command.create(
                        {
                            "product_id": line.product_id.id,
                            "product_qty": line.product_qty,
                            "product_uom_id": line.product_uom_id.id,
                            "price_unit": round(line.price_unit * TOO_DEAR, 2),
                        }
                    )
                ],
            }
        )
