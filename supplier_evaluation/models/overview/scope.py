from collections import defaultdict
from dataclasses import dataclass
from typing import Any, NamedTuple

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ...scoring import exceeds_interval
from ...tools.groups import USER_GROUP
from ...tools.periods import period_label


class Card(NamedTuple):
    """What the overview reads of a scorecard; what is unknown is None."""

    id: int
    partner_id: int
    company_id: int
    name: str
    score: float | None
    low: float | None
    high: float | None
    grade_id: int | None
    provisional: bool
    trend: float | None
    direction: str | None
    spend: float | None
    lines: int
    country_id: int | None
    tier_id: int | None
    buyer_id: int | None
    previous_score: float | None
    previous_grade_id: int | None
    previous_provisional: bool | None

    @property
    def moved(self):
        """Whether it moved by more than chance explains."""
        return self.direction in ("up", "down") and exceeds_interval(
            self.score, self.previous_score, self.low, self.high
        )


OWN_FIELDS = (
    "id",
    "partner_id",
    "company_id",
    "partner_id.name",
    "score",
    "score_low",
    "score_high",
    "grade_id",
    "provisional",
    "trend",
    "trend_direction",
    "spend",
    "delivery_lines",
    "country_id",
    "tier_id",
    "buyer_id",
    "previous_id.score",
    "previous_id.grade_id",
    "previous_id.provisional",
)
BEST_FIRST = "rank NULLS LAST, score desc NULLS LAST, id"


@dataclass(frozen=True)
class Choice:
    """The evaluations that the overview is about.

    :param runs: published evaluations of one template and period, one per company
    :param before: of each company the one before it
    :param history: all published evaluations of the template, newest first
    :param templates: all templates with published evaluations, the best choice first
    """

    runs: Any
    before: Any
    history: Any
    templates: Any

    @property
    def template(self):
        return self.runs.template_id

    @property
    def date_to(self):
        return self.runs[:1].date_to

    def last(self, count):
        """Return the newest evaluations of each company, up to the present ones."""
        runs = defaultdict(self.runs.browse)
        for run in self.history:
            if run.date_to <= self.date_to and len(runs[run.company_id]) < count:
                runs[run.company_id] |= run
        return self.runs.browse().union(*runs.values())


def period_key(run):
    """Return how a period is called in addresses."""
    return f"{run.date_from}..{run.date_to}"


class SupplierScorecard(models.Model):
    """Which scorecards are looked at together, and by what they are chosen."""

    _inherit = "supplier.scorecard"

    tier_id = fields.Many2one(related="partner_id.supplier_tier_id", groups=USER_GROUP)
    country_id = fields.Many2one(related="partner_id.country_id", string="Country")
    region_group_id = fields.Many2one(
        related="partner_id.supplier_region_group_id", groups=USER_GROUP
    )
    buyer_id = fields.Many2one(related="partner_id.buyer_id", string="Buyer")
    partner_category_ids = fields.Many2many(
        related="partner_id.category_id", string="Supplier Tags"
    )

    def _supplier_here(self):
        """Return the supplier as the company of the scorecard knows it.

        With sudo: who may read the scorecard may read what it shows of the supplier,
        also of one that belongs to another company by now.
        """
        return self.partner_id.sudo().with_company(self.company_id)

    @api.model
    def _choose(self, period, template_id):
        """Return the evaluations of a period and a template.

        :param str period: its key, or nothing for the newest
        :param int template_id: or nothing for the one that vendors are scored by
        :rtype: Choice
        """
        runs = self.env["supplier.evaluation"].search_fetch(
            [("state", "=", "published")],
            ["template_id", "company_id", "date_from", "date_to"],
            order="date_to desc, date_from desc, id desc",
        )
        newest = {}
        for run in runs:
            newest.setdefault(run.template_id, run.date_to)
        templates = runs.template_id.sorted(
            lambda each: (
                -newest[each].toordinal(),
                not each.sets_vendor_score,
                each.sequence,
                each.id,
            )
        )
        template = templates.filtered(lambda each: each.id == template_id)
        template = template or templates[:1]
        history = runs.filtered(lambda run: run.template_id == template)
        chosen = history.filtered(lambda run: period_key(run) == period) or history[:1]
        present = history.filtered(
            lambda run: chosen and period_key(run) == period_key(chosen[0])
        )
        return Choice(present, self._runs_before(present, history), history, templates)

    def _runs_before(self, present, history):
        before = history.browse()
        for run in present:
            before |= history.filtered(
                lambda each, run=run: (
                    each.company_id == run.company_id and each.date_to < run.date_from
                )
            )[:1]
        return before

    @api.model
    def _scope_domain(self, runs, domain):
        return Domain("evaluation_id", "in", runs.ids) & Domain(domain or [])

    @api.model
    def _read_cards(self, runs, domain):
        """Return the scorecards of evaluations that a domain and the rules let through.

        :param runs: evaluations
        :param domain: of scorecards, as a list
        :return: list of :class:`Card`, best first, in one statement
        """
        query = self._search(self._scope_domain(runs, domain), order=BEST_FIRST)
        columns = [
            self._tier_to_sql(runs.company_id, query)
            if name == "tier_id"
            else self._path_to_sql(name, query)
            for name in OWN_FIELDS
        ]
        return [Card(*row) for row in self.env.execute_query(query.select(*columns))]

    def _tier_to_sql(self, companies, query):
        """Return the column of the tier that a supplier has in the card's company."""
        if not companies:
            return SQL("NULL")
        return SQL(
            "CASE %s %s END",
            self._path_to_sql("company_id", query),
            SQL(" ").join(
                SQL(
                    "WHEN %s THEN %s",
                    company.id,
                    self.with_company(company)._path_to_sql("tier_id", query),
                )
                for company in companies
            ),
        )

    def _path_to_sql(self, path, query):
        """Return the column of a field, or of a field of what it points to."""
        name, _dot, rest = path.partition(".")
        if not rest:
            return self._field_to_sql(self._table, name, query)
        model, alias = self._fields[name].join(self, self._table, query)
        return model._field_to_sql(alias, rest, query)

    def _described_periods(self, choice):
        """Return the periods of a template to choose among, newest first."""
        runs = {period_key(run): run for run in reversed(choice.history)}
        return [
            {"key": key, "label": period_label(self.env, run.date_from, run.date_to)}
            for key, run in sorted(
                runs.items(), key=lambda pair: pair[1].date_to, reverse=True
            )
        ]
