from odoo import fields, models
from odoo.tools import SQL

from ...tools.optional_numbers import OptionalFloat

# What people answer, and no record of the daily work.
ASKED_FACTS = ("supplier.review.fact", "supplier.customer.review.fact")
# Of each share, what it is made of.
SHARES = {
    "automatic_share": ("automatic_count", "figure_count"),
    "review_share": ("review_count", "figure_count"),
    "override_share": ("override_count", "figure_count"),
    "in_time_share": ("in_time_count", "asked_count"),
}


class SupplierUsageReport(models.Model):
    """How the system is used: a row for each published evaluation.

    A figure is made by itself, comes from reviews, or was overridden by hand: an
    overridden one counts as that alone. What has no data is no figure.
    """

    _name = "supplier.usage.report"
    _description = "Use of the Evaluation"
    _order = "date_to desc, id desc"
    _rec_name = "evaluation_id"
    _auto = False
    _depends = {
        "supplier.evaluation": [
            "company_id",
            "date_to",
            "state",
            "template_id",
        ],
        "supplier.scorecard.line": [
            "has_value",
            "is_overridden",
            "kpi_id",
            "scorecard_id",
        ],
        "supplier.scorecard": ["evaluation_id"],
        "supplier.kpi": ["fact_model"],
        "supplier.review": ["date_done", "date_due", "evaluation_id", "state"],
        "res.company": ["partner_id"],
        "res.partner": ["tz"],
    }

    evaluation_id = fields.Many2one("supplier.evaluation", readonly=True)
    template_id = fields.Many2one("supplier.scorecard.template", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    date_to = fields.Date(string="Period End", readonly=True)
    card_count = fields.Integer(string="Scorecards", readonly=True)
    figure_count = fields.Integer(
        string="Figures", readonly=True, help="Lines of scorecards that have data."
    )
    automatic_count = fields.Integer(
        string="Made by Itself",
        readonly=True,
        help="Figures that were computed of records, and left as they are.",
    )
    automatic_share = OptionalFloat(
        string="Made by Itself (%)", readonly=True, digits=(5, 1), aggregator="avg"
    )
    review_count = fields.Integer(string="From Reviews", readonly=True)
    review_share = OptionalFloat(
        string="From Reviews (%)", readonly=True, digits=(5, 1), aggregator="avg"
    )
    override_count = fields.Integer(string="Overridden", readonly=True)
    override_share = OptionalFloat(
        string="Overridden (%)", readonly=True, digits=(5, 1), aggregator="avg"
    )
    overridden_card_count = fields.Integer(
        string="Scorecards with Overrides", readonly=True
    )
    asked_count = fields.Integer(
        string="Reviews Asked For",
        readonly=True,
        help="Without those that were taken back.",
    )
    in_time_count = fields.Integer(
        string="Answered in Time",
        readonly=True,
        help="On the day when they were due, or before, in the company's time zone.",
    )
    in_time_share = OptionalFloat(
        string="Answered in Time (%)", readonly=True, digits=(5, 1), aggregator="avg"
    )

    @property
    def _table_query(self) -> SQL:
        return SQL(
            """
            SELECT run.id, run.id AS evaluation_id, run.template_id, run.company_id,
                   run.date_to, COALESCE(card.cards, 0) AS card_count,
                   COALESCE(card.overridden_cards, 0) AS overridden_card_count,
                   COALESCE(figures, 0) AS figure_count,
                   COALESCE(automatic, 0) AS automatic_count,
                   COALESCE(reviewed, 0) AS review_count,
                   COALESCE(overridden, 0) AS override_count,
                   COALESCE(asked, 0) AS asked_count,
                   COALESCE(in_time, 0) AS in_time_count,
                   100.0 * automatic / NULLIF(figures, 0) AS automatic_share,
                   100.0 * reviewed / NULLIF(figures, 0) AS review_share,
                   100.0 * overridden / NULLIF(figures, 0) AS override_share,
                   100.0 * in_time / NULLIF(asked, 0) AS in_time_share
              FROM supplier_evaluation run
              LEFT JOIN (%(figures)s) card ON card.evaluation_id = run.id
              LEFT JOIN (%(reviews)s) review ON review.evaluation_id = run.id
             WHERE run.state = 'published'
            """,
            figures=self._figures(),
            reviews=self._reviews(),
        )

    def _figures(self):
        """Scorecards and their lines, by evaluation."""
        return SQL(
            """
            SELECT card.evaluation_id,
                   COUNT(DISTINCT card.id) AS cards,
                   COUNT(DISTINCT card.id) FILTER (WHERE line.is_overridden)
                       AS overridden_cards,
                   COUNT(line.id) FILTER (WHERE line.has_value) AS figures,
                   COUNT(line.id) FILTER (
                       WHERE line.has_value AND line.is_overridden IS NOT TRUE
                         AND kpi.fact_model NOT IN %(asked)s) AS automatic,
                   COUNT(line.id) FILTER (
                       WHERE line.has_value AND line.is_overridden IS NOT TRUE
                         AND kpi.fact_model IN %(asked)s) AS reviewed,
                   COUNT(line.id) FILTER (
                       WHERE line.has_value AND line.is_overridden) AS overridden
              FROM supplier_scorecard card
              LEFT JOIN supplier_scorecard_line line ON line.scorecard_id = card.id
              LEFT JOIN supplier_kpi kpi ON kpi.id = line.kpi_id
             WHERE card.state = 'published'
             GROUP BY card.evaluation_id
            """,
            asked=ASKED_FACTS,
        )

    def _reviews(self):
        """What people were asked, by evaluation."""
        return SQL(
            """
            SELECT review.evaluation_id, COUNT(*) AS asked,
                   COUNT(*) FILTER (
                       WHERE review.state = 'done'
                         AND (review.date_done AT TIME ZONE 'UTC' AT TIME ZONE
                              COALESCE(NULLIF(place.tz, ''), 'UTC'))::date
                             <= review.date_due) AS in_time
              FROM supplier_review review
              JOIN supplier_evaluation run ON run.id = review.evaluation_id
              JOIN res_company company ON company.id = run.company_id
              JOIN res_partner place ON place.id = company.partner_id
             WHERE review.state <> 'cancelled'
             GROUP BY review.evaluation_id
            """
        )

    def action_open(self):
        """Open the evaluation of a row, where its figures are."""
        self.ensure_one()
        return self.evaluation_id.get_formview_action()

    def _read_group_select(self, aggregate_spec, query):
        """Under a group, a share is that of the sums, and no mean of shares."""
        name, _separator, _function = aggregate_spec.partition(":")
        if name not in SHARES:
            return super()._read_group_select(aggregate_spec, query)
        part, whole = (
            self._field_to_sql(self._table, field, query) for field in SHARES[name]
        )
        return SQL("100.0 * SUM(%s) / NULLIF(SUM(%s), 0)", part, whole)
