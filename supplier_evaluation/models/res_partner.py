from odoo import fields, models

USER_GROUP = "supplier_evaluation.group_supplier_evaluation_user"


class ResPartner(models.Model):
    _inherit = "res.partner"

    supplier_tier_id = fields.Many2one(
        "supplier.tier",
        string="Supplier Tier",
        company_dependent=True,
        groups=USER_GROUP,
    )
    supplier_score = fields.Float(
        company_dependent=True,
        readonly=True,
        groups=USER_GROUP,
        digits=(16, 2),
        aggregator="avg",
        help="Score in the last published scorecard, 0 to 100.",
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
        groups=USER_GROUP,
    )
    supplier_scorecard_count = fields.Integer(
        compute="_compute_supplier_scorecard_count",
        groups=USER_GROUP,
    )

    @property
    def _order(self):
        """Offer the best suppliers first where a vendor is chosen."""
        order = super()._order
        if self.env.context.get(
            "res_partner_search_mode"
        ) == "supplier" and self.env.user.has_group(USER_GROUP):
            return f"supplier_score DESC NULLS LAST, {order}"
        return order

    def _compute_supplier_scorecard_count(self):
        counts = dict(
            self.env["supplier.scorecard"]._read_group(
                [("partner_id", "in", self.ids)], ["partner_id"], ["__count"]
            )
        )
        for partner in self:
            partner.supplier_scorecard_count = counts.get(partner, 0)

    def action_open_supplier_scorecard(self):
        """Open the last scorecard of the vendor, or of the company it belongs to."""
        self.ensure_one()
        return self.commercial_partner_id.supplier_scorecard_id.get_formview_action()

    def action_open_supplier_scorecards(self):
        """Open all scorecards of the vendor."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "supplier_evaluation.supplier_scorecard_action"
        )
        return {
            **action,
            "domain": [("partner_id", "=", self.commercial_partner_id.id)],
            "context": {},
        }
