from collections import defaultdict
from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL

from ...report.price.spend import spend_of
from ...scoring import FactScope, round_score
from ...scoring.following.abc import CLASSES, classify
from ...scoring.following.kraljic import QUADRANTS, impact, quadrant, risk
from ...scoring.scope import local_midnight
from ...tools.bulk import bulk_insert
from ...tools.optional_numbers import OptionalFloat, OptionalInteger
from ...tools.scheduled import Work, run_scheduled
from ..certification.status import IN_FORCE

DAYS = 365
ABC = [(name, name.upper()) for name in CLASSES]
COLUMNS = (
    *("company_id", "partner_id", "date", "spend", "spend_share", "abc_spend"),
    *("order_count", "abc_orders", "product_count", "single_source_count"),
    *("substitute_count", "score", "certification", "impact", "risk", "quadrant"),
)


class SupplierTierFigure(models.Model):
    """What speaks for a tier: a row for each supplier that was bought from in a year.

    They are made anew by night, all of a company at once.
    """

    _name = "supplier.tier.figure"
    _description = "Figures behind the Tiers"
    _order = "spend desc, id"
    _rec_name = "partner_id"

    company_id = fields.Many2one("res.company", required=True, readonly=True)
    partner_id = fields.Many2one(
        "res.partner",
        string="Supplier",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    date = fields.Date(string="As Of", readonly=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    spend = fields.Monetary(
        readonly=True, help="Ordered in the last 365 days, without tax."
    )
    spend_share = fields.Float(
        string="Share of Spend (%)", readonly=True, digits=(5, 2), aggregator="sum"
    )
    abc_spend = fields.Selection(ABC, string="ABC by Spend", readonly=True)
    order_count = fields.Integer(string="Orders", readonly=True)
    abc_orders = fields.Selection(ABC, string="ABC by Orders", readonly=True)
    product_count = fields.Integer(string="Products", readonly=True)
    single_source_count = fields.Integer(
        string="Products without Another Source",
        readonly=True,
        help="Of its products, those that no other approved supplier has.",
    )
    substitute_count = OptionalInteger(
        string="Substitute Sources",
        readonly=True,
        aggregator="avg",
        help="Other approved sources of the product that has fewest of them.",
    )
    score = OptionalFloat(
        readonly=True, digits=(5, 2), aggregator="avg", help="Published, and firm."
    )
    certification = fields.Char(readonly=True)
    impact = OptionalFloat(
        readonly=True,
        digits=(5, 2),
        aggregator="avg",
        help="From the share of all spend, 0 to 100: 1 % is 50, 100 % is 100.",
    )
    risk = OptionalFloat(
        string="Supply Risk",
        readonly=True,
        digits=(5, 2),
        aggregator="avg",
        help="0 to 100, from substitutes (60), score (25) and certification (15). What "
        "is not known does not count.",
    )
    quadrant = fields.Selection(
        [(name, name.capitalize()) for name in QUADRANTS], readonly=True
    )
    # As the vendor is now, in the company of whoever reads it.
    tier_id = fields.Many2one("supplier.tier", compute="_compute_tier_id")
    buyer_id = fields.Many2one(related="partner_id.buyer_id")

    _partner_company_uniq = models.Constraint(
        "UNIQUE (company_id, partner_id)", "A supplier has one row in a company."
    )

    def _compute_tier_id(self):
        for company, figures in self.grouped("company_id").items():
            for figure in figures:
                partner = figure.partner_id.with_company(company).sudo()
                figure.tier_id = partner.supplier_tier_id

    # ------------------------------------------------------------
    # Cron
    # ------------------------------------------------------------

    @api.model
    def _cron_refresh(self):
        """Make the figures of every company anew, and propose tiers.

        :raises Exception: the error of one that failed, when the others are done
        """
        run_scheduled(
            self.env,
            Work(
                "Figures behind the tiers",
                self.env["res.company"].search([("active", "=", True)]),
                self._refresh,
                stays=True,
            ),
        )

    @api.model
    def _refresh(self, companies):
        """Make the figures of companies anew, and propose tiers from them."""
        for company in companies:
            own = self.with_company(company).with_context(
                allowed_company_ids=company.ids
            )
            own._make_figures(company)
            # The reasons are kept as text, and the scheduled action has no language.
            rules = own.env["supplier.tier.rule"]
            lang = company.partner_id.lang or self.env.lang
            rules.with_context(lang=lang)._propose_tiers(company)

    @api.model
    def _make_figures(self, company):
        """One question for each kind of figure, however many suppliers."""
        today = company._supplier_day(fields.Datetime.now())
        spend = self._spend(company, today)
        orders = self._orders(company, today)
        sources = self._sources(company)
        standing = self._standing(company, {*spend, *orders})
        total = sum(amount for amount in spend.values() if amount > 0)
        limits = (company.supplier_abc_a, company.supplier_abc_b)
        abc_spend, abc_orders = classify(spend, limits), classify(orders, limits)
        rows = []
        for partner_id in standing:
            amount = spend.get(partner_id, 0.0)
            products, single, substitutes = sources.get(partner_id, (0, 0, None))
            score, certification = standing[partner_id]
            points = impact(amount / total) if total and amount > 0 else None
            held = (
                None if certification in (None, "none") else certification in IN_FORCE
            )
            danger = risk(substitutes, score, held)
            rows.append(
                (
                    company.id,
                    partner_id,
                    today,
                    amount,
                    round_score(100 * amount / total) if total else 0.0,
                    abc_spend.get(partner_id),
                    orders.get(partner_id, 0),
                    abc_orders.get(partner_id),
                    products,
                    single,
                    substitutes,
                    score,
                    certification,
                    points,
                    danger,
                    quadrant(points, danger),
                )
            )
        self.env.cr.execute(
            SQL("DELETE FROM supplier_tier_figure WHERE company_id = %s", company.id)
        )
        bulk_insert(self, COLUMNS, rows)
        self.invalidate_model()

    def _spend(self, company, today):
        scope = FactScope(
            company_id=company.id,
            date_from=today - timedelta(days=DAYS - 1),
            date_to=today,
            cutoff=fields.Datetime.now(),
            tz=company._supplier_tz(),
        )
        return {key: float(amount) for key, amount in spend_of(self.env, scope).items()}

    def _orders(self, company, today):
        rows = self.env["purchase.order"]._read_group(
            [
                ("company_id", "=", company.id),
                ("state", "=", "purchase"),
                ("date_approve", ">=", self._year_begins(company, today)),
            ],
            ["partner_id.commercial_partner_id"],
            ["__count"],
        )
        return {partner.id: count for partner, count in rows}

    @api.model
    def _year_begins(self, company, today):
        """Return when the year begins, where the company is: as its spend does."""
        return local_midnight(today - timedelta(days=DAYS - 1), company._supplier_tz())

    def _sources(self, company):
        """Return ``{supplier: (products, without another source, substitutes)}``."""
        rows = self.env["supplier.source"].search_fetch(
            [("company_id", "=", company.id)],
            ["partner_id", "is_approved", "approved_count", "source_count"],
        )
        others = defaultdict(list)
        for row in rows:
            # Where nobody is approved, whoever sells it is a source.
            count = (
                row.approved_count - row.is_approved
                if row.approved_count
                else row.source_count - 1
            )
            others[row.partner_id.id].append(count)
        return {
            partner_id: (len(counts), counts.count(0), min(counts))
            for partner_id, counts in others.items()
        }

    def _standing(self, company, partner_ids):
        """Return ``{supplier: (firm score or None, state of its certification)}``."""
        partners = (
            self.env["res.partner"]
            .with_context(active_test=True)
            .search_fetch(
                [("id", "in", list(partner_ids))],
                [
                    "supplier_score",
                    "supplier_score_provisional",
                    "supplier_certification_state",
                ],
            )
        )
        return {
            partner.id: (
                partner.supplier_score
                if partner.supplier_score is not False
                and not partner.supplier_score_provisional
                else None,
                partner.supplier_certification_state or None,
            )
            for partner in partners.with_company(company).sudo()
        }

    # ------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------

    def action_open_orders(self):
        """Open the orders of the year that the figures come from."""
        self.ensure_one()
        first = self._year_begins(self.company_id, self.date)
        return {
            "type": "ir.actions.act_window",
            "name": self.partner_id.display_name,
            "res_model": "purchase.order",
            "views": [(False, "list"), (False, "form")],
            "domain": [
                ("company_id", "=", self.company_id.id),
                ("state", "=", "purchase"),
                ("partner_id", "child_of", self.partner_id.id),
                ("date_approve", ">=", fields.Datetime.to_string(first)),
            ],
            "context": {},
        }
