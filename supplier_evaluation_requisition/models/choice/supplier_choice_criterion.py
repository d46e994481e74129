from odoo import api, fields, models

from .supplier_choice_criterion_mixin import as_typed


class SupplierChoiceCriterion(models.Model):
    """A requirement of a list."""

    _name = "supplier.choice.criterion"
    _inherit = ["supplier.choice.criterion.mixin", "supplier.choice.part.mixin"]
    _description = "Requirement of a List"
    _order = "choice_id, sequence, id"

    score_ids = fields.One2many(
        "supplier.choice.score", "criterion_id", string="Scores", readonly=True
    )

    @api.model
    def _guarded_fields(self):
        return super()._guarded_fields() | {"score_ids"}

    @api.model_create_multi
    def create(self, vals_list):
        """Give each candidate a score of it, to be filled in."""
        criteria = super().create(vals_list)
        criteria.choice_id._make_scores()
        return criteria

    def write(self, vals):
        """Who fills it in from now on has other figures: what was typed in goes."""
        others = self.filtered(lambda one: one.source != vals.get("source", one.source))
        said = others.score_ids._typed_in_words()
        result = super().write(vals)
        if others:
            others.score_ids._forget_typed(said)
            others.choice_id._fill()
        if {"source", "rating", "worst", "best"} & vals.keys():
            self.score_ids._check_figure()
        return result

    def unlink(self):
        """Delete the scores first: those of others are in proportion to them."""
        self.choice_id._check_open()
        self.score_ids.sudo().unlink()
        return super().unlink()

    def _rating_in_words(self):
        """Return how its figures become scores, in a sentence."""
        self.ensure_one()
        unit = f" {self.unit}" if self.unit else ""
        best = as_typed(self.env, self.best)
        worst = as_typed(self.env, self.worst)
        if self.rating == "points":
            return self.env._("Points from 0 to %s", best)
        if self.rating == "lowest":
            return self.env._("The lowest is best")
        if self.rating == "highest":
            return self.env._("The highest is best")
        return self.env._(
            "%(worst)s is worst, %(best)s best", worst=worst + unit, best=best + unit
        )
