"""Runs in Odoo: what is in a database where the wheel was installed."""

import json
from pathlib import Path

from odoo.modules.module import Manifest

import odoo.addons


def main(env, args):
    """Write what there is to the file `args["answer"]`."""
    module = env["ir.module.module"].search([("name", "=", "supplier_evaluation")])
    manifest = Manifest.for_addon("supplier_evaluation")
    answer = {
        "state": module.state,
        "demo": module.demo,
        "path": manifest and manifest.path,
        "code": odoo.addons.supplier_evaluation.__file__,
        "addons": list(odoo.addons.__path__),
        "bridges": bridges(env),
        **evaluated(env),
    }
    Path(args["answer"]).write_text(json.dumps(answer))


def bridges(env):
    """Where the bridges are that installed themselves."""
    modules = env["ir.module.module"].search(
        [
            ("name", "like", "supplier_evaluation"),
            ("name", "!=", "supplier_evaluation"),
            ("state", "=", "installed"),
        ]
    )
    return {name: Manifest.for_addon(name).path for name in modules.mapped("name")}


def evaluated(env):
    cards = env["supplier.scorecard"].search([("has_score", "=", True)])
    certifications = env["supplier.certification"].search([])
    return {
        "suppliers": cards.partner_id.mapped("name"),
        "evaluations": env["supplier.evaluation"].search([]).mapped("state"),
        "certified": certifications.partner_id.mapped("supplier_certification_state"),
        "deciders": certifications.approval_ids.user_id.ids,
        "submitters": certifications.submitted_uid.ids,
        "counted": [
            [line.n, opened(env, line)] for line in cards.line_ids if line.has_value
        ],
    }


def opened(env, line):
    """How many records the button “Counted” of a scorecard's line opens."""
    action = line.action_open_counted()
    model = env[action["res_model"]].with_context(action["context"])
    return model.search_count(action["domain"])
