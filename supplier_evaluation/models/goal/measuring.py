from collections import defaultdict
from datetime import date, timedelta
from typing import NamedTuple

from odoo import api, fields, models
from odoo.tools import SQL

from ...scoring.following.goal import DIGITS
from ...scoring.period import period_of
from ...tools.bulk import bulk_insert, bulk_update

# About money: they rest on all orders, be the scorecard provisional or not.
OF_MONEY = ("certified", "savings")
# So long after the period in which a goal ends could be published, none is awaited.
WAITS_DAYS = 31
PERIOD_COLUMNS = (
    "goal_id",
    "company_id",
    "evaluation_id",
    "date_from",
    "date_to",
    "value",
    "expected",
    "supplier_count",
    "left_out_count",
)


class Measured(NamedTuple):
    """What was measured for a goal in one published period.

    :param run_id: the evaluation
    :param value: in the unit of the figure; ``None`` is no data
    :param count: how many suppliers are in it
    :param left_out: how many have a scorecard, but do not count
    """

    date_from: date
    date_to: date
    value: float | None
    run_id: int
    count: int
    left_out: int


class SupplierGoal(models.Model):
    """The figures of goals, of all at once, from what is published."""

    _inherit = "supplier.goal"

    # ------------------------------------------------------------
    # From scorecards
    # ------------------------------------------------------------

    def _measure(self, from_baseline=True):
        """Return what was measured for each goal, in one statement.

        :param bool from_baseline: only periods that end on the baseline's day or later,
            up to the one in which the goal ends, savings added up; otherwise all there
            are, each for itself
        :return: ``{goal: list of Measured}``, the oldest first
        """
        self.env.flush_all()
        found = defaultdict(list)
        for goal_id, *row in self.env.execute_query(self._figures_query(from_baseline)):
            found[goal_id].append(_measured(*row))
        return {goal: goal._counted(found[goal.id], from_baseline) for goal in self}

    def _counted(self, figures, from_baseline):
        """Return the periods that count; savings are added up over them."""
        if not from_baseline:
            return figures
        figures = self._path().considered(figures)
        return self._added_up(figures) if self.metric == "savings" else figures

    def _added_up(self, figures):
        """Return savings as they have grown since the baseline."""
        result, total = [], None
        for figure in figures:
            if figure.value is not None and figure.date_to > self.date_baseline:
                begun = self.baseline if total is None else total
                total = round(begun + figure.value, DIGITS)
            result.append(figure._replace(value=total))
        return result

    def _figures_query(self, from_baseline):
        """Return the query of ``goal, Measured…``; a period without cards is a row."""
        return SQL(
            """
            SELECT goal.id, run.date_from, run.date_to,
                   CASE WHEN goal.metric = 'savings'
                        THEN SUM(card.value) FILTER (WHERE card.counts)
                        ELSE SUM(card.value * card.weight) FILTER (WHERE card.counts)
                             / SUM(card.weight) FILTER (WHERE card.counts)
                   END::float8,
                   run.id,
                   COUNT(card.id) FILTER (WHERE card.counts),
                   COUNT(card.id) FILTER (WHERE NOT card.counts)
              FROM supplier_goal goal
              JOIN supplier_evaluation run
                ON run.template_id = goal.template_id
               AND run.company_id = goal.company_id
               AND run.state = 'published'
               AND (run.date_to >= goal.date_baseline OR NOT %(from_baseline)s)
              LEFT JOIN LATERAL (
                   SELECT figure.*,
                          figure.value IS NOT NULL AND figure.weight > 0
                          AND (NOT figure.provisional
                               OR goal.metric = ANY(%(of_money)s)) AS counts
                     FROM (%(cards)s) figure
                   ) card ON TRUE
             WHERE goal.id = ANY(%(goals)s)
             GROUP BY goal.id, run.id
             ORDER BY goal.id, run.date_to, run.id
            """,
            from_baseline=from_baseline,
            of_money=list(OF_MONEY),
            cards=self._cards_query(),
            goals=self.ids,
        )

    def _cards_query(self):
        """Return the query of figure and weight, by scorecard that a goal is about."""
        return SQL(
            """
            SELECT card.id, COALESCE(card.provisional, FALSE) AS provisional,
                   CASE goal.metric
                        WHEN 'score' THEN CASE WHEN card.has_score THEN card.score END
                        WHEN 'grade' THEN 100 * (grade.min_score >= (
                             SELECT wanted.min_score FROM supplier_grade wanted
                              WHERE wanted.id = goal.grade_id))::int
                        WHEN 'certified' THEN 100 * (line.value > 0)::int
                        WHEN 'savings' THEN -line.numerator
                        ELSE line.value
                   END AS value,
                   CASE WHEN goal.metric = 'certified'
                             OR goal.metric IN ('kpi', 'score')
                                AND goal.weighting = 'spend'
                                AND goal.scope <> 'supplier'
                        THEN COALESCE(card.spend, 0) ELSE 1
                   END AS weight
              FROM supplier_scorecard card
              JOIN res_partner partner ON partner.id = card.partner_id
              LEFT JOIN supplier_grade grade ON grade.id = card.grade_id
              LEFT JOIN supplier_scorecard_line line
                ON line.scorecard_id = card.id
               AND line.kpi_id = goal.kpi_id
               AND line.date_to = run.date_to
               AND line.has_value
             WHERE card.evaluation_id = run.id
               AND CASE goal.scope
                        WHEN 'tier' THEN %(tier)s = goal.tier_id
                        WHEN 'category' THEN EXISTS (
                             SELECT 1 FROM %(tags)s tag
                              WHERE tag.partner_id = partner.id
                                AND tag.category_id = goal.category_id)
                        WHEN 'supplier' THEN partner.id = goal.partner_id
                        ELSE TRUE
                   END
            """,
            tier=self._tier_sql(),
            tags=SQL.identifier(
                self.env["res.partner"]._fields["category_id"].relation
            ),
        )

    def _tier_sql(self):
        """Return the tier that a supplier has in the company of a goal."""
        partners = self.env["res.partner"].sudo()
        cases = [
            SQL(
                "WHEN %s THEN %s",
                company.id,
                partners.with_company(company)._field_to_sql(
                    "partner", "supplier_tier_id"
                ),
            )
            for company in self.sudo().company_id
        ]
        if not cases:
            return SQL("NULL::int4")
        return SQL("CASE goal.company_id %s END", SQL(" ").join(cases))

    # ------------------------------------------------------------
    # How it stands
    # ------------------------------------------------------------

    def _status_of(self, figures, today):
        """Return how it stands with the goal, one of its statuses.

        :param list figures: of the periods that count, the oldest first
        :param date today: in the time zone of the company
        """
        return self._path().status(figures, self._is_over(figures, today))

    def _is_over(self, figures, today):
        """Whether the day has passed, and the period of that day is known.

        When nobody publishes that period, what there is decides after a while.
        """
        if today <= self.date:
            return False
        if figures and figures[-1].date_to >= self.date:
            return True
        template = self.sudo().template_id
        _first, last = period_of(template.period, self.date)
        waits = timedelta(days=template.grace_days + WAITS_DAYS)
        return today > last + waits

    def _today(self):
        """Return ``{company: its day}``."""
        now = fields.Datetime.now()
        return {company: company._supplier_day(now) for company in self.company_id}

    # ------------------------------------------------------------
    # Stored
    # ------------------------------------------------------------

    def _refresh(self):
        """Measure goals, and store what came of it; the statements are constant."""
        goals = self.sudo()
        if not goals:
            return
        measured, today = goals._measure(), goals._today()
        goals._store_periods(measured)
        goals._store_status(
            [
                (
                    goal.id,
                    goal._status_of(figures, today[goal.company_id]),
                    _newest_value(figures),
                )
                for goal, figures in measured.items()
            ]
        )

    def _store_periods(self, measured):
        periods = self.env["supplier.goal.period"]
        self.env.cr.execute(
            SQL("DELETE FROM supplier_goal_period WHERE goal_id = ANY(%s)", self.ids)
        )
        rows = [
            (
                goal.id,
                goal.company_id.id,
                figure.run_id,
                figure.date_from,
                figure.date_to,
                figure.value,
                goal._path().expected(figure.date_to),
                figure.count,
                figure.left_out,
            )
            for goal, figures in measured.items()
            for figure in figures
        ]
        if rows:
            bulk_insert(periods, PERIOD_COLUMNS, rows)
        periods.invalidate_model()
        self.invalidate_recordset(["period_ids"])

    def _store_status(self, rows):
        bulk_update(self, {"status": "varchar", "actual": "numeric"}, rows)

    @api.model
    def _stored_figures(self, goals):
        """Return ``{goal: list of Measured}``, as it was stored last."""
        rows = self.env["supplier.goal.period"].search_fetch(
            [("goal_id", "in", goals.ids)], PERIOD_COLUMNS, order="date_to, id"
        )
        by_goal = rows.grouped("goal_id")
        return {
            goal: [
                Measured(
                    row.date_from,
                    row.date_to,
                    None if row.value is False else row.value,
                    row.evaluation_id.id,
                    row.supplier_count,
                    row.left_out_count,
                )
                for row in by_goal.get(goal, rows.browse())
            ]
            for goal in goals
        }


def _measured(date_from, date_to, value, *rest):
    """Return a row of the query, its figure as exact as it is stored."""
    value = None if value is None else round(value, DIGITS)
    return Measured(date_from, date_to, value, *rest)


def _newest_value(figures):
    """Return the newest figure that is known, or None."""
    known = [figure.value for figure in figures if figure.value is not None]
    return known[-1] if known else None
