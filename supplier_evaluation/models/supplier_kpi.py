from ast import literal_eval
from collections import defaultdict

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

from ..scoring import KpiQuestion

FACTORS = {"percent": 100.0, "ppm": 1e6}


def _source(kpi):
    """What KPIs must share to be fetched together."""
    return (kpi.fact_model, kpi.domain)


class SupplierKpi(models.Model):
    """What is measured: a question asked of facts, in fields and in words."""

    _name = "supplier.kpi"
    _description = "Supplier KPI"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    code = fields.Char(
        required=True, copy=False, help="Short technical name, unique and lasting."
    )
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    dimension = fields.Selection(
        selection=[
            ("delivery", "Delivery"),
            ("quality", "Quality"),
            ("cost", "Cost"),
            ("service", "Service"),
            ("compliance", "Compliance"),
        ],
        required=True,
        default="delivery",
    )
    description = fields.Text(
        string="Definition",
        required=True,
        translate=True,
        help="What the figure says and how it is counted, in words.",
    )
    exclusion_description = fields.Text(string="What Does Not Count", translate=True)
    unit = fields.Selection(
        selection=[
            ("percent", "%"),
            ("days", "days"),
            ("hours", "hours"),
            ("ppm", "ppm"),
            ("number", "number"),
        ],
        required=True,
        default="percent",
    )
    higher_is_better = fields.Boolean(default=True)
    fact_model = fields.Char(
        string="Facts",
        required=True,
        default="supplier.delivery.fact",
        help="Model with one row per record that is counted.",
    )
    domain = fields.Char(default="[]", required=True)
    aggregator = fields.Selection(
        selection=[
            ("ratio", "Ratio"),
            ("mean", "Mean"),
            ("cv", "Variation"),
            ("sum", "Sum"),
            ("count", "Count"),
        ],
        required=True,
        default="ratio",
        help="Ratio: sum of the first field over sum of the second. Mean: of the "
        "records that have a value. Variation: sample standard deviation over mean.",
    )
    numerator = fields.Char(help="Field that is summed, averaged or varied.")
    denominator = fields.Char(
        help="Ratio: field that divides. Variation: field with the squares."
    )
    unweighted = fields.Char(
        help="Field that is averaged instead when all weights are 0."
    )
    is_share = fields.Boolean(
        string="Share of Records",
        help="The figure is a share, so it carries a 95 % Wilson interval.",
    )

    _code_unique = models.Constraint(
        "UNIQUE (code)", "A KPI with this code exists already."
    )

    # ------------------------------------------------------------
    # Constraints
    # ------------------------------------------------------------

    @api.constrains(
        "fact_model",
        "domain",
        "aggregator",
        "numerator",
        "denominator",
        "unweighted",
    )
    def _check_definition(self):
        for kpi in self:
            problem = kpi._definition_problem()
            if problem:
                raise ValidationError(
                    self.env._(
                        "KPI %(kpi)s cannot be computed: %(problem)s",
                        kpi=kpi.display_name,
                        problem=problem,
                    )
                )

    def _definition_problem(self):
        """Return why the KPI cannot be computed, in words, or False."""
        self.ensure_one()
        facts = self.env.get(self.fact_model)
        if not isinstance(facts, self.env.registry["supplier.fact.mixin"]):
            return self.env._("%s is no model of facts.", self.fact_model)
        for fname in self._used_fields():
            if fname not in facts._fields:
                return self.env._(
                    "%(model)s has no field %(field)s.",
                    model=self.fact_model,
                    field=fname,
                )
        if self.aggregator in ("ratio", "cv") and not (
            self.numerator and self.denominator
        ):
            return self.env._("it needs a numerator and a denominator.")
        if self.aggregator in ("mean", "sum") and not self.numerator:
            return self.env._("it needs the field to take.")
        try:
            Domain(literal_eval(self.domain)).validate(facts.sudo())
        except (ValueError, SyntaxError, TypeError) as error:
            return self.env._("its domain cannot be read (%s).", error)
        return False

    def _used_fields(self):
        names = (self.numerator, self.denominator, self.unweighted)
        return [name for name in names if name]

    # ------------------------------------------------------------
    # Business
    # ------------------------------------------------------------

    def _measure(self, scope):
        """Measure the KPIs for every supplier at once.

        KPIs on the same facts and domain share one query, so the number of
        queries depends on neither suppliers nor KPIs.

        :param FactScope scope: company, period, cut-off and how to weigh
        :return: ``{partner_id: {kpi_code: Measure}}``, for the suppliers with a
            counted record
        """
        measures = defaultdict(dict)
        for kpis in self.grouped(_source).values():
            questions = [kpi._question() for kpi in kpis]
            for partner_id, values in kpis._read_facts(scope, questions):
                answers = measures[partner_id]
                for question in questions:
                    answers[question.code] = question.measure(values)
        return dict(measures)

    @api.model
    def _facts_domain(self, domain, scope, counted=True):
        """Return the domain of the facts that count, or of those left out.

        :param str domain: of a KPI
        """
        return (
            Domain(literal_eval(domain))
            & Domain("company_id", "=", scope.company_id)
            & Domain("exclusion", "=" if counted else "!=", False)
        )

    def _question(self):
        """Return the KPI for the scoring core, which knows no fields.

        :rtype: KpiQuestion
        """
        self.ensure_one()
        averages = self.aggregator in ("mean", "cv")
        return KpiQuestion(
            code=self.code,
            aggregator=self.aggregator,
            numerator=self._sum(self.numerator),
            denominator=self._sum(self.denominator),
            counted=f"{self.numerator}:count" if averages else "",
            unweighted=self._sum(self.unweighted),
            is_weighted=self.aggregator == "ratio" and self.denominator == "weight",
            factor=FACTORS.get(self.unit, 1.0),
            share=self.is_share,
        )

    def _sum(self, fname):
        """Numbers are summed; of related records, the different ones are counted."""
        if not fname:
            return ""
        relational = self.env[self.fact_model]._fields[fname].relational
        return f"{fname}:{'count_distinct' if relational else 'sum'}"

    def _read_facts(self, scope, questions):
        """Yield ``(partner_id, {aggregate: value})`` of KPIs with the same source."""
        first = self[0]
        facts = self.env[first.fact_model]._with_fact_scope(scope)
        aggregates = list(
            dict.fromkeys(spec for item in questions for spec in item.aggregates())
        )
        rows = facts._read_group(
            self._facts_domain(first.domain, scope),
            groupby=["partner_id"],
            aggregates=aggregates,
        )
        for partner, *values in rows:
            if partner:
                yield partner.id, dict(zip(aggregates, values, strict=True))
