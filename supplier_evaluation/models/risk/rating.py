from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...tools.optional_numbers import OptionalFloat, OptionalInteger
from .kinds import RATING, RATING_SEVERITIES

# What moves a rating within the ratings of its supplier.
_SERIES = {"company_id", "date", "kind", "partner_id", "rating", "source", "state"}


class SupplierRiskSignal(models.Model):
    """A signal that is a rating: its points, and by how much it fell."""

    _name = "supplier.risk.signal"
    _inherit = ["supplier.risk.signal", "supplier.optional.numbers.mixin"]

    rating = fields.Char(
        tracking=True,
        help="As the agency writes it: AA-, Baa1, or points of 100.",
    )
    rating_id = fields.Many2one(
        "supplier.risk.rating",
        string="Notch",
        compute="_compute_rating",
        store=True,
        precompute=True,
        ondelete="restrict",
        index="btree_not_null",
    )
    rating_score = OptionalFloat(
        string="Rating, Points",
        compute="_compute_rating",
        store=True,
        precompute=True,
        digits=(16, 1),
        aggregator="avg",
        help="What the rating is worth, of 100.",
    )
    rating_fall = OptionalInteger(
        string="Notches Lost",
        readonly=True,
        copy=False,
        aggregator="max",
        help="Since the rating before it, of the same source; negative: it rose. Empty "
        "where there was none before.",
    )

    @api.model
    def _guarded_fields(self):
        return super()._guarded_fields() | {"rating_fall"}

    @api.depends("kind", "rating", "rating_id.score")
    def _compute_rating(self):
        ratings = self.env["supplier.risk.rating"]
        by_key = ratings._by_key() if RATING in self.mapped("kind") else {}
        for signal in self:
            found, score = ratings, None
            if signal.kind == RATING:
                found, score = ratings._read(signal.rating, by_key)
            signal.rating_id = found
            signal.rating_score = False if score is None else score

    @api.constrains("kind", "rating")
    def _check_rating(self):
        for signal in self:
            if problem := signal._rating_problem():
                raise ValidationError(
                    self.env._(
                        "%(signal)s: %(problem)s", signal=signal.name, problem=problem
                    )
                )

    def _rating_problem(self):
        """Return what is wrong with the rating, in words, or False."""
        if self.kind != RATING:
            return bool(self.rating) and self.env._(
                "only a credit rating has a rating. Choose this kind, or empty it."
            )
        if not self.rating:
            return self.env._("enter the rating.")
        return not self.rating_id and self.env._(
            "the rating “%s” is not known. Enter one of the credit ratings in the "
            "configuration, or points from 0 to 100; or have it added there.",
            self.rating,
        )

    def _severity_of_rating(self):
        """Return how serious the rating is, or False where there is none."""
        if self.kind != RATING or self.rating_score is False:
            return False
        return _severity_of(self.rating_score)

    @api.model
    def _severity_of_text(self, text):
        """Return how serious a rating is that nobody has written yet."""
        return _severity_of(self.env["supplier.risk.rating"]._read(text)[1] or 0.0)

    # ------------------------------------------------------------
    # How far it fell
    # ------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        signals = super().create(vals_list)
        signals._refresh_falls(signals._series())
        return signals

    def write(self, vals):
        before = self._series() if _SERIES & vals.keys() else set()
        result = super().write(vals)
        if _SERIES & vals.keys():
            self._refresh_falls(before | self._series())
        return result

    def unlink(self):
        series = self._series()
        result = super().unlink()
        self.browse()._refresh_falls(series)
        return result

    def _series(self):
        """Return whose ratings these are: pairs of ids of company and supplier."""
        ratings = self.sudo().filtered(lambda one: one.kind == RATING)
        return {(one.company_id.id, one.commercial_partner_id.id) for one in ratings}

    @api.model
    def _refresh_falls(self, series):
        """Compare ratings with those before them.

        One question, however many suppliers.

        :param set series: pairs of ids of company and supplier
        """
        if not series:
            return
        notch = {
            rating.id: place
            for place, rating in enumerate(self.env["supplier.risk.rating"].search([]))
        }
        ratings = self.sudo().search(
            [
                ("kind", "=", RATING),
                ("state", "!=", "false_alarm"),
                ("company_id", "in", [company for company, _partner in series]),
                (
                    "commercial_partner_id",
                    "in",
                    [partner for _company, partner in series],
                ),
            ],
            order="date, id",
        )
        last, falls = {}, {}
        for one in ratings:
            key = (one.company_id, one.commercial_partner_id, one.source)
            place = notch.get(one.rating_id.id)
            before = last.get(key)
            fall = None if None in (place, before) else place - before
            # Nothing lost is not the same as nothing to compare with.
            known = None if one.rating_fall is False else one.rating_fall
            if known != fall:
                falls[fall] = falls.get(fall, ratings.browse()) | one
            last[key] = place
        for fall, some in falls.items():
            some._write_guarded({"rating_fall": False if fall is None else fall})


def _severity_of(score):
    for below, severity in RATING_SEVERITIES:
        if score < below:
            return severity
    return "low"
