"""Seeds scorecards once, and measures the calls (run by `tools.odoo.run_script`)."""

import json
import sys
from datetime import date
from pathlib import Path
from statistics import median

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parents[1] / "inside")]

from calls import Calls
from probes import Probe, say
from seed import Seed, suppliers

REPEATS = 3
BUYER = "purchase.group_purchase_user"
LOGIN = "bench_screens_buyer"
TEMPLATES = "supplier_evaluation.bench.templates"


def main(env, args):
    """Seed, or measure and write the figures to ``args["result"]``."""
    if args["seed"]:
        seed(env, **args["size"])
    else:
        Path(args["result"]).write_text(json.dumps(measure(env)))


def seed(env, suppliers_count, few, kpis, months, last):
    """Write the scorecards of all suppliers, and those of a few by another template."""
    last = date.fromisoformat(last)
    say(f"{suppliers_count} suppliers …")
    partners = suppliers(env, suppliers_count)
    group = env.ref(BUYER)
    env["res.users"].create(
        {"name": "Buyer", "login": LOGIN, "group_ids": [(4, group.id)]}
    )
    env.flush_all()
    templates = [
        Seed(env, partners, count, kpis, months, last).write()
        for count in (few, suppliers_count)
    ]
    cards = env["supplier.scorecard"]
    cards._refresh_vendors(partners, templates[0].company_id)
    ids = json.dumps([template.id for template in templates])
    env["ir.config_parameter"].set_param(TEMPLATES, ids)
    env.flush_all()
    env.cr.commit()


def measure(env):
    """Return the figures: of each call, statements of few and all, and seconds."""
    buyer = env["res.users"].search([("login", "=", LOGIN)])
    few, all_of_them = json.loads(env["ir.config_parameter"].get_param(TEMPLATES))
    env.cr.execute("SELECT COUNT(*) FROM supplier_scorecard_line")
    figures = {"lines": env.cr.fetchone()[0], "calls": {}}
    mine = env(user=buyer.id, su=False)
    calls = zip(Calls(mine, few).all(), Calls(mine, all_of_them).all(), strict=True)
    for (name, of_few), (_name, of_all) in calls:
        say(f"{name} …")
        small, large = _probe(mine, of_few), _probe(mine, of_all)
        figures["calls"][name] = {
            "statements_few": small.statements,
            "statements": large.statements,
            "seconds": large.seconds,
            "sql_seconds": large.sql_seconds,
        }
    return figures


def _probe(env, call):
    """Return the middle of some calls, each with an empty cache, after a first one."""
    probes = []
    for _repeat in range(1 + REPEATS):
        env.invalidate_all()
        with Probe(env.cr) as probe:
            call()
        probes.append(probe)
    middle = median(probe.seconds for probe in probes[1:])
    return next(probe for probe in probes[1:] if probe.seconds == middle)
