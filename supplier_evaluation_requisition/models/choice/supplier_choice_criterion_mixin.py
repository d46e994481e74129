from odoo import api, fields, models
from odoo.exceptions import ValidationError

from odoo.addons.supplier_evaluation.tools.numbers import exact, number

#: No figure is greater: what is compared with two decimals is exact up to here.
MOST = 1e12
#: Who fills a criterion in, and how it is rated unless somebody says otherwise:
#: rating, worst and best figure.
USUAL = {
    "typed": ("points", 0, 5),
    "price": ("lowest", 0, 0),
    "cost": ("lowest", 0, 0),
    "score": ("limits", 0, 100),
    "lateness": ("limits", 10, 0),
}


class SupplierChoiceCriterionMixin(models.AbstractModel):
    """What candidates are compared by: its weight, and how figures become scores."""

    _name = "supplier.choice.criterion.mixin"
    _description = "Requirement"

    name = fields.Char(string="Requirement", required=True)
    sequence = fields.Integer(default=10)
    weight = fields.Float(
        string="Weight (%)",
        required=True,
        default=10,
        digits=(5, 2),
        help="All weights of a list add up to 100 %.",
    )
    source = fields.Selection(
        [
            ("typed", "Typed In"),
            ("price", "Price of the Offer"),
            ("cost", "Cost With Performance"),
            ("score", "Evaluation Score"),
            ("lateness", "Expected Days Late"),
        ],
        string="Filled In By",
        required=True,
        default="typed",
        help="People type the figures in, or they come from the offer and from what is "
        "known of the supplier.",
    )
    rating = fields.Selection(
        [
            ("points", "Points From 0 to the Best"),
            ("lowest", "In Proportion to the Lowest"),
            ("highest", "In Proportion to the Highest"),
            ("limits", "Between Worst and Best"),
        ],
        string="How It Is Rated",
        required=True,
        compute="_compute_rating",
        store=True,
        readonly=False,
        precompute=True,
        help="Each figure becomes a score from 0 to 100. In proportion: the lowest (or "
        "highest) figure of all candidates gets 100, twice (or half) of it 50. Between "
        "two figures: the worst gets 0, the best 100.",
    )
    worst = fields.Float(
        compute="_compute_rating",
        store=True,
        readonly=False,
        precompute=True,
        help="This figure, and what is worse, gets 0.",
    )
    best = fields.Float(
        compute="_compute_rating",
        store=True,
        readonly=False,
        precompute=True,
        help="This figure, and what is better, gets 100.",
    )
    unit = fields.Char(help="Of the figures, for example hours a week.")

    @api.depends("source")
    def _compute_rating(self):
        for one in self:
            one.rating, one.worst, one.best = USUAL[one.source or "typed"]

    @api.constrains("weight")
    def _check_weight(self):
        """In Python: a weight that is rounded to 0 is told of with its name."""
        for one in self:
            if not 0 < one.weight <= 100:
                raise ValidationError(
                    self.env._(
                        "Enter a weight above 0 and up to 100 %% for “%s”; it has two "
                        "decimals.",
                        one.name,
                    )
                )

    @api.constrains("rating", "worst", "best")
    def _check_limits(self):
        for one in self:
            if is_too_great(one.worst) or is_too_great(one.best):
                raise ValidationError(
                    self.env._(
                        "“%(requirement)s” has figures up to %(most)s: check them, or "
                        "take a larger unit.",
                        requirement=one.name,
                        most=number(self.env, MOST, 0),
                    )
                )
            if one.rating == "points" and one.best <= 0:
                raise ValidationError(
                    self.env._(
                        "“%s” has points from 0 to the best: enter the best, above 0.",
                        one.name,
                    )
                )
            if one.rating == "limits" and one.worst == one.best:
                raise ValidationError(
                    self.env._(
                        "“%s” is rated between its worst and its best figure: enter "
                        "two that differ.",
                        one.name,
                    )
                )

    def _criterion_vals(self):
        """Return what another list or template takes over of this one."""
        self.ensure_one()
        names = ("name", "sequence", "weight", "source", "rating", "worst", "best")
        return {name: self[name] for name in (*names, "unit")}


def is_too_great(figure):
    """Whether a figure is beyond all that is compared, or none at all."""
    return not -MOST <= figure <= MOST


def as_typed(env, figure):
    """Return a figure as its reader writes it, with decimals only if it has some."""
    return exact(env, figure, 2)
