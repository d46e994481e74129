from datetime import date, datetime
from typing import NamedTuple

from odoo import api, models
from odoo.tools import SQL, ormcache

from ...forecast import LEVELS, Book, Learned, Tally
from ...tools.bulk import bulk_copy

SUMS = ("delivery_count", "late_count", "weight", "late", "days", "square")
STRENGTHS = ("strength_peers", "strength_supplier", "strength_product")
ASKED = (*STRENGTHS, "strength_days", "date_from", "date_computed")
GROUP = ("kind", "partner_id", "product_id", "categ_id")
COLUMNS = ("company_id", "tolerance", *GROUP, *SUMS, *ASKED)
READ = (*GROUP, *SUMS, *ASKED)


class Lesson(NamedTuple):
    """What past deliveries taught, and which were asked.

    :param learned: ask it for a forecast
    :param date_from: deliveries promised since then
    :param date_computed: as known at this instant, naive, in UTC
    """

    learned: Learned
    date_from: date
    date_computed: datetime


class SupplierDeliveryForecast(models.Model):
    """Keeps what the night learned, for what is ordered on the day."""

    _inherit = "supplier.delivery.forecast"

    @api.model
    def _tolerances(self, scope):
        """Return the late tolerances in days that are asked for: one statement.

        Those that templates give the company now, and those with which its evaluations
        of periods that are not over were computed: a template may be changed or
        archived since. An archived one counts as long as such an evaluation uses it.

        :param FactScope scope: of which company, and today as its last day
        """
        rows = self.env.execute_query(
            SQL(
                """
                  WITH running AS (
                       SELECT template_id, state,
                              template_snapshot -> 'scope' ->> 'late_days' AS days
                         FROM supplier_evaluation
                        WHERE company_id = %(company)s AND date_to >= %(today)s
                       ),
                       asked (days) AS (
                       SELECT late_tolerance_days
                         FROM supplier_scorecard_template
                        WHERE (company_id = %(company)s OR company_id IS NULL)
                          AND (active OR id IN (SELECT template_id FROM running))
                        UNION
                       SELECT days::integer FROM running WHERE state != 'draft'
                       )
                SELECT days FROM asked WHERE days > 0 ORDER BY days
                """,
                company=scope.company_id,
                today=scope.date_to,
            )
        )
        return [days for (days,) in rows]

    @api.model
    def _keep_lessons(self, scope, lessons):
        """Keep what a company's deliveries taught, in place of what was kept.

        Nothing is kept where nothing was ever delivered.

        :param dict lessons: what was learned, by the tolerance in days
        """
        had_learned = self._find_learned(scope.company_id)
        self.env.cr.execute(
            SQL(
                "DELETE FROM supplier_delivery_tally WHERE company_id = %s",
                scope.company_id,
            )
        )
        rows = [
            row
            for tolerance, learned in lessons.items()
            if learned.book.all.count
            for row in _rows(scope, tolerance, learned)
        ]
        if rows:
            tallies = self.env["supplier.delivery.tally"]
            bulk_copy(tallies, COLUMNS, rows)
            tallies.invalidate_model()
        if bool(rows) != had_learned:
            self._forget_answers()

    @api.model
    @ormcache("company_id")
    def _has_learned(self, company_id):
        """Return whether past deliveries of a company taught anything.

        Every order asks, and only a night changes it: the answer is kept.
        """
        return self._find_learned(company_id)

    def _find_learned(self, company_id):
        rows = self.env.execute_query(
            SQL(
                "SELECT FROM supplier_delivery_tally WHERE company_id = %s LIMIT 1",
                company_id,
            )
        )
        return bool(rows)

    @api.model
    def _last_lesson(self, company, partners, products=None, tolerance=0):
        """Return what was learned last, as far as it concerns suppliers: one query.

        :param company: whose deliveries
        :param partners: commercial entities
        :param products: of which something is asked; any by default
        :param int tolerance: days after the promise that are not late yet
        :return: a Lesson, or ``None`` where nothing was learned
        """
        of_products = (
            SQL("TRUE")
            if products is None
            else SQL("product_id = ANY(%s)", [*products.ids])
        )
        rows = self.env.execute_query(
            SQL(
                """
                SELECT %(columns)s FROM supplier_delivery_tally
                 WHERE company_id = %(company)s AND partner_id IS NULL
                   AND tolerance = %(tolerance)s
                 UNION ALL
                SELECT %(columns)s FROM supplier_delivery_tally
                 WHERE company_id = %(company)s AND partner_id = ANY(%(partners)s)
                   AND product_id IS NULL AND tolerance = %(tolerance)s
                 UNION ALL
                SELECT %(columns)s FROM supplier_delivery_tally
                 WHERE company_id = %(company)s AND partner_id = ANY(%(partners)s)
                   AND product_id IS NOT NULL AND %(of_products)s
                   AND tolerance = %(tolerance)s
                """,
                columns=SQL(", ").join(SQL.identifier(name) for name in READ),
                company=company.id,
                partners=[*partners.ids],
                of_products=of_products,
                tolerance=tolerance,
            )
        )
        return _lesson(rows) if rows else None


def _rows(scope, tolerance, learned):
    """Yield the rows of what was learned, in the order of ``COLUMNS``."""
    book, none = learned.book, (None,) * len(ASKED)
    asks = (scope.company_id, tolerance)
    asked = (
        *(learned.strengths[name] for name in LEVELS[1:]),
        learned.days_strength,
        scope.date_from,
        scope.cutoff,
    )
    yield (*asks, "all", None, None, None, *_sums(book.all), *asked)
    for category, tally in book.categories.items():
        yield (*asks, "category", None, None, category, *_sums(tally), *none)
    for partner, tally in book.suppliers.items():
        yield (*asks, "supplier", partner, None, None, *_sums(tally), *none)
    for (partner, category), tally in book.supplier_categories.items():
        yield (*asks, "both", partner, None, category, *_sums(tally), *none)
    for (partner, product), tally in book.products.items():
        yield (*asks, "product", partner, product, None, *_sums(tally), *none)


def _sums(tally):
    return (
        tally.count,
        tally.late_count,
        tally.weight,
        tally.late,
        tally.days,
        tally.square,
    )


def _lesson(rows):
    """Return the Lesson of rows, which are in the order of ``READ``.

    Without the row of all deliveries there is none: nobody orders less for that.
    """
    book, asked = Book(), ()
    for kind, partner, product, category, *values in rows:
        tally = Tally(*values[: len(SUMS)])
        if kind == "all":
            book.all = tally
            asked = values[len(SUMS) :]
        elif kind == "category":
            book.categories[category] = tally
        elif kind == "supplier":
            book.suppliers[partner] = tally
        elif kind == "both":
            book.supplier_categories[partner, category] = tally
        else:
            book.products[partner, product] = tally
    if not asked:
        return None
    *strengths, days_strength, date_from, date_computed = asked
    known = {LEVELS[0]: None, **dict(zip(LEVELS[1:], strengths, strict=True))}
    return Lesson(Learned(book, known, days_strength), date_from, date_computed)
