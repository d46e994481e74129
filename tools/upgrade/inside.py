"""Opens what an upgraded database shows. Changes nothing, and raises what is wrong."""

from __future__ import annotations

from odoo.addons.supplier_evaluation.models.chain.check import verify_chain
from odoo.addons.supplier_evaluation.models.scorecard.seal import verify_seals

MODULE = "supplier_evaluation"
# Records read of each model.
SOME = 80
# Points that rounding may add to what a scorecard lacks, over all of its lines.
ROUNDED = 0.1
# Scorecards of which lines or dimensions do not say what they lack of the full score.
ASTRAY = """
    SELECT card.id
      FROM supplier_scorecard card
     WHERE card.has_score
       AND (SELECT ABS(COALESCE(SUM(part.loss), 0) - (100 - card.score))
              FROM {parts} part WHERE part.scorecard_id = card.id) > %s
     ORDER BY card.id LIMIT 1
"""


def main(env, args):
    for company in env["res.company"].search([]):
        if problem := verify_seals(company):
            raise AssertionError(f"{company.name}: {problem}")
        if broken := verify_chain(company):
            raise AssertionError(f"{company.name}: {broken.text}")
    for parts in ("supplier_scorecard_line", "supplier_scorecard_dimension"):
        env.cr.execute(ASTRAY.format(parts=parts), [ROUNDED])
        for (card_id,) in env.cr.fetchall():
            name = env["supplier.scorecard"].browse(card_id).display_name
            raise AssertionError(f"{name}: {parts} do not add up to its score.")
    models = [
        env[name]
        for name in sorted(env.registry)
        if name.startswith("supplier.") and not env[name]._abstract
    ]
    for records in models:
        _open_views(env, records)
        records.search([], limit=SOME).read()
    for questionnaire in env["supplier.questionnaire"].search([]):
        if not questionnaire.question_ids:
            raise AssertionError(f"{questionnaire.name} has lost its questions.")
    for line in env["supplier.scorecard.line"].search([], order="id desc", limit=SOME):
        action = line.action_open_counted()
        records = env[action["res_model"]].with_context(**action["context"])
        records.search(action["domain"], limit=1)


def _open_views(env, records):
    """Read each view of the model as the web client does."""
    views = env["ir.ui.view"].search(
        [("model", "=", records._name), ("type", "!=", "qweb")]
    )
    for view in views.filtered(lambda view: view.mode == "primary"):
        records.get_view(view.id, view.type)
