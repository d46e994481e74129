"""Writes published scorecards as a run stores them, without computing any.

What each column holds is said for all columns of the add-on: one that is new makes this
fail. Chance is a hash, so that the same size gives the same rows.
"""

import sys
from contextlib import contextmanager

from odoo import Command

from odoo.addons.supplier_evaluation.models.scorecard.columns import (
    DIMENSION_COLUMNS,
    LINE_COLUMNS,
    SCORECARD_COLUMNS,
)
from odoo.addons.supplier_evaluation.scoring.period import closed_periods

COUNTRIES = ("base.cn", "base.de", "base.us", "base.fr", "base.in", "base.mx")
TAGS = ("Castings", "Chips", "Packaging", "Chemicals", "Services")
CHANCE = "((hashint8extended({}, {}) & 1048575) / 1048575.0)::float8"

OF_CARD = {
    "evaluation_id": "run.id",
    "template_id": "run.template_id",
    "company_id": "run.company_id",
    "date_from": "run.date_from",
    "date_to": "run.date_to",
    "partner_id": "scored.partner_id",
    "partner_name": "scored.name",
    "score": "scored.score",
    "score_low": "GREATEST(0, scored.score - scored.half)",
    "score_high": "LEAST(100, scored.score + scored.half)",
    "has_score": "TRUE",
    "coverage": "100",
    "gated": "FALSE",
    "provisional": "scored.provisional",
    "delivery_lines": "CASE WHEN scored.provisional THEN 2 ELSE 40 END",
    "spend": "1000 * scored.luck ^ -0.8",
    "state": "run.state",
    "grade_id": "(SELECT id FROM supplier_grade WHERE min_score <= scored.score"
    " ORDER BY min_score DESC LIMIT 1)",
    "rank": "CASE WHEN NOT scored.provisional THEN RANK() OVER ("
    "PARTITION BY run.id, scored.provisional ORDER BY scored.score DESC) END",
    "previous_id": "NULL::integer",
    "trend": "NULL::numeric",
    "trend_direction": "'new'",
}
OF_PART = {
    "scorecard_id": "card.id",
    "company_id": "card.company_id",
    "partner_id": "card.partner_id",
    "template_id": "card.template_id",
    "date_to": "card.date_to",
    "state": "card.state",
    "score": "drawn.score",
    "score_low": "GREATEST(0, drawn.score - 4)",
    "score_high": "LEAST(100, drawn.score + 4)",
    "previous_score": "LEAST(100, drawn.score + 3)",
    "peer_median": "70",
}
OF_LINE = {
    **OF_PART,
    "kpi_id": "rule.kpi_id",
    "sequence": "rule.sequence",
    "dimension": "kpi.dimension",
    "value": "drawn.score",
    "has_value": "drawn.score IS NOT NULL",
    "numerator": "drawn.score",
    "denominator": "100",
    "n": "40",
    "n_eff": "32",
    "has_interval": "drawn.score IS NOT NULL",
    "low": "GREATEST(0, drawn.score - 4)",
    "high": "LEAST(100, drawn.score + 4)",
    "computed_score": "drawn.score",
    "weight": "rule.weight",
    "has_gate": "FALSE",
    "minimum_score": "NULL::numeric",
    "effective_weight": "100.0 / rules.total",
    "contribution": "COALESCE(drawn.score, 0) / rules.total",
    "loss": "(100 - drawn.score) / rules.total",
    "peer_value": "70",
    "target_value": "100",
    "scale_low_value": "0",
    "scale_low_score": "0",
    "scale_high_value": "100",
    "scale_high_score": "100",
}
OF_DIMENSION = {
    **OF_PART,
    "dimension": "kind.dimension",
    "has_score": "TRUE",
    "weight": "100.0 * kind.count / rules.total",
    "coverage": "100",
    "loss": "(100 - drawn.score) * kind.count / rules.total",
}


class Seed:
    """Scorecards of one template: of so many suppliers, KPIs and months.

    :param partners: the first of them are the suppliers
    """

    def __init__(self, env, partners, suppliers, kpis, months, last):
        self.env = env
        self.company = env["res.company"].search([], limit=1, order="id")
        self.partner_ids = partners.ids[:suppliers]
        self.kpis = env["supplier.kpi"].search([], limit=kpis)
        first = last.replace(year=last.year - 1 - months // 12, day=1)
        self.periods = closed_periods("month", first, last)[-months:]
        self.name = f"Screens of {suppliers}"

    def write(self):
        """Write them; return the template."""
        _say(f"{self.name} suppliers: {len(self.periods)} months …")
        template = self._template()
        runs = self._evaluations(template)
        self._cards(runs)
        self.env.cr.execute("ANALYZE supplier_scorecard")
        self._previous(runs)
        self._parts("supplier_scorecard_line", LINE_COLUMNS, OF_LINE, LINES, runs)
        self._parts(
            "supplier_scorecard_dimension",
            DIMENSION_COLUMNS,
            OF_DIMENSION,
            DIMENSIONS,
            runs,
        )
        return template

    def _template(self):
        points = ({"value": 0, "score": 0}, {"value": 100, "score": 100})
        falling = ({"value": 0, "score": 100}, {"value": 100, "score": 0})
        return self.env["supplier.scorecard.template"].create(
            {
                "name": self.name,
                "company_id": self.company.id,
                "line_ids": [
                    Command.create(
                        {
                            "kpi_id": kpi.id,
                            "point_ids": [
                                Command.create(point)
                                for point in (
                                    points if kpi.higher_is_better else falling
                                )
                            ],
                        }
                    )
                    for kpi in self.kpis
                ],
            }
        )

    def _evaluations(self, template):
        runs = self.env["supplier.evaluation"].create(
            [
                {
                    "template_id": template.id,
                    "company_id": self.company.id,
                    "date_from": date_from,
                    "date_to": date_to,
                }
                for date_from, date_to in self.periods
            ]
        )
        grades = self.env["supplier.grade"]._best_first()
        rules = template._snapshot(grades)
        for run in runs:
            scope = template._period_scope(
                run.company_id, run.date_from, run.date_to, run.cutoff
            )
            snapshot = {**rules, "scope": scope.to_context(), "not_computed": []}
            run._write_guarded(
                {
                    "state": "published",
                    "date_computed": run.cutoff,
                    "date_published": run.cutoff,
                    "scorecard_count": len(self.partner_ids),
                    "average_score": 70,
                    "template_snapshot": snapshot,
                }
            )
        self.env.flush_all()
        return runs

    def _cards(self, runs):
        columns = _selected(SCORECARD_COLUMNS, OF_CARD)
        statement = f"""
            INSERT INTO supplier_scorecard ({", ".join(SCORECARD_COLUMNS)},
                                            create_uid, write_uid)
            SELECT {columns}, 1, 1
              FROM supplier_evaluation run
             CROSS JOIN LATERAL (
                   SELECT p.id AS partner_id, p.complete_name AS name,
                          ROUND((50 + 35 * {CHANCE.format("p.id", 1)}
                                 + 15 * {CHANCE.format("p.id * 1000 + run.id", 2)}
                                )::numeric, 2) AS score,
                          2 + 8 * {CHANCE.format("p.id", 3)} AS half,
                          0.0001 + {CHANCE.format("p.id", 4)} AS luck,
                          MOD(p.id, 20) = 0 AS provisional
                     FROM res_partner p
                    WHERE p.id = ANY(%s)) scored
             WHERE run.id = ANY(%s)
        """
        self.env.cr.execute(statement, [self.partner_ids, runs.ids])

    def _previous(self, runs):
        self.env.cr.execute(
            """
            UPDATE supplier_scorecard card
               SET previous_id = before.id,
                   trend = card.score - before.score,
                   trend_direction = CASE WHEN card.score > before.score + 0.5 THEN 'up'
                                          WHEN card.score < before.score - 0.5
                                          THEN 'down' ELSE 'flat' END
              FROM supplier_scorecard before
             WHERE card.evaluation_id = ANY(%s)
               AND before.evaluation_id = ANY(%s)
               AND before.partner_id = card.partner_id
               AND before.date_to = card.date_from - 1
            """,
            [runs.ids, runs.ids],
        )

    def _parts(self, table, columns, expressions, tables, runs):
        _say(f"  {table} …")
        statement = f"""
            INSERT INTO {table} ({", ".join(columns)})
            SELECT {_selected(columns, expressions)} FROM {tables}
             WHERE card.evaluation_id = %s
        """
        with _no_foreign_keys(self.env.cr, table):
            # Run by run, so that no statement sorts millions of rows.
            for run in runs:
                self.env.cr.execute(statement, [len(self.kpis), run.id])


LINES = f"""
    supplier_scorecard card
    JOIN supplier_scorecard_template_line rule ON rule.template_id = card.template_id
    JOIN supplier_kpi kpi ON kpi.id = rule.kpi_id
   CROSS JOIN (SELECT %s AS total) rules
   CROSS JOIN LATERAL (
         SELECT CASE WHEN {CHANCE.format("card.id * 100 + rule.id", 5)} > 0.03
                     THEN LEAST(100, ROUND((card.score - 20 + 40
                          * {CHANCE.format("card.id * 100 + rule.id", 6)})::numeric, 2))
                END AS score) drawn
"""
DIMENSIONS = f"""
    supplier_scorecard card
   CROSS JOIN (SELECT %s AS total) rules
    JOIN (
         SELECT rule.template_id, kpi.dimension, COUNT(*), MIN(rule.id) AS number
           FROM supplier_scorecard_template_line rule
           JOIN supplier_kpi kpi ON kpi.id = rule.kpi_id
          GROUP BY rule.template_id, kpi.dimension) kind
      ON kind.template_id = card.template_id
   CROSS JOIN LATERAL (
         SELECT LEAST(100, ROUND((card.score - 10 + 20
                * {CHANCE.format("card.id * 100 + kind.number", 7)})::numeric, 2))
                AS score) drawn
"""


@contextmanager
def _no_foreign_keys(cursor, table):
    """In this block no row is checked by itself: all are, when it ends."""
    cursor.execute(
        "SELECT quote_ident(conname), pg_get_constraintdef(oid) FROM pg_constraint"
        " WHERE conrelid = %s::regclass AND contype = 'f'",
        [table],
    )
    keys = cursor.fetchall()
    for name, _definition in keys:
        cursor.execute(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
    yield
    for name, definition in keys:
        cursor.execute(f"ALTER TABLE {table} ADD CONSTRAINT {name} {definition}")


def suppliers(env, count):
    """Make vendors with a country, a tag and a buyer; return them."""
    countries = [env.ref(name).id for name in COUNTRIES]
    tags = env["res.partner.category"].create([{"name": name} for name in TAGS])
    partners = env["res.partner"]
    for start in range(0, count, 500):
        partners |= partners.create(
            [
                {
                    "name": f"Supplier {number:05}",
                    "is_company": True,
                    "supplier_rank": 1,
                    "country_id": countries[number % len(countries)],
                    "category_id": [Command.link(tags.ids[number % len(tags)])],
                    "buyer_id": env.uid if number % 4 else False,
                }
                for number in range(start, min(count, start + 500))
            ]
        )
    return partners


def _selected(columns, expressions):
    """Return what is selected for the columns, in their order."""
    unknown = set(expressions) ^ set(columns)
    if unknown:
        raise LookupError(f"Say in {__file__} what these hold: {sorted(unknown)}")
    return ", ".join(expressions[name] for name in columns)


def _say(text):
    sys.stderr.write(f"  {text}\n")
