from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...scoring import Scale, ScaleProblem, check_points
from ...tools.numbers import exact
from ...tools.wording import listed


class SupplierScorecardTemplateLine(models.Model):
    """A KPI in a template: how much it weighs and what its values are worth."""

    _name = "supplier.scorecard.template.line"
    _inherit = ["supplier.shared.mixin"]
    _description = "Scorecard Template Line"
    _order = "sequence, id"

    template_id = fields.Many2one(
        "supplier.scorecard.template", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="template_id.company_id", store=True)
    sequence = fields.Integer(default=10)
    kpi_id = fields.Many2one(
        "supplier.kpi", string="KPI", required=True, ondelete="restrict"
    )
    dimension = fields.Selection(related="kpi_id.dimension")
    unit = fields.Selection(related="kpi_id.unit")
    higher_is_better = fields.Boolean(related="kpi_id.higher_is_better")
    description = fields.Text(related="kpi_id.description")
    weight = fields.Float(
        required=True,
        default=10.0,
        digits=(16, 2),
        help="Any positive number: only the proportions matter.",
    )
    scale_mode = fields.Selection(
        selection=[("linear", "Linear between points"), ("step", "Steps")],
        string="Scale",
        required=True,
        default="linear",
    )
    point_ids = fields.One2many(
        "supplier.scorecard.template.point", "line_id", string="Points", copy=True
    )
    points_summary = fields.Char(
        string="Value → Score", compute="_compute_points_summary"
    )
    has_gate = fields.Boolean(
        string="Has a Minimum", help="A score below the minimum caps the grade."
    )
    minimum_score = fields.Float(digits=(5, 2))

    _weight_positive = models.Constraint(
        "CHECK (weight > 0)", "A weight is a positive number."
    )
    _kpi_unique = models.Constraint(
        "UNIQUE (template_id, kpi_id)", "A template scores a KPI once."
    )
    _minimum_in_range = models.Constraint(
        "CHECK (minimum_score >= 0 AND minimum_score <= 100)",
        "A minimum score is between 0 and 100.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        lines._hand_over_kpis()
        return lines

    def write(self, vals):
        result = super().write(vals)
        if "kpi_id" in vals:
            self._hand_over_kpis()
        return result

    def _hand_over_kpis(self):
        """A KPI stays its maker's only while the maker's companies alone weigh it."""
        for line in self:
            companies = line.kpi_id.sudo().create_uid.company_ids
            if line.company_id not in companies:
                line.kpi_id._hand_over()

    @api.depends("point_ids.value", "point_ids.score")
    @api.depends_context("lang")
    def _compute_points_summary(self):
        for line in self:
            line.points_summary = " · ".join(
                f"{exact(self.env, point.value)} → {exact(self.env, point.score)}"
                for point in line.point_ids.sorted("value")
            )

    @api.constrains("point_ids", "kpi_id", "scale_mode")
    def _check_points(self):
        texts = {
            ScaleProblem.TOO_FEW_POINTS: self.env._("it needs at least two points"),
            ScaleProblem.NOT_FINITE: self.env._("a point is not a number"),
            ScaleProblem.VALUES_NOT_ORDERED: self.env._(
                "two points have the same value"
            ),
            ScaleProblem.SCORE_OUT_OF_RANGE: self.env._(
                "a score is not between 0 and 100"
            ),
            ScaleProblem.NOT_MONOTONE: self.env._(
                "a better value would earn a lower score"
            ),
        }
        for line in self:
            problems = check_points(line._points(), line.kpi_id.higher_is_better)
            if problems:
                raise ValidationError(
                    self.env._(
                        "The scale of %(kpi)s in %(template)s cannot be used: "
                        "%(problems)s.",
                        kpi=line.kpi_id.name,
                        template=line.template_id.name,
                        problems=listed(
                            self.env, (texts[problem] for problem in problems)
                        ),
                    )
                )

    def _points(self):
        self.ensure_one()
        return tuple(
            (point.value, point.score) for point in self.point_ids.sorted("value")
        )

    def _scale(self):
        """Return the scale of the line.

        :rtype: Scale
        """
        return Scale(self._points(), self.scale_mode)
