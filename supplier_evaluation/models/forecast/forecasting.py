from dataclasses import replace
from datetime import date, timedelta
from typing import NamedTuple

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ...forecast import BEGIN, HALF_LIFE, Key, Tally, learn
from ...scoring import FactScope
from ...tools.bulk import bulk_copy, bulk_insert, bulk_update
from ...tools.scheduled import Work, run_scheduled
from .learning import Lesson
from .supplier_delivery_forecast import OF_OTHERS
from .supplier_delivery_forecast_level import BEGIN as BEGIN_LEVEL

# Deliveries of longer ago are not read: they would weigh less than 2 %.
DAYS_BACK = 3 * 365
# By what deliveries are alike, in the order of a Key.
KEY = ("partner_id", "product_id", "categ_id")
# What is written of a forecast, with the types of PostgreSQL.
COLUMNS = {
    "company_id": "integer",
    "partner_id": "integer",
    "purchase_line_id": "integer",
    "order_id": "integer",
    "product_id": "integer",
    "categ_id": "integer",
    "date_promised": "date",
    "probability": "float8",
    "low": "float8",
    "high": "float8",
    "days_when_late": "float8",
    "expected_days": "float8",
    "is_overdue": "boolean",
    "basis": "varchar",
    "date_from": "date",
    "date_computed": "timestamp",
}
LEVEL_COLUMNS = (
    "forecast_id",
    "sequence",
    "level",
    "delivery_count",
    "late_count",
    "rate",
    "weight",
)


class OpenLine(NamedTuple):
    """An order line that was not completely received."""

    line_id: int
    order_id: int
    partner_id: int
    product_id: int
    categ_id: int | None
    promised: date

    @property
    def key(self):
        return Key(self.partner_id, self.product_id, self.categ_id)


class SupplierDeliveryForecast(models.Model):
    """How forecasts are made: of all open lines of a company, from what came before."""

    _inherit = "supplier.delivery.forecast"

    @api.model
    def _cron_forecast(self):
        """Make the forecasts of every company anew.

        :raises Exception: the error of one that failed, when the others are done
        """
        run_scheduled(
            self.env,
            Work(
                "Delivery forecasts",
                self.env["res.company"].search([("active", "=", True)]),
                self._make,
                stays=True,
            ),
        )

    @api.model
    def _make(self, companies):
        """Make the forecasts of companies anew.

        The number of statements does not depend on how many lines or suppliers a
        company has.
        """
        for company in companies:
            self.sudo()._make_of(company, fields.Datetime.now())

    def _make_of(self, company, now):
        self.env.flush_all()
        scope = self._scope(company, now)
        past = self._past_by_tolerance(scope, (0, *self._tolerances(scope)))
        lessons = {tolerance: learn(rows) for tolerance, rows in past.items()}
        self._keep_lessons(scope, lessons)
        lesson = Lesson(lessons[0], scope.date_from, scope.cutoff)
        expected = self._expected(self._open_lines(company), lesson)
        self._store(company, expected, lesson, scope.date_to)
        self.env["supplier.delivery.forecast.first"]._note_outcomes(scope)
        self.env.invalidate_all()

    @api.model
    def _expected(self, lines, lesson):
        """Return what is to be expected of lines, asked once for each that is alike.

        :param lines: ``OpenLine``
        :return: ``{line: Lateness}``, without lines of which nothing is known
        """
        keys = {line.key for line in lines}
        found = {key: lesson.learned.forecast(key) for key in keys}
        return {line: found[line.key] for line in lines if found[line.key]}

    # ------------------------------------------------------------
    # What is asked
    # ------------------------------------------------------------

    @api.model
    def _scope(self, company, now):
        """Return the question: what came in the last years, as known at an instant.

        :param now: naive, in UTC
        :rtype: FactScope
        """
        today = company._supplier_day(now)
        return FactScope(
            company_id=company.id,
            date_from=today - timedelta(days=DAYS_BACK),
            date_to=today,
            cutoff=now,
            tz=company._supplier_tz(),
            weighting="line",
        )

    @api.model
    def _facts_domain(self):
        """Return the domain of the deliveries that teach something.

        The same for a forecast and for the list that it opens.
        """
        return Domain("exclusion", "=", False) & Domain("days_late", "!=", False)

    def _open_lines(self, company):
        """Return the lines of confirmed orders of which something is still to come."""
        digits = self.env["decimal.precision"].precision_get("Product Unit")
        rows = self.env.execute_query(
            SQL(
                """
                SELECT l.id, o.id, p.commercial_partner_id, l.product_id, t.categ_id,
                       (l.date_promised AT TIME ZONE 'UTC' AT TIME ZONE %(tz)s)::date
                  FROM purchase_order_line l
                  JOIN purchase_order o ON o.id = l.order_id
                  JOIN res_partner p ON p.id = o.partner_id
                  JOIN product_product pp ON pp.id = l.product_id
                  JOIN product_template t ON t.id = pp.product_tmpl_id
                 WHERE o.company_id = %(company)s
                   AND o.state = 'purchase'
                   AND l.display_type IS NULL
                   AND l.is_downpayment IS NOT TRUE
                   AND l.date_promised IS NOT NULL
                   AND COALESCE(l.product_type_promised, t.type) = 'consu'
                   AND l.product_qty - COALESCE(l.qty_received, 0) > %(tolerance)s
                 ORDER BY l.id
                """,
                company=company.id,
                tz=company._supplier_tz(),
                tolerance=10**-digits / 2,
            )
        )
        return [OpenLine(*row) for row in rows]

    def _past(self, scope):
        """Return what was delivered, by whom and what: one statement.

        :return: list of ``(Key, Tally)``
        """
        return self._past_by_tolerance(scope, (0,))[0]

    def _past_by_tolerance(self, scope, tolerances):
        """Return what was delivered, by whom and what: one statement.

        With a tolerance, late is what was not completely there when it was over, and
        of what is not over yet nothing is known.

        :param tolerances: days after the promise that are not late
        :return: ``{tolerance: list of (Key, Tally)}``
        """
        facts = self.env["supplier.delivery.fact"].with_context(active_test=False)
        facts = facts._with_fact_scope(scope)
        query = facts._search(self._facts_domain())
        names = (*KEY, "date", "days_late", "days_behind")
        last_days = [replace(scope, late_days=days).last_day for days in tolerances]
        columns = SQL(", ").join(
            SQL(
                "%s AS %s",
                facts._field_to_sql(facts._table, name, query),
                SQL.identifier(name),
            )
            for name in names
        )
        rows = self.env.execute_query(
            SQL(
                """
                SELECT tolerance, partner_id, product_id, categ_id,
                       COUNT(*), COUNT(*) FILTER (WHERE is_late),
                       SUM(weight),
                       COALESCE(SUM(weight) FILTER (WHERE is_late), 0),
                       COALESCE(SUM(weight * days) FILTER (WHERE is_late), 0),
                       COALESCE(SUM(weight * days * days) FILTER (WHERE is_late), 0)
                  FROM (SELECT fact.*, asked.tolerance, known.days,
                               known.days > 0 AND fact.days_behind > asked.tolerance
                                   AS is_late,
                               POWER(2, (date - %(today)s)::float8 / %(half)s) AS weight
                          FROM (%(facts)s) fact
                          JOIN UNNEST(%(tolerances)s::integer[], %(last_days)s::date[])
                               AS asked (tolerance, last_day)
                            ON fact.date <= asked.last_day
                    CROSS JOIN LATERAL (
                               SELECT GREATEST(0, fact.days_late)::float8 AS days
                               ) known) weighed
                 GROUP BY tolerance, partner_id, product_id, categ_id
                """,
                tolerances=[*tolerances],
                last_days=last_days,
                today=scope.date_to,
                half=HALF_LIFE,
                facts=query.select(columns),
            )
        )
        found = {tolerance: [] for tolerance in tolerances}
        for tolerance, *values in rows:
            found[tolerance].append((Key(*values[:3]), Tally(*values[3:])))
        return found

    # ------------------------------------------------------------
    # What is kept
    # ------------------------------------------------------------

    def _store(self, company, expected, lesson, today, whole=True):
        """Keep one forecast a line, the same one as before where there was one.

        :param expected: ``{OpenLine: Lateness}``
        :param whole: whether these are all of the company: then others are gone
        """
        rows = {
            line: _values(line, found, company, lesson, today)
            for line, found in expected.items()
        }
        known = dict(
            self.env.execute_query(
                SQL(
                    "SELECT purchase_line_id, id FROM supplier_delivery_forecast"
                    " WHERE (company_id = %s AND %s) OR purchase_line_id = ANY(%s)",
                    company.id,
                    whole,
                    [line.line_id for line in rows],
                )
            )
        )
        kept = {line: known.pop(line.line_id) for line in rows if line.line_id in known}
        if known or kept:
            self._forget([*known.values()], [*kept.values()])
        if kept:
            bulk_update(
                self, COLUMNS, [(row_id, *rows[line]) for line, row_id in kept.items()]
            )
        new = [line for line in rows if line not in kept]
        ids = bulk_insert(self, tuple(COLUMNS), [rows[line] for line in new])
        kept.update(zip(new, ids, strict=True))
        bulk_copy(
            self.env["supplier.delivery.forecast.level"],
            LEVEL_COLUMNS,
            [
                row
                for line, row_id in kept.items()
                for row in _level_rows(row_id, expected[line])
            ],
        )

    def _forget(self, gone, remade):
        """Delete forecasts of what is open no more, and what others were made of."""
        self.env.cr.execute(
            SQL("DELETE FROM supplier_delivery_forecast WHERE id = ANY(%s)", gone)
        )
        self.env.cr.execute(
            SQL(
                "DELETE FROM supplier_delivery_forecast_level"
                " WHERE forecast_id = ANY(%s)",
                remade,
            )
        )


class Expectation(NamedTuple):
    """What is told of a line."""

    probability: float
    low: float
    high: float
    days: float | None
    is_overdue: bool


def expect(line, found, today):
    """Return what is told of a line.

    Of what is late already it is certain. How much longer it takes is what a late
    delivery takes: how long one has waited says nothing about the rest.

    :param OpenLine line: the line
    :param Lateness found: what is to be expected of deliveries like it
    :param date today: where the company is
    :rtype: Expectation
    """
    so_far = (today - line.promised).days
    if so_far > 0:
        days = so_far + (found.days_when_late or 0.0)
        return Expectation(1.0, 1.0, 1.0, days, True)
    return Expectation(
        found.probability, found.low, found.high, found.expected_days, False
    )


def _values(line, found, company, lesson, today):
    """Return what is written of a forecast, in the order of ``COLUMNS``."""
    told = expect(line, found, today)
    return (
        company.id,
        line.partner_id,
        line.line_id,
        line.order_id,
        line.product_id,
        line.categ_id,
        line.promised,
        told.probability,
        told.low,
        told.high,
        found.days_when_late,
        told.days,
        told.is_overdue,
        found.basis,
        lesson.date_from,
        lesson.date_computed,
    )


def own_count(found):
    """Return how many deliveries of the supplier itself a forecast rests on."""
    return sum(
        level.tally.count for level in found.levels if level.name not in OF_OTHERS
    )


def _level_rows(row_id, found):
    """Yield the rows of what a forecast is made of, from the inside outwards."""
    left = 1.0
    levels = [level for level in reversed(found.levels) if level.tally.count]
    for sequence, level in enumerate(levels):
        left -= level.weight
        tally = level.tally
        yield (
            row_id,
            sequence,
            level.name,
            tally.count,
            tally.late_count,
            tally.rate,
            level.weight,
        )
    yield row_id, len(levels), BEGIN_LEVEL, 0, 0, BEGIN, max(0.0, left)
