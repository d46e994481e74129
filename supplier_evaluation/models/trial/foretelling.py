"""What came in the period after one that was scored, and how well it was foretold."""

from dataclasses import replace

from odoo import fields

from ...scoring import next_period
from ...scoring.following.foretelling import rank_correlation

# The KPIs that tell what came next; each is a share in percent.
ON_TIME = "supplier_evaluation.supplier_kpi_otd"
RETURNED = "supplier_evaluation.supplier_kpi_return_rate"


class Outcomes:
    """What was late and what was returned in the period that follows.

    It begins the day after, so that a rolling window shares no day with it. Of a period
    that is not over yet, or not closed, nothing is known.

    :param period: a ``supplier.trial.period``
    """

    def __init__(self, period):
        self._measures = {}
        self._codes = []
        template = period.trial_id.template_id
        company = period.company_id
        scope = template._period_scope(
            company, *self._days(template, period), period.cutoff
        )
        cutoff = template._default_cutoff(company, scope.date_to)
        if cutoff > fields.Datetime.now():
            return
        kpis = [
            period.env.ref(xmlid, raise_if_not_found=False)
            or period.env["supplier.kpi"]
            for xmlid in (ON_TIME, RETURNED)
        ]
        self._codes = [kpi.code for kpi in kpis]
        asked = kpis[0] | kpis[1]
        # A definition that somebody broke is told of where periods are evaluated.
        self._measures = asked._measure(replace(scope, cutoff=cutoff), problems=[])

    @staticmethod
    def _days(template, period):
        first, last = next_period(template.period, period.date_to)
        return max(first, fields.Date.add(period.date_to, days=1)), last

    def of(self, partner_id):
        """Return what was late and what was returned of a supplier, in percent.

        No data is None.
        """
        if not self._measures:
            return (None, None)
        measures = self._measures.get(partner_id, {})
        on_time, returned = (measures.get(code) for code in self._codes)
        late = None
        if on_time and on_time.has_value:
            late = 100.0 - on_time.value
        return late, returned.value if returned else None


def foretold(cards, has_published):
    """Return how well scores foretold what was late and returned, as values to write.

    Both correlations are of the same suppliers: those that are ranked, here and as
    published, and have an outcome. They are turned so that +1 is the best.

    :param cards: rows of a period, by column
    :param bool has_published: whether there is something to compare with
    """
    ranked = [
        card
        for card in cards
        if card["rank"] is not None
        and (not has_published or card["before_rank"] is not None)
    ]
    values = {}
    for name, outcome in (("late", "late_share"), ("return", "return_rate")):
        known = [card for card in ranked if card[outcome] is not None]
        own = rank_correlation((card["score"], -card[outcome]) for card in known)
        before = rank_correlation(
            (card["before_score"], -card[outcome]) for card in known
        )
        values[f"{name}_pairs"] = own.pairs
        values[f"{name}_rho"] = False if own.rho is None else own.rho
        values[f"{name}_rho_before"] = False if before.rho is None else before.rho
    return values
