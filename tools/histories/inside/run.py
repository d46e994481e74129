"""Runs in Odoo's shell, on a database of its own: every so manieth batch of histories.

What it finds is written line by line, so that it is known before the end.
"""

import json
import traceback
from pathlib import Path

from odoo.addons.supplier_evaluation.tests.histories import batch
from odoo.addons.supplier_evaluation.tests.histories.acting import Undone, World


def main(env, args):
    worlds = World.all(env)
    # The companies are kept, what happens in them is taken back after every batch.
    env.cr.commit()
    with Path(args["result"]).open("w") as result:
        for number in args["batches"]:
            world = worlds[number % len(worlds)]
            outcome = _outcome(world, args["seed"], number, args["size"])
            result.write(json.dumps(outcome) + "\n")
            result.flush()
            env.cr.rollback()
            env.invalidate_all(flush=False)


def _outcome(world, seed, number, size):
    outcome = {"batch": number, "histories": size, "differences": [], "problem": ""}
    try:
        differences = batch.run(world, seed, number, size)
    except Undone:
        outcome["problem"] = traceback.format_exc()
    else:
        outcome["differences"] = [str(each) for each in differences]
        outcome["codes"] = [each.code for each in differences]
        outcome["different"] = len({each.history.key for each in differences})
    return outcome
