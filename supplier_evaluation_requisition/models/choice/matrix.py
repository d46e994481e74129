from odoo import api, fields, models
from odoo.tools import format_amount

from odoo.addons.supplier_evaluation.tools.numbers import number
from odoo.addons.supplier_evaluation.tools.wording import label_of

from .supplier_choice_criterion_mixin import as_typed

MONEY = ("price", "cost")


class SupplierChoice(models.Model):
    """The list as a table: requirements by candidates, with the sums explained."""

    _inherit = "supplier.choice"

    matrix = fields.Json(string="Comparison", compute="_compute_matrix")

    @api.depends(
        "candidate_ids.rank",
        "candidate_ids.score",
        "candidate_ids.display_name",
        "candidate_ids.missing",
        "criterion_ids.name",
        "criterion_ids.weight",
        "score_ids.score",
        "score_ids.reason",
        "candidate_id",
    )
    @api.depends_context("lang")
    def _compute_matrix(self):
        for choice in self:
            candidates = choice._by_rank()
            choice.matrix = {
                "can_edit": choice.state == "draft",
                "candidates": [choice._head(candidate) for candidate in candidates],
                "rows": [
                    choice._row(criterion, candidates)
                    for criterion in choice.criterion_ids.sorted("sequence")
                ],
                "total": as_typed(self.env, choice.weight_total),
            }

    def _by_rank(self):
        """Return the candidates, those without a rank last."""
        self.ensure_one()
        last = len(self.candidate_ids) + 1
        return self.candidate_ids.sorted(lambda one: (one.rank or last, one.id))

    def _head(self, candidate):
        """Return what is shown of a candidate, above and below its scores."""
        known = candidate.score is not False
        return {
            "id": candidate.id,
            "name": candidate.partner_id.display_name or "",
            "offer": candidate.order_id.sudo().name or "",
            "rank": candidate.rank or 0,
            "score": number(self.env, candidate.score, 2) if known else "",
            "coverage": number(self.env, 100 * candidate.coverage, 0) + " %",
            "missing": candidate.missing or "",
            "is_chosen": candidate == self.candidate_id,
        }

    def _row(self, criterion, candidates):
        """Return a requirement with the score of each candidate."""
        cells = {cell.candidate_id: cell for cell in criterion.score_ids}
        return {
            "id": criterion.id,
            "name": criterion.name or "",
            "weight": as_typed(self.env, criterion.weight),
            "source": label_of(criterion, "source"),
            "rating": criterion._rating_in_words(),
            "cells": [
                cells[candidate]._in_matrix() if candidate in cells else False
                for candidate in candidates
            ],
        }


class SupplierChoiceScore(models.Model):
    _inherit = "supplier.choice.score"

    def _in_matrix(self):
        """Return how the score comes about: figure, score, and what it adds."""
        self.ensure_one()
        known = self.score is not False
        weight = self.criterion_id.weight
        added = number(self.env, self.score * weight / 100, 2) if known else ""
        score = number(self.env, self.score, 1) if known else ""
        return {
            "id": self.id,
            "figure": self._figure_in_words(),
            "score": score,
            "added": added,
            "reason": self.reason or "",
            "is_own": self.own_figure is not False and self.source != "typed",
            "sum": self.env._(
                "%(score)s × %(weight)s %% = %(added)s",
                score=score,
                weight=as_typed(self.env, weight),
                added=added,
            )
            if known
            else "",
        }

    def _figure_in_words(self):
        if self.figure is False:
            return ""
        if self.source in MONEY:
            return format_amount(self.env, self.figure, self.choice_id.currency_id)
        unit = f" {self.unit}" if self.unit else ""
        return as_typed(self.env, self.figure) + unit
