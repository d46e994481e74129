import logging

from odoo.tools import SQL

from ...scoring import Measure, assemble, rank, score_line, trend
from ...tools.bulk import bulk_insert

_logger = logging.getLogger(__name__)

NO_DATA = Measure(None)

SCORECARD_COLUMNS = (
    "evaluation_id",
    "template_id",
    "company_id",
    "date_from",
    "date_to",
    "partner_id",
    "partner_name",
    "score",
    "score_low",
    "score_high",
    "has_score",
    "coverage",
    "gated",
    "provisional",
    "delivery_lines",
    "grade_id",
    "rank",
    "previous_id",
    "trend",
    "trend_direction",
)
LINE_COLUMNS = (
    "scorecard_id",
    "company_id",
    "partner_id",
    "kpi_id",
    "sequence",
    "value",
    "has_value",
    "numerator",
    "denominator",
    "n",
    "n_eff",
    "has_interval",
    "low",
    "high",
    "score",
    "computed_score",
    "score_low",
    "score_high",
    "weight",
    "has_gate",
    "minimum_score",
    "effective_weight",
    "contribution",
)


def scorecard_vals(card, grades, previous_score):
    """Return what a composed scorecard is stored as, by column.

    :param Scorecard card: of the scoring core
    :param grades: from the best to the worst, as the card was graded
    :param previous_score: that of the published scorecard before, or None
    """
    movement = trend(card.score, previous_score)
    return {
        "score": card.score,
        "score_low": card.low,
        "score_high": card.high,
        "has_score": card.score is not None,
        "coverage": card.coverage * 100,
        "gated": card.gated,
        "provisional": card.provisional,
        "grade_id": None if card.grade is None else grades[card.grade].id,
        "trend": movement.delta,
        "trend_direction": movement.direction,
    }


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
            (line.kpi_id.code, line.kpi_id.id, line.sequence)
            for line in self.template_lines
        ]
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
        self._store(scored, ranks)
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

    def _store(self, scored, ranks):
        previous = self._previous_scorecards(list(scored))
        rows = [
            self._scorecard_row(partner_id, card, measures, ranks, previous)
            for partner_id, (card, _lines, measures) in scored.items()
        ]
        scorecards = self.env["supplier.scorecard"]
        ids = bulk_insert(scorecards, SCORECARD_COLUMNS, rows)
        line_rows = [
            row
            for scorecard_id, (partner_id, results) in zip(
                ids, scored.items(), strict=True
            )
            for row in self._line_rows(scorecard_id, partner_id, *results)
        ]
        bulk_insert(self.env["supplier.scorecard.line"], LINE_COLUMNS, line_rows)
        self.evaluation.invalidate_recordset(["scorecard_ids"])
        self.env["res.partner"].invalidate_model(["supplier_scorecard_ids"])

    def _scorecard_row(self, partner_id, card, measures, ranks, previous):
        evaluation = self.evaluation
        previous_id, previous_score = previous.get(partner_id, (None, None))
        vals = {
            "evaluation_id": evaluation.id,
            "template_id": self.template.id,
            "company_id": evaluation.company_id.id,
            "date_from": evaluation.date_from,
            "date_to": evaluation.date_to,
            "partner_id": partner_id,
            "partner_name": self.names[partner_id],
            "delivery_lines": self._delivery_lines(measures) or 0,
            "rank": ranks.get(partner_id),
            "previous_id": previous_id,
            **scorecard_vals(card, self.grades, previous_score),
        }
        return tuple(vals[column] for column in SCORECARD_COLUMNS)

    def _line_rows(self, scorecard_id, partner_id, card, lines, measures):
        company_id = self.evaluation.company_id.id
        for (code, kpi_id, sequence), line, weight, contribution in zip(
            self.kpis,
            lines,
            card.effective_weights,
            card.contributions,
            strict=True,
        ):
            measure = measures.get(code, NO_DATA)
            yield (
                scorecard_id,
                company_id,
                partner_id,
                kpi_id,
                sequence,
                measure.value,
                measure.has_value,
                measure.numerator,
                measure.denominator,
                measure.n,
                measure.n_eff,
                measure.low is not None,
                measure.low,
                measure.high,
                line.score,
                line.score,
                line.low,
                line.high,
                line.weight,
                line.minimum is not None,
                line.minimum,
                weight,
                contribution,
            )

    def _previous_scorecards(self, partner_ids):
        """Return ``{partner_id: (scorecard id, score)}`` of the period before.

        It ended before this one begins: a part of this period is no trend of it.
        """
        if not partner_ids:
            return {}
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
                 ORDER BY card.partner_id, run.date_to DESC
                """,
                template=self.template.id,
                company=self.evaluation.company_id.id,
                date_from=self.evaluation.date_from,
                partners=partner_ids,
            )
        )
        return {
            partner_id: (scorecard_id, score)
            for partner_id, scorecard_id, score in rows
        }
