"""Runs the scheduled action as it is, with gates in it; then writes the figures."""

from __future__ import annotations

import json
from pathlib import Path

from freezegun import freeze_time

from odoo.addons.supplier_evaluation.models.scorecard import supplier_scorecard
from odoo.addons.supplier_evaluation.models.scorecard.run import store

from tools.resilience.inside.figures import figures
from tools.resilience.inside.gates import Gates
from tools.resilience.scene import NOW


def main(env, args):
    gates = Gates(args["folder"], args["name"], args["closed"])
    _set(gates, env)
    with freeze_time(NOW, tick=True):
        if args["by_cron"]:
            cron = env.ref("supplier_evaluation.ir_cron_supplier_evaluation")
            cron.method_direct_trigger()
        else:
            env["supplier.evaluation"]._cron_evaluate_closed_periods()
    env.cr.commit()
    if args["figures"]:
        Path(args["figures"]).write_text(json.dumps(figures(env)))


def _set(gates, env):
    """The points, in the order in which a run comes to them."""
    runs = type(env["supplier.evaluation"])
    gates.set(runs, "_due_evaluations", after="due")
    gates.set(runs, "_evaluate_period", before="begin", after="end")
    # Scorecards are in the database, their lines are not.
    gates.set(
        store,
        "bulk_copy",
        before="lines",
        condition=lambda model, *args: model._name == "supplier.scorecard.line",
    )
    # Scorecards are sealed, the evaluation is published, vendors have no score of it.
    gates.set(supplier_scorecard, "bulk_update_company_values", before="vendors")
