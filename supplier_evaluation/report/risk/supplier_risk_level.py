"""How risky suppliers are today."""

from odoo import api, fields, models
from odoo.tools import SQL

from ...models.risk.kinds import RANKS, SEVERITIES
from ...models.risk.weighing import YEAR, weighing
from ..fact.ids import IdCodec

# The supplier, and the company.
LEVEL_IDS = IdCodec(2**12)


class SupplierRiskLevel(models.Model):
    """How risky a supplier is for a company today; one of which nothing is known has
    no row, one of which nothing is known any more no level.
    """

    _name = "supplier.risk.level"
    _description = "Supplier Risk"
    _order = "rank desc, partner_id, id"
    _auto = False
    _depends = {
        "supplier.risk.signal": [
            "commercial_partner_id",
            "company_id",
            "date",
            "date_end",
            "kind",
            "severity",
            "source",
            "state",
        ],
        "supplier.risk.check": ["commercial_partner_id", "company_id", "date"],
        "res.partner": ["tz"],
        "res.company": ["partner_id"],
    }

    partner_id = fields.Many2one("res.partner", string="Supplier", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    level = fields.Selection(SEVERITIES, string="Risk", readonly=True)
    rank = fields.Integer(readonly=True, aggregator="max")
    signal_count = fields.Integer(
        string="Signals That Weigh", readonly=True, aggregator="sum"
    )
    unconfirmed_count = fields.Integer(
        string="Of These, Not Confirmed", readonly=True, aggregator="sum"
    )
    date_checked = fields.Date(
        string="Registers Looked At",
        readonly=True,
        help="When a register was last looked at.",
    )
    reasons = fields.Text(string="Why", compute="_compute_reasons")

    @property
    def _table_query(self):
        return SQL(
            """
            WITH weighing AS (%(weighing)s),
                 known AS (
                 SELECT company_id, commercial_partner_id AS partner_id,
                        NULL::date AS checked
                   FROM supplier_risk_signal WHERE state <> 'false_alarm'
                  UNION ALL
                 SELECT company_id, commercial_partner_id, date
                   FROM supplier_risk_check WHERE date <= %(now)s::date + 1)
            SELECT %(id)s AS id, k.partner_id, k.company_id,
                   COALESCE(w.rank,
                            CASE WHEN k.checked > %(now)s::date - %(year)s
                                 THEN 1 END) AS rank,
                   %(level)s AS level,
                   COALESCE(w.signals, 0) AS signal_count,
                   COALESCE(w.unconfirmed, 0) AS unconfirmed_count,
                   k.checked AS date_checked
              FROM (SELECT company_id, partner_id, MAX(checked) AS checked
                      FROM known WHERE partner_id IS NOT NULL
                     GROUP BY company_id, partner_id) k
              LEFT JOIN (SELECT company_id, partner_id, MAX(rank) AS rank,
                                COUNT(*) AS signals,
                                COUNT(*) FILTER (WHERE state = 'open') AS unconfirmed
                           FROM weighing GROUP BY company_id, partner_id) w
                     ON w.company_id = k.company_id AND w.partner_id = k.partner_id
            """,
            weighing=weighing(self.env.cr),
            now=self.env.cr.now(),
            id=LEVEL_IDS.sql(SQL("k.partner_id"), SQL("k.company_id")),
            year=YEAR,
            level=SQL(
                "CASE COALESCE(w.rank, CASE WHEN k.checked > %s::date - %s THEN 1 END)"
                " %s END",
                self.env.cr.now(),
                YEAR,
                SQL(" ").join(
                    SQL("WHEN %s THEN %s", rank, name) for name, rank in RANKS.items()
                ),
            ),
        )

    @api.depends_context("lang")
    def _compute_reasons(self):
        for company, rows in self.grouped("company_id").items():
            # Those of the company's signals, whosever the vendor is by now.
            vendors = rows.partner_id.sudo().with_company(company)
            said = vendors._supplier_risk_reasons()
            for row in rows:
                row.reasons = "\n".join(said.get(row.partner_id.id, []))

    def action_open_signals(self):
        """Open the signals of the supplier."""
        self.ensure_one()
        return self.partner_id.action_open_supplier_risk_signals()
