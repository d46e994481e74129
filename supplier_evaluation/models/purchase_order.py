from odoo import api, fields, models

from .res_partner import USER_GROUP


class PurchaseOrder(models.Model):
    _inherit = "purchase.order"

    supplier_grade_id = fields.Many2one(
        "supplier.grade",
        compute="_compute_supplier_grade",
        compute_sudo=True,
        groups=USER_GROUP,
        help="Grade of the vendor in its last published scorecard.",
    )
    supplier_grade_color = fields.Integer(
        compute="_compute_supplier_grade", compute_sudo=True, groups=USER_GROUP
    )
    supplier_score = fields.Float(
        compute="_compute_supplier_grade",
        compute_sudo=True,
        digits=(16, 2),
        groups=USER_GROUP,
    )
    supplier_score_provisional = fields.Boolean(
        compute="_compute_supplier_grade", compute_sudo=True, groups=USER_GROUP
    )
    supplier_scorecard_id = fields.Many2one(
        "supplier.scorecard",
        compute="_compute_supplier_grade",
        compute_sudo=True,
        groups=USER_GROUP,
    )

    promise_change_ids = fields.One2many(
        "supplier.promise.change",
        "order_id",
        string="Promise Changes",
        readonly=True,
        groups=USER_GROUP,
    )

    supplier_incident_count = fields.Integer(
        string="Incidents",
        compute="_compute_supplier_incident_count",
        groups=USER_GROUP,
    )

    @api.depends("partner_id", "company_id")
    def _compute_supplier_grade(self):
        for order in self:
            vendor = order.partner_id.commercial_partner_id.with_company(
                order.company_id
            )
            order.supplier_grade_id = vendor.supplier_grade_id
            order.supplier_grade_color = vendor.supplier_grade_id.color
            order.supplier_score = vendor.supplier_score
            order.supplier_score_provisional = vendor.supplier_score_provisional
            order.supplier_scorecard_id = vendor.supplier_scorecard_id

    def _compute_supplier_incident_count(self):
        counts = self.env["supplier.incident"]._count_by("order_id", self)
        for order in self:
            order.supplier_incident_count = counts.get(order, 0)

    def write(self, vals):
        result = super().write(vals)
        if vals.get("state") == "purchase":
            self.order_line._freeze_promise()
        return result

    def action_change_promise(self):
        """Change the promise of the order's lines, with a reason."""
        return self.order_line.filtered("date_promised").action_change_promise()

    def action_open_supplier_scorecard(self):
        """Open the vendor's last published scorecard."""
        self.ensure_one()
        return self.supplier_scorecard_id.get_formview_action()

    def action_report_supplier_incident(self):
        """Open a new incident about the order."""
        self.ensure_one()
        return self.env["supplier.incident"]._action_report(
            **self._supplier_incident_defaults()
        )

    def action_open_supplier_incidents(self):
        """Open the incidents of the order."""
        self.ensure_one()
        return self.env["supplier.incident"]._action_list(
            [("order_id", "=", self.id)], **self._supplier_incident_defaults()
        )

    def _supplier_incident_defaults(self):
        lines = self.order_line.filtered("product_id")
        return {
            "company_id": self.company_id.id,
            "partner_id": self.partner_id.id,
            "order_id": self.id,
            "purchase_line_id": lines.id if len(lines) == 1 else False,
        }
