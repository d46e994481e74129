"""Evaluations of one template, each computed from nothing and up to the commit."""

from dataclasses import dataclass
from datetime import timedelta
from statistics import median

from probes import Probe, peak_mb, reset_peak, resident_mb, say

from odoo import Command

REPEATS = 3


@dataclass(frozen=True)
class Measured:
    """The runs for one period; the first, with cold caches, is not one of them.

    :param dict values: ``{(supplier, KPI code): value or None}`` as they were stored
    :param FactScope scope: the question that was asked
    """

    cold: Probe
    probes: tuple[Probe, ...]
    values: dict
    scope: object
    scorecards: int

    @property
    def seconds(self):
        return median(probe.seconds for probe in self.probes)

    @property
    def sql_seconds(self):
        return median(probe.sql_seconds for probe in self.probes)

    @property
    def statements(self):
        return self.probes[-1].statements

    @property
    def copies(self):
        return self.probes[-1].copies


class Runs:
    """What *Compute* takes with one template.

    A run is all of it: measure, score, store, flush, commit, with nothing in the ORM's
    cache.

    :param str name: of the template, which nothing else may have
    :param scales: ``(KPI code, value that earns 0, value that earns 100)``
    """

    def __init__(self, env, company, name, scales):
        self.env = env
        self.company = company
        self.name = name
        self.scales = scales
        self.stored = None

    def prepare(self):
        """Make the template."""
        self.clean()
        kpis = {kpi.code: kpi.id for kpi in self.env["supplier.kpi"].search([])}
        lines = [
            {
                "kpi_id": kpis[code],
                "point_ids": [
                    Command.create({"value": worst, "score": 0}),
                    Command.create({"value": best, "score": 100}),
                ],
            }
            for code, worst, best in self.scales
        ]
        self.template = self.env["supplier.scorecard.template"].create(
            {
                "name": self.name,
                "period": "year",
                "company_id": self.company.id,
                "line_ids": [Command.create(vals) for vals in lines],
            }
        )
        self._commit()

    def clean(self):
        """Remove what this benchmark made, or one that was interrupted."""
        self._delete_evaluations()
        self.env.cr.execute(
            "DELETE FROM supplier_scorecard_template WHERE name ->> 'en_US' = %s",
            [self.name],
        )
        self._commit()

    def measure(self, year, month):
        """Run both periods several times.

        :return: the year's :class:`Measured`, the month's, and memory in MB:
            ``(at the start, at most above it)``
        """
        reset_peak()
        idle = resident_mb()
        measured = [self.repeat(period) for period in (year, month)]
        return *measured, (idle, peak_mb() - idle)

    def repeat(self, period):
        say(f"{self.name}: {period[0]} to {period[1] - timedelta(1)} …")
        cold, *probes = [self.run(period) for _repeat in range(1 + REPEATS)]
        return Measured(
            cold,
            tuple(probes),
            self._stored_values(),
            self.stored._run_scope(),
            len(self.stored.scorecard_ids),
        )

    def tenth(self, year):
        """A run that scores a tenth of the suppliers, after a first one.

        :return: how many it scored, and its :class:`Probe`
        """
        some = sorted({partner_id for partner_id, _code in year.values})[::10]
        self.template.partner_domain = str([("id", "in", some)])
        period = (year.scope.date_from, year.scope.date_to + timedelta(1))
        _cold, probe = self.run(period), self.run(period)
        self.template.partner_domain = "[]"
        self._commit()
        return len(self.stored.scorecard_ids), probe

    def run(self, period):
        """Compute a new evaluation, up to the commit; the one before is removed.

        :param period: first day, and the first day after it
        """
        self._delete_evaluations()
        self.stored = self.env["supplier.evaluation"].create(
            {
                "template_id": self.template.id,
                "company_id": self.company.id,
                "date_from": period[0],
                "date_to": period[1] - timedelta(days=1),
            }
        )
        self._commit()
        with Probe(self.env.cr) as probe:
            self.stored.action_compute()
            self.env.flush_all()
            self.env.cr.commit()
        if self.stored.problems:
            raise RuntimeError(f"Not everything was computed: {self.stored.problems}")
        return probe

    def _stored_values(self):
        self.env.cr.execute(
            "SELECT l.partner_id, k.code, CASE WHEN l.has_value THEN l.value END "
            "FROM supplier_scorecard_line l JOIN supplier_kpi k ON k.id = l.kpi_id "
            "JOIN supplier_scorecard c ON c.id = l.scorecard_id "
            "WHERE c.evaluation_id = %s",
            [self.stored.id],
        )
        return {
            (partner, code): value for partner, code, value in self.env.cr.fetchall()
        }

    def _delete_evaluations(self):
        self.env.cr.execute(
            "DELETE FROM supplier_evaluation WHERE template_id IN (SELECT id "
            "FROM supplier_scorecard_template WHERE name ->> 'en_US' = %s)",
            [self.name],
        )
        self._commit()

    def _commit(self):
        self.env.flush_all()
        self.env.cr.commit()
        self.env.invalidate_all()
