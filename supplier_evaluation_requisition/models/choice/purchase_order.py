from collections import Counter

from odoo import Command, api, models
from odoo.exceptions import UserError

from odoo.addons.supplier_evaluation.tools.actions import open_form
from odoo.addons.supplier_evaluation.tools.wording import listed


class PurchaseOrder(models.Model):
    """Offers are compared by a list of requirements, too."""

    _inherit = "purchase.order"

    def action_open_choice(self):
        """Open the requirement list of the offer and its alternatives.

        The one where somebody is chosen comes first. It is made where there is none;
        offers that came later are added while nobody is chosen.
        """
        self.ensure_one()
        offers = self | self.alternative_po_ids
        choices = self.env["supplier.choice"]
        choice = self._choice_of(offers)
        offers = offers.filtered(lambda order: order.state != "cancel")
        new = offers - choice.candidate_ids.order_id
        if choice.state == "draft":
            new -= choice._give_offers(new)
        candidates = [
            Command.create({"partner_id": order.partner_id.id, "order_id": order.id})
            for order in new
        ]
        if not choice:
            choice = choices.with_company(self.company_id).create(
                {
                    "title": self._choice_title(),
                    "company_id": self.company_id.id,
                    "origin_id": self.id,
                    "requisition_id": self.requisition_id.id,
                    "candidate_ids": candidates,
                }
            )
        elif choice.state == "draft" and candidates:
            choice.candidate_ids = candidates
        return open_form(choice._name, choice.title, record=choice)

    def _choice_of(self, offers):
        """Return the list of some offers: that which decided, or that which may."""
        choices = self.env["supplier.choice"]
        compared = choices.search([("candidate_ids.order_id", "in", offers.ids)])
        begun = choices.search([("origin_id", "in", offers.ids)])
        rank = ("chosen", "draft", "dropped").index
        return (compared | begun).sorted(lambda one: rank(one.state))[:1]

    @api.ondelete(at_uninstall=False)
    def _unlink_unless_compared(self):
        """Keep the offers by which somebody was chosen."""
        candidates = self.env["supplier.choice.candidate"].sudo()
        one = candidates.search(
            [("order_id", "in", self.ids), ("choice_id.state", "=", "chosen")], limit=1
        )
        if one:
            raise UserError(
                self.env._(
                    "%(order)s is not deleted: it was compared in “%(choice)s”, where "
                    "somebody is chosen. Leave it cancelled.",
                    order=one.order_id.name,
                    choice=one.choice_id.title,
                )
            )

    def _choice_title(self):
        """Return what the offers are about: their products, or the reference."""
        names = self.order_line.product_id.mapped("name")
        return listed(self.env, names[:3]) or self.name

    def _offer_price(self):
        """Return what the offer costs without taxes in the currency of the company.

        ``False`` unless each line has a price: a part would look cheap beside others.
        """
        self.ensure_one()
        prices = self._offer_lines().mapped("price_total_cc")
        return sum(prices) if prices and all(prices) else False

    def _offer_lines(self):
        return self.order_line.filtered(
            lambda line: line.product_id and line.product_qty > 0
        )

    def _offers_of_less(self):
        """Return where an offer is for less than another one of these.

        :return: ``{offer: [[product id, quantity, the most that is offered]]}``, in
            the unit of the product
        """
        contents = {offer: Counter() for offer in self}
        for line in self._offer_lines():
            contents[line.order_id][line.product_id] += line.product_uom_qty
        most = Counter()
        for content in contents.values():
            most |= content
        return {
            offer: [
                [product.id, content[product], quantity]
                for product, quantity in most.items()
                if product.uom_id.compare(content[product], quantity) < 0
            ]
            for offer, content in contents.items()
        }
