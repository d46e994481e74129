"""What is measured, all in one Odoo process (run by `tools.odoo.run_script`)."""

import json
import sys
from datetime import date, timedelta
from pathlib import Path
from statistics import median

from odoo import fields

from odoo.addons.supplier_evaluation.report.scorecard.scorecard_xlsx import (
    scorecards_xlsx,
)

sys.path.insert(0, str(Path(__file__).parent))

import sums
from alerts import AlertRules
from analyses import measure_analyses
from checks import answers, check_all, differences
from limit import measure_limit
from probes import Probe, peak_mb, reset_peak, resident_mb, say
from publishing import measure_publishing
from runs import REPEATS, Runs
from sources import measure_sources
from storing import store_again

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
# How far the values of a unit go, else to 100: any scale takes the same time.
RANGES = {"days": 60, "hours": 72, "ppm": 50_000, "per_hundred": 10}
WINDOW = "purchase_stock.on_time_delivery_days"


def main(env, args):
    """Measure, and write the figures to the file ``args["result"]``."""
    bench = Bench(env, date.fromisoformat(args["date_from"]))
    if args["is_quarter"]:
        figures = {**bench.sizes(), **sums.build(env), **bench.years()}
    else:
        figures = {
            **bench.sizes(),
            **sums.build(env),
            **sums.day(env),
            **bench.delivery(Path(args["floor"]).read_text()),
            **bench.limit(**args["limit"]),
            **bench.full(args["checks"], args["plans"]),
            **bench.native(),
            **bench.delay_report(),
            **bench.alerts(),
            **bench.publishing(),
        }
    Path(args["result"]).write_text(json.dumps(figures))


class Bench:
    """The benchmark of one database.

    :param date_from: first of the twelve months with data
    """

    def __init__(self, env, date_from):
        self.env = env
        company = env["res.company"].search([], limit=1, order="id")
        self.year = (date_from, _months_later(date_from, 12))
        self.month = (_months_later(date_from, 6), _months_later(date_from, 7))
        self.delivery_runs = Runs(env, company, "Benchmark", SCALES)
        self.kpis = env["supplier.kpi"].search([])
        scales = [(kpi.code, *_scale(kpi)) for kpi in self.kpis]
        self.full_runs = Runs(env, company, "Benchmark of all KPIs", scales)

    def sizes(self):
        suppliers = "SELECT COUNT(DISTINCT commercial_partner_id) FROM res_partner"
        counts = {
            "suppliers": f"{suppliers} WHERE supplier_rank > 0",
            "orders": "SELECT COUNT(*) FROM purchase_order",
            "lines": "SELECT COUNT(*) FROM purchase_order_line",
            "moves": "SELECT COUNT(*) FROM stock_move",
            "moves_done": "SELECT COUNT(*) FROM stock_move WHERE state = 'done'",
            "bills": "SELECT COUNT(*) FROM account_move",
            "bill_lines": "SELECT COUNT(*) FROM account_move_line "
            "WHERE display_type = 'product'",
            "messages": "SELECT COUNT(*) FROM mail_message",
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

    def delivery(self, floor):
        """Runs with the nine delivery KPIs, and the statement by hand for them."""
        self.delivery_runs.prepare()
        year, month, memory = self.delivery_runs.measure(self.year, self.month)
        stored_again = store_again(self.env, self.delivery_runs.stored)
        tenth_scorecards, tenth = self.delivery_runs.tenth(year)
        self.delivery_runs.clean()
        self.suppliers = sorted({partner_id for partner_id, _code in year.values})
        self.measured = year
        return {
            **_seconds("run", year, month),
            **stored_again,
            "statements_year": year.statements,
            "statements_month": month.statements,
            "copies_year": year.copies,
            "copies_month": month.copies,
            "idle_rss_mb": memory[0],
            "peak_rss_above_idle_mb": memory[1],
            "scorecards": year.scorecards,
            "scorecard_lines": len(year.values),
            "tenth_scorecards": tenth_scorecards,
            "tenth_statements": tenth.statements,
            **self._floor(floor, year, month),
        }

    def _floor(self, statement, year, month):
        say("The floor: one statement for the same KPIs …")
        runs = [
            answers(self.env.cr, statement, year.scope)
            for _repeat in range(1 + REPEATS)
        ]
        of_month = answers(self.env.cr, statement, month.scope)
        different = 0
        for period, ours, answer in (
            ("year", year, runs[-1]),
            ("month", month, of_month),
        ):
            numbers, codes, _took = answer
            found = differences(ours.values, numbers, codes, f"the floor, {period}")
            different += sum(found.values())
        return {
            "floor_year_s": median(seconds for *_answer, seconds in runs[1:]),
            "compared": len(runs[-1][0]) + len(of_month[0]),
            "different": different,
        }

    def full(self, checks, plans):
        """Runs with every KPI of the database, and where their time goes."""
        self.full_runs.prepare()
        year, month, memory = self.full_runs.measure(self.year, self.month)
        workbook = self._workbook(self.full_runs.stored)
        opened = measure_analyses(self.env, self.full_runs.stored)
        tenth_scorecards, tenth = self.full_runs.tenth(year)
        self.full_runs.clean()
        known = [code for code, *_scale in SCALES]
        return {
            "full_kpis": len(self.kpis),
            **_seconds("full", year, month),
            "full_statements_year": year.statements,
            "full_statements_month": month.statements,
            "full_copies_year": year.copies,
            "full_copies_month": month.copies,
            "full_peak_rss_above_idle_mb": memory[1],
            "full_scorecards": year.scorecards,
            "full_scorecard_lines": len(year.values),
            "full_tenth_scorecards": tenth_scorecards,
            "full_tenth_statements": tenth.statements,
            **workbook,
            **opened,
            "sources": measure_sources(self.env, year.scope, plans),
            **check_all(self.env, checks, {"year": year, "month": month}, known),
        }

    def _workbook(self, evaluation):
        """The scorecards as a workbook, without the records behind them."""
        say("The workbook …")
        lines = len(evaluation.scorecard_ids.line_ids)
        self.env.invalidate_all()
        reset_peak()
        idle = resident_mb()
        with Probe(self.env.cr) as probe:
            content = scorecards_xlsx(evaluation, counted=False)
        return {
            "workbook_lines": lines,
            "workbook_s": probe.seconds,
            "workbook_mb": len(content) / 1e6,
            "workbook_peak_rss_above_idle_mb": peak_mb() - idle,
        }

    def years(self):
        """Only the year: what a growth is measured by."""
        figures = {}
        for name, runs in (("run", self.delivery_runs), ("full", self.full_runs)):
            runs.prepare()
            figures[f"{name}_year_s"] = runs.repeat(self.year).seconds
            runs.clean()
        return figures

    def publishing(self):
        """Publish the year with every KPI; nothing of it is kept."""
        self.full_runs.prepare()
        self.full_runs.run(self.year)
        figures = measure_publishing(self.env, self.full_runs.stored)
        self.full_runs.clean()
        return figures

    def alerts(self):
        """Alert rules over a published month; nothing of it is kept."""
        self.delivery_runs.prepare()
        template = self.delivery_runs.template
        evaluation = self.env["supplier.evaluation"].create(
            {
                "template_id": template.id,
                "company_id": template.company_id.id,
                "date_from": self.month[0],
                "date_to": self.month[1] - timedelta(days=1),
            }
        )
        evaluation.action_compute()
        evaluation.action_publish()
        rules = AlertRules(self.env, template.company_id, evaluation)
        figures = {**rules.night(), **rules.saving()}
        self.env.cr.rollback()
        self.env.invalidate_all()
        self.delivery_runs.clean()
        return figures

    # ------------------------------------------------------------
    # What it is compared with
    # ------------------------------------------------------------

    def native(self):
        """Odoo's own rate for the suppliers that have a scorecard.

        It looks at orders, we at promises: its window begins with the year, so it sees
        fewer lines than we do.
        """
        days = (fields.Date.today() - self.year[0]).days
        self.env["ir.config_parameter"].set_param(WINDOW, str(days))
        partners = self.env["res.partner"].browse(self.suppliers)
        lines = self.env["purchase.order.line"].search_count(
            [
                ("partner_id", "in", partners.ids),
                ("date_order", ">", self.year[0]),
                ("qty_received", "!=", 0),
                ("order_id.state", "=", "purchase"),
                ("product_id.type", "!=", "service"),
            ]
        )
        say(f"Odoo's on_time_rate of {len(partners)} suppliers …")
        self.env.flush_all()
        self.env.cr.commit()
        self.env.invalidate_all()
        reset_peak()
        idle = resident_mb()
        with Probe(self.env.cr) as probe:
            rates = partners.mapped("on_time_rate")
        return {
            "native_on_time_rate_s": probe.seconds,
            "native_statements": probe.statements,
            "native_lines": lines,
            "native_suppliers": sum(rate >= 0 for rate in rates),
            "native_peak_rss_above_idle_mb": peak_mb() - idle,
        }

    def limit(self, python, script, statement):
        """The same year by a database that is made for such questions."""
        ours = self.measured
        return measure_limit(self.env.cr, ours, python, script, statement)

    def delay_report(self):
        """Odoo's Vendor Delay Report, by supplier over the year.

        It goes by the day of the receipt and reads the details of each move, of which
        this database has none: so it takes less than it would in another one.
        """
        say("Odoo's vendor.delay.report by supplier …")
        domain = [
            ("date", ">=", fields.Datetime.to_string(self.measured.scope.start)),
            ("date", "<", fields.Datetime.to_string(self.measured.scope.stop)),
        ]
        report = self.env["vendor.delay.report"]
        seconds = []
        for _repeat in range(1 + REPEATS):
            self.env.invalidate_all()
            with Probe(self.env.cr) as probe:
                groups = report.formatted_read_group(
                    domain, ["partner_id"], ["on_time_rate:sum"]
                )
            self.env.cr.commit()
            seconds.append(probe.seconds)
        return {
            "delay_report_s": median(seconds[1:]),
            "delay_report_suppliers": len(groups),
        }


def _seconds(name, year, month):
    return {
        f"{name}_year_s": year.seconds,
        f"{name}_year_cold_s": year.cold.seconds,
        f"{name}_year_sql_s": year.sql_seconds,
        f"{name}_month_s": month.seconds,
        f"{name}_month_sql_s": month.sql_seconds,
    }


def _scale(kpi):
    """The values that earn 0 and 100."""
    far = RANGES.get(kpi.unit, 100)
    return (0, far) if kpi.higher_is_better else (far, 0)


def _months_later(day, months):
    years, month = divmod(day.month - 1 + months, 12)
    return day.replace(year=day.year + years, month=month + 1)
