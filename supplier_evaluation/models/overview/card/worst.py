import math
from dataclasses import dataclass

from odoo import api, fields, models
from odoo.tools.misc import format_date

from ...kpi.measure import FACTORS
from ..opening import opens
from .figure import WEIGHT

# The worst records that the explanation of a figure shows.
WORST = 5
# Whose records a list shows, for what each adds to the figure.
LINE_KEY = "supplier_line_id"
# Of how many the worst are taken: a figure of more is opened as a list.
MOST_RECORDS = 2000


@dataclass(frozen=True, slots=True)
class Share:
    """What one record adds to a figure, the most that it could, and how bad that is.

    Bad is what is missing, or what is too much.
    """

    adds: float
    most: float | None
    harm: float


class SupplierScorecardLine(models.Model):
    """Which records are to blame for a figure."""

    _inherit = "supplier.scorecard.line"

    def _worst_records(self):
        """Return the records that do the figure most harm, and what each adds to it.

        :return: list of ``{"id", "model", "name", "date", "adds"}``; of ordinary
            records, of which a figure may count any relation, and of those that the
            user may not read, none; no ``model`` where the user cannot open it
        """
        self.ensure_one()
        kpi = self._kpi_as_computed()
        if not (self.has_value and kpi._has_facts() and self._are_readable(kpi)):
            return []
        shares = self._shares(kpi)
        opening = {
            model: opens(self.env, model) for model in {f.res_model for f in shares}
        }
        worst = sorted(shares, key=lambda fact: shares[fact].harm, reverse=True)
        return [
            {
                "id": fact.res_id,
                "model": fact.res_model if opening[fact.res_model] else "",
                "name": fact.name or "",
                "product": fact.product_id.display_name or "",
                "date": format_date(self.env, fact.date) if fact.date else "",
                "adds": self._adds_words(shares[fact]),
            }
            for fact in worst[:WORST]
            if shares[fact].harm > 0
        ]

    def _shares(self, kpi):
        """Return ``{fact: Share}`` of the facts that the figure is made of."""
        if self._counts_relation(kpi):
            return {}
        scope = self._scope_of(kpi)
        facts = kpi._records(scope).search_fetch(
            kpi._facts_domain(scope) & kpi._supplier_domain(self.partner_id),
            [
                "name",
                "date",
                "product_id",
                "res_model",
                "res_id",
                *self._summed_numbers(kpi),
            ],
            limit=MOST_RECORDS,
            order=self._worst_first(kpi) or None,
        )
        return self._shares_of(kpi, facts)

    def _summed(self, kpi):
        """Return the fields of which the figure is the quotient.

        :return: ``(numerator, denominator)``; no denominator where each record is
            counted once
        """
        is_by_weight = kpi.aggregator == "ratio" and kpi.denominator == WEIGHT
        if is_by_weight and kpi.unweighted and not self._is_weighed():
            return kpi.unweighted, ""
        return kpi.numerator, kpi.denominator

    def _summed_numbers(self, kpi):
        """Return the fields of the quotient that are numbers of a record."""
        names = filter(None, self._summed(kpi))
        return [name for name in names if not kpi._is_relation(name)]

    def _counts_relation(self, kpi):
        """Whether the figure counts what its records point to.

        Then no record adds a number of its own. What it points to need not be read,
        and may be hidden from who reads the records.
        """
        numerator, _denominator = self._summed(kpi)
        return bool(numerator) and kpi._is_relation(numerator)

    def _shares_of(self, kpi, facts):
        """Return ``{fact: Share}`` of those of the facts that add to the figure."""
        if self._counts_relation(kpi):
            return {}
        numerator, _denominator = self._summed(kpi)
        if numerator:
            facts = facts.filtered(lambda fact: fact[numerator] is not False)
        if kpi.aggregator == "cv":
            return self._distances(kpi, facts)
        return {fact: self._share_of(kpi, fact) for fact in facts}

    def _distances(self, kpi, facts):
        """Return how far facts are from the mean: the further, the more it varies."""
        if not self.denominator:
            return {}
        factor = FACTORS.get(self.kpi_id.unit, 1.0)
        mean = self._signed_mean(kpi, facts)
        distances = {
            fact: factor * abs(fact[kpi.numerator] - mean) / abs(mean) for fact in facts
        }
        return {fact: Share(each, None, each) for fact, each in distances.items()}

    def _signed_mean(self, kpi, facts):
        """Return the mean of a variation, of which the line keeps the magnitude.

        Asked with the question of the facts: with another, they would be forgotten.
        """
        scope = self._scope_of(kpi)
        domain = kpi._facts_domain(scope) & kpi._supplier_domain(self.partner_id)
        [[total]] = facts.browse()._read_group(
            domain, aggregates=[f"{kpi.numerator}:sum"]
        )
        return math.copysign(self.denominator, total or 0.0)

    def _share_of(self, kpi, fact):
        """Return what a fact adds to the figure, in its unit."""
        factor = FACTORS.get(self.kpi_id.unit, 1.0)
        numerator, denominator = self._summed(kpi)
        if not numerator:
            return self._share(factor, None, factor)
        whole = self.denominator if kpi.aggregator in ("ratio", "mean") else 1.0
        parts = 1.0
        if denominator and not kpi._is_relation(denominator):
            parts = fact[denominator]
        # Days have no most that a record could add; a share has.
        most = None
        if kpi.aggregator in ("ratio", "mean") and self.kpi_id.unit in FACTORS:
            most = factor * parts / whole
        return self._share(
            factor * fact[numerator] / whole, most, self.value * parts / whole
        )

    def _share(self, adds, most, usual):
        """Return the share of a record that adds so much.

        :param most: what it could add; None where there is no such bound
        :param usual: what a record adds on the average
        """
        if not self.kpi_id.higher_is_better:
            return Share(adds, None, adds)
        return Share(adds, most, (usual if most is None else most) - adds)

    def _adds_words(self, share):
        adds = self.kpi_id._with_unit(share.adds)
        if self._kpi_as_computed().aggregator == "cv":
            return self.env._("%(distance)s off the mean", distance=adds)
        if share.most is None:
            return adds
        return self.env._(
            "%(adds)s of %(most)s",
            adds=adds,
            most=self.kpi_id._with_unit(share.most),
        )

    # ------------------------------------------------------------
    # The list of what was counted
    # ------------------------------------------------------------

    def _open_facts(self, scope, counted, title):
        """Show what was counted the worst first, with what each record adds."""
        action = super()._open_facts(scope, counted, title)
        kpi = self._kpi_as_computed()
        if counted and self.has_value and kpi._has_facts():
            action["context"][LINE_KEY] = self.id
            action["context"]["supplier_worst_first"] = self._worst_first(kpi)
        return action

    def _worst_first(self, kpi):
        """Return an order that begins with what harms the figure most.

        What is missing is no column: of two records of which nothing came, the larger
        one is the worse.
        """
        if kpi.aggregator == "cv":
            # How far from the mean a record is, is no column.
            return ""
        better = self.kpi_id.higher_is_better
        numbers = self._summed_numbers(kpi)
        if not numbers or numbers[0] != self._summed(kpi)[0]:
            return ""
        order = f"{numbers[0]} {'asc' if better else 'desc'}"
        if better and kpi.aggregator == "ratio" and len(numbers) > 1:
            order += f", {numbers[1]} desc"
        return order


class SupplierFactMixin(models.AbstractModel):
    _inherit = "supplier.fact.mixin"

    contribution_text = fields.Char(
        string="Adds",
        compute="_compute_contribution_text",
        help="What the record adds to the figure from which it was opened, of the most "
        "that it could.",
    )

    @api.depends_context(LINE_KEY, "lang")
    def _compute_contribution_text(self):
        self.contribution_text = False
        line = self._line_explained()
        if line:
            for fact, share in line._shares_of(line._kpi_as_computed(), self).items():
                fact.contribution_text = line._adds_words(share)

    @api.model
    @api.private
    @api.readonly
    def search_fetch(self, domain, field_names=None, *args, **kwargs):
        """Also fetch what the contribution is made of, rather than ask once more."""
        if field_names is not None and "contribution_text" in field_names:
            line = self._line_explained()
            summed = line._summed_numbers(line._kpi_as_computed()) if line else ()
            field_names = [*field_names, *summed]
        return super().search_fetch(domain, field_names, *args, **kwargs)

    @api.model
    def _line_explained(self):
        """Return the line from which these facts were opened, if any."""
        lines = self.env["supplier.scorecard.line"]
        line = lines.browse(self.env.context.get(LINE_KEY) or []).exists()
        if not line or not line.has_access("read"):
            return lines
        return line if line._kpi_as_computed().fact_model == self._name else lines
