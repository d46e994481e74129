"""What happens with the sums of orders in one process, with a gate in it."""

from __future__ import annotations

import json
from pathlib import Path

from odoo import Command
from odoo.service.model import retrying

from odoo.addons.supplier_evaluation.report.receipt.supplier_fact_change import (
    SupplierFactChange,
)
from odoo.addons.supplier_evaluation.tests.fact import sums

from tools.resilience.inside.gates import Gates

MODELS = ("supplier.delivery.fact", "supplier.price.fact", "supplier.receipt.fact")
ORDERS = 6
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
    if step == "buy":
        _buy(env)
    elif step == "build":
        sums.build(env)
    elif step == "catch_up":
        return changes._catch_up()
    elif step == "noted":
        return changes.search_count([])
    elif step == "compare":
        return [each for model in MODELS for each in sums.differences(env, model)]
    elif step == "look_again":
        return [_do(env, "noted"), _do(env, "compare")]
    else:
        env.cr.execute(CHANGES[step])
    return None


def _buy(env):
    """Some orders, received as they were ordered."""
    vendor = env["res.partner"].create({"name": "Vendor of sums"})
    product = env["product.product"].create({"name": "Bolt", "is_storable": True})
    line = {
        "product_id": product.id,
        "product_qty": 10,
        "price_unit": 5,
        "date_planned": "2026-03-10 04:00:00",
    }
    orders = env["purchase.order"].create(
        [
            {"partner_id": vendor.id, "order_line": [Command.create(line)]}
            for _each in range(ORDERS)
        ]
    )
    orders.button_confirm()
    for picking in orders.picking_ids:
        picking.move_ids.quantity = 10
        picking.move_ids.picked = True
        picking.button_validate()
