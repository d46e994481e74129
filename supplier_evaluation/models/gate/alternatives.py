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
            products it sells), ``price`` in words (empty unless all of these have
            one), ``delay`` in days or False
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
                **self._offer_of(
                    partner,
                    lines.filtered(
                        lambda line, own=partner: line.product_id.id in covered[own]
                    ),
                ),
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
        """Return what a vendor's price lists say of the order lines that it can sell.

        What the whole costs is said only if each of them has a price: a part of it
        would look cheap beside the others.
        """
        today = fields.Date.context_today(self)
        sellers = [self._seller_of(partner, line, today) for line in lines]
        amount = False
        # A price of 0 is one that nobody has entered.
        if lines and all(seller.price_discounted > 0 for seller in sellers):
            amount = sum(
                self._amount_at(seller, line, today)
                for seller, line in zip(sellers, lines, strict=True)
            )
        delays = [seller.delay for seller in sellers if seller]
        return {
            "price": ""
            if amount is False
            else format_amount(self.env, amount, self.currency_id),
            "amount": amount,
            "delay": max(delays) if delays else False,
        }

    def _seller_of(self, partner, line, today):
        """Return the price of the vendor, or of one of its contacts, or nothing."""
        product = line.product_id.with_company(self.company_id)
        contacts = product.seller_ids.partner_id.filtered(
            lambda one: one.commercial_partner_id == partner
        )
        for vendor in partner | contacts:
            seller = product._select_seller(
                partner_id=vendor,
                quantity=line.product_qty,
                date=today,
                uom_id=line.product_uom_id,
            )
            if seller:
                return seller
        return product.seller_ids.browse()

    def _amount_at(self, seller, line, today):
        product = line.product_id
        price = product.uom_id._compute_price(
            seller._get_untaxed_price(product, self.company_id), line.product_uom_id
        )
        return line.product_qty * seller.currency_id._convert(
            price, self.currency_id, self.company_id, today, round=False
        )


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
