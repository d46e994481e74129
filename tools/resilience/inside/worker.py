"""What a person does in a worker of Odoo: compute and publish, with gates in it."""

from __future__ import annotations

import json
from pathlib import Path

from freezegun import freeze_time

from odoo.exceptions import UserError
from odoo.service.model import retrying

from odoo.addons.supplier_evaluation.models.scorecard import supplier_scorecard
from odoo.addons.supplier_evaluation.models.scorecard.run import store

from tools.resilience.inside.figures import figures_of_all
from tools.resilience.inside.gates import Gates
from tools.resilience.scene import NOW

CRON = "supplier_evaluation.ir_cron_supplier_evaluation_vendors"


def main(env, args):
    """Do ``args["steps"]`` with one evaluation; write what became of it."""
    gates = Gates(args["folder"], args["name"], args["closed"])
    gates.set(
        store,
        "bulk_copy",
        before="lines",
        condition=lambda model, *args: model._name == "supplier.scorecard.line",
    )
    # The vendors are locked, and have no score yet.
    gates.set(supplier_scorecard, "bulk_update_company_values", before="vendors")
    report = {"refused": ""}
    with freeze_time(NOW, tick=True):
        try:
            for step in args["steps"]:
                # As a request does it: who met another writer tries again.
                retrying(lambda step=step: _do(env, step, *args["which"]), env)
        except UserError as error:
            report["refused"] = str(error)
            env.cr.rollback()
    if args["figures"]:
        report["figures"] = figures_of_all(env)
    Path(args["report"]).write_text(json.dumps(report))


def _do(env, step, template="", company=""):
    if step == "vendors":
        env.ref(CRON).method_direct_trigger()
        return
    evaluation = env["supplier.evaluation"].search(
        [("template_id.name", "=", template), ("company_id.name", "=", company)]
    )
    getattr(evaluation, f"action_{step}")()
