from odoo import api, fields, models
from odoo.tools import SQL

from ...tools.optional_numbers import OptionalFloat, OptionalInteger

# Points of the score: who moves that much is looked at before it is published.
JUMP = 10
# Points: with an interval that is wider, there is little evidence.
WIDE = 20
# Percent of the weight: with less, much of the score is not known.
LOW_COVERAGE = 80
WARNINGS = ("is_jump", "is_by_a_hair", "is_low_coverage", "is_thin")


class SupplierScorecardComparison(models.Model):
    """What is computed, beside what is published: who moves, by what, how surely.

    A revision stands beside what is published of its period, a new period beside the
    one before it.
    """

    _name = "supplier.scorecard.comparison"
    _description = "Old Against New"
    _auto = False
    _order = "movement_size desc nulls last, id"
    _rec_name = "partner_id"
    _depends = {
        "supplier.scorecard": [
            "company_id",
            "coverage",
            "evaluation_id",
            "grade_id",
            "has_score",
            "is_held_back",
            "partner_id",
            "previous_id",
            "provisional",
            "rank",
            "score",
            "score_high",
            "score_low",
            "state",
        ],
        "supplier.scorecard.line": ["contribution", "kpi_id", "scorecard_id"],
        "supplier.grade": ["active", "min_score"],
    }

    scorecard_id = fields.Many2one("supplier.scorecard", readonly=True)
    evaluation_id = fields.Many2one("supplier.evaluation", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    partner_id = fields.Many2one("res.partner", string="Supplier", readonly=True)
    before_id = fields.Many2one(
        "supplier.scorecard", string="Compared With", readonly=True
    )
    score = OptionalFloat(readonly=True, digits=(5, 2), aggregator="avg")
    score_before = OptionalFloat(
        string="Published Score", readonly=True, digits=(5, 2), aggregator="avg"
    )
    movement = OptionalFloat(
        string="Change",
        readonly=True,
        digits=(5, 2),
        aggregator="avg",
        help="Of the score to what is published.",
    )
    movement_size = OptionalFloat(
        string="Size of the Change", readonly=True, digits=(5, 2), aggregator="avg"
    )
    grade_id = fields.Many2one("supplier.grade", readonly=True)
    grade_color = fields.Integer(related="grade_id.color")
    grade_before_id = fields.Many2one(
        "supplier.grade", string="Published Grade", readonly=True
    )
    grade_before_color = fields.Integer(
        string="Published Color", related="grade_before_id.color"
    )
    is_other_grade = fields.Boolean(string="Another Grade", readonly=True)
    rank = OptionalInteger(readonly=True, aggregator=None)
    rank_before = OptionalInteger(
        string="Published Rank", readonly=True, aggregator=None
    )
    kpi_id = fields.Many2one(
        "supplier.kpi",
        string="Moved Most By",
        readonly=True,
        help="The KPI of which the points changed most.",
    )
    kpi_movement = OptionalFloat(
        string="Its Points", readonly=True, digits=(5, 2), aggregator=None
    )
    provisional = fields.Boolean(readonly=True)
    coverage = fields.Float(
        string="Weight with Data (%)", readonly=True, digits=(5, 2), aggregator="avg"
    )
    is_new = fields.Boolean(string="Nothing Published", readonly=True)
    is_jump = fields.Boolean(
        string="Large Jump", readonly=True, help="The score moves by 10 points or more."
    )
    is_by_a_hair = fields.Boolean(
        string="Decided by a Hair",
        readonly=True,
        help="The border of a grade lies in the interval of the score.",
    )
    is_low_coverage = fields.Boolean(
        string="Little Weight with Data",
        readonly=True,
        help="Less than 80 % of the weight has data.",
    )
    is_thin = fields.Boolean(
        string="Thin Evidence",
        readonly=True,
        help="The interval of the score is wider than 20 points.",
    )
    is_held_back = fields.Boolean(string="Held Back", readonly=True)
    has_warning = fields.Boolean(string="To Be Looked At", readonly=True)
    warnings = fields.Char(string="Look At", compute="_compute_warnings")

    @property
    def _table_query(self):
        return SQL(
            """
            SELECT compared.*,
                   is_jump OR is_by_a_hair OR is_low_coverage OR is_thin AS has_warning
              FROM (%s) compared
            """,
            self._compared_query(),
        )

    def _compared_query(self):
        return SQL(
            """
            SELECT card.id, card.id AS scorecard_id, card.evaluation_id,
                   card.company_id, card.partner_id, before.id AS before_id,
                   own.score, former.score AS score_before,
                   own.score - former.score AS movement,
                   ABS(own.score - former.score) AS movement_size,
                   card.grade_id, before.grade_id AS grade_before_id,
                   before.id IS NOT NULL
                       AND card.grade_id IS DISTINCT FROM before.grade_id
                       AS is_other_grade,
                   card.rank, before.rank AS rank_before,
                   mover.kpi_id, mover.points AS kpi_movement,
                   card.provisional, card.coverage,
                   before.id IS NULL AS is_new,
                   COALESCE(ABS(own.score - former.score) >= %(jump)s, FALSE)
                       AS is_jump,
                   card.provisional IS NOT TRUE AND EXISTS (
                       SELECT FROM supplier_grade grade
                        WHERE grade.active AND grade.min_score > card.score_low
                          AND grade.min_score <= card.score_high
                   ) AS is_by_a_hair,
                   COALESCE(card.coverage, 0) < %(coverage)s AS is_low_coverage,
                   COALESCE(card.score_high - card.score_low > %(wide)s, FALSE)
                       AS is_thin,
                   COALESCE(card.is_held_back, FALSE) AS is_held_back
              FROM supplier_scorecard card
              LEFT JOIN LATERAL (%(published)s) published ON TRUE
              LEFT JOIN supplier_scorecard before
                ON before.id = COALESCE(published.id, card.previous_id)
             CROSS JOIN LATERAL (%(own)s) own
             CROSS JOIN LATERAL (%(former)s) former
              LEFT JOIN LATERAL (%(mover)s) mover ON before.id IS NOT NULL
             WHERE card.state = 'computed'
            """,
            jump=JUMP,
            wide=WIDE,
            coverage=LOW_COVERAGE,
            published=self._published_query(),
            own=SQL("SELECT CASE WHEN card.has_score THEN card.score END AS score"),
            former=SQL(
                "SELECT CASE WHEN before.has_score THEN before.score END AS score"
            ),
            mover=self._mover_query(),
        )

    def _published_query(self):
        """Return what is published of the same period, which a revision replaces."""
        return SQL(
            """
            SELECT other.id
              FROM supplier_scorecard other
             WHERE other.partner_id = card.partner_id
               AND other.template_id = card.template_id
               AND other.company_id = card.company_id
               AND other.date_from = card.date_from
               AND other.date_to = card.date_to
               AND other.state = 'published'
             ORDER BY other.id DESC LIMIT 1
            """
        )

    def _mover_query(self):
        """Return the KPI of which the points changed most."""
        return SQL(
            """
            SELECT line.kpi_id, change.points
              FROM supplier_scorecard_line line
              LEFT JOIN supplier_scorecard_line old
                ON old.scorecard_id = before.id AND old.kpi_id = line.kpi_id
             CROSS JOIN LATERAL (
                 SELECT COALESCE(line.contribution, 0) - COALESCE(old.contribution, 0)
                            AS points
             ) change
             WHERE line.scorecard_id = card.id AND change.points <> 0
             ORDER BY ABS(change.points) DESC, line.id
             LIMIT 1
            """
        )

    @api.depends(*WARNINGS)
    @api.depends_context("lang")
    def _compute_warnings(self):
        labels = {
            name: self._fields[name]._description_string(self.env) for name in WARNINGS
        }
        for row in self:
            row.warnings = " · ".join(labels[name] for name in WARNINGS if row[name])

    # ------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------

    def action_open_scorecard(self):
        """Open the scorecard that is compared."""
        self.ensure_one()
        return self.scorecard_id.get_formview_action()

    def action_hold_back(self):
        """Ask why these scorecards shall not be published with the others."""
        return self.scorecard_id.action_hold_back()

    def action_release(self):
        """Publish these scorecards with the others after all."""
        self.scorecard_id.action_release()
