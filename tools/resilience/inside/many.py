"""Many suppliers with a thin history each, and what an evaluation of them takes."""

from __future__ import annotations

import json
from pathlib import Path
from unittest.mock import patch

from odoo import Command

from odoo.addons.supplier_evaluation.models.scorecard.run import run

from tools.bench.inside.probes import Probe, peak_mb, reset_peak, resident_mb

# Scored lines that are kept at most: fewer than a thousand suppliers have, so that what
# every supplier more takes is none of them.
KEPT_LINES = 10_000
FIRST_DAY, LAST_DAY = "2026-03-01", "2026-03-31"
# How far the values of a unit go, else to 100: any scale takes the same time.
RANGES = {"days": 60, "hours": 72, "ppm": 50_000, "per_hundred": 10}
SUPPLIERS = """
    INSERT INTO res_partner (name, complete_name, active, is_company, type,
                             supplier_rank, autopost_bills, group_rfq, group_on)
    SELECT 'Many ' || n, 'Many ' || n, TRUE, TRUE, 'contact', 1, 'ask',
           'default', 'default'
      FROM generate_series(1, %(count)s) n;
    UPDATE res_partner SET commercial_partner_id = id
     WHERE name LIKE 'Many %%' AND commercial_partner_id IS NULL
"""
LINES = """
    INSERT INTO supplier_history_line (
        partner_id, commercial_partner_id, company_id, currency_id, order_ref,
        line_ref, product_name, quantity_ordered, price_unit, value, date_order,
        date_promised, quantity_returned, quantity_received, quantity_open,
        date_received)
    SELECT p.id, p.id, %(company)s, %(currency)s, 'M' || p.id, l::text, 'Part',
           10, 1 + (p.id + l) %% 7, 10 * (1 + (p.id + l) %% 7),
           DATE '2026-02-01' + (p.id %% 20),
           DATE '2026-03-02' + ((p.id + 3 * l) %% 25),
           (p.id %% 3 = 0)::int, 10, 0,
           DATE '2026-03-02' + ((p.id + 3 * l) %% 25 + (p.id * l) %% 4)
      FROM res_partner p CROSS JOIN generate_series(1, 6) l
     WHERE p.name LIKE 'Many %%'
"""
RECEIPTS = """
    INSERT INTO supplier_history_receipt (
        line_id, company_id, receipt_ref, date, quantity)
    SELECT id, company_id, '1', date_received, 10
      FROM supplier_history_line WHERE order_ref LIKE 'M%%'
"""
STEPS = (SUPPLIERS, LINES, RECEIPTS)


def main(env, args):
    """Make the suppliers, evaluate a tenth of a thousand, then all of them.

    The first run loads what is loaded once: what the second one takes beside is due to
    the suppliers.
    """
    values = {
        "count": args["suppliers"],
        "company": env.company.id,
        "currency": env.company.currency_id.id,
    }
    for step in STEPS:
        env.cr.execute(step, values)
    env.cr.commit()
    env.cr.execute("ANALYZE")
    env.cr.commit()
    template = _template(env)
    some = env["res.partner"].search([("name", "=like", "Many 1_")]).ids
    template.partner_domain = str([("id", "in", some)])
    _compute(env, template, "2026-03-02")
    template.partner_domain = "[('name', '=like', 'Many %')]"
    with patch.object(run, "KEPT_LINES", KEPT_LINES):
        figures = _compute(env, template, FIRST_DAY)
    Path(args["figures"]).write_text(json.dumps(figures))


def _template(env):
    """A template that scores every KPI there is."""
    lines = []
    for kpi in env["supplier.kpi"].search([]):
        far = RANGES.get(kpi.unit, 100)
        worst, best = (0, far) if kpi.higher_is_better else (far, 0)
        points = [{"value": worst, "score": 0}, {"value": best, "score": 100}]
        lines.append({"kpi_id": kpi.id, "point_ids": [*map(Command.create, points)]})
    return env["supplier.scorecard.template"].create(
        {"name": "Many", "line_ids": [*map(Command.create, lines)]}
    )


def _compute(env, template, date_from):
    """Compute an evaluation and publish it; return what each of these took."""
    evaluation = env["supplier.evaluation"].create(
        {
            "template_id": template.id,
            "company_id": env.company.id,
            "date_from": date_from,
            "date_to": LAST_DAY,
        }
    )
    figures = {"kpis": len(template.line_ids)}
    for name in ("compute", "publish"):
        env.flush_all()
        env.cr.commit()
        env.invalidate_all()
        reset_peak()
        idle = resident_mb()
        with Probe(env.cr) as probe:
            getattr(evaluation, f"action_{name}")()
            env.flush_all()
            env.cr.commit()
        figures[name] = {
            "seconds": round(probe.seconds, 1),
            "sql_seconds": round(probe.sql_seconds, 1),
            "statements": probe.statements,
            "copies": probe.copies,
            "peak_mb": round(peak_mb() - idle, 1),
        }
        figures["suppliers"] = evaluation.scorecard_count
        figures["problems"] = evaluation.problems or ""
    return figures
