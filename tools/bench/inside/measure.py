"""What is measured, all in one Odoo process (run by `tools.odoo.run_script`).

A run of ours is all of it: measure, score, store, flush, commit, with nothing in the
ORM's cache. The first run, which also warms PostgreSQL's cache, is reported as cold.
"""

import json
import sys
from datetime import date, timedelta
from pathlib import Path
from statistics import median

from odoo import Command, fields

sys.path.insert(0, str(Path(__file__).parent))

from probes import Probe, peak_mb, reset_peak, resident_mb, say

REPEATS = 3
TEMPLATE = "Benchmark"
# KPI, value that earns 0, value that earns 100
SCALES = (
    ("otd", 50, 100),
    ("otif", 40, 100),
    ("fill_rate", 70, 100),
    ("days_late", 10, 0),
    ("lead_time", 60, 0),
    ("lead_time_cv", 120, 0),
    ("cycle_time", 60, 0),
    ("promise_kept", 60, 100),
    ("ack_rate", 0, 100),
)
WINDOW = "purchase_stock.on_time_delivery_days"
TOLERANCE = 1e-6


def main(env, args):
    """Measure, and write the figures to the file ``args["result"]``."""
    bench = Bench(env, date.fromisoformat(args["date_from"]))
    bench.prepare()
    figures = {
        **bench.sizes(),
        **bench.our_runs(),
        **bench.floor(Path(args["floor"]).read_text()),
        **bench.native(),
    }
    bench.clean()
    Path(args["result"]).write_text(json.dumps(figures))


class Bench:
    """The benchmark of one database.

    :param date_from: first of the twelve months with data
    """

    def __init__(self, env, date_from):
        self.env = env
        self.company = env["res.company"].search([], limit=1, order="id")
        self.year = (date_from, _months_later(date_from, 12))
        self.month = (_months_later(date_from, 6), _months_later(date_from, 7))
        self.stored = None

    # ------------------------------------------------------------
    # Before and after
    # ------------------------------------------------------------

    def prepare(self):
        """Make the template, and let Odoo's own rate see all the data, too."""
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
            for code, worst, best in SCALES
        ]
        self.template = self.env["supplier.scorecard.template"].create(
            {
                "name": TEMPLATE,
                "period": "year",
                "company_id": self.company.id,
                "line_ids": [Command.create(vals) for vals in lines],
            }
        )
        first = self.env["purchase.order"].search([], order="date_order", limit=1)
        days = (fields.Date.today() - first.date_order.date()).days + 1
        self.env["ir.config_parameter"].set_param(WINDOW, str(days))
        self._commit()

    def clean(self):
        """Remove what this benchmark made, or one that was interrupted."""
        self._delete_evaluations()
        self.env.cr.execute(
            "DELETE FROM supplier_scorecard_template WHERE name ->> 'en_US' = %s",
            [TEMPLATE],
        )
        self._commit()

    def _delete_evaluations(self):
        self.env.cr.execute(
            "DELETE FROM supplier_evaluation WHERE template_id IN (SELECT id "
            "FROM supplier_scorecard_template WHERE name ->> 'en_US' = %s)",
            [TEMPLATE],
        )
        self._commit()

    def _commit(self):
        self.env.flush_all()
        self.env.cr.commit()
        self.env.invalidate_all()

    def sizes(self):
        suppliers = "SELECT COUNT(DISTINCT commercial_partner_id) FROM res_partner"
        counts = {
            "suppliers": f"{suppliers} WHERE supplier_rank > 0",
            "orders": "SELECT COUNT(*) FROM purchase_order",
            "lines": "SELECT COUNT(*) FROM purchase_order_line",
            "moves": "SELECT COUNT(*) FROM stock_move",
            "moves_done": "SELECT COUNT(*) FROM stock_move WHERE state = 'done'",
            "server": "SHOW server_version",
        }
        figures = {}
        for name, query in counts.items():
            self.env.cr.execute(query)
            figures[name] = self.env.cr.fetchone()[0]
        return figures

    # ------------------------------------------------------------
    # Ours
    # ------------------------------------------------------------

    def our_runs(self):
        """A year, a month in its middle, and a year of a tenth of the suppliers."""
        reset_peak()
        idle = resident_mb()
        say("Our run: a year, then a month …")
        cold = self._run(self.year)
        years = [self._run(self.year) for _repeat in range(REPEATS)]
        cards = self.stored.scorecard_ids
        scorecards, lines = len(cards), len(cards.line_ids)
        self.measured = self._stored_values()
        self._run(self.month)
        months = [self._run(self.month) for _repeat in range(REPEATS)]
        peak = peak_mb()
        last = years[-1]
        return {
            "run_year_s": median(run.seconds for run in years),
            "run_year_cold_s": cold.seconds,
            "run_year_sql_s": median(run.sql_seconds for run in years),
            "run_month_s": median(run.seconds for run in months),
            "run_month_sql_s": median(run.sql_seconds for run in months),
            "statements_year": last.statements,
            "statements_month": months[-1].statements,
            "copies_year": last.copies,
            "copies_month": months[-1].copies,
            "idle_rss_mb": idle,
            "peak_rss_above_idle_mb": peak - idle,
            "scorecards": scorecards,
            "scorecard_lines": lines,
            **self._tenth(),
        }

    def _tenth(self):
        """The statements of a run that scores a tenth of the suppliers."""
        some = sorted({partner_id for partner_id, _code in self.measured})[::10]
        self.template.partner_domain = str([("id", "in", some)])
        run = self._run(self.year)
        return {
            "tenth_scorecards": len(self.stored.scorecard_ids),
            "tenth_statements": run.statements,
        }

    def _run(self, period):
        """Compute a new evaluation, up to the commit; the one before is removed."""
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
        return probe

    def _stored_values(self):
        """``{(supplier, KPI code): value or None}`` of the run before."""
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

    # ------------------------------------------------------------
    # What it is compared with
    # ------------------------------------------------------------

    def floor(self, statement):
        """Run the hand-written statement, and compare its numbers with ours."""
        say("The floor: one statement for the same KPIs …")
        scope = self.stored._fact_scope()
        values = {
            "company": scope.company_id,
            "start": scope.start,
            "stop": scope.stop,
            "cutoff": scope.cutoff,
            "tz": scope.tz,
        }
        runs = []
        for _repeat in range(1 + REPEATS):
            with Probe(self.env.cr) as probe:
                self.env.cr.execute(statement, values)
                rows = self.env.cr.dictfetchall()
            self.env.cr.commit()
            runs.append(probe.seconds)
        floor = {
            (row["partner_id"], code): row[code] for row in rows for code, *_ in SCALES
        }
        return {
            "floor_year_s": median(runs[1:]),
            "compared": len(floor),
            "different": self._differences(floor),
        }

    def _differences(self, floor):
        """How many numbers are not the same; some of them are shown."""
        different = [
            (key, self.measured.get(key), floor.get(key))
            for key in sorted(self.measured.keys() | floor.keys())
            if not _same(self.measured.get(key), floor.get(key))
        ]
        for key, ours, theirs in different[:10]:
            say(f"DIFFERENT: supplier and KPI {key}: ours {ours}, the floor's {theirs}")
        return len(different)

    def native(self):
        """Odoo's own rate for the suppliers that have a scorecard."""
        partners = self.env["res.partner"].browse(
            sorted({partner_id for partner_id, _code in self.measured})
        )
        lines = self.env["purchase.order.line"].search_count(
            [
                ("partner_id", "in", partners.ids),
                ("qty_received", "!=", 0),
                ("order_id.state", "=", "purchase"),
                ("product_id.type", "!=", "service"),
            ]
        )
        say(f"Odoo's on_time_rate of {len(partners)} suppliers …")
        reset_peak()
        idle = resident_mb()
        self._commit()
        with Probe(self.env.cr) as probe:
            rates = partners.mapped("on_time_rate")
        return {
            "native_on_time_rate_s": probe.seconds,
            "native_statements": probe.statements,
            "native_lines": lines,
            "native_suppliers": sum(rate >= 0 for rate in rates),
            "native_peak_rss_above_idle_mb": peak_mb() - idle,
        }


def _months_later(day, months):
    years, month = divmod(day.month - 1 + months, 12)
    return day.replace(year=day.year + years, month=month + 1)


def _same(one, other):
    if one is None or other is None:
        return one is other
    one, other = float(one), float(other)
    return abs(one - other) <= TOLERANCE * max(1, abs(one), abs(other))
