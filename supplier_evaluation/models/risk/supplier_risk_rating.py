import re

from odoo import api, fields, models
from odoo.exceptions import ValidationError

# As sources write the same sign.
_SIGNS = str.maketrans({"\N{MINUS SIGN}": "-", "–": "-", "＋": "+", "－": "-", " ": ""})
_POINTS = re.compile(r"(\d{1,3}(?:\.\d+)?)(?:/100)?$")


def rating_key(text):
    """Return a rating as it is compared.

    >>> rating_key(" aa − ")
    'AA-'
    """
    return (text or "").translate(_SIGNS).upper()


class SupplierRiskRating(models.Model):
    """A notch of credit ratings: how it is written, and what it says of 100."""

    _name = "supplier.risk.rating"
    _inherit = ["supplier.shared.mixin"]
    _description = "Credit Rating"
    _order = "sequence, id"

    name = fields.Char(string="Rating", required=True)
    sequence = fields.Integer(
        default=100,
        help="From the best to the worst: each is a notch below the one before it.",
    )
    aliases = fields.Char(
        string="Also Written",
        help="How other agencies write this notch, separated by commas.",
    )
    score = fields.Float(
        string="Points",
        required=True,
        digits=(16, 1),
        aggregator=None,
        help="What the rating is worth in the KPI, of 100.",
    )

    _name_uniq = models.Constraint(
        "UNIQUE (name)", "This rating is there already: change that one."
    )
    _score_of_100 = models.Constraint(
        "CHECK (score BETWEEN 0 AND 100)",
        "The points of a rating lie between 0 and 100.",
    )

    @api.constrains("name", "aliases")
    def _check_spelling(self):
        """One way to write a rating means one notch."""
        written = {}
        ratings = self.search([("name", "!=", False)])
        for rating in ratings:
            for key in rating._keys():
                other = written.setdefault(key, rating)
                if other != rating:
                    raise ValidationError(
                        self.env._(
                            "“%(text)s” would stand for %(rating)s and for %(other)s. "
                            "Take it from one of them.",
                            text=key,
                            rating=rating.name,
                            other=other.name,
                        )
                    )

    def copy_data(self, default=None):
        """Let a copy be another notch; how others write it stays with the first."""
        vals_list = super().copy_data(default)
        for rating, vals in zip(self, vals_list, strict=True):
            if "name" not in (default or {}):
                vals["name"] = self.env._("%s (copy)", rating.name)
                vals["aliases"] = False
        return vals_list

    def _keys(self):
        self.ensure_one()
        texts = [self.name, *(self.aliases or "").split(",")]
        return {key for key in map(rating_key, texts) if key}

    @api.model
    def _by_key(self):
        """Return ``{text as it is compared: rating}``."""
        return {key: rating for rating in self.search([]) for key in rating._keys()}

    @api.model
    def _read(self, text, by_key=None):
        """Return what a text says.

        :param str text: as an agency writes it: a rating, or points of 100
        :param dict by_key: of :meth:`_by_key`, for whoever reads many
        :return: ``(rating, points)``; of points, the rating is the notch that they
            reach. ``(no rating, None)`` where the text is neither.
        """
        by_key = self._by_key() if by_key is None else by_key
        key = rating_key(text)
        if found := by_key.get(key):
            return found, found.score
        points = _POINTS.match(key)
        if not points or float(points[1]) > 100:
            return self.browse(), None
        score = float(points[1])
        notches = self.browse({rating.id for rating in by_key.values()}).sorted(
            lambda one: (one.sequence, one.id)
        )
        reached = notches.filtered(lambda one: one.score <= score) or notches[-1:]
        return reached[:1], score
