"""Counts the SQL statements of everyday work; run by Odoo's shell."""

import json
from pathlib import Path

from odoo import Command
from odoo.sql_db import Cursor

POLICY = "supplier_evaluation.supplier_purchase_policy_blocked"


def main(env, args):
    """Write ``{what was done: statements}`` as JSON to the file ``answer``.

    With ``policy``, the proposed purchase policy that blocks is in force.
    """
    if args["policy"]:
        env.ref(POLICY).active = True
    first = _order(env)
    # What Odoo keeps in its caches is there, as on any day.
    _work(first.copy())
    counts = _work(first)
    env.cr.rollback()
    Path(args["answer"]).write_text(json.dumps(counts))


def _order(env):
    products = env["product.product"].create(
        [
            {"name": f"Part {number}", "type": "consu", "is_storable": True}
            for number in range(3)
        ]
    )
    supplier = env["res.partner"].create({"name": "Maker", "is_company": True})
    lines = [
        Command.create({"product_id": product.id, "product_qty": 10, "price_unit": 5})
        for product in products
    ]
    return env["purchase.order"].create(
        {"partner_id": supplier.id, "order_line": lines}
    )


def _work(order):
    line = order.order_line[0]
    return {
        "confirming an order": _counted(order, order.button_confirm),
        "changing a quantity": _counted(
            order, lambda: line.write({"product_qty": line.product_qty + 4})
        ),
        "receiving the goods": _counted(order, lambda: _receive(order)),
    }


def _receive(order):
    picking = order.picking_ids
    for move in picking.move_ids:
        move.write({"quantity": move.product_uom_qty, "picked": True})
    picking.with_context(skip_backorder=True).button_validate()


def _counted(order, work):
    """Do it with cold records; return how many statements it took."""
    order.env.flush_all()
    order.env.invalidate_all()
    statements = []
    original = Cursor.execute

    def counting(cursor, *args, **kwargs):
        statements.append(args)
        return original(cursor, *args, **kwargs)

    Cursor.execute = counting
    try:
        work()
        order.env.flush_all()
    finally:
        Cursor.execute = original
    return len(statements)
