from datetime import date, timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain
from odoo.tools import format_date

from ...scoring import FactRules, FactScope, ScaleError
from ...scoring.period import closed_periods, period_of
from ...scoring.scope import local_midnight
from ...scoring.scorecard import LineRule, ScorecardRule
from ..kpi.supplier_kpi import DEFINING_FIELDS

#: Nothing is evaluated before.
EARLIEST = date(1990, 1, 1)


class SupplierScorecardTemplate(models.Model):
    """What is scored and how: KPIs, scales, weights, period, suppliers."""

    _name = "supplier.scorecard.template"
    _description = "Scorecard Template"
    _inherit = [
        "mail.thread",
        "supplier.shared.mixin",
        "supplier.partner.filter.mixin",
    ]
    _order = "sequence, id"
    _check_company_auto = True

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    description = fields.Text(
        string="Rationale", translate=True, help="Why it weighs what it weighs."
    )
    company_id = fields.Many2one(
        "res.company", help="Empty: every company is evaluated, each for itself."
    )
    line_ids = fields.One2many(
        "supplier.scorecard.template.line", "template_id", string="KPIs", copy=True
    )
    period = fields.Selection(
        selection=[
            ("week", "Week"),
            ("month", "Month"),
            ("quarter", "Quarter"),
            ("half", "Half-year"),
            ("year", "Year"),
            ("rolling_90", "Last 90 days, every month"),
            ("rolling_180", "Last 180 days, every month"),
            ("rolling_365", "Last 365 days, every month"),
        ],
        required=True,
        default="month",
        tracking=True,
    )
    date_start = fields.Date(
        string="Evaluate From",
        required=True,
        default=lambda self: self._default_date_start(),
        help="The scheduled action evaluates every period that ends on or after this "
        "day, also those it missed.",
    )
    grace_days = fields.Integer(
        default=4,
        required=True,
        help="Days after the period until the cut-off: receipts and corrections are "
        "booked late.",
    )
    is_scheduled = fields.Boolean(
        string="Evaluate Automatically",
        default=True,
        tracking=True,
        help="The scheduled action evaluates every period once it is closed. Without "
        "it, the template is used by hand.",
    )
    auto_publish = fields.Boolean(
        string="Publish Automatically",
        tracking=True,
        help="The scheduled action publishes what it computed.",
    )
    sets_vendor_score = fields.Boolean(
        string="Sets the Vendor's Score",
        default=True,
        help="Publishing writes score and grade on the vendors.",
    )
    weighting = fields.Selection(
        selection=[("value", "By value"), ("line", "Each line the same")],
        required=True,
        default=FactRules.weighting,
        tracking=True,
    )
    late_tolerance_days = fields.Integer(
        string="Late Tolerance (days)",
        tracking=True,
        help="This many days after the promise still count as on time.",
    )
    limit_early = fields.Boolean(
        string="Early Is Not on Time",
        tracking=True,
        help="What comes earlier than the tolerance does not count as on time.",
    )
    early_tolerance_days = fields.Integer(string="Early Tolerance (days)")
    under_tolerance = fields.Float(string="Under-delivery Tolerance (%)", tracking=True)
    over_tolerance = fields.Float(
        string="Over-delivery Tolerance (%)",
        default=FactRules.over_percent,
        tracking=True,
    )
    response_hours = fields.Float(
        string="Time to Answer (hours)",
        default=FactRules.response_hours,
        tracking=True,
        help="A message to the supplier is answered in time within these hours.",
    )
    coverage_floor = fields.Float(
        string="Least Weight with Data (%)",
        default=60.0,
        help="With data for less of the weight than this, a score is provisional.",
    )
    minimum_lines = fields.Integer(
        string="Minimum Delivery Lines",
        default=5,
        help="With fewer counted delivery lines than this, a score is provisional.",
    )
    gate_grade_id = fields.Many2one(
        "supplier.grade",
        string="Best Grade Below a Minimum",
        ondelete="restrict",
        help="Empty: the worst grade.",
    )
    tier_ids = fields.Many2many("supplier.tier", string="Tiers")
    category_ids = fields.Many2many("res.partner.category", string="Tags")
    industry_ids = fields.Many2many("res.partner.industry", string="Industries")
    last_error = fields.Text(
        readonly=True,
        copy=False,
        help="Why the scheduled action could not evaluate it last time.",
    )

    _tolerances_positive = models.Constraint(
        "CHECK (late_tolerance_days >= 0 AND early_tolerance_days >= 0"
        " AND over_tolerance >= 0 AND under_tolerance BETWEEN 0 AND 100)",
        "A tolerance cannot be negative, nor under-delivery more than 100 %.",
    )
    _response_hours_positive = models.Constraint(
        "CHECK (response_hours > 0)", "The time to answer is more than 0 hours."
    )
    _floors_in_range = models.Constraint(
        "CHECK (coverage_floor BETWEEN 0 AND 100 AND minimum_lines >= 0)",
        "Minimum coverage is between 0 and 100 %, minimum lines are not negative.",
    )

    @api.model
    def _default_date_start(self):
        this_month, _last = period_of("month", fields.Date.today())
        return period_of("month", this_month - timedelta(days=1))[0]

    # ------------------------------------------------------------
    # Constraints and computes
    # ------------------------------------------------------------

    @api.constrains("grace_days", "late_tolerance_days")
    def _check_grace_covers_tolerance(self):
        for template in self:
            if template.grace_days < template.late_tolerance_days:
                raise ValidationError(
                    self.env._(
                        "%(template)s would judge deliveries that may still come in "
                        "time (grace days: %(days)s, late tolerance: %(tolerance)s). "
                        "Raise the grace days to at least the late tolerance.",
                        template=template.name,
                        days=template.grace_days,
                        tolerance=template.late_tolerance_days,
                    )
                )

    @api.constrains("date_start")
    def _check_date_start(self):
        """A year that lost a digit would be evaluated month by month until today."""
        for template in self:
            if template.date_start < EARLIEST:
                raise ValidationError(
                    self.env._(
                        "%(template)s would evaluate every period since %(day)s: enter "
                        "a first day from %(earliest)s on.",
                        template=template.name,
                        day=format_date(self.env, template.date_start),
                        earliest=format_date(self.env, EARLIEST),
                    )
                )

    # ------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------

    def copy_data(self, default=None):
        """A copy is changed before it is used: the night evaluates nothing by it.

        Otherwise it would publish every period once more, under the same name.
        """
        default = default or {}
        vals_list = super().copy_data(default)
        for template, vals in zip(self, vals_list, strict=True):
            if "name" not in default:
                vals["name"] = self.env._("%s (copy)", template.name)
            vals["is_scheduled"] = default.get("is_scheduled", False)
        return vals_list

    # ------------------------------------------------------------
    # Business
    # ------------------------------------------------------------

    def _enrol(self, partner_ids, company):
        """Return which of the suppliers the template evaluates.

        Archived suppliers stay: they delivered in the period.

        :param partner_ids: suppliers with a counted record
        """
        self.ensure_one()
        domain = self._partner_domain() & Domain("id", "in", list(partner_ids))
        for fname, records in (
            ("supplier_tier_id", self.tier_ids),
            ("category_id", self.category_ids),
            ("industry_id", self.industry_ids),
        ):
            if records:
                domain &= Domain(fname, "in", records.ids)
        partners = self.env["res.partner"].with_company(company)
        return partners.with_context(active_test=False).search(domain)

    def _period_scope(self, company, date_from, date_to, cutoff):
        """Return the question that the template asks of the facts.

        :rtype: FactScope
        """
        self.ensure_one()
        return FactScope(
            company_id=company.id,
            date_from=date_from,
            date_to=date_to,
            cutoff=cutoff,
            tz=company._supplier_tz(),
            weighting=self.weighting,
            late_days=self.late_tolerance_days,
            early_days=self.early_tolerance_days if self.limit_early else None,
            under_percent=self.under_tolerance,
            over_percent=self.over_tolerance,
            response_hours=self.response_hours,
            template_id=self.id,
        )

    def _default_cutoff(self, company, date_to):
        """Return the instant until which the period's records are looked at."""
        day = date_to + timedelta(days=self.grace_days + 1)
        return local_midnight(day, company._supplier_tz())

    def _line_rules(self):
        """Return how each line is scored, in the order of the template.

        :raises UserError: the template has no line, or a scale cannot be used
        """
        self.ensure_one()
        if not self.line_ids:
            raise UserError(
                self.env._("The template %s has no KPI: add one.", self.name)
            )
        try:
            return [
                LineRule(
                    code=line.kpi_id.code,
                    weight=line.weight,
                    scale=line._scale(),
                    minimum=line.minimum_score if line.has_gate else None,
                )
                for line in self.line_ids
            ]
        except ScaleError as error:
            raise UserError(
                self.env._(
                    "A scale of the template %(template)s cannot be used: %(error)s",
                    template=self.name,
                    error=error,
                )
            ) from error

    def _scorecard_rule(self, grades):
        """Return what makes a score a grade.

        :param grades: all grades, best first
        :raises UserError: there is no grade
        """
        self.ensure_one()
        if not grades:
            raise UserError(self.env._("There is no supplier grade: create one."))
        # An archived template may cap at a grade that is archived since.
        cap = None
        if self.gate_grade_id in grades:
            cap = grades.ids.index(self.gate_grade_id.id)
        return ScorecardRule(
            thresholds=tuple(grades.mapped("min_score")),
            coverage_floor=self.coverage_floor / 100,
            minimum_lines=self.minimum_lines,
            cap=cap,
        )

    def _snapshot(self, grades):
        """Return the template as it is now, for whoever reads the result later."""
        self.ensure_one()
        names = (
            "name",
            "period",
            "grace_days",
            "weighting",
            "late_tolerance_days",
            "limit_early",
            "early_tolerance_days",
            "under_tolerance",
            "over_tolerance",
            "response_hours",
            "coverage_floor",
            "minimum_lines",
            "partner_domain",
        )
        return {
            **{name: self[name] for name in names},
            "gate_grade": self.gate_grade_id.name or False,
            "tiers": self.tier_ids.mapped("name"),
            "tags": self.category_ids.mapped("name"),
            "industries": self.industry_ids.mapped("name"),
            "grades": [[grade.name, grade.min_score] for grade in grades],
            "grade_ids": grades.ids,
            "lines": [
                {
                    "kpi": line.kpi_id.code,
                    "name": line.kpi_id.name,
                    "unit": line.kpi_id.unit,
                    **{name: line.kpi_id[name] for name in DEFINING_FIELDS},
                    "weight": line.weight,
                    "scale": line.scale_mode,
                    "points": line._points(),
                    "minimum": line.minimum_score if line.has_gate else None,
                }
                for line in self.line_ids
            ],
        }

    # ------------------------------------------------------------
    # Cron
    # ------------------------------------------------------------

    def _note_error(self, error):
        """Show on the template why it was not evaluated; empty: it was."""
        self.ensure_one()
        if (self.exists().last_error or "") == error:
            return
        if self.try_lock_for_update(allow_referencing=True):
            self.last_error = error or False

    def _due_periods(self, company, now):
        """Return the closed periods whose grace days are over, oldest first."""
        self.ensure_one()
        return [
            (date_from, date_to)
            for date_from, date_to in closed_periods(
                self.period, self.date_start, now.date() + timedelta(days=1)
            )
            if self._default_cutoff(company, date_to) <= now
        ]
