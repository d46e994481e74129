"""Who looks and what is published (run by `tools.odoo.run_script`).

The database has the scorecards of `./dev bench --screens`. Of the last evaluation a
revision is made with other scores, which only waits to be published.
"""

import json
import sys
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2] / "screens" / "inside"))

from measure import LOGIN, TEMPLATES
from seed import (
    DIMENSION_COLUMNS,
    DIMENSIONS,
    LINE_COLUMNS,
    LINES,
    OF_DIMENSION,
    OF_LINE,
    Seed,
)

from odoo import Command

MANAGER = "bench_replica_manager"


def main(env, args):
    """Write the ids that the calls need to the file ``args["result"]``."""
    buyer = env["res.users"].search([("login", "=", LOGIN)])
    manager = env["res.users"].create(
        {
            "name": "Manager",
            "login": MANAGER,
            "group_ids": [Command.link(env.ref("purchase.group_purchase_manager").id)],
        }
    )
    (buyer | manager).password = args["password"]
    template_id = json.loads(env["ir.config_parameter"].get_param(TEMPLATES))[-1]
    revision = _revision(env, template_id, args["size"])
    cards = revision.revision_of_id.scorecard_ids.sorted("id")
    order = _order(env, cards[0].partner_id)
    env.flush_all()
    env.cr.commit()
    Path(args["result"]).write_text(
        json.dumps(
            {
                "template": template_id,
                "revision": revision.id,
                "cards": cards[:3].ids,
                "lines": cards[0].line_ids.ids,
                "partners": cards.partner_id[:80].ids,
                "order": order.id,
                "goal": _goal(env, template_id, manager).id,
                "buyer": LOGIN,
                "manager": MANAGER,
            }
        )
    )


def _revision(env, template_id, size):
    """Seed what a revision of the last evaluation would have computed."""
    evaluations = env["supplier.evaluation"]
    last = evaluations.search(
        [("template_id", "=", template_id), ("state", "=", "published")],
        order="date_to desc",
        limit=1,
    )
    last.action_revise()
    revision = evaluations.search([("revision_of_id", "=", last.id)])
    revision._write_guarded(
        {
            "state": "computed",
            "date_computed": last.date_computed,
            "cutoff": last.cutoff,
            "scorecard_count": last.scorecard_count,
            "average_score": 60,
            "template_snapshot": last.template_snapshot,
        }
    )
    env.flush_all()
    partners = last.scorecard_ids.partner_id
    end = date.fromisoformat(size["last"])
    seed = Seed(env, partners, len(partners), size["kpis"], size["months"], end)
    seed._cards(revision)
    for table, columns, expressions, tables in (
        ("supplier_scorecard_line", LINE_COLUMNS, OF_LINE, LINES),
        ("supplier_scorecard_dimension", DIMENSION_COLUMNS, OF_DIMENSION, DIMENSIONS),
    ):
        seed._parts(table, columns, expressions, tables, revision)
    env.invalidate_all()
    return revision


def _goal(env, template_id, owner):
    return env["supplier.goal"].create(
        {
            "name": "Better every year",
            "metric": "score",
            "template_id": template_id,
            "user_id": owner.id,
            "baseline": 50,
            "date_baseline": "2026-01-01",
            "target": 80,
            "date": "2027-01-01",
        }
    )


def _order(env, partner):
    product = env["product.product"].create({"name": "Part", "type": "consu"})
    line = Command.create({"product_id": product.id, "product_qty": 1, "price_unit": 1})
    return env["purchase.order"].create(
        {"partner_id": partner.id, "order_line": [line]}
    )
