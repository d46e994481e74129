from collections import defaultdict

from odoo import api, fields, models
from odoo.tools import format_amount

# How many other vendors are offered.
OFFERED = 8


class PurchaseOrder(models.Model):
    """Who else sells what is ordered, for whom a policy stops."""

    _inherit = "purchase.order"

    @api.readonly
    def retrieve_supplier_alternatives(self):
        """Return other vendors of the order's products, the best choice first.

        Known are those with an order in the last 24 months or a price list. The number
        of statements does not depend on how many they are.

        :return: a list of dicts: what ``res.partner._supplier_choices`` says, with
            ``id``, ``name``, ``covered`` and ``total`` (how many of the order's
            products it sells), ``price`` in words or empty, ``delay`` in days or False
        """
        self.ensure_one()
        self.check_access("read")
        lines = self.order_line.filtered("product_id")
        products = lines.product_id
        covered = self._products_of_others(products)
        vendors = covered.keys()
        partners = self.env["res.partner"].union(*vendors).with_company(self.company_id)
        choices = partners._supplier_choices()
        offers = [
            {
                **choices[partner.id],
                **self._offer_of(partner, lines),
                "id": partner.id,
                "name": partner.display_name,
                "covered": len(covered[partner]),
                "total": len(products),
            }
            for partner in partners
        ]
        return sorted(offers, key=_preference)[:OFFERED]

    def _products_of_others(self, products):
        """Return ``{vendor: products it sells}``, without the vendor of the order."""
        sources = self.env["supplier.source"].search_fetch(
            [
                ("product_id", "in", products.ids),
                ("company_id", "=", self.company_id.id),
                ("partner_id", "!=", self.partner_id.commercial_partner_id.id),
            ],
            ["product_id", "partner_id"],
        )
        covered = defaultdict(set)
        for source in sources:
            covered[source.partner_id].add(source.product_id.id)
        return covered

    def _offer_of(self, partner, lines):
        """Return what a vendor's price list says of the order lines."""
        today = fields.Date.context_today(self)
        amount, delays = 0.0, []
        for line in lines:
            seller = line.product_id.with_company(self.company_id)._select_seller(
                partner_id=partner,
                quantity=line.product_qty,
                date=today,
                uom_id=line.product_uom_id,
            )
            if seller:
                price = seller.product_uom_id._compute_price(
                    seller.price_discounted, line.product_uom_id
                )
                amount += line.product_qty * seller.currency_id._convert(
                    price, self.currency_id, self.company_id, today, round=False
                )
                delays.append(seller.delay)
        return {
            "price": format_amount(self.env, amount, self.currency_id)
            if delays
            else "",
            "amount": amount,
            "delay": max(delays) if delays else False,
        }


def _preference(offer):
    """Sort by who may be bought from, sells most of it, and has the best score."""
    score = offer["score"]
    usable = score is not False and not offer["provisional"]
    return (
        offer["level"] == "block",
        -offer["covered"],
        -score if usable else 0,
        offer["amount"] or float("inf"),
        offer["id"],
    )
