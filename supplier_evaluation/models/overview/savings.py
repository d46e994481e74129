from odoo import api, models

# What was paid above the price before, beside what it would have cost at that price.
PRICES = "price_variance"


class SupplierScorecard(models.Model):
    """What was saved on prices, as the scorecards of the period have it.

    It is the KPI of prices with the opposite sign: its sums are in the scorecards, so
    the figure is that of their records and costs no question to orders.
    """

    _inherit = "supplier.scorecard"

    @api.model
    def _tiles(self, choice, cards, before, grades, domain):
        tiles = super()._tiles(choice, cards, before, grades, domain)
        saved = self._saved(choice, self._shown(choice, cards, before, domain))
        return {name: {**figures, **saved[name]} for name, figures in tiles.items()}

    def _saved(self, choice, shown):
        """Return what was saved in the period, as an amount and as a share.

        :param shown: the domain of the scorecards of both periods
        """
        rates = self._currency_rates(choice)
        companies = {run.id: run.company_id.id for run in choice.runs}
        sums = {"all": [0, 0], "my": [0, 0]}
        for is_before, is_mine, run_id, excess, reference in self._figure_sums(
            choice, shown, PRICES
        ):
            if is_before:
                continue
            rate = rates[companies[run_id]]
            for name in ("all", "my") if is_mine else ("all",):
                sums[name][0] -= excess * rate
                sums[name][1] += reference * rate
        return {
            name: {
                "saved": saved if reference else None,
                "saved_share": saved / reference if reference else None,
            }
            for name, (saved, reference) in sums.items()
        }
