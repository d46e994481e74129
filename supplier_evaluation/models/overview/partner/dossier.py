from datetime import timedelta
from functools import cached_property

from dateutil.relativedelta import relativedelta

from odoo import fields
from odoo.tools import format_date
from odoo.tools.misc import formatLang

from ....tools.numbers import number
from ...certification.status import HELD, IN_PROGRESS
from ...gate.standing import VendorGate
from ...incident.supplier_incident import CLOSED
from ..opening import ORDER, opens, reads
from .spend import spend_by_category

MONTHS = 12
#: How many rows of a kind are read for the lists and the timeline.
READ = 20
EXPIRING_DAYS = 90
#: A price that rose less is no event.
RISE = 0.02
#: An order line whose promised day is as near as this, and that has not come.
NEAR_DAYS = 3
OPEN_LINES = 200


class Dossier:
    """What is known of one supplier in one company, each thing read once.

    What the user may not read is left out; that orders are hidden from somebody is no
    reason to show nothing.

    :param partner: a vendor or a contact of it, in the environment of the reader
    """

    def __init__(self, partner):
        self.env = partner.env
        self.company = partner.env.company
        self.partner = partner.commercial_partner_id
        self.now = fields.Datetime.now()
        self.today = self.company._supplier_day(self.now)
        self.since = self.today - relativedelta(months=MONTHS)

    # ------------------------------------------------------------
    # Words
    # ------------------------------------------------------------

    def number(self, value, digits=0):
        return number(self.env, value, digits)

    def money(self, amount):
        """Return an amount in company currency, without decimals."""
        return formatLang(
            self.env,
            amount,
            currency_obj=self.company.currency_id,
            rounding_unit="units",
        )

    def day(self, date):
        return format_date(self.env, date) if date else ""

    def day_of(self, instant):
        """Return the day of an instant in the company's time zone."""
        return self.company._supplier_day(instant)

    # ------------------------------------------------------------
    # Records
    # ------------------------------------------------------------

    def mine(self, *domain, name="partner_id"):
        """The domain of what is about the supplier in the company."""
        return [
            (name, "=", self.partner.id),
            ("company_id", "=", self.company.id),
            *domain,
        ]

    def reads(self, *models):
        return reads(self.env, *models)

    @cached_property
    def opens_orders(self):
        """Whether the reader can open an order, whose form lists its bills."""
        return opens(self.env, ORDER)

    @cached_property
    def card(self):
        return self.partner.supplier_scorecard_id

    @cached_property
    def cards(self):
        """The published scorecards of the last template, of a year, oldest first."""
        cards = self.env["supplier.scorecard"]
        if not self.card:
            return cards
        return cards.search(
            self.mine(
                ("template_id", "=", self.card.template_id.id),
                ("state", "=", "published"),
                ("date_to", ">", self.card.date_to - relativedelta(months=MONTHS)),
            ),
            order="date_to, id",
        )

    @cached_property
    def all_cards(self):
        """All published scorecards, of whatever template, the oldest first."""
        return self.env["supplier.scorecard"].search(
            self.mine(("state", "=", "published")), order="date_to, id"
        )

    @cached_property
    def superseded_cards(self):
        """What was published before a revision was, the last one last."""
        return self.env["supplier.scorecard"].search(
            self.mine(("state", "=", "superseded")), order="id"
        )

    @cached_property
    def overridden_lines(self):
        """The figures of the scorecards whose score somebody decided."""
        return self.env["supplier.scorecard.line"].search(
            [
                ("scorecard_id", "in", self.all_cards.ids),
                ("is_overridden", "=", True),
            ]
        )

    @cached_property
    def kpi_names(self):
        """The names of all KPIs by their codes, as the reader calls them."""
        kpis = self.env["supplier.kpi"].with_context(active_test=False)
        found = kpis.search_fetch([], ["code", "name"])
        return {kpi.code: kpi.name for kpi in found}

    @cached_property
    def open_incidents(self):
        return self.incidents_of(("state", "not in", CLOSED))

    @cached_property
    def incidents(self):
        return self.incidents_of(limit=READ)

    def incidents_of(self, *domain, limit=None):
        return self.env["supplier.incident"].search(
            self.mine(*domain, name="commercial_partner_id"), limit=limit
        )

    @cached_property
    def certifications(self):
        return self.env["supplier.certification"].search(
            self.mine(("state", "in", ("draft", *IN_PROGRESS, *HELD, "expired"))),
            limit=READ,
        )

    @cached_property
    def requirements(self):
        """The documents that are required of the supplier."""
        return self.env["supplier.document.fact"].search(self.mine())

    @cached_property
    def documents(self):
        return self.env["supplier.document"].search(
            [
                ("commercial_partner_id", "=", self.partner.id),
                ("company_id", "in", (self.company.id, False)),
            ],
            limit=READ,
        )

    @cached_property
    def expiring(self):
        """The documents and certifications that run out soon, or did."""
        return self.env["supplier.expiry"].search(
            [
                ("partner_id", "=", self.partner.id),
                ("company_id", "in", (self.company.id, False)),
                ("date_to", "<=", self.today + timedelta(days=EXPIRING_DAYS)),
            ]
        )

    @cached_property
    def sources(self):
        return self.env["supplier.source"].search(
            self.mine(), order="order_count desc, product_id, id"
        )

    @cached_property
    def single_sources(self):
        """What nobody else sells to the company."""
        return self.sources.filtered(lambda one: one.source_count == 1)

    @cached_property
    def spend(self):
        return spend_by_category(self.partner, self.company, MONTHS)

    @cached_property
    def standing(self):
        """What the purchase policies say of an order to the supplier."""
        return VendorGate(self.partner, self.company).standing(self.partner)

    @cached_property
    def overrides(self):
        return self.env["supplier.purchase.override"].search(
            self.mine(name="commercial_partner_id"), limit=READ, order="id desc"
        )

    @cached_property
    def stage_changes(self):
        """In which stages the supplier was, the last one first."""
        return self.env["supplier.stage.change"].search(self.mine(), limit=READ)

    @cached_property
    def risk(self):
        """How risky the supplier is for the company; empty where nothing is known."""
        return self.env["supplier.risk.level"].search(self.mine(), limit=1)

    @cached_property
    def risk_signals(self):
        """The signals that weigh today, the worst first."""
        found = self.env["supplier.risk.signal"]._weighing(self.partner, self.company)
        return found.get(self.partner.id, self.env["supplier.risk.signal"])

    @cached_property
    def price_rises(self):
        """The largest price rise of each month of the year, as events."""
        facts = self.env["supplier.price.fact"].search(
            self.mine(
                ("date", ">=", self.since),
                ("exclusion", "=", False),
                ("price_change", ">=", RISE),
            ),
            order="price_change desc, id",
        )
        largest = {}
        for fact in facts:
            largest.setdefault((fact.date.year, fact.date.month), fact)
        return [self._price_rise(fact) for fact in largest.values()]

    def _price_rise(self, fact):
        return {
            "date": fact.date.isoformat(),
            "day": self.day(fact.date),
            "kind": "price",
            "text": self.env._(
                "%(product)s costs %(percent)s %% more",
                product=fact.product_id.display_name or fact.name,
                percent=self.number(100 * fact.price_change),
            ),
            # Not everybody may open the order.
            "model": fact.res_model if opens(self.env, fact.res_model) else "",
            "id": fact.res_id,
        }

    @cached_property
    def open_lines(self):
        """Order lines that are late or about to be, by what was promised."""
        lines = self.env["purchase.order.line"]
        if not self.opens_orders:
            return lines
        found = lines.search(
            open_line_domain(self.partner, self.company, self.now),
            order="date_promised, date_planned, id",
            limit=OPEN_LINES,
        )
        return found.filtered(lambda one: one.qty_received < one.product_qty)


def open_line_domain(partner, company, now):
    """Return the domain of what is promised by the next days, and perhaps not there.

    :param datetime now: naive, in UTC
    """
    soon = now + timedelta(days=NEAR_DAYS)
    return [
        ("partner_id.commercial_partner_id", "=", partner.id),
        ("company_id", "=", company.id),
        ("order_id.state", "=", "purchase"),
        ("order_id.receipt_status", "in", ("pending", "partial")),
        ("product_id.type", "=", "consu"),
        "|",
        ("date_promised", "<=", soon),
        "&",
        ("date_promised", "=", False),
        ("date_planned", "<=", soon),
    ]
