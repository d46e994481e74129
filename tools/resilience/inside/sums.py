"""What happens with the sums of orders in one process, with a gate in it."""

from __future__ import annotations

import json
from pathlib import Path

from odoo.service.model import retrying

from odoo.addons.supplier_evaluation.report.receipt.supplier_fact_change import (
    SupplierFactChange,
)
from odoo.addons.supplier_evaluation.tests.fact import sums

from tools.resilience.inside.gates import Gates

MODELS = ("supplier.delivery.fact", "supplier.price.fact", "supplier.receipt.fact")
# Nobody hears of it but the database.
CHANGES = {
    "receive_less": "UPDATE stock_move SET quantity = quantity / 2"
    " WHERE state = 'done' AND purchase_line_id % 2 = 0",
    "pay_more": "UPDATE purchase_order_line SET price_subtotal = price_subtotal * 2",
    "forget": "DELETE FROM stock_move WHERE purchase_line_id % 3 = 0",
}


def main(env, args):
    """Do ``args["steps"]``; write what became of it."""
    gates = Gates(args["folder"], args["name"], args["closed"])
    # What is noted is deleted, and nothing is written yet.
    gates.set(SupplierFactChange, "_write_sums", before="sums")
    report = {
        step: retrying(lambda step=step: _do(env, step), env) for step in args["steps"]
    }
    Path(args["report"]).write_text(json.dumps(report))


def _do(env, step):
    changes = env["supplier.fact.change"]
    if step == "build":
        sums.build(env)
    elif step == "catch_up":
        return changes._catch_up()
    elif step == "noted":
        return changes.search_count([])
    elif step == "compare":
        return [each for model in MODELS for each in sums.differences(env, model)]
    else:
        env.cr.execute(CHANGES[step])
    return None
