from odoo import api, fields, models
from odoo.tools import SQL

from ...tools.actions import open_records
from ...tools.counts import count_by
from ...tools.groups import USER_GROUP
from ...tools.optional_numbers import OptionalFloat

# What is so far of a period that is not over is no scorecard to look back at.
COUNTED = [("evaluation_id.is_preview", "=", False)]
# What Odoo's own rate on the vendor is about, too.
ON_TIME = "otd"


class ResPartner(models.Model):
    _name = "res.partner"
    _inherit = ["res.partner", "supplier.optional.numbers.mixin"]

    supplier_score = OptionalFloat(
        company_dependent=True,
        readonly=True,
        groups=USER_GROUP,
        digits=(16, 2),
        aggregator="avg",
        help="Score in the last published scorecard, 0 to 100. Without a scorecard "
        "there is none, which is not 0.",
    )
    supplier_grade_id = fields.Many2one(
        "supplier.grade",
        company_dependent=True,
        readonly=True,
        groups=USER_GROUP,
        help="Grade in the last published scorecard.",
    )
    supplier_grade_color = fields.Integer(
        related="supplier_grade_id.color",
        string="Supplier Grade Color",
        groups=USER_GROUP,
    )
    supplier_score_provisional = fields.Boolean(
        string="Provisional Score",
        company_dependent=True,
        readonly=True,
        groups=USER_GROUP,
        help="The score rests on too few records or KPIs to draw consequences.",
    )
    supplier_scorecard_id = fields.Many2one(
        "supplier.scorecard",
        string="Last Scorecard",
        company_dependent=True,
        readonly=True,
        groups=USER_GROUP,
    )
    supplier_scorecard_ids = fields.One2many(
        "supplier.scorecard",
        "partner_id",
        string="Scorecards",
        domain=COUNTED,
        groups=USER_GROUP,
    )
    supplier_on_time_line_id = fields.Many2one(
        "supplier.scorecard.line",
        string="On-time Delivery in the Last Scorecard",
        compute="_compute_supplier_on_time",
        compute_sudo=True,
        groups=USER_GROUP,
    )
    supplier_on_time_rate = OptionalFloat(
        string="On Time in the Last Scorecard",
        compute="_compute_supplier_on_time",
        compute_sudo=True,
        digits=(16, 4),
        groups=USER_GROUP,
        help="Against the promise as it was when the order was confirmed, in the "
        "period of the last scorecard.",
    )
    supplier_on_time_period = fields.Char(
        compute="_compute_supplier_on_time", compute_sudo=True, groups=USER_GROUP
    )
    supplier_is_vendor = fields.Boolean(
        compute="_compute_supplier_is_vendor",
        compute_sudo=True,
        groups=USER_GROUP,
        help="It was billed, scored or ordered from, or is on its way to be.",
    )
    supplier_scorecard_count = fields.Integer(
        compute="_compute_supplier_scorecard_count",
        groups=USER_GROUP,
    )

    @api.model
    def _guarded_fields(self):
        return super()._guarded_fields() | {
            "supplier_score",
            "supplier_grade_id",
            "supplier_score_provisional",
            "supplier_scorecard_id",
        }

    # ------------------------------------------------------------
    # Order of choice
    # ------------------------------------------------------------

    @property
    def _order(self):
        """Offer the best suppliers first where a vendor is chosen."""
        order = super()._order
        if self._chooses_supplier():
            return f"supplier_score DESC NULLS LAST, {order}"
        return order

    def _order_field_to_sql(self, alias, field_name, direction, nulls, query):
        """A provisional score has no consequence, so it brings nobody forward."""
        if field_name != "supplier_score" or not self._chooses_supplier():
            return super()._order_field_to_sql(
                alias, field_name, direction, nulls, query
            )
        return SQL(
            "CASE WHEN %(provisional)s THEN NULL ELSE %(score)s END %(direction)s"
            " %(nulls)s",
            provisional=self._field_to_sql(alias, "supplier_score_provisional", query),
            score=self._field_to_sql(alias, "supplier_score", query),
            direction=direction,
            nulls=nulls if nulls.code else SQL("NULLS LAST"),
        )

    def _chooses_supplier(self):
        mode = self.env.context.get("res_partner_search_mode")
        return mode == "supplier" and self.env.user.has_group(USER_GROUP)

    @api.depends("supplier_scorecard_id", "commercial_partner_id")
    @api.depends_context("company", "lang")
    def _compute_supplier_on_time(self):
        """Take the figure of the last scorecard, if its template asks for it."""
        cards = self.commercial_partner_id.supplier_scorecard_id
        lines = self.env["supplier.scorecard.line"].search(
            [
                ("scorecard_id", "in", cards.ids),
                ("kpi_id.code", "=", ON_TIME),
                ("has_value", "=", True),
            ]
        )
        line_of = {line.scorecard_id: line for line in lines}
        for partner in self:
            card = partner.commercial_partner_id.supplier_scorecard_id
            line = line_of.get(card, lines.browse())
            partner.supplier_on_time_line_id = line
            partner.supplier_on_time_rate = line.value if line else False
            partner.supplier_on_time_period = card.period_label if line else False

    @api.depends("supplier_rank", "supplier_scorecard_id", "commercial_partner_id")
    @api.depends_context("company")
    def _compute_supplier_is_vendor(self):
        known = self.filtered(
            lambda one: (
                one.supplier_rank or one.commercial_partner_id.supplier_scorecard_id
            )
        )
        others = (self - known).commercial_partner_id
        orders = self.env["purchase.order"]
        ordered = {
            partner.commercial_partner_id
            for (partner,) in orders._read_group(
                [("partner_id.commercial_partner_id", "in", others.ids)],
                ["partner_id"],
            )
        }
        for partner in self:
            partner.supplier_is_vendor = (
                partner in known or partner.commercial_partner_id in ordered
            )

    def _compute_supplier_scorecard_count(self):
        counts = count_by(self.env["supplier.scorecard"], "partner_id", self, COUNTED)
        for partner in self:
            partner.supplier_scorecard_count = counts.get(partner, 0)

    def _supplier_evaluations_in_common(self):
        """Return the evaluations in which several of these vendors are scored."""
        groups = self.env["supplier.scorecard"]._read_group(
            [("partner_id", "in", self.ids)],
            ["evaluation_id"],
            having=[("__count", ">", 1)],
        )
        return self.env["supplier.evaluation"].union(*(run for (run,) in groups))

    def action_open_supplier_scorecard(self):
        """Open the last scorecard of the vendor, or of the company it belongs to."""
        self.ensure_one()
        return self.commercial_partner_id.supplier_scorecard_id.get_formview_action()

    def action_open_supplier_on_time(self):
        """Open the order lines that were counted in the vendor's on-time delivery."""
        self.ensure_one()
        return self.supplier_on_time_line_id.action_open_counted()

    def action_open_odoo_on_time(self):
        """Open Odoo's own on-time report, and say why it differs."""
        self.ensure_one()
        action = open_records(
            self.env,
            "purchase_stock.action_purchase_vendor_delay_report",
            [],
            # What Odoo's own button filters by: its rate is that of a year.
            context={
                "search_default_partner_id": self.id,
                "search_default_later_than_a_year_ago": 1,
            },
            name=self.env._("On-time Delivery, as Odoo counts it"),
        )
        return {
            **action,
            "help": self.env._(
                "Odoo compares all that was received with the expected arrival as it "
                "is now, over a year: a date that was moved afterwards counts as kept, "
                "a return counts as a receipt, and what never came does not count."
            ),
        }

    def action_open_supplier_scorecards(self):
        """Open all scorecards of the vendor."""
        self.ensure_one()
        return open_records(
            self.env,
            "supplier_evaluation.supplier_scorecard_action",
            [("partner_id", "=", self.commercial_partner_id.id), *COUNTED],
        )
