from odoo import api, fields, models
from odoo.tools import SQL

from ...scoring import (
    ScorecardRule,
    assemble,
    compose_dimensions,
    loss,
    medians_of_others,
)
from ...tools.bulk import bulk_update
from .columns import (
    DIMENSION,
    DIMENSION_VALUES,
    LINE,
    PARTS,
    dimension_vals,
    scorecard_vals,
)
from .run import standings

# What a line has of the whole scorecard.
SHARED = ("effective_weight", "contribution", "loss")


class SupplierEvaluation(models.Model):
    """The scorecards of an evaluation, all at once: their state, ranks, and medians."""

    _inherit = "supplier.evaluation"

    unscored_partner_ids = fields.Json(
        string="Suppliers It Does Not Score",
        readonly=True,
        copy=False,
        help="Ids of the suppliers who had a record in the period when it was "
        "computed, and have no scorecard: the template is not for them, or they were "
        "held back.",
    )

    def unlink(self):
        """Take the scorecards along, with all that hangs on them without a key."""
        self.check_access("unlink")
        self._claim()
        self._delete_scorecards()
        return super().unlink()

    def _set_state(self, state, **vals):
        """Write the state, on the parts of the scorecards as well: set-wise.

        :param str state: the new one
        :param vals: what else is written on the evaluations
        """
        self._write_guarded({"state": state, **vals})
        self.env.flush_all()
        for name in ("supplier.scorecard", *PARTS):
            model = self.env[name]
            own = SQL("evaluation_id = ANY(%s)", self.ids)
            if name in PARTS:
                own = SQL(
                    "scorecard_id IN (SELECT id FROM supplier_scorecard WHERE %s)", own
                )
            self.env.cr.execute(
                SQL(
                    "UPDATE %s SET state = %s WHERE %s",
                    SQL.identifier(model._table),
                    state,
                    own,
                )
            )
            model.invalidate_model(["state"])

    def _delete_scorecards(self, only=None):
        """Delete what was computed, with its lines, in one statement.

        :param only: ids of those scorecards of the evaluations; by default, of all
        """
        self._check_not_sealed()
        self.env.flush_all()
        self.env.cr.execute(
            SQL("DELETE FROM supplier_scorecard WHERE %s", self._are_cards(only))
        )
        self.env.invalidate_all()

    def _are_cards(self, only):
        """Return the condition of being one of the scorecards.

        :param only: ids, or None: all of the evaluations
        :rtype: SQL
        """
        own = SQL("evaluation_id = ANY(%s)", self.ids)
        return own if only is None else SQL("%s AND id = ANY(%s)", own, only)

    def _rules_as_computed(self):
        """Return what it kept of each KPI, by the KPI's code.

        It is sealed, so an upgrade does not rewrite it: a room that renames fields
        brings it into the names of today here.
        """
        self.ensure_one()
        return {rule["kpi"]: rule for rule in self.template_snapshot["lines"]}

    def _grading_as_computed(self):
        """Return what made scores grades when this was computed.

        Where a grade was deleted since, or which they were was not kept yet, they are
        the grades of now.

        :return: the rule of the scoring core, and the grades, best first
        :rtype: tuple[ScorecardRule, SupplierGrade]
        """
        self.ensure_one()
        snapshot = self.template_snapshot
        model = self.env["supplier.grade"].sudo()
        grades = model.browse(snapshot.get("grade_ids", ())).exists()
        if len(grades) == len(snapshot["grades"]):
            names, thresholds = zip(*snapshot["grades"], strict=True)
            gate = snapshot["gate_grade"]
            cap = names.index(gate) if gate in names else None
        else:
            grades = model._best_first()
            now = self.template_id.sudo()._scorecard_rule(grades)
            thresholds, cap = now.thresholds, now.cap
        rule = ScorecardRule(
            thresholds=thresholds,
            coverage_floor=snapshot["coverage_floor"] / 100,
            minimum_lines=snapshot["minimum_lines"],
            cap=cap,
        )
        return rule, grades

    def _rank_again(self):
        """Rank the suppliers anew after a score was overridden."""
        for evaluation in self.sudo():
            cards = evaluation.scorecard_ids
            ranks, average = standings(
                {
                    card: (card.score if card.has_score else None, card.provisional)
                    for card in cards
                }
            )
            for card in cards:
                if card.rank != ranks.get(card, False):
                    card.rank = ranks.get(card)
            evaluation._write_guarded({"average_score": average})

    def _compare_again(self):
        """Tell each part of the scorecards anew what the others have."""
        self.env.flush_all()
        for evaluation in self:
            evaluation._store_medians(LINE, "kpi_id")
            evaluation._store_medians(DIMENSION, "dimension")

    def _store_medians(self, name, what):
        """Store the median of the others on the parts of which it has changed.

        :param str name: model of the parts
        :param str what: the column that says of what a part is
        """
        parts = self.env[name]
        rows = self.env.execute_query(
            SQL(
                """
                SELECT part.%(what)s, part.id, part.score::float8,
                       part.peer_median::float8
                  FROM %(parts)s part
                  JOIN supplier_scorecard card ON card.id = part.scorecard_id
                 WHERE card.evaluation_id = %(evaluation)s
                 ORDER BY part.id
                """,
                what=SQL.identifier(what),
                parts=SQL.identifier(parts._table),
                evaluation=self.id,
            )
        )
        scores, stored = {}, {}
        for of, part_id, score, median in rows:
            scores.setdefault(of, {})[part_id] = score
            stored[part_id] = median
        changed = [
            (part_id, median)
            for of_one in scores.values()
            for part_id, median in medians_of_others(of_one).items()
            if median != stored[part_id]
        ]
        if changed:
            bulk_update(parts, {"peer_median": "numeric"}, changed)


class SupplierScorecard(models.Model):
    """What an override changes of a scorecard, and of those beside it."""

    _inherit = "supplier.scorecard"

    @api.model
    def _copy_partner(self, partner):
        """Let the parts of a vendor's scorecards be the vendor's, after merging."""
        for name in PARTS:
            parts = self.env[name]
            self.env.cr.execute(
                SQL(
                    """
                    UPDATE %(parts)s part SET partner_id = card.partner_id
                      FROM supplier_scorecard card
                     WHERE card.id = part.scorecard_id
                       AND card.partner_id = %(partner)s
                       AND part.partner_id <> card.partner_id
                    """,
                    parts=SQL.identifier(parts._table),
                    partner=partner.id,
                )
            )
            parts.invalidate_model(["partner_id"])

    def _recompose(self):
        """Compose the scores anew after a line was overridden, and rank again."""
        gradings = {
            run: run.sudo()._grading_as_computed() for run in self.evaluation_id
        }
        for scorecard in self.sudo():
            rule, grades = gradings[scorecard.evaluation_id]
            lines = scorecard.line_ids
            scores = [line._line_score() for line in lines]
            card = assemble(
                scores,
                scorecard.delivery_lines if lines._has_delivery() else None,
                rule,
            )
            previous = scorecard.previous_id
            previous_score = previous.score if previous.has_score else None
            scorecard.write(scorecard_vals(card, grades, previous_score))
            scorecard._store_parts(card, scores)
        self.evaluation_id._rank_again()
        self.evaluation_id.sudo()._compare_again()

    def _store_parts(self, card, scores):
        """Store what lines and dimensions add, as exact as the run stores it.

        :param Scorecard card: of the scoring core
        :param scores: of the lines, as the scoring core knows them
        """
        self.ensure_one()
        lines, dimensions = self.line_ids, self.dimension_ids
        shares = card.effective_weights
        rows = [
            (line.id, share, points, loss(share, line_score.score))
            for line, share, points, line_score in zip(
                lines, shares, card.contributions, scores, strict=True
            )
        ]
        bulk_update(lines, dict.fromkeys(SHARED, "numeric"), rows)
        composed = compose_dimensions(lines.mapped("dimension"), scores, shares)
        columns = {
            name: dimensions._fields[name].column_type[1] for name in DIMENSION_VALUES
        }
        rows = [
            (part.id, *dimension_vals(composed[part.dimension]).values())
            for part in dimensions
        ]
        bulk_update(dimensions, columns, rows)
