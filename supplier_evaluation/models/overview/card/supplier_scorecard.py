from odoo import api, models

from ....scoring import grade_index
from ....tools.groups import MANAGER_GROUP
from ....tools.numbers import number, signed
from ....tools.wording import label_of

# Of a card and the ones before it.
PERIODS = 12


def _color_of(bands, score):
    """Return the colour of the grade that a score alone would earn."""
    if not bands:
        return 0
    return bands[grade_index(score, [band["minimum"] for band in bands])]["color"]


class SupplierScorecard(models.Model):
    """The page of a scorecard: all that its parts show, in one answer."""

    _inherit = "supplier.scorecard"

    @api.readonly
    def retrieve_card(self):
        """Return what the page of a scorecard shows, in the reader's language.

        The number of statements depends on neither suppliers nor KPIs.

        :return: dict of ``headline``, ``grades``, ``history``, ``findings``,
            ``dimensions``, ``lines``, ``beside`` and ``can_override``; numbers that
            are drawn come as such, those that are read as texts
        :raises AccessError: the user may not read the scorecard
        """
        self.ensure_one()
        self.check_access("read")
        history, bands = self._history(), self._bands()
        return {
            "headline": self._headline(),
            "grades": bands,
            "history": [card._point_in_time() for card in history],
            "findings": self._findings(),
            "dimensions": [part._bar(bands) for part in self.dimension_ids],
            "lines": self._card_lines(history, bands),
            "beside": self._beside(),
            "can_override": self.state == "computed"
            and self.env.user.has_group(MANAGER_GROUP),
        }

    # ------------------------------------------------------------
    # Headline
    # ------------------------------------------------------------

    def _headline(self):
        partner = self._supplier_here()
        return {
            "score": number(self.env, self.score) if self.has_score else "",
            "grade": self.grade_id.name or "",
            "color": self.grade_color,
            "provisional": self.provisional,
            "place": self._place(),
            "change": self._change(),
            "change_is_news": self.is_trend_firm,
            "change_is_good": self.trend is not False and self.trend > 0,
            "sure": self._how_sure(),
            "spend": self._spend_text(),
            "tier": partner.supplier_tier_id.name or "",
            "stage": partner.supplier_stage_id.name or "",
            "certification": self._certification_badge(),
            "risk": label_of(partner, "supplier_risk_level"),
        }

    def _interval(self):
        if self.has_score:
            return self.score_low, self.score_high
        return False, False

    def _change(self):
        if self.trend is False:
            return ""
        return self.env._(
            "%(points)s since %(period)s",
            points=signed(self.env, self.trend),
            period=self.previous_id.period_label or self.env._("the last time"),
        )

    def _place(self):
        """Say in words where the supplier stands, and how sure that is."""
        names = {
            "period": self.period_label,
            "rank": self.rank,
            "count": self.ranked_count,
        }
        if not self.rank:
            return self.env._("%(period)s, not ranked", **names)
        best, worst = self._rank_ranges()[self.id]
        if best == worst:
            return self.env._("%(period)s, rank %(rank)s of %(count)s", **names)
        return self.env._(
            "%(period)s, rank %(rank)s of %(count)s (%(best)s–%(worst)s)",
            best=best,
            worst=worst,
            **names,
        )

    def _how_sure(self):
        if not self.has_score:
            return ""
        names = {
            "lines": number(self.env, self.delivery_lines, 0),
            "coverage": number(self.env, self.coverage, 0),
        }
        low, high = self._interval()
        if low is False or high is False or high - low < 0.1 or not self._is_even():
            return self.env._(
                "How sure: %(coverage)s %% of the weight (delivery lines: %(lines)s)",
                **names,
            )
        return self.env._(
            "How sure: ±%(half)s, %(coverage)s %% of the weight (delivery lines: "
            "%(lines)s)",
            half=number(self.env, (high - low) / 2),
            **names,
        )

    def _is_even(self):
        """Whether the interval is as long on either side, as ± says; else it is cut."""
        low, high = self._interval()
        # Bounds and score are rounded to two digits each.
        return abs((self.score - low) - (high - self.score)) < 0.05

    # ------------------------------------------------------------
    # Over time
    # ------------------------------------------------------------

    def _history(self):
        """Return the card after those published before it, the oldest first."""
        before = self.search(
            [
                ("partner_id", "=", self.partner_id.id),
                ("template_id", "=", self.template_id.id),
                ("company_id", "=", self.company_id.id),
                ("state", "=", "published"),
                ("date_to", "<", self.date_to),
            ],
            order="date_to desc, id desc",
            limit=PERIODS - 1,
        )
        return before[::-1] + self

    def _point_in_time(self):
        low, high = self._interval()
        return {
            "id": self.id,
            "date": self.date_to.isoformat(),
            "label": self.period_label,
            "score": self.score if self.has_score else False,
            "score_text": number(self.env, self.score) if self.has_score else "",
            "low": low,
            "high": high,
            "grade": self.grade_id.name or "",
        }

    def _bands(self):
        """Return the grades as they were when the card was made, best first."""
        grades = self.env["supplier.grade"]._best_first()
        colors = {grade.min_score: (grade.name, grade.color) for grade in grades}
        snapshot = (self.evaluation_id.template_snapshot or {}).get("grades", [])
        return [
            {
                "name": colors.get(minimum, (name, 0))[0],
                "minimum": minimum,
                "color": colors.get(minimum, (name, 0))[1],
            }
            for name, minimum in snapshot
        ]

    # ------------------------------------------------------------
    # KPIs
    # ------------------------------------------------------------

    def _card_lines(self, history, bands):
        """Return the lines, what costs most first; those without data are last."""
        trails = self._trails(history)
        lines = self.line_ids.sorted(
            lambda line: (line.loss is False, -line.loss, line.sequence, line.id)
        )
        return [
            {
                **line._row(),
                "color": _color_of(bands, line.score) if line._is_known() else 0,
                "trail": trails.get(line.kpi_id.id, []),
            }
            for line in lines
        ]

    def _trails(self, history):
        """Return ``{KPI: score in each period of the history, or False}``."""
        rows = self.env["supplier.scorecard.line"].search_fetch(
            [("scorecard_id", "in", history.ids)],
            ["scorecard_id", "kpi_id", "score", "has_value", "is_overridden"],
        )
        scores = {}
        for line in rows:
            score = line.score if line._is_known() else False
            scores.setdefault(line.kpi_id.id, {})[line.scorecard_id.id] = score
        return {
            kpi_id: [of_kpi.get(card.id, False) for card in history]
            for kpi_id, of_kpi in scores.items()
        }


class SupplierScorecardLine(models.Model):
    _inherit = "supplier.scorecard.line"

    def _is_known(self):
        return self.has_value or self.is_overridden

    def _row(self):
        """Return a KPI as the table of a scorecard shows it."""
        self.ensure_one()
        env, kpi, known = self.env, self.kpi_id, self._is_known()
        low, high = self._shown_interval()
        return {
            "id": self.id,
            "kpi": kpi.name,
            "dimension": self.dimension,
            "value": self._value_words(),
            "others": kpi._with_unit(self.peer_value),
            "target": kpi._with_unit(self.target_value),
            "score": self.score if known else False,
            "score_text": number(env, self.score) if known else "",
            "low": low,
            "high": high,
            "previous": self.previous_score,
            "peer": self.peer_median,
            "weight": self.effective_weight,
            "weight_text": number(env, self.effective_weight),
            "points_text": number(env, self.contribution),
            "loss": self.loss,
            "loss_text": signed(env, -self.loss) if known else "",
            "count": self.n,
            "minimum": number(env, self.minimum_score) if self.has_gate else "",
            "is_below": self._line_score().is_below_gate,
            "is_overridden": self.is_overridden,
            "reason": self.override_reason or "",
        }

    def _value_words(self):
        if self.has_value:
            return self.kpi_id._with_unit(self.value)
        return self.value_text


class SupplierScorecardDimension(models.Model):
    _inherit = "supplier.scorecard.dimension"

    def _bar(self, bands):
        """Return a dimension as the page of a scorecard draws it."""
        self.ensure_one()
        known = self.has_score
        return {
            "dimension": self.dimension,
            "label": label_of(self, "dimension"),
            "score": self.score if known else False,
            "score_text": number(self.env, self.score) if known else "",
            "low": self.score_low if known else False,
            "high": self.score_high if known else False,
            "color": _color_of(bands, self.score) if known else 0,
            "previous": self.previous_score,
            "previous_text": self._text_of(self.previous_score),
            "peer": self.peer_median,
            "peer_text": self._text_of(self.peer_median),
            "weight_text": number(self.env, self.weight, 0),
            "loss_text": signed(self.env, -self.loss) if known else "",
        }

    def _text_of(self, score):
        return "" if score is False else number(self.env, score)
