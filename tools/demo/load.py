"""Imports a real delivery history and evaluates every year of it, and all of them."""

from __future__ import annotations

import json
import sys
from datetime import date, timedelta
from pathlib import Path

from odoo.exceptions import UserError

from tools.demo import show
from tools.demo.real_file import UnknownColumns, mapping_for


def main(env, args):
    path = Path(args["file"])
    try:
        report = _import(env, path)
    except (UserError, UnknownColumns) as error:
        print(f"\n./dev: {path.name}: {error}", file=sys.stderr)
        sys.exit(show.TOLD)
    evaluation = _evaluate(env)
    told = {
        "file": path.name,
        "evaluation": evaluation.id,
        "filtered": report.skipped_rows,
        "rejected": [(rejected.row, rejected.reason) for rejected in report.rejected],
    }
    parameters = env["ir.config_parameter"]
    parameters.set_param(args["import_key"], json.dumps(told))
    parameters.set_param(args["key"], args["mark"])
    env.cr.commit()
    show.main(env, args["shown"])


def _import(env, path):
    content = path.read_bytes()
    mapping = mapping_for(env, content, path.name)
    report = env["supplier.history.import"]._import_file(content, path.name, mapping)
    if not report.created:
        reasons = {rejected.reason for rejected in report.rejected}
        raise UserError("\n  ".join(["no row can be imported.", *sorted(reasons)[:5]]))
    env.cr.commit()
    _tell(f"{report.created:,} lines of {len(report.suppliers_created)} new suppliers")
    return report


def _evaluate(env):
    """Evaluate every year of the file as the scheduler would, then all of them."""
    [(first, last)] = env["supplier.history.line"]._read_group(
        [], [], ["date_promised:min", "date_promised:max"]
    )
    yearly = env.ref("supplier_evaluation.supplier_scorecard_template_delivery")
    yearly.write({"period": "year", "weighting": "line", "auto_publish": True})
    evaluations = env["supplier.evaluation"]
    for year in range(first.year, last.year + 1):
        evaluations._evaluate_period(yearly, env.company, *_days(year, year))
    _tell(f"{first.year} to {last.year} evaluated, year by year")
    # Archived: the scheduler has nothing to do for it.
    whole = yearly.copy({"name": f"{yearly.name}, all years", "active": False})
    date_from, date_to = _days(first.year, last.year)
    # A period that is not over is a preview, and is not published.
    date_to = min(date_to, date.today() - timedelta(days=1))
    evaluation = evaluations.create(
        {"template_id": whole.id, "date_from": date_from, "date_to": date_to}
    )
    evaluation.action_compute()
    evaluation.action_publish()
    return evaluation


def _days(first, last):
    return date(first, 1, 1), date(last, 12, 31)


def _tell(text):
    print(f"    {text}", file=sys.stderr, flush=True)
