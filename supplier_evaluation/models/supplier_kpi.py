from ast import literal_eval
from collections import defaultdict

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

from ..scoring import effective_sample, mean, ratio, total, variation

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
            for partner_id, values in kpis._read_facts(scope):
                for kpi in kpis:
                    measures[partner_id][kpi.code] = kpi._to_measure(values)
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

    def _read_facts(self, scope):
        """Yield ``(partner_id, {aggregate: value})`` of KPIs with the same source."""
        first = self[0]
        facts = self.env[first.fact_model]._with_fact_scope(scope)
        aggregates = list(
            dict.fromkeys(spec for kpi in self for spec in kpi._aggregates())
        )
        rows = facts._read_group(
            self._facts_domain(first.domain, scope),
            groupby=["partner_id"],
            aggregates=aggregates,
        )
        for partner, *values in rows:
            if partner:
                yield partner.id, dict(zip(aggregates, values, strict=True))

    def _aggregates(self):
        """Return the aggregates that :meth:`_to_measure` needs."""
        self.ensure_one()
        specs = ["__count"]
        if self.aggregator == "ratio":
            specs += [self._sum(self.numerator), self._sum(self.denominator)]
            if self.denominator == "weight":
                specs.append("weight_square:sum")
            if self.unweighted:
                specs.append(f"{self.unweighted}:sum")
        elif self.aggregator == "mean":
            specs += [f"{self.numerator}:sum", f"{self.numerator}:count"]
        elif self.aggregator == "cv":
            specs += [
                f"{self.numerator}:sum",
                f"{self.denominator}:sum",
                f"{self.numerator}:count",
            ]
        elif self.aggregator == "sum":
            specs.append(f"{self.numerator}:sum")
        return specs

    def _sum(self, fname):
        """Numbers are summed; of related records, the different ones are counted."""
        relational = self.env[self.fact_model]._fields[fname].relational
        return f"{fname}:{'count_distinct' if relational else 'sum'}"

    def _to_measure(self, values):
        """Turn the aggregates of one supplier into a measure.

        :param dict values: aggregates, as :meth:`_aggregates` names them
        :rtype: Measure
        """
        factor = FACTORS.get(self.unit, 1.0)
        count = values["__count"]
        if self.aggregator == "mean":
            return mean(
                values[f"{self.numerator}:sum"] or 0.0,
                values[f"{self.numerator}:count"],
                factor=factor,
                share=self.is_share,
            )
        if self.aggregator == "cv":
            return variation(
                values[f"{self.numerator}:sum"] or 0.0,
                values[f"{self.denominator}:sum"] or 0.0,
                values[f"{self.numerator}:count"],
                factor=factor,
            )
        if self.aggregator == "ratio":
            return self._to_ratio(values, count, factor)
        if self.aggregator == "sum":
            return total((values[f"{self.numerator}:sum"] or 0.0) * factor, count)
        return total(float(count), count)

    def _to_ratio(self, values, count, factor):
        numerator = values[self._sum(self.numerator)] or 0.0
        denominator = values[self._sum(self.denominator)] or 0.0
        if self.denominator == "weight":
            if not denominator and self.unweighted:
                plain = values[f"{self.unweighted}:sum"] or 0.0
                return mean(plain, count, factor=factor, share=self.is_share)
            n_eff = effective_sample(denominator, values["weight_square:sum"] or 0.0)
        else:
            count = int(denominator)
            n_eff = None
        return ratio(
            numerator,
            denominator,
            count,
            n_eff=n_eff,
            factor=factor,
            share=self.is_share,
        )
