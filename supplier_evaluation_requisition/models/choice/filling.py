from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import float_compare

from .matrix import MONEY
from .supplier_choice_candidate import OF_OFFER

DIGITS = 2


class SupplierChoice(models.Model):
    """The figures that come from the offers, and from what is known of suppliers."""

    _inherit = "supplier.choice"

    def action_fill(self):
        """Read price, cost, score and lateness anew.

        :raises UserError: somebody is chosen already
        """
        self.check_access("write")
        self._check_open()
        self._fill()

    def _fill(self):
        """Write what the records say now, where it is something else."""
        for choice in self:
            figures = choice._figures_now()
            read = {
                cell: figures[cell.candidate_id].get(cell.source, False)
                for cell in choice.score_ids
            }
            choice.score_ids._take_figures(read)
            for candidate, known in figures.items():
                price, less = known["price"], known["less"]
                is_same = _is_same(candidate.price_read, price)
                if not is_same or (candidate.less or False) != less:
                    vals = {"price_read": price, "less": less}
                    candidate.sudo()._write_guarded(vals)
            choice.sudo()._write_guarded({"date_filled": fields.Datetime.now()})

    def _give_offers(self, offers):
        """Give candidates that have no offer yet one of their own among some.

        :return: those that were given
        """
        self.ensure_one()
        given = offers.browse()
        for candidate in self.candidate_ids.filtered(lambda one: not one.order_id):
            vendor = candidate.partner_id.commercial_partner_id
            own = (offers - given).filtered(
                lambda order, vendor=vendor: (
                    order.partner_id.commercial_partner_id == vendor
                )
            )
            if own:
                candidate.order_id = own[0]
                given |= own[0]
        return given

    def _figures_now(self):
        """Return ``{candidate: {source: figure}}``; ``False``: nothing is known.

        ``less`` is what its offer has less of than others, ``False``: nothing.
        """
        self.ensure_one()
        less = self.candidate_ids._open_offers()._offers_of_less()
        return {
            candidate: candidate._figures_now(less) for candidate in self.candidate_ids
        }

    def _check_prices(self):
        """Refuse to choose by prices that are not those of the offers any more.

        A cost rests on the price, too, and moves from day to day by performance: the
        price tells whether the offer is still the one that was compared.
        """
        self.ensure_one()
        if not set(MONEY) & set(self.criterion_ids.mapped("source")):
            return
        for candidate, figures in self._figures_now().items():
            if not _is_same(candidate.price_read, figures["price"]):
                raise UserError(
                    self.env._(
                        "The offer of %s has another price now, or none: press “Read "
                        "Figures Anew”, and look at the ranking before you choose.",
                        candidate.display_name,
                    )
                )


class SupplierChoiceCandidate(models.Model):
    _inherit = "supplier.choice.candidate"

    def _open_offers(self):
        """Return the offers that can be compared: not those that are cancelled.

        Who compares sees figures, not the records behind them.
        """
        return self.sudo().order_id.filtered(lambda order: order.state != "cancel")

    def _figures_now(self, less):
        """Return what the records say of a candidate, by the source of a requirement.

        A provisional score is none: it rests on too little for a choice. Nor has an
        offer of less than others a price or a cost: it would look cheap beside them.

        :param less: what offers have less of than others, as ``_offers_of_less`` says
        """
        self.ensure_one()
        own = self.sudo()
        vendor = own.partner_id.commercial_partner_id.with_company(own.company_id)
        offer = own._open_offers()
        short = less.get(offer)
        price = offer._offer_price() if offer and not short else False
        score = False if vendor.supplier_score_provisional else vendor.supplier_score
        return {
            "price": price,
            "cost": False if price is False else offer.offer_cost,
            "score": score,
            "lateness": offer.offer_late_days if offer else False,
            "less": short or False,
        }


class SupplierChoiceScore(models.Model):
    _inherit = "supplier.choice.score"

    def _take_figures(self, figures):
        """Write what the records say now, where it is something else.

        What was typed in while nothing was known, as a list price is, does not stand
        over what is offered then. What was typed in over an offer stands, also where
        the offer had no figure for a while.

        :param figures: ``{cell: figure}``; ``False``: nothing is known
        """
        changed = self.filtered(
            lambda cell: not _is_same(cell.system_figure, figures[cell])
        )
        outdated = changed.filtered(
            lambda cell: (
                cell.source in OF_OFFER
                and cell.system_figure is False
                and not cell.is_over_offer
            )
        )
        outdated._forget_typed(outdated._typed_in_words())
        for cell in changed:
            cell.sudo()._write_guarded({"system_figure": figures[cell]})


def _is_same(known, figure):
    """Whether two figures are shown as the same; nothing is not 0."""
    if known is False or figure is False:
        return known is figure
    return not float_compare(known, figure, precision_digits=DIGITS)
