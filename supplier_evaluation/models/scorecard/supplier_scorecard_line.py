from dataclasses import replace

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain
from odoo.tools import SQL

from ...scoring import LineScore, round_score
from ...scoring.scope import CONTEXT_KEY
from ...tools.numbers import number
from ...tools.optional_numbers import OptionalFloat
from ..kpi.supplier_kpi import definition_of

OVERRIDE_FIELDS = frozenset({"is_overridden", "override_score", "override_reason"})


class SupplierScorecardLine(models.Model):
    """One KPI of one supplier in one evaluation, with what it was made of."""

    _name = "supplier.scorecard.line"
    _inherit = ["supplier.scorecard.part.mixin"]
    _description = "Scorecard Line"
    # Written by the ten thousand; the evaluation and an override say who and when.
    _log_access = False
    _order = "scorecard_id, sequence, id"
    _rec_name = "kpi_id"

    kpi_id = fields.Many2one(
        "supplier.kpi",
        string="KPI",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    sequence = fields.Integer(readonly=True)
    unit = fields.Selection(related="kpi_id.unit")
    higher_is_better = fields.Boolean(related="kpi_id.higher_is_better")
    description = fields.Text(related="kpi_id.description")
    source_description = fields.Text(related="kpi_id.source_text")
    exclusion_description = fields.Text(related="kpi_id.exclusion_text")
    value = OptionalFloat(readonly=True, aggregator="avg", digits=(16, 4))
    has_value = fields.Boolean(
        string="Has Data", readonly=True, help="No data is neither 0 nor 100."
    )
    value_text = fields.Char(string="Measured", compute="_compute_value_text")
    numerator = OptionalFloat(
        string="Counted",
        readonly=True,
        aggregator=None,
        help="The numerator of the figure.",
    )
    denominator = OptionalFloat(
        string="Out Of",
        readonly=True,
        aggregator=None,
        help="The denominator of the figure.",
    )
    n = fields.Integer(string="Records", readonly=True, help="Counted records.")
    n_eff = fields.Float(
        string="Records of Equal Weight",
        readonly=True,
        digits=(16, 2),
        aggregator="avg",
        help="How many records of the same weight would say as much: (Σw)² / Σw².",
    )
    has_interval = fields.Boolean(readonly=True)
    low = OptionalFloat(
        string="At Least", readonly=True, aggregator=None, digits=(16, 4)
    )
    high = OptionalFloat(
        string="At Most", readonly=True, aggregator=None, digits=(16, 4)
    )
    interval_text = fields.Char(
        string="95 % Interval",
        compute="_compute_value_text",
        help="Where the true share lies with 95 % confidence, given how few or many "
        "records there are (Wilson).",
    )
    computed_score = OptionalFloat(readonly=True, digits=(5, 2), aggregator="avg")
    peer_value = OptionalFloat(
        string="Others",
        readonly=True,
        aggregator="avg",
        digits=(16, 4),
        help="Median of what was measured of the other suppliers of the evaluation.",
    )
    target_value = OptionalFloat(
        string="Target",
        readonly=True,
        aggregator=None,
        digits=(16, 4),
        help="What is enough for the full score.",
    )
    scale_low_value = OptionalFloat(
        readonly=True,
        aggregator=None,
        digits=(16, 4),
        help="The point of the scale at or below what was measured.",
    )
    scale_low_score = OptionalFloat(readonly=True, aggregator=None, digits=(5, 2))
    scale_high_value = OptionalFloat(
        readonly=True,
        aggregator=None,
        digits=(16, 4),
        help="The point of the scale above what was measured.",
    )
    scale_high_score = OptionalFloat(readonly=True, aggregator=None, digits=(5, 2))
    weight = fields.Float(readonly=True, digits=(16, 2), aggregator=None)
    has_gate = fields.Boolean(readonly=True)
    minimum_score = OptionalFloat(
        string="Minimum Score", readonly=True, aggregator=None, digits=(5, 2)
    )
    is_below_minimum = fields.Boolean(
        string="Below the Minimum",
        compute="_compute_is_below_minimum",
        search="_search_is_below_minimum",
        help="It scores less than it must, so the grade of the scorecard is capped.",
    )
    effective_weight = fields.Float(
        readonly=True,
        digits=(5, 2),
        aggregator="avg",
        string="Weight (%)",
        help="Share of the weight that has data.",
    )
    contribution = fields.Float(
        readonly=True,
        digits=(5, 2),
        aggregator="avg",
        string="Points",
        help="What the KPI adds to the score; the points add up to it.",
    )
    is_overridden = fields.Boolean(string="Override")
    override_score = fields.Float(
        string="Score Instead", aggregator=None, digits=(5, 2)
    )
    override_reason = fields.Char()
    override_uid = fields.Many2one(
        "res.users", string="Overridden By", readonly=True, ondelete="restrict"
    )
    override_date = fields.Datetime(string="Overridden On", readonly=True)

    _override_in_range = models.Constraint(
        "CHECK (override_score IS NULL OR override_score BETWEEN 0 AND 100)",
        "A score is between 0 and 100.",
    )

    # ------------------------------------------------------------
    # Constraints and computes
    # ------------------------------------------------------------

    @api.constrains("is_overridden", "override_reason")
    def _check_override_reason(self):
        for line in self:
            if line.is_overridden and not line.has_value:
                raise ValidationError(
                    self.env._(
                        "There is no score of %(kpi)s of %(supplier)s to override: "
                        "no data were found.",
                        kpi=line.kpi_id.name,
                        supplier=line.partner_id.sudo().display_name,
                    )
                )
            if line.is_overridden and not (line.override_reason or "").strip():
                raise ValidationError(
                    self.env._(
                        "Say why the score of %(kpi)s of %(supplier)s is overridden.",
                        kpi=line.kpi_id.name,
                        supplier=line.partner_id.sudo().display_name,
                    )
                )

    @api.depends("has_gate", "minimum_score", "score")
    def _compute_is_below_minimum(self):
        for line in self:
            line.is_below_minimum = (
                line.has_gate
                and line.score is not False
                and line.score < line.minimum_score
            )

    @api.model
    def _search_is_below_minimum(self, operator, value):
        if operator != "in":
            return NotImplemented
        below = Domain.custom(
            to_sql=lambda model, alias, query: SQL(
                "COALESCE(%(line)s.has_gate AND %(line)s.score"
                " < %(line)s.minimum_score, FALSE)",
                line=SQL.identifier(alias),
            )
        )
        # Odoo asks for what is below, or for all.
        return Domain.TRUE if False in value else below

    @api.depends("value", "has_value", "low", "high", "has_interval", "kpi_id.unit")
    @api.depends_context("lang")
    def _compute_value_text(self):
        lacking = self.filtered(lambda line: not line.has_value)
        not_computed = {run: run._not_computed_codes() for run in lacking.evaluation_id}
        for line in self:
            if line.has_value:
                line.value_text = line.kpi_id._with_unit(line.value)
            elif line.kpi_id.code in not_computed[line.evaluation_id]:
                line.value_text = self.env._("not computed")
            else:
                line.value_text = self.env._("no data")
            line.interval_text = False
            if line.has_interval:
                low, high = number(self.env, line.low), number(self.env, line.high)
                line.interval_text = f"{low} – {high}"

    # ------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------

    def write(self, vals):
        """Let a manager override a score, with a reason, before publishing.

        :raises UserError: another field, or the scorecard is published
        """
        override_fields = self._override_fields()
        if vals.keys() - override_fields and not self.env.su:
            raise UserError(
                self.env._(
                    "A measured figure is not edited. Override the score and say why."
                )
            )
        result = super().write(vals)
        if override_fields & vals.keys():
            # The database refuses a score out of range before anything is made of it.
            self.flush_recordset(["override_score"])
            self._apply_override()
        return result

    # ------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------

    def action_open_counted(self):
        """Open the records that were counted for this figure.

        They are read now, with the question of the evaluation: what was booked
        later, but dated before the cut-off, shows as well.
        """
        return self._open_facts(
            self._figure_scope(), True, self.env._("%(kpi)s of %(supplier)s: counted")
        )

    def action_open_excluded(self):
        """Open the records of the period that were left out, each with its reason."""
        return self._open_facts(
            self._figure_scope(with_excluded=True),
            False,
            self.env._("%(kpi)s of %(supplier)s: left out"),
        )

    def action_override(self):
        """Open the line to override its score."""
        self.ensure_one()
        return {
            **self.get_formview_action(),
            "name": self.env._("Override Score"),
            "target": "new",
        }

    # ------------------------------------------------------------
    # Business
    # ------------------------------------------------------------

    def _override_fields(self):
        """Return the names of what a manager writes before publishing."""
        return OVERRIDE_FIELDS

    def _figure_scope(self, **changes):
        self.ensure_one()
        return replace(self.evaluation_id._run_scope(), **changes)

    def _kpi_as_computed(self):
        """Return the KPI as it was when the evaluation was computed.

        :return: a virtual record of ``supplier.kpi``
        :raises UserError: the records it was computed of are no longer there
        """
        return self._kpi_of_rule(self._rule_as_computed())

    def _kpi_of_rule(self, rule):
        """Return a KPI as a rule defines it, see :meth:`_kpi_as_computed`."""
        kpi = self.env["supplier.kpi"].new(definition_of(rule))
        if kpi.fact_model not in self.env:
            raise UserError(
                self.env._(
                    "The records behind %(kpi)s cannot be shown: %(model)s is no "
                    "longer installed.",
                    kpi=self.kpi_id.name,
                    model=kpi.fact_model,
                )
            )
        return kpi

    def _rule_as_computed(self):
        """Return what the evaluation kept of the KPI.

        Who asks about many lines asks their evaluation: each time, it is all read.
        """
        self.ensure_one()
        return self.evaluation_id._rules_as_computed()[self.kpi_id.code]

    def _open_facts(self, scope, counted, title):
        self.ensure_one()
        kpi = self._kpi_as_computed()
        scope = replace(scope, aspect=kpi.aspect or "")
        domain = kpi._facts_domain(scope, counted)
        domain &= kpi._supplier_domain(self.partner_id)
        supplier = self.partner_id.sudo().display_name
        names = {"kpi": self.kpi_id.name, "supplier": supplier}
        action = {
            "type": "ir.actions.act_window",
            "name": title % names,
            "res_model": kpi.fact_model,
            "domain": list(domain),
            "context": {"create": False},
        }
        if not kpi._has_facts():
            views = [(False, "list"), (False, "form")]
            return {**action, "view_mode": "list,form", "views": views}
        modes = ("list", "kanban", "pivot", "graph")
        return {
            **action,
            "view_mode": ",".join(modes),
            "mobile_view_mode": "kanban",
            "views": [(False, mode) for mode in modes],
            "context": {CONTEXT_KEY: scope.to_context(), "create": False},
        }

    def _has_delivery(self):
        return any(kpi._counts_deliveries() for kpi in self.kpi_id)

    def _line_score(self):
        """Return the stored line as the scoring core knows it.

        :rtype: LineScore
        """
        self.ensure_one()
        minimum = self.minimum_score if self.has_gate else None
        if self.is_overridden:
            return LineScore(self.weight, self.override_score, minimum=minimum)
        if not self.has_value:
            return LineScore(self.weight, None, minimum=minimum)
        low = high = None
        if self.has_interval:
            low, high = self.score_low, self.score_high
        return LineScore(self.weight, self.computed_score, low, high, minimum)

    def _apply_override(self):
        for line in self.sudo():
            score = line.override_score if line.is_overridden else line.computed_score
            line.write(
                {
                    "score": round_score(score),
                    "override_uid": self.env.uid,
                    "override_date": fields.Datetime.now(),
                }
            )
        self.scorecard_id._recompose()
