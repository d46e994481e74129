import logging
from dataclasses import replace

from odoo import api, fields, models
from odoo.exceptions import UserError

from ...scoring.following.foretelling import Correlation
from ...tools.bulk import bulk_insert
from ...tools.optional_numbers import OptionalFloat
from ...tools.periods import period_label
from ...tools.wording import labelled, listed, qualified
from ..scorecard.run import TemplateScoring, standings
from .foretelling import Outcomes, foretold
from .stopping import GradeGate

_logger = logging.getLogger(__name__)

CARD_COLUMNS = (
    "period_id",
    "trial_id",
    "company_id",
    "partner_id",
    "score",
    "grade_id",
    "provisional",
    "gated",
    "coverage",
    "rank",
    "scorecard_id",
    "before_score",
    "before_grade_id",
    "before_provisional",
    "before_rank",
    "is_compared",
    "shift",
    "stopped",
    "stopped_before",
    "late_share",
    "return_rate",
)


class SupplierTrialPeriod(models.Model):
    """A past period, scored with a template that is tried."""

    _name = "supplier.trial.period"
    _inherit = ["supplier.guard.mixin", "supplier.optional.numbers.mixin"]
    _description = "Period of a Back-Test"
    _order = "trial_id desc, date_to desc, id desc"
    _rec_name = "period_label"
    # Days are not searched by their words.
    _rec_names_search = ("trial_id",)

    trial_id = fields.Many2one(
        "supplier.trial", required=True, readonly=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="trial_id.company_id", store=True)
    date_from = fields.Date(string="From", required=True, readonly=True)
    date_to = fields.Date(string="To", required=True, readonly=True)
    period_label = fields.Char(string="Period", compute="_compute_period_label")
    cutoff = fields.Datetime(
        string="Data Until (Cut-off)", required=True, readonly=True
    )
    evaluation_id = fields.Many2one(
        "supplier.evaluation",
        string="Published Evaluation",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
    )
    state = fields.Selection(
        [("waiting", "Waiting"), ("done", "Done"), ("failed", "Went Wrong")],
        required=True,
        readonly=True,
        default="waiting",
    )
    problem = fields.Text(readonly=True)
    supplier_count = fields.Integer(readonly=True)
    ranked_count = fields.Integer(string="Ranked", readonly=True)
    compared_count = fields.Integer(
        string="Compared",
        readonly=True,
        help="Suppliers with a grade that is not provisional, here and as published.",
    )
    better_count = fields.Integer(string="Better Grades", readonly=True)
    worse_count = fields.Integer(string="Worse Grades", readonly=True)
    has_policies = fields.Boolean(
        readonly=True, help="A purchase policy in use blocks because of a grade."
    )
    stopped_count = fields.Integer(
        string="Would Have Been Stopped",
        readonly=True,
        help="Suppliers whose grade a purchase policy blocks, as the policies, stages "
        "and tiers are today. Approvers' overrides are left out.",
    )
    stopped_before_count = fields.Integer(
        string="Stopped as Published",
        readonly=True,
        help="The same, with the published grades.",
    )
    late_rho = OptionalFloat(
        string="Foretold Late",
        readonly=True,
        digits=(4, 2),
        aggregator="avg",
        help="Spearman's rank correlation of the scores with what came on time in the "
        "next period: +1 where the better score always had less late.",
    )
    late_rho_before = OptionalFloat(
        string="Late, Published",
        readonly=True,
        digits=(4, 2),
        aggregator="avg",
        help="The same, of the published scores of the same suppliers.",
    )
    late_pairs = fields.Integer(
        string="Pairs, Late",
        readonly=True,
        help="Suppliers that are ranked and have deliveries in the next period.",
    )
    return_rho = OptionalFloat(
        string="Foretold Returns",
        readonly=True,
        digits=(4, 2),
        aggregator="avg",
        help="Spearman's rank correlation of the scores with how little was returned "
        "in the next period: +1 where the better score always had less returned.",
    )
    return_rho_before = OptionalFloat(
        string="Returns, Published",
        readonly=True,
        digits=(4, 2),
        aggregator="avg",
        help="The same, of the published scores of the same suppliers.",
    )
    return_pairs = fields.Integer(
        string="Pairs, Returns",
        readonly=True,
        help="Suppliers that are ranked and have receipts in the next period.",
    )
    card_ids = fields.One2many(
        "supplier.trial.card", "period_id", string="Suppliers", readonly=True
    )

    @api.depends("date_from", "date_to")
    @api.depends_context("lang")
    def _compute_period_label(self):
        for period in self:
            period.period_label = period_label(
                self.env, period.date_from, period.date_to
            )

    @api.model
    def _guarded_fields(self):
        own = {name for name, field in self._fields.items() if field.store}
        return super()._guarded_fields() | own

    def action_open_cards(self):
        """Open how the suppliers would have scored in the period."""
        self.ensure_one()
        action = self.trial_id.action_open_cards()
        name = qualified(self.env, (self.trial_id.name, self.period_label))
        domain = [("period_id", "=", self.id)]
        return {**action, "domain": domain, "name": name, "display_name": name}

    # ------------------------------------------------------------
    # Business
    # ------------------------------------------------------------

    def _correlation(self, name, suffix=""):
        """Return a stored correlation.

        :param str name: ``late`` or ``return``
        :param str suffix: ``_before`` for that of the published scores
        :rtype: Correlation
        """
        self.ensure_one()
        rho = self[f"{name}_rho{suffix}"]
        return Correlation(None if rho is False else rho, self[f"{name}_pairs"])

    def _score(self):
        """Score the periods that still wait, for the scheduled action.

        :raises UserError: the template was changed since the back-test began
        """
        for period in self.exists():
            trial = period.trial_id
            is_free = period.try_lock_for_update(allow_referencing=True)
            if not is_free or period.state != "waiting" or trial.state != "running":
                continue
            if trial._digest() != trial.rules_digest:
                raise UserError(
                    self.env._(
                        "The template was changed while the back-test ran, so its "
                        "periods would not be alike. Make a new back-test."
                    )
                )
            period._write_guarded({"state": "done", **period._try_out()})
            trial._end_if_over()

    def _note_problem(self, text):
        """Show why the period could not be scored."""
        period = self.exists()
        if period.state == "waiting":
            period._write_guarded({"state": "failed", "problem": text})
            period.trial_id._end_if_over()

    def _try_out(self):
        """Measure, score and compare the period; return the values to write."""
        self.ensure_one()
        scoring = TemplateScoring(self.trial_id.template_id)
        not_computed = []
        scored = self._scored(scoring, not_computed)
        published = self._published()
        outcomes = Outcomes(self)
        gate = GradeGate(
            self.env["res.partner"].browse({*scored, *published}), self.company_id
        )
        ranks, _average = standings(
            {
                partner_id: (card.score, card.provisional)
                for partner_id, card in scored.items()
            }
        )
        rows = [
            self._card_row(partner_id, card, scoring.grades, ranks, published, gate)
            + outcomes.of(partner_id)
            for partner_id, card in scored.items()
        ]
        bulk_insert(self.env["supplier.trial.card"], CARD_COLUMNS, rows)
        self.env["supplier.trial.card"].invalidate_model()
        cards = [dict(zip(CARD_COLUMNS, row, strict=True)) for row in rows]
        return {
            **_counts(cards),
            **foretold(cards, bool(self.evaluation_id)),
            "has_policies": gate.is_needed,
            "problem": self._not_computed_text(not_computed),
        }

    def _scored(self, scoring, not_computed):
        """Return ``{partner id: Scorecard}`` of all suppliers of the period."""
        trial = self.trial_id
        scope = trial.template_id._period_scope(
            self.company_id, self.date_from, self.date_to, self.cutoff
        )
        # Who was asked for a review, was asked by the template that evaluated then.
        if trial.base_id:
            scope = replace(scope, template_id=trial.base_id.id)
        self.env["supplier.fact.change"]._catch_up()
        scored = {}
        with scoring.template_lines.kpi_id._measured(scope, not_computed) as measured:
            partner_ids = trial.template_id._enrol(
                measured.enrolled(), self.company_id
            ).ids
            for suppliers in measured.slices(partner_ids):
                for (partner_id,), measures in suppliers:
                    try:
                        scored[partner_id] = scoring.score(partner_id, measures).card
                    except (ArithmeticError, ValueError) as error:
                        _logger.exception("Supplier %s is left out", partner_id)
                        partner = self.env["res.partner"].browse(partner_id)
                        not_computed.append((partner, str(error)))
        return scored

    def _not_computed_text(self, not_computed):
        """Return which KPIs could not be computed, or suppliers scored, and why."""
        return (
            "\n".join(
                labelled(
                    self.env, listed(self.env, records.mapped("display_name")), why
                )
                for records, why in not_computed
            )
            or False
        )

    def _published(self):
        """Return ``{partner id: (id, score, grade id, provisional, rank)}``."""
        cards = self.env["supplier.scorecard"]
        names = ("id", "score", "grade_id", "provisional", "rank")
        query = cards._search([("evaluation_id", "=", self.evaluation_id.id)])
        columns = [
            cards._field_to_sql(cards._table, name, query)
            for name in ("partner_id", *names)
        ]
        rows = self.env.execute_query(query.select(*columns))
        return {partner_id: tuple(row) for partner_id, *row in rows}

    def _card_row(self, partner_id, card, grades, ranks, published, gate):
        """Return the row of a supplier, but for what came in the next period."""
        grade_id = None if card.grade is None else grades[card.grade].id
        before = published.get(partner_id, (None,) * 5)
        card_id, score, before_grade_id, was_provisional, before_rank = before
        firm = None if card.provisional else grade_id
        firm_before = None if was_provisional else before_grade_id
        order = grades.ids
        is_compared = firm in order and firm_before in order
        return (
            self.id,
            self.trial_id.id,
            self.company_id.id,
            partner_id,
            card.score,
            grade_id,
            card.provisional,
            card.gated,
            card.coverage * 100,
            ranks.get(partner_id),
            card_id,
            None if score is None else float(score),
            before_grade_id,
            bool(was_provisional),
            before_rank,
            is_compared,
            order.index(firm_before) - order.index(firm) if is_compared else None,
            gate.stops(partner_id, firm),
            gate.stops(partner_id, firm_before),
        )


def _counts(cards):
    """Return how many suppliers there are, and what became of their grades."""
    shifts = [card["shift"] for card in cards if card["is_compared"]]
    return {
        "supplier_count": len(cards),
        "ranked_count": sum(card["rank"] is not None for card in cards),
        "compared_count": len(shifts),
        "better_count": sum(shift > 0 for shift in shifts),
        "worse_count": sum(shift < 0 for shift in shifts),
        "stopped_count": sum(card["stopped"] for card in cards),
        "stopped_before_count": sum(card["stopped_before"] for card in cards),
    }
