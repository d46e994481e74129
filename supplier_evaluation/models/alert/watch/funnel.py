from dateutil.relativedelta import relativedelta

from odoo import api, fields, models

from ....tools.numbers import number
from ..seen import Seen


class SupplierAlertRule(models.Model):
    """A weak stage: fewer suppliers go on from it than its benchmark asks for."""

    _inherit = "supplier.alert.rule"

    funnel_stage_id = fields.Many2one(
        "supplier.stage", string="Stage", help="Empty: each that has a benchmark."
    )
    funnel_months = fields.Integer(
        string="Months", default=12, help="Suppliers that came into it so lately."
    )
    funnel_minimum = fields.Integer(
        string="At Least So Many Suppliers",
        default=5,
        help="Of fewer, a share says little.",
    )
    is_relative = fields.Boolean(
        string="In Per Cent of the Benchmark",
        help="A benchmark of 40 %, and 10 below it: less than 36 %. Otherwise the "
        "points count: less than 30 %.",
    )

    _funnel_positive = models.Constraint(
        "CHECK (funnel_months > 0 AND funnel_minimum > 0)",
        "A funnel is looked at over at least one month, and of at least one supplier.",
    )

    @api.model
    def _watched_fields(self):
        return [*super()._watched_fields(), "funnel_stage_id", "is_relative"]

    def _problem_funnel(self):
        return self._threshold_problem()

    def _sentence_funnel(self):
        values = {"threshold": number(self.env, self.threshold)}
        if self.is_relative:
            return self.env._(
                "Opens an alert when the conversion of a stage is more than "
                "%(threshold)s %% of its benchmark below it.",
                **values,
            )
        return self.env._(
            "Opens an alert when the conversion of a stage is more than %(threshold)s "
            "points below its benchmark.",
            **values,
        )

    def _see_funnel(self, companies, now, _since):
        funnel = self.env["supplier.stage.funnel"].with_context(
            supplier_funnel_countries=self.country_group_ids.country_ids.ids
        )
        domain = [
            ("company_id", "in", companies.ids),
            ("date", ">", (now - relativedelta(months=self.funnel_months)).date()),
            ("date", "<=", now.date()),
            ("stage_id.conversion_target", ">", 0),
        ]
        if self.region_group_ids:
            domain.append(("region_group_id", "in", self.region_group_ids.ids))
        if self.funnel_stage_id:
            domain.append(("stage_id", "=", self.funnel_stage_id.id))
        rows = funnel._read_group(
            domain, ["company_id", "stage_id"], ["decided:sum", "went_on:sum"]
        )
        limit = self._limit()
        found = []
        for company, stage, decided, went_on in rows:
            if decided < self.funnel_minimum:
                continue
            below = self._below_benchmark(
                100 * went_on / decided, stage.conversion_target
            )
            opens = limit.opens(below)
            if opens is None:
                continue
            found.append(
                Seen(
                    company.id,
                    0,
                    value=below,
                    threshold=self.threshold,
                    opens=opens,
                    res_model="supplier.stage",
                    res_ids=stage.ids,
                    res_id=stage.id,
                    text=self.env._(
                        "%(stage)s: %(share)s %% of %(suppliers)s went on, benchmark "
                        "%(benchmark)s %%",
                        stage=stage.name,
                        share=number(self.env, 100 * went_on / decided, 1),
                        suppliers=decided,
                        benchmark=number(self.env, stage.conversion_target, 1),
                    ),
                )
            )
        return found

    def _below_benchmark(self, share, benchmark):
        """Return how far a share is below the benchmark, in points or per cent of it.

        :param share: in per cent, as the benchmark
        """
        below = benchmark - share
        return round(100 * below / benchmark if self.is_relative else below, 6)
