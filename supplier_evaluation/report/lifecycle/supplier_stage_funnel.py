from datetime import timedelta

from dateutil.relativedelta import relativedelta

from odoo import fields, models
from odoo.tools import SQL

from ...tools.actions import open_records
from ...tools.optional_numbers import OptionalFloat, OptionalInteger


class SupplierStageFunnel(models.Model):
    """How many suppliers went on from a stage, by the month in which they came in.

    A supplier counts once per stage, when it first came in. Who is still in a stage
    for less than its target days may yet go on, so it is not counted as one that did
    not.
    """

    _name = "supplier.stage.funnel"
    _description = "Supplier Funnel"
    _order = "date desc, stage_sequence, stage_id, id"
    _rec_name = "stage_id"
    _auto = False
    _depends = {
        "supplier.stage.change": [
            "company_id",
            "date",
            "partner_id",
            "stage_to_id",
        ],
        "supplier.stage": [
            "conversion_target",
            "days_target",
            "is_exit",
            "sequence",
        ],
        "res.company": ["partner_id"],
        "res.partner": ["country_id", "supplier_region_group_id", "tz"],
    }

    company_id = fields.Many2one("res.company", readonly=True)
    stage_id = fields.Many2one("supplier.stage", readonly=True)
    stage_sequence = fields.Integer(
        string="Stage Order", readonly=True, aggregator=None
    )
    region_group_id = fields.Many2one("supplier.region.group", readonly=True)
    date = fields.Date(
        string="Came In",
        readonly=True,
        help="First day of the month in which the suppliers first came into the stage, "
        "in the company's time zone.",
    )
    entered = fields.Integer(string="Suppliers", readonly=True)
    went_on = fields.Integer(
        readonly=True, help="Suppliers that later came into a stage further on."
    )
    in_time = fields.Integer(
        string="Still in Time",
        readonly=True,
        help="Suppliers still in the stage, for no longer than its target days. They "
        "do not count in the conversion yet.",
    )
    left_path = fields.Integer(
        string="Did Not Go On",
        readonly=True,
        help="Suppliers that went back or off the path, or stayed too long.",
    )
    decided = fields.Integer(string="Counted in the Conversion", readonly=True)
    conversion = OptionalFloat(
        readonly=True,
        aggregator="avg",
        help="Share that went on, of all but those still in time.",
    )
    target = OptionalFloat(
        string="Benchmark",
        readonly=True,
        aggregator="avg",
        help="The target conversion of the stage.",
    )
    gap = OptionalFloat(
        string="Above Benchmark",
        readonly=True,
        aggregator="avg",
        help="Conversion less the benchmark: negative where the step is weak.",
    )
    is_weak = fields.Boolean(
        string="Weak", readonly=True, help="The conversion is below the benchmark."
    )
    days_median = OptionalFloat(
        string="Median Days",
        readonly=True,
        aggregator="avg",
        help="Median of the days in the stage, of the suppliers that left it.",
    )
    days_target = OptionalInteger(readonly=True, aggregator="avg")

    @property
    def _table_query(self) -> SQL:
        return SQL(
            """
            WITH visit AS (%(visits)s)
            SELECT cohort.*,
                   cohort.decided - cohort.went_on AS left_path,
                   rate.conversion,
                   CASE WHEN cohort.target > 0 THEN rate.conversion - cohort.target END
                       AS gap,
                   COALESCE(cohort.target > 0
                            AND rate.conversion < cohort.target - 1e-9, FALSE)
                       AS is_weak
              FROM (%(cohorts)s) cohort
             CROSS JOIN LATERAL (
                   SELECT cohort.went_on::float8 / NULLIF(cohort.decided, 0)
                       AS conversion) rate
            """,
            visits=self._visits(),
            cohorts=self._cohorts(),
        )

    def _visits(self):
        """Every stay of a supplier in a stage, in order, with what came later."""
        return SQL(
            """
            SELECT change.id,
                   change.company_id,
                   change.partner_id,
                   change.stage_to_id,
                   change.date,
                   LEAD(change.date) OVER stays AS date_left,
                   MAX(stage.sequence) FILTER (WHERE NOT stage.is_exit) OVER later
                       AS highest_later,
                   ROW_NUMBER() OVER (
                       PARTITION BY change.company_id, change.partner_id,
                                    change.stage_to_id
                       ORDER BY change.date, change.id) AS visit
              FROM supplier_stage_change change
              LEFT JOIN (SELECT id, sequence, COALESCE(is_exit, FALSE) AS is_exit
                           FROM supplier_stage) stage
                ON stage.id = change.stage_to_id
             WHERE %s
            WINDOW stays AS (PARTITION BY change.company_id, change.partner_id
                             ORDER BY change.date, change.id),
                   later AS (stays ROWS BETWEEN 1 FOLLOWING AND UNBOUNDED FOLLOWING)
            """,
            self._whose(),
        )

    def _whose(self):
        """Whose changes are looked at: of every supplier, or of some countries.

        The countries are in the context: a row is about a stage, not about a supplier.
        """
        countries = self.env.context.get("supplier_funnel_countries")
        if not countries:
            return SQL("TRUE")
        return SQL(
            "change.partner_id IN"
            " (SELECT id FROM res_partner WHERE country_id = ANY(%s))",
            list(countries),
        )

    def _cohorts(self):
        """The first visits, counted by stage and month."""
        return SQL(
            """
            SELECT MIN(first.id) AS id,
                   first.company_id,
                   first.stage_to_id AS stage_id,
                   first.stage_sequence,
                   first.region_group_id,
                   first.month AS date,
                   first.target,
                   first.days_target,
                   COUNT(*)::integer AS entered,
                   SUM(first.went_on)::integer AS went_on,
                   SUM(first.in_time)::integer AS in_time,
                   SUM(first.counts * (1 - first.in_time))::integer AS decided,
                   PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY first.days)
                       AS days_median,
                   STRING_AGG(first.days::text, ',') AS days_list
              FROM (%s) first
             GROUP BY first.company_id, first.stage_to_id, first.stage_sequence,
                      first.region_group_id, first.month, first.target,
                      first.days_target
            """,
            self._first_visits(),
        )

    def _first_visits(self):
        """One row per supplier and stage: when, how long, and whether it went on."""
        return SQL(
            """
            SELECT visit.id,
                   visit.company_id,
                   visit.stage_to_id,
                   stage.sequence AS stage_sequence,
                   supplier.supplier_region_group_id AS region_group_id,
                   DATE_TRUNC('month', visit.date AT TIME ZONE 'UTC'
                       AT TIME ZONE COALESCE(own.tz, 'UTC'))::date AS month,
                   COALESCE(stage.conversion_target, 0)::float8 / 100 AS target,
                   COALESCE(stage.days_target, 0) AS days_target,
                   EXTRACT(EPOCH FROM visit.date_left - visit.date)::float8 / 86400
                       AS days,
                   CASE WHEN stage.sequence < path.last THEN 1 ELSE 0 END AS counts,
                   CASE WHEN visit.highest_later > stage.sequence THEN 1 ELSE 0 END
                       AS went_on,
                   CASE WHEN visit.date_left IS NULL
                         AND visit.date + stage.days_target * INTERVAL '1 day'
                             > %(now)s
                        THEN 1 ELSE 0 END AS in_time
              FROM visit
              JOIN supplier_stage stage ON stage.id = visit.stage_to_id
              JOIN res_partner supplier ON supplier.id = visit.partner_id
              JOIN res_company company ON company.id = visit.company_id
              JOIN res_partner own ON own.id = company.partner_id
             CROSS JOIN (SELECT MAX(sequence) AS last
                           FROM supplier_stage
                          WHERE active AND is_exit IS NOT TRUE) path
             WHERE visit.visit = 1 AND stage.is_exit IS NOT TRUE
            """,
            now=fields.Datetime.now(),
        )

    def _read_group_select(self, aggregate_spec, query):
        """Take shares and medians of suppliers, not of months, in every grouping."""

        def column(name):
            return SQL.identifier(self._table, name)

        decided = SQL("NULLIF(SUM(%s), 0)", column("decided"))
        if aggregate_spec == "conversion:avg":
            return SQL("SUM(%s)::float8 / %s", column("went_on"), decided)
        if aggregate_spec == "gap:avg":
            return SQL(
                "SUM(%(gap)s * %(weight)s) / NULLIF(SUM(%(weight)s)"
                " FILTER (WHERE %(gap)s IS NOT NULL), 0)",
                gap=column("gap"),
                weight=column("decided"),
            )
        if aggregate_spec == "days_median:avg":
            return SQL(
                """(SELECT PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY days::float8)
                      FROM UNNEST(STRING_TO_ARRAY(STRING_AGG(%s, ','), ',')) days)""",
                column("days_list"),
            )
        return super()._read_group_select(aggregate_spec, query)

    def action_open_changes(self):
        """Open the changes with which the suppliers of this row came in."""
        self.ensure_one()
        changes = self.env["supplier.stage.change"].search(
            [
                ("company_id", "=", self.company_id.id),
                ("stage_to_id", "=", self.stage_id.id),
                ("partner_id.supplier_region_group_id", "=", self.region_group_id.id),
                # A day more on both sides, for all time zones.
                ("date", "<", self.date + relativedelta(months=1, days=1)),
            ],
            order="date, id",
        )
        first = {}
        for change in changes:
            first.setdefault(change.partner_id, change)
        start = fields.Datetime.to_datetime(self.date) - timedelta(days=1)
        company = self.company_id
        of_month = [
            change.id
            for change in first.values()
            if change.date >= start
            and self._local_month(change.date, company) == self.date
        ]
        return open_records(
            self.env,
            "supplier_evaluation.supplier_stage_change_action",
            [("id", "in", of_month)],
        )

    def _local_month(self, instant, company):
        """Return the first day of the month of an instant, where the company is."""
        there = fields.Datetime.context_timestamp(
            self.with_context(tz=company.partner_id.tz or "UTC"), instant
        )
        return there.date().replace(day=1)
