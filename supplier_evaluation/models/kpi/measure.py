import logging
from collections import defaultdict
from datetime import timedelta

import psycopg2

from odoo import models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

from ...scoring import KpiQuestion
from ...scoring.question import COUNT

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


def _source(kpi):
    """What KPIs must share to be fetched together.

    What somebody defined stops no KPI that came with an app.
    """
    if kpi._has_facts():
        return (kpi.fact_model, kpi.domain, bool(kpi.definer_id))
    names = ("fact_model", "domain", "partner_field", "date_field", "company_field")
    return tuple(kpi[name] for name in (*names, "cutoff_field", "definer_id"))


def _with_squares(answer, aggregates):
    """Make the squares that were asked for of the values that were fetched."""
    return {
        spec: sum((each or 0) ** 2 for each in answer[_values_of(spec)])
        if spec.endswith(":squares")
        else answer[spec]
        for spec in aggregates
    }


def _values_of(spec):
    return spec.replace(":squares", ":array_agg")


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
        for kpis in self._computable(problems).grouped(_source).values():
            try:
                with self.env.cr.savepoint():
                    answers = list(kpis._answers(scope))
            except kpis[0]._errors_of_definition() as error:
                if problems is None:
                    raise
                _logger.exception("KPIs %s could not be computed", kpis.mapped("code"))
                problems.append((kpis, str(error)))
                continue
            for partner_id, answer in answers:
                measures[partner_id].update(answer)
        return dict(measures)

    def _errors_of_definition(self):
        """Return the errors that tell of a wrong definition, not of a wrong program."""
        self.ensure_one()
        # What is still being typed is somebody's, too.
        came_with_an_app = self._has_facts() and self.id and not self.definer_id
        return BROKEN if came_with_an_app else BROKEN_NO_CODE

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
        aggregates = list(
            dict.fromkeys(spec for item in questions for spec in item.aggregates())
        )
        partner = first.partner_field
        if not first._has_facts():
            partner = f"{partner}.commercial_partner_id"
        # Of a variation over ordinary records the values are fetched, not squares.
        fetched = [_values_of(spec) for spec in aggregates]
        records, domain = first._records(scope), first._facts_domain(scope) & only
        # Counted apart: beside sums, PostgreSQL would sort all records by each.
        different = [
            fname
            for fname, _sep, function in (spec.partition(":") for spec in fetched)
            if function == "count_distinct" and first._has_facts()
        ]
        counts = records._count_different(domain, partner, different)
        for fname in different:
            fetched.remove(f"{fname}:count_distinct")
        for supplier, *values in records._read_group(domain, [partner], fetched):
            if supplier:
                answer = dict(zip(fetched, values, strict=True))
                answer |= counts.get(supplier.id, {})
                yield supplier.id, _with_squares(answer, aggregates)

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
        path = self.partner_field
        if not self._has_facts():
            path = f"{path}.commercial_partner_id"
        return Domain(path, "=", partner.id)

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
            return f"{self.numerator}:squares"
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
