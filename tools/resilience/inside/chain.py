"""What happens with the chain of seals in one process, with gates in it."""

from __future__ import annotations

import json
from pathlib import Path

from odoo.service.model import retrying

from odoo.addons.supplier_evaluation.models.chain.check import verify_chain
from odoo.addons.supplier_evaluation.models.chain.sealing import SupplierChainBlock
from odoo.addons.supplier_evaluation.models.chain.supplier_chain_waiting import (
    SupplierChainWaiting,
)

from tools.resilience.inside.gates import Gates
from tools.resilience.scene import DECISIONS


def main(env, args):
    """Do ``args["steps"]``; write what became of it."""
    gates = Gates(args["folder"], args["name"], args["closed"])
    # What waited is taken, and nothing is sealed yet.
    gates.set(SupplierChainBlock, "_append_blocks", before="seal")
    # Decisions are written, and not committed yet.
    gates.set(SupplierChainWaiting, "_note", after="decided")
    report = {
        step: retrying(lambda step=step: _do(env, step), env) for step in args["steps"]
    }
    Path(args["report"]).write_text(json.dumps(report))


def _do(env, step):
    blocks = env["supplier.chain.block"]
    if step == "decide":
        _decide(env)
    elif step == "seal":
        while blocks._seal_next():
            pass
    elif step == "waiting":
        return env["supplier.chain.waiting"].search_count([])
    elif step == "sealed":
        own = [("res_model", "=", "supplier.tier.change")]
        return len(set(blocks.search(own).mapped("res_id")))
    elif step == "verify":
        found = [verify_chain(company) for company in env["res.company"].search([])]
        return [broken.text for broken in found if broken]
    elif step == "export":
        check = env["supplier.chain.check"]._run(env["res.company"].search([]))
        return check.heads.decode()
    else:
        raise ValueError(step)
    return None


def _decide(env):
    """Some suppliers change their tiers."""
    tiers = env["supplier.tier"].search([], limit=2)
    vendors = env["res.partner"].create(
        [{"name": f"Vendor {number}"} for number in range(DECISIONS)]
    )
    vendors.write({"supplier_tier_id": tiers[0].id})
