"""A clerk's work on a database, in turns (run by `tools.odoo.start_script`).

The other database has the next turn: so what the machine does besides meets both.
"""

import json
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2] / "inside"))

from probes import Probe

from odoo import Command, fields

GROUPS = (
    "purchase.group_purchase_user",
    "stock.group_stock_user",
    "account.group_account_invoice",
)
SUPPLIERS = 10
PRODUCTS = 40
LINES = (2, 3, 4)
PAUSE = 0.02


def main(env, args):
    """Do the turns that are asked for, until one has no orders."""
    folder = Path(args["folder"])
    desk = Desk(env, args["orders"], args["first"])
    answer(folder, 0, {"lines": desk.lines})
    number = 1
    while orders := question(folder, number):
        answer(folder, number, desk.work(orders))
        number += 1


def question(folder, number):
    """Wait for a turn; how many orders it has."""
    path = folder / f"turn-{number}"
    while not path.exists():
        time.sleep(PAUSE)
    return int(path.read_text())


def answer(folder, number, content):
    """Write it under another name first: a file that is there is complete."""
    partial = folder / f"partial-{number}"
    partial.write_text(json.dumps(content))
    partial.rename(folder / f"done-{number}")


class Desk:
    """The draft orders of one clerk, who buys, receives and enters bills.

    :param int orders: how many drafts are made
    :param int first: of them, how many are not measured
    """

    def __init__(self, env, orders, first):
        clerk = env["res.users"].create(
            {
                "name": "Clerk",
                "login": "bench_clerk",
                "group_ids": [Command.link(env.ref(group).id) for group in GROUPS],
            }
        )
        vendors, products = _catalogue(env)
        env.cr.commit()
        self.env = env(user=clerk.id, su=False)
        drafts = self.env["purchase.order"].create(
            [_draft(number, vendors, products) for number in range(orders)]
        )
        self.lines = len(drafts[first:].order_line)
        self.waiting = drafts.ids
        self._end_request()

    def work(self, count):
        """Confirm, receive and bill the next orders, each in a request of its own.

        :return: of each kind of work its seconds, those on a core, and SQL statements
        """
        ids, self.waiting = self.waiting[:count], self.waiting[count:]
        took = {}
        for name, step in (
            ("confirm", self._confirm),
            ("receive", self._receive),
            ("bill", self._bill),
        ):
            with Probe(self.env.cr) as probe:
                started = time.process_time()
                for order_id in ids:
                    step(self.env["purchase.order"].browse(order_id))
                    self._end_request()
                cpu = time.process_time() - started
            took[name] = {
                "seconds": probe.seconds,
                "cpu_seconds": cpu,
                "statements": probe.statements,
            }
        return took

    def _confirm(self, order):
        order.button_confirm()
        _expect(order.state == "purchase", order, "is not confirmed")

    def _receive(self, order):
        picking = order.picking_ids
        for move in picking.move_ids:
            move.write({"quantity": move.product_uom_qty, "picked": True})
        picking.button_validate()
        _expect(picking.state == "done", order, "is not received")

    def _bill(self, order):
        order.action_create_invoice()
        bill = order.invoice_ids
        bill.invoice_date = fields.Date.context_today(bill)
        bill.action_post()
        _expect(bill.state == "posted", order, "is not billed")

    def _end_request(self):
        """Commit, and forget what was read: a request begins with nothing."""
        self.env.flush_all()
        self.env.cr.commit()
        self.env.invalidate_all()


def _catalogue(env):
    vendors = env["res.partner"].create(
        [{"name": f"Maker {number}", "is_company": True} for number in range(SUPPLIERS)]
    )
    products = env["product.product"].create(
        [
            {"name": f"Part {number}", "type": "consu", "is_storable": True}
            for number in range(PRODUCTS)
        ]
    )
    return vendors, products


def _draft(number, vendors, products):
    lines = LINES[number % len(LINES)]
    bought = [products[(7 * number + line) % PRODUCTS] for line in range(lines)]
    return {
        "partner_id": vendors[number % SUPPLIERS].id,
        "order_line": [
            Command.create(
                {"product_id": product.id, "product_qty": 10, "price_unit": 5}
            )
            for product in bought
        ],
    }


def _expect(is_so, order, otherwise):
    if not is_so:
        raise RuntimeError(f"{order.name} {otherwise}.")
