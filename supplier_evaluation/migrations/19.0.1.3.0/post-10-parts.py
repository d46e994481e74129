from collections import defaultdict

from odoo import SUPERUSER_ID, api
from odoo.tools import SQL

from odoo.addons.supplier_evaluation.models.scorecard.columns import (
    DIMENSION,
    DIMENSION_COLUMNS,
    LINE,
    dimension_vals,
)
from odoo.addons.supplier_evaluation.report.price.spend import spend_of
from odoo.addons.supplier_evaluation.scoring import (
    LineScore,
    Scale,
    compose_dimensions,
    medians_of_others,
)
from odoo.addons.supplier_evaluation.tools.bulk import bulk_insert, bulk_update

MEASURED = (
    "peer_value",
    "target_value",
    "scale_low_value",
    "scale_low_score",
    "scale_high_value",
    "scale_high_score",
)


def migrate(cr, version):
    """Scorecards of before get what they are seen beside.

    It is no part of their seals, which stay as they are. An evaluation comes after
    those whose scorecards it names as the previous ones.
    """
    env = api.Environment(cr, SUPERUSER_ID, {})
    cr.execute("SELECT 1 FROM supplier_scorecard_dimension LIMIT 1")
    if cr.rowcount:
        return  # by an upgrade that was run before
    computed = env["supplier.evaluation"].search(
        [("state", "!=", "draft")], order="date_to, revision, id"
    )
    for evaluation in computed:
        lines = _lines(evaluation)
        _store_dimensions(evaluation, lines)
        _store_measured(evaluation, lines)
        _store_spend(evaluation)
    computed._compare_again()


def _lines(evaluation):
    """Return the lines as they are stored, in their order, as dictionaries."""
    names = (
        "id",
        "scorecard_id",
        "partner_id",
        "kpi_id",
        "dimension",
        "weight",
        "effective_weight",
        "has_interval",
        "score",
        "score_low",
        "score_high",
        "value",
        "is_overridden",
    )
    rows = evaluation.env.execute_query(
        SQL(
            """
            SELECT %s FROM supplier_scorecard_line
             WHERE scorecard_id IN
                   (SELECT id FROM supplier_scorecard WHERE evaluation_id = %s)
             ORDER BY scorecard_id, sequence, id
            """,
            SQL(", ").join(SQL.identifier(name) for name in names),
            evaluation.id,
        )
    )
    lines = [dict(zip(names, row, strict=True)) for row in rows]
    for line in lines:
        for name in ("weight", "effective_weight", "score", "score_low", "score_high"):
            line[name] = None if line[name] is None else float(line[name])
        line["value"] = None if line["value"] is None else float(line["value"])
    return lines


def _line_score(line):
    low = high = None
    if line["has_interval"] and not line["is_overridden"]:
        low, high = line["score_low"], line["score_high"]
    return LineScore(line["weight"], line["score"], low, high)


def _store_dimensions(evaluation, lines):
    previous = dict(
        evaluation.env.execute_query(
            SQL(
                """
                SELECT (card.id::text || part.dimension), part.score::float8
                  FROM supplier_scorecard card
                  JOIN supplier_scorecard_dimension part
                    ON part.scorecard_id = card.previous_id
                 WHERE card.evaluation_id = %s AND part.score IS NOT NULL
                """,
                evaluation.id,
            )
        )
    )
    of_card = defaultdict(list)
    for line in lines:
        of_card[line["scorecard_id"], line["partner_id"]].append(line)
    rows = []
    for (card_id, partner_id), own in of_card.items():
        composed = compose_dimensions(
            [line["dimension"] for line in own],
            [_line_score(line) for line in own],
            [line["effective_weight"] or 0.0 for line in own],
        )
        for dimension, score in composed.items():
            values = {
                "scorecard_id": card_id,
                "company_id": evaluation.company_id.id,
                "partner_id": partner_id,
                "template_id": evaluation.template_id.id,
                "date_to": evaluation.date_to,
                "state": evaluation.state,
                "dimension": dimension,
                "previous_score": previous.get(f"{card_id}{dimension}"),
                "peer_median": None,
                **dimension_vals(score),
            }
            rows.append(tuple(values[name] for name in DIMENSION_COLUMNS))
    bulk_insert(evaluation.env[DIMENSION], DIMENSION_COLUMNS, rows)


def _store_measured(evaluation, lines):
    """The points of the scale are those of the rules that were kept."""
    rules = (evaluation.template_snapshot or {}).get("lines", ())
    scales = {
        rule["kpi"]: Scale(tuple(map(tuple, rule["points"])), rule["scale"])
        for rule in rules
    }
    kpis = evaluation.env["supplier.kpi"].with_context(active_test=False).search([])
    codes = dict(zip(kpis.ids, kpis.mapped("code"), strict=True))
    values = defaultdict(dict)
    for line in lines:
        values[line["kpi_id"]][line["id"]] = line["value"]
    rows = []
    for kpi_id, of_kpi in values.items():
        scale = scales.get(codes[kpi_id])
        for line_id, median in medians_of_others(of_kpi).items():
            around = (None, None, None, None)
            if scale and of_kpi[line_id] is not None:
                low, high = scale.around(of_kpi[line_id])
                around = (*low, *high)
            rows.append((line_id, median, scale and scale.target, *around))
    if rows:
        columns = dict.fromkeys(MEASURED, "numeric")
        bulk_update(evaluation.env[LINE], columns, rows)


def _store_spend(evaluation):
    spend = spend_of(evaluation.env, evaluation._run_scope())
    rows = [
        (card.id, spend[card.partner_id.id])
        for card in evaluation.scorecard_ids
        if card.partner_id.id in spend
    ]
    if rows:
        bulk_update(evaluation.scorecard_ids, {"spend": "numeric"}, rows)
