import logging
from collections import defaultdict
from datetime import timedelta

import psycopg2

from odoo import models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain
from odoo.tools import SQL

from ...scoring import KpiQuestion
from ...scoring.question import COUNT
from .measured import DIFFERENT, SQUARES, Measured, Source, answer_of

_logger = logging.getLogger(__name__)

FACTORS = {"percent": 100.0, "ppm": 1e6, "per_hundred": 100.0}
# What a definition raises that does not fit the records, or no longer does, and what
# the records themselves do, such as a figure that is too large for the database.
BROKEN = (AccessError, UserError, psycopg2.DataError)
# What one raises besides that somebody made of a domain and fields of any model. In an
# app's code these are bugs.
BROKEN_NO_CODE = (
    *BROKEN,
    AttributeError,
    KeyError,
    TypeError,
    ValueError,
    psycopg2.ProgrammingError,
)

# A period of at most so many days is a short time: a quarter is.
SHORT_DAYS = 92


def _source(kpi, scope):
    """What KPIs must share to be fetched together.

    What somebody defined stops no KPI that came with an app.
    """
    if kpi._has_facts():
        # Beside sums, PostgreSQL would sort all facts by each that it counts once. Of a
        # short time, to make them a second time takes longer than that.
        counts_once = not _is_short(scope) and all(
            map(_is_count_of_different, kpi._question().aggregates())
        )
        return (kpi.fact_model, kpi.domain, bool(kpi.definer_id), counts_once)
    names = ("fact_model", "domain", "partner_field", "date_field", "company_field")
    return tuple(kpi[name] for name in (*names, "cutoff_field", "definer_id"))


def _is_short(scope):
    return (scope.date_to - scope.date_from).days < SHORT_DAYS


def _is_count_of_different(spec):
    return spec.endswith(DIFFERENT)


class SupplierKpi(models.Model):
    """How a KPI is measured: the one door to numbers."""

    _inherit = "supplier.kpi"

    def _measure(self, scope, problems=None):
        """Measure the KPIs for every supplier at once.

        KPIs on the same records and domain share one query, so the number of queries
        depends on neither suppliers nor KPIs.

        :param FactScope scope: company, period, cut-off and how to weigh
        :param list problems: gets ``(KPIs, why)`` for those that cannot be computed;
            without it, the first one raises
        :return: ``{partner_id: {kpi_code: Measure}}``, for the suppliers with a
            counted record
        :raises UserError: a KPI cannot be computed, and no list takes it
        :raises Exception: facts have a bug, which no list takes: it is not the fault of
            a definition, and shall not pass as a KPI without a figure
        """
        measures = defaultdict(dict)
        answers = self._ask_each_source(
            scope, problems, lambda kpis: list(kpis._answers(scope))
        )
        for answer in answers:
            for partner_id, of_partner in answer:
                measures[partner_id].update(of_partner)
        return dict(measures)

    def _measured(self, scope, problems):
        """Measure the KPIs for every supplier, and let the database keep the figures.

        The same as :meth:`_measure`, for so many suppliers that one does not want to
        hold all their figures at once.

        :param FactScope scope: company, period, cut-off and how to weigh
        :param list problems: gets ``(KPIs, why)`` for those that cannot be computed
        :rtype: Measured
        """
        self.env.flush_all()
        sources = self._ask_each_source(
            scope, problems, lambda kpis: Source(kpis, scope)
        )
        return Measured(self.env, list(sources))

    def _ask_each_source(self, scope, problems, ask):
        """Yield what is asked of the KPIs that share a query, for each of these.

        :param FactScope scope: company, period, cut-off and how to weigh
        :param list problems: gets those that cannot be asked; or else, they raise
        :param ask: function of KPIs
        """
        computable = self._computable(problems)
        for kpis in computable.grouped(lambda kpi: _source(kpi, scope)).values():
            try:
                with self.env.cr.savepoint():
                    answer = ask(kpis)
            except kpis[0]._errors_of_definition() as error:
                if problems is None:
                    raise
                _logger.exception("KPIs %s could not be computed", kpis.mapped("code"))
                problems.append((kpis, str(error)))
            else:
                yield answer

    def _errors_of_definition(self):
        """Return the errors that tell of a wrong definition, not of a wrong program."""
        self.ensure_one()
        return BROKEN if self._came_with_an_app() else BROKEN_NO_CODE

    def _came_with_an_app(self):
        """Whether KPIs are no one's but an app's; what is being typed is somebody's."""
        return all(kpi._has_facts() and kpi.id and not kpi.definer_id for kpi in self)

    def _computable(self, problems):
        """Leave out the KPIs whose definition has become wrong."""
        computable = self.browse()
        for kpi in self:
            problem = kpi._definition_problem()
            if not problem:
                computable += kpi
            elif problems is None:
                raise UserError(
                    self.env._(
                        "KPI %(kpi)s cannot be computed: %(problem)s",
                        kpi=kpi.display_name,
                        problem=problem,
                    )
                )
            else:
                problems.append((kpi, problem))
        return computable

    def _answers(self, scope):
        """Yield ``(partner_id, {kpi_code: Measure})`` of KPIs with the same source."""
        questions = [kpi._question() for kpi in self]
        for partner_id, values in self._read_records(scope, questions):
            yield (
                partner_id,
                {question.code: question.measure(values) for question in questions},
            )

    def _read_records(self, scope, questions, only=Domain.TRUE):
        """Yield ``(partner_id, {aggregate: value})`` of KPIs with the same source.

        :param only: which of the records that count are read; all by default
        """
        first = self[0]
        asked = first._asked_of(questions)
        records, domain = first._records(scope), first._facts_domain(scope) & only
        if first._counts_once(asked):
            query = records._count_different(domain, first._supplier_path(), asked)
            for partner_id, *values in self.env.execute_query(query):
                yield partner_id, answer_of(asked, values)
            return
        rows = records._read_group(
            domain, groupby=[first._supplier_path()], aggregates=asked.values()
        )
        for supplier, *values in rows:
            if supplier:
                yield supplier.id, answer_of(asked, values)

    def _counts_once(self, asked):
        """Whether facts are asked for nothing but different related records."""
        return self._has_facts() and all(map(_is_count_of_different, asked.values()))

    def _asked_of(self, questions):
        """Return what questions need, and what of it is fetched.

        Of a variation over ordinary records the values are fetched, not squares.

        :return: ``{aggregate of a question: aggregate that is fetched}``
        """
        return {
            spec: spec.replace(SQUARES, ":array_agg")
            for question in questions
            for spec in question.aggregates()
        }

    def _supplier_path(self):
        """Return the path from a record to the supplier that it counts for."""
        self.ensure_one()
        if self._has_facts():
            return self.partner_field
        return f"{self.partner_field}.commercial_partner_id"

    def _answers_query(self, scope, asked):
        """Return the query that ``_read_group`` would make, for who keeps its answer.

        :param dict asked: what is asked, see :meth:`_asked_of`
        :return: SQL of ``partner_id, a0, a1, …``
        """
        self.ensure_one()
        records = self._records(scope)
        records.browse().check_access("read")
        if self._counts_once(asked):
            return records._count_different(
                self._facts_domain(scope), self._supplier_path(), asked
            )
        query = records._search(self._facts_domain(scope))
        partner = records._read_group_groupby(
            records._table, self._supplier_path(), query
        )
        columns = [
            SQL(
                "%s AS %s",
                records._read_group_select(spec, query),
                SQL.identifier(f"a{number}"),
            )
            for number, spec in enumerate(asked.values())
        ]
        query.order = None
        query.groupby = partner
        return query.select(SQL("%s AS partner_id", partner), *columns)

    def _enrols(self):
        """Whether a record that counts makes the supplier take part in an evaluation.

        A required document, for one, says nothing about whether we buy.
        """
        self.ensure_one()
        return not self._has_facts() or self.env[self.fact_model]._fact_enrols

    def _records(self, scope):
        """Return the model that is asked, with the scope if it consists of facts.

        An evaluation reads facts with full rights. Ordinary records are read with those
        of whoever defined the KPI: a figure must not tell what they may not see.
        """
        self.ensure_one()
        records = self.env[self.fact_model]
        if self._has_facts():
            return records._with_fact_scope(scope)
        if self.env.su and self.definer_id:
            records = records.with_user(self.definer_id)
        return records.with_context(allowed_company_ids=[scope.company_id])

    def _facts_domain(self, scope, counted=True):
        """Return the domain of the records that count, or of those left out.

        Facts say themselves why they do not count. Of ordinary records of the period,
        those are left out that the KPI's domain leaves out.
        """
        self.ensure_one()
        own = self._own_domain()
        if self._has_facts():
            company = Domain("company_id", "=", scope.company_id)
            return own & company & Domain("exclusion", "=" if counted else "!=", False)
        return (own if counted else ~own) & self._period_domain(scope)

    def _supplier_domain(self, partner):
        """Return the domain of the records of a supplier.

        :param partner: a commercial entity
        """
        self.ensure_one()
        return Domain(self._supplier_path(), "=", partner.id)

    def _period_domain(self, scope):
        """Return the domain of the ordinary records of a company and period."""
        fields_ = self.env[self.fact_model]._fields
        is_datetime = fields_[self.date_field].type == "datetime"
        if is_datetime:
            stop = min(scope.period_stop, scope.cutoff + timedelta(microseconds=1))
            days = Domain(self.date_field, ">=", scope.start)
            days &= Domain(self.date_field, "<", stop)
        else:
            days = Domain(self.date_field, ">=", scope.date_from)
            days &= Domain(self.date_field, "<=", min(scope.date_to, scope.cutoff_day))
        if self.cutoff_field:
            days &= Domain(self.cutoff_field, "<=", scope.cutoff)
        company = Domain(self.company_field, "in", [scope.company_id, False])
        return days & company & Domain(self.partner_field, "!=", False)

    # ------------------------------------------------------------
    # For the scoring core, which knows no fields
    # ------------------------------------------------------------

    def _question(self):
        """Return the KPI for the scoring core.

        :rtype: KpiQuestion
        """
        self.ensure_one()
        return KpiQuestion(
            code=self.code or "",
            aggregator=self.aggregator,
            numerator="" if self.aggregator == "count" else self._sum(self.numerator),
            denominator=self._denominator(),
            counted=self._counted(),
            unweighted=self._sum(self.unweighted),
            is_weighted=self.aggregator == "ratio" and self.denominator == "weight",
            factor=FACTORS.get(self.unit, 1.0),
            share=self.is_share,
        )

    def _denominator(self):
        if self.aggregator == "ratio":
            return self._sum(self.denominator)
        if self.aggregator == "cv":
            # Facts hold the squares; of other records they are made of the values.
            if self._has_facts():
                return self._sum(self.denominator)
            return f"{self.numerator}{SQUARES}"
        return ""

    def _counted(self):
        """Return the aggregate that counts the records behind the figure.

        Facts that a figure does not concern have no numerator. Of different related
        records there are as many as the denominator says.
        """
        if self.aggregator in ("count", "sum"):
            return ""
        if self.aggregator == "ratio" and self._is_relation(self.denominator):
            return ""
        if not self._has_facts():
            return COUNT  # an empty number is 0, as the screen shows it
        return f"{self.numerator}:count"

    def _sum(self, fname):
        """Numbers are summed; of related records, the different ones are counted."""
        if not fname:
            return ""
        return f"{fname}:{'count_distinct' if self._is_relation(fname) else 'sum'}"

    def _is_relation(self, fname):
        return self.env[self.fact_model]._fields[fname].relational
