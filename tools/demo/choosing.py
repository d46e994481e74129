"""Who is to deliver what: alternatives, a blanket order, and two requirement lists."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from odoo import Command, fields

from .catalogue import PRODUCTS


@dataclass(frozen=True)
class Offer:
    """What somebody offers, and what our people found out.

    :param price: factor of the catalogue's
    :param typed: experience, references and trial in points, support hours a week, and
        payback in months; fewer are not known yet
    """

    supplier: str
    price: float
    typed: tuple[float, ...] = ()


# Who casts badly, who delivers nothing, and who becomes better every month.
DECIDED = (
    "CA-FLG",
    400,
    (
        Offer("Downhill Castings", 1.22, (4, 3, 1, 10, 9)),
        Offer("Neverland Foundry", 0.85, (2, 0, 0, 1, 12)),
        Offer("Phoenix Machining", 1.05, (3, 4, 5, 30, 6)),
    ),
)
CHOSEN, SILENT = "Phoenix Machining", "Neverland Foundry"
# What is bought elsewhere in their place costs so many times as much.
EXPRESS = 2.1
# Of the cheapest one nothing is known.
OPEN = (
    "MA-BSH",
    600,
    (
        Offer("Clockwork Bearings", 1.03, (5, 5, 5, 40, 8)),
        Offer("Phoenix Machining", 0.96, (4, 4)),
        Offer("Ready Rollers", 0.88, (2,)),
    ),
)
AHEAD = timedelta(days=35)
# With whom a year is agreed, and what of it was called off.
BLANKET = ("Plenty Packaging", (("PK-BOX", 0.95, 30000), ("PK-PAL", 0.95, 1500)))
CALLED_OFF = 1500
BEGUN, ENDS = timedelta(days=30), timedelta(days=335)


class Choosing:
    """The buyer of one company asks several suppliers, and chooses.

    :param following: who acts in the company
    :param partners: suppliers and prospects, by their names
    """

    def __init__(self, following, partners):
        self.following = following
        self.env = following.env
        self.words = following.words
        self.partners = partners

    def choose(self) -> None:
        """Let everybody see alternatives, and choose among some."""
        alternatives = "purchase_requisition.group_purchase_alternatives"
        self.env.ref("base.group_user").sudo().implied_ids = [
            Command.link(self.env.ref(alternatives).id)
        ]
        self._agree()
        self._decide()
        choice, _offers = self._compare(*OPEN)
        choice.title = self.words("Bushings for the new pump")

    # ---- requirement lists ----------------------------------------------------------

    def _decide(self):
        """Who becomes better is chosen, though somebody is cheaper."""
        code, quantity, _offers = DECIDED
        choice, candidates = self._compare(*DECIDED)
        choice.title = self.words("Flanges for the next two years")
        choice.description = self.words(
            "200 flanges a year, tight at 16 bar, with a test report of every lot."
        )
        cost = PRODUCTS[code].price * quantity * EXPRESS
        self._cell(candidates[SILENT], "cost").write(
            {
                "own_figure": round(cost),
                "reason": self.words("Nothing comes: it is bought by express instead."),
            }
        )
        trial = self._typed(candidates[CHOSEN])[2]
        trial.reason = self.words("Twelve flanges tried at 24 bar, all of them tight.")
        candidates[CHOSEN].action_take()
        choice.choice_reason = self.words(
            "It became better every month, while our present foundry is "
            "phased out. The cheapest one never delivered anything."
        )
        choice.action_choose()
        choice.action_cancel_others()

    def _compare(self, code, quantity, offers):
        """Ask all of them, and fill in what is known; return it by their names."""
        first, orders = None, {}
        for offer in offers:
            orders[offer.supplier] = self._request(
                offer.supplier, [(code, offer.price, quantity)], first
            )
            first = first or orders[offer.supplier]
        action = first.action_open_choice()
        choice = first.env[action["res_model"]].browse(action["res_id"])
        candidates = {
            offer.supplier: choice.candidate_ids.filtered(
                lambda one, own=orders[offer.supplier]: one.order_id == own
            )
            for offer in offers
        }
        for offer in offers:
            cells = self._typed(candidates[offer.supplier])
            for cell, figure in zip(cells, offer.typed, strict=False):
                cell.own_figure = figure
        return choice, candidates

    def _typed(self, candidate):
        """What people fill in, in the order of the list."""
        cells = candidate.score_ids.filtered(lambda cell: cell.source == "typed")
        return cells.sorted(lambda cell: cell.criterion_id.sequence)

    def _cell(self, candidate, source):
        return candidate.score_ids.filtered(lambda cell: cell.source == source)

    def _request(self, name, lines, first=None, **vals):
        """A request of the buyer for some products.

        :param lines: code, factor of the price, and quantity of each
        :param first: to which it is an alternative
        """
        orders = self.following._as(self.env["purchase.order"], "buyer")
        if first:
            orders = orders.with_context(origin_po_id=first.id)
        company = self.following.company
        return orders.create(
            {
                "partner_id": self.partners[name].id,
                "company_id": company.id,
                "currency_id": company.currency_id.id,
                "user_id": orders.env.uid,
                "order_line": [
                    Command.create(
                        {
                            "product_id": self.following.products[code].id,
                            "name": self.following.products[code].display_name,
                            "product_qty": quantity,
                            "price_unit": round(PRODUCTS[code].price * factor, 2),
                            "date_planned": fields.Datetime.now() + AHEAD,
                        }
                    )
                    for code, factor, quantity in lines
                ],
                **vals,
            }
        )

    # ---- a blanket order ------------------------------------------------------------

    def _agree(self):
        """A year is agreed, becomes a contract, and some of it is called off."""
        name, lines = BLANKET
        blankets = self.following._as(self.env["purchase.requisition"], "buyer")
        today = fields.Date.context_today(blankets)
        blanket = blankets.create(
            {
                "vendor_id": self.partners[name].id,
                "company_id": self.following.company.id,
                "user_id": blankets.env.uid,
                "currency_id": self.following.company.currency_id.id,
                "reference": self.words("Cartons and pallets of one year"),
                "date_start": today - BEGUN,
                "date_end": today + ENDS,
                "line_ids": [
                    Command.create(
                        {
                            "product_id": self.following.products[code].id,
                            "price_unit": round(PRODUCTS[code].price * factor, 2),
                            "product_qty": quantity,
                        }
                    )
                    for code, factor, quantity in lines
                ],
            }
        )
        blanket.action_confirm()
        action = blanket.action_make_supplier_contract()
        contract = blanket.env[action["res_model"]].browse(action["res_id"])
        contract.action_submit()
        for role in ("quality", "manager"):
            self.following._as(contract, role).action_approve()
        code, factor, _quantity = lines[0]
        call = self._request(
            name, [(code, factor, CALLED_OFF)], requisition_id=blanket.id
        )
        call.button_confirm()
