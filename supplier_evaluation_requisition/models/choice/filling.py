from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import float_compare

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
            for cell, figure in choice._figures_now().items():
                if not _is_same(cell.system_figure, figure):
                    cell.sudo()._write_guarded({"system_figure": figure})
            choice.sudo()._write_guarded({"date_filled": fields.Datetime.now()})

    def _figures_now(self):
        """Return ``{score: figure}``; ``False`` where the records say nothing."""
        self.ensure_one()
        figures = {
            candidate: candidate._figures_now() for candidate in self.candidate_ids
        }
        return {
            cell: figures[cell.candidate_id].get(cell.source, False)
            for cell in self.score_ids
        }

    def _check_prices(self):
        """Refuse to choose by prices that are not those of the offers any more."""
        self.ensure_one()
        for cell, figure in self._figures_now().items():
            if cell.source == "price" and not _is_same(cell.system_figure, figure):
                raise UserError(
                    self.env._(
                        "The offer of %s has another price now, or none: press “Read "
                        "Figures Anew”, and look at the ranking before you choose.",
                        cell.candidate_id.display_name,
                    )
                )


class SupplierChoiceCandidate(models.Model):
    _inherit = "supplier.choice.candidate"

    def _figures_now(self):
        """Return what the records say of a candidate, by the source of a requirement.

        A provisional score is none: it rests on too little for a choice. Nor is there
        anything to compare of an offer that is cancelled.
        """
        self.ensure_one()
        # Who compares sees figures, not the records behind them.
        own = self.sudo()
        vendor = own.partner_id.commercial_partner_id.with_company(own.company_id)
        offer = own.order_id.filtered(lambda order: order.state != "cancel")
        score = False if vendor.supplier_score_provisional else vendor.supplier_score
        return {
            "price": offer._offer_price() if offer else False,
            "cost": offer.offer_cost if offer else False,
            "score": score,
            "lateness": offer.offer_late_days if offer else False,
        }


def _is_same(known, figure):
    """Whether two figures are shown as the same; nothing is not 0."""
    if known is False or figure is False:
        return known is figure
    return not float_compare(known, figure, precision_digits=DIGITS)
