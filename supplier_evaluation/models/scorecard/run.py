import logging

from odoo.tools import SQL

from ...report.price.spend import spend_of
from ...scoring import (
    Measure,
    assemble,
    compose_dimensions,
    loss,
    medians_of_others,
    rank,
    score_line,
)
from ...tools.bulk import bulk_insert
from .columns import (
    DIMENSION,
    DIMENSION_COLUMNS,
    LINE,
    LINE_COLUMNS,
    SCORECARD_COLUMNS,
    dimension_vals,
    scorecard_vals,
)

_logger = logging.getLogger(__name__)

NO_DATA = Measure(None)
COMPUTED = "computed"


def standings(results):
    """Return how the suppliers of an evaluation stand.

    :param results: ``{supplier: (score, provisional)}``; a score of None is none
    :return: ``(ranks, average)``: a rank for each supplier that is ranked, and the
        mean of all scores, provisional ones too; None without any
    """
    ranks = rank(
        {
            supplier: None if provisional else score
            for supplier, (score, provisional) in results.items()
        }
    )
    scores = [score for score, _provisional in results.values() if score is not None]
    return ranks, sum(scores) / len(scores) if scores else None


class EvaluationRun:
    """Measures, scores and stores one evaluation.

    Collects everything in a fixed number of queries, computes in plain Python,
    stores in batches.
    """

    def __init__(self, evaluation):
        self.evaluation = evaluation
        self.env = evaluation.env
        self.template = evaluation.template_id
        self.template_lines = self.template.line_ids
        self.grades = self.env["supplier.grade"]._best_first()
        self.line_rules = self.template._line_rules()
        self.rule = self.template._scorecard_rule(self.grades)
        self.problems = []
        # Read once: for each supplier again, it would cost more than to score it.
        self.kpis = [
            (line.kpi_id.code, line.kpi_id.id, line.sequence, line.dimension)
            for line in self.template_lines
        ]
        self.dimensions = [line.dimension for line in self.template_lines]
        self.delivery_codes = [
            kpi.code for kpi in self.template_lines.kpi_id if kpi._counts_deliveries()
        ]
        self.enrolling_codes = {
            kpi.code for kpi in self.template_lines.kpi_id if kpi._enrols()
        }

    def execute(self):
        """Run it; return the values to write on the evaluation."""
        scope = self.template._period_scope(
            self.evaluation.company_id,
            self.evaluation.date_from,
            self.evaluation.date_to,
            self.evaluation.cutoff,
        )
        not_computed = []
        self.env["supplier.fact.change"]._catch_up()
        measures = self.template_lines.kpi_id._measure(scope, not_computed)
        self._report_kpis(not_computed)
        partners = self.template._enrol(
            self._enrolled(measures), self.evaluation.company_id
        )
        partners.fetch(["complete_name"])  # all at once, not by the thousand
        self.names = {partner.id: partner.complete_name for partner in partners}
        scored = self._score_all(partners, measures)
        ranks, average = standings(
            {
                partner_id: (card.score, card.provisional)
                for partner_id, (card, _lines, _measures) in scored.items()
            }
        )
        self._store(scored, ranks, spend_of(self.env, scope))
        return {
            "template_snapshot": {
                **self.template._snapshot(self.grades),
                "scope": scope.to_context(),
                "not_computed": [
                    kpi.code for kpis, _why in not_computed for kpi in kpis
                ],
            },
            "scorecard_count": len(scored),
            "provisional_count": sum(
                card.provisional for card, _l, _m in scored.values()
            ),
            "average_score": average,
            "problems": "\n".join(self.problems) or False,
        }

    # ------------------------------------------------------------
    # Compute
    # ------------------------------------------------------------

    def _report_kpis(self, not_computed):
        for kpis, why in not_computed:
            self.problems.append(
                self.env._(
                    "%(kpis)s not computed: %(why)s",
                    kpis=", ".join(kpis.mapped("name")),
                    why=why,
                )
            )

    def _enrolled(self, measures):
        """Return the suppliers with a record that makes them take part."""
        return [
            partner_id
            for partner_id, answers in measures.items()
            if not self.enrolling_codes.isdisjoint(answers)
        ]

    def _score_all(self, partners, measures):
        """Score every supplier; one that cannot be scored stops no other."""
        scored = {}
        for partner in partners:
            try:
                scored[partner.id] = self._score(measures[partner.id])
            except (ArithmeticError, ValueError) as error:
                _logger.exception(
                    "Supplier %s (%s) could not be scored in %s",
                    partner.display_name,
                    partner.id,
                    self.evaluation.name,
                )
                self.problems.append(
                    self.env._(
                        "%(supplier)s (id %(id)s) could not be scored: %(error)s",
                        supplier=partner.display_name,
                        id=partner.id,
                        error=error,
                    )
                )
        return scored

    def _score(self, measures):
        lines = [score_line(rule, measures.get(rule.code)) for rule in self.line_rules]
        card = assemble(lines, self._delivery_lines(measures), self.rule)
        return card, lines, measures

    def _delivery_lines(self, measures):
        """Return how many delivery lines count, or None without a delivery KPI."""
        if not self.delivery_codes:
            return None
        counts = [measures[code].n for code in self.delivery_codes if code in measures]
        return max(counts, default=0)

    # ------------------------------------------------------------
    # Store
    # ------------------------------------------------------------

    def _store(self, scored, ranks, spend):
        previous = Previous(self.evaluation, list(scored))
        ids = bulk_insert(
            self.env["supplier.scorecard"],
            SCORECARD_COLUMNS,
            [
                self._scorecard_row(partner_id, card, measures, ranks, spend, previous)
                for partner_id, (card, _lines, measures) in scored.items()
            ],
        )
        cards = dict(zip(scored, ids, strict=True))
        bulk_insert(
            self.env[LINE],
            LINE_COLUMNS,
            list(self._line_rows(cards, scored, previous.line_scores)),
        )
        bulk_insert(
            self.env[DIMENSION],
            DIMENSION_COLUMNS,
            list(self._dimension_rows(cards, scored, previous.dimension_scores)),
        )
        self.evaluation.invalidate_recordset(["scorecard_ids"])
        self.env["res.partner"].invalidate_model(["supplier_scorecard_ids"])

    def _scorecard_row(self, partner_id, card, measures, ranks, spend, previous):
        evaluation = self.evaluation
        previous_id, previous_score = previous.cards.get(partner_id, (None, None))
        vals = {
            "evaluation_id": evaluation.id,
            "template_id": self.template.id,
            "company_id": evaluation.company_id.id,
            "date_from": evaluation.date_from,
            "date_to": evaluation.date_to,
            "partner_id": partner_id,
            "partner_name": self.names[partner_id],
            "delivery_lines": self._delivery_lines(measures) or 0,
            "spend": spend.get(partner_id),
            "state": COMPUTED,
            "rank": ranks.get(partner_id),
            "previous_id": previous_id,
            **scorecard_vals(card, self.grades, previous_score),
        }
        return tuple(vals[column] for column in SCORECARD_COLUMNS)

    def _part(self, cards, partner_id):
        """Return what every part of a scorecard says of it."""
        evaluation = self.evaluation
        return (
            cards[partner_id],
            evaluation.company_id.id,
            partner_id,
            self.template.id,
            evaluation.date_to,
            COMPUTED,
        )

    def _line_rows(self, cards, scored, previous):
        """Yield the lines, KPI by KPI: so each is seen beside the others."""
        for index, (kpi, rule) in enumerate(
            zip(self.kpis, self.line_rules, strict=True)
        ):
            code, kpi_id = kpi[:2]
            own_values = {
                partner_id: measures.get(code, NO_DATA).value
                for partner_id, (_card, _lines, measures) in scored.items()
            }
            scores = medians_of_others(
                {
                    partner_id: lines[index].score
                    for partner_id, (_card, lines, _measures) in scored.items()
                }
            )
            values = medians_of_others(own_values)
            target = rule.scale.target
            for partner_id, (card, lines, measures) in scored.items():
                measure, line = measures.get(code, NO_DATA), lines[index]
                share = card.effective_weights[index]
                yield (
                    *self._part(cards, partner_id),
                    *kpi[1:],
                    *_measured(measure),
                    *_scored(line),
                    share,
                    card.contributions[index],
                    loss(share, line.score),
                    previous.get((partner_id, kpi_id)),
                    scores[partner_id],
                    values[partner_id],
                    target,
                    *_points_around(rule.scale, measure),
                )

    def _dimension_rows(self, cards, scored, previous):
        composed = {
            partner_id: compose_dimensions(
                self.dimensions, lines, card.effective_weights
            )
            for partner_id, (card, lines, _measures) in scored.items()
        }
        for dimension in dict.fromkeys(self.dimensions):
            medians = medians_of_others(
                {
                    partner_id: dimensions[dimension].score
                    for partner_id, dimensions in composed.items()
                }
            )
            for partner_id, dimensions in composed.items():
                yield (
                    *self._part(cards, partner_id),
                    dimension,
                    previous.get((partner_id, dimension)),
                    medians[partner_id],
                    *dimension_vals(dimensions[dimension]).values(),
                )


def _measured(measure):
    return (
        measure.value,
        measure.has_value,
        measure.numerator,
        measure.denominator,
        measure.n,
        measure.n_eff,
        measure.low is not None,
        measure.low,
        measure.high,
    )


def _scored(line):
    return (
        line.score,
        line.score,
        line.low,
        line.high,
        line.weight,
        line.minimum is not None,
        line.minimum,
    )


def _points_around(scale, measure):
    if not measure.has_value:
        return (None, None, None, None)
    low, high = scale.around(measure.value)
    return (*low, *high)


class Previous:
    """The published scorecards of the period before, and of what they consist.

    It ended before this one begins: a part of this period is no trend of it.
    """

    def __init__(self, evaluation, partner_ids):
        self.evaluation = evaluation
        self.env = evaluation.env
        self.cards = {}
        self.line_scores = {}
        self.dimension_scores = {}
        if partner_ids:
            self._read(partner_ids)

    def _read(self, partner_ids):
        rows = self.env.execute_query(
            SQL(
                """
                SELECT DISTINCT ON (card.partner_id)
                       card.partner_id, card.id,
                       CASE WHEN card.has_score THEN card.score END
                  FROM supplier_scorecard card
                  JOIN supplier_evaluation run ON run.id = card.evaluation_id
                 WHERE run.template_id = %(template)s
                   AND run.company_id = %(company)s
                   AND run.state = 'published'
                   AND run.date_to < %(date_from)s
                   AND card.partner_id = ANY(%(partners)s)
                 ORDER BY card.partner_id, run.date_to DESC, run.id DESC
                """,
                template=self.evaluation.template_id.id,
                company=self.evaluation.company_id.id,
                date_from=self.evaluation.date_from,
                partners=partner_ids,
            )
        )
        self.cards = {row[0]: row[1:] for row in rows}
        self.line_scores = self._scores_of(LINE, "kpi_id")
        self.dimension_scores = self._scores_of(DIMENSION, "dimension")

    def _scores_of(self, model, what):
        rows = self.env.execute_query(
            SQL(
                "SELECT partner_id, %s, score::float8 FROM %s"
                " WHERE scorecard_id = ANY(%s) AND score IS NOT NULL",
                SQL.identifier(what),
                SQL.identifier(self.env[model]._table),
                [card_id for card_id, _score in self.cards.values()],
            )
        )
        return {(partner_id, of): score for partner_id, of, score in rows}
