from odoo import api, fields, models

from ...tools.groups import USER_GROUP
from ...tools.optional_numbers import OptionalFloat


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
    supplier_score = OptionalFloat(
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
    supplier_on_time_rate = OptionalFloat(
        string="On Time in the Vendor's Last Scorecard",
        compute="_compute_supplier_on_time",
        compute_sudo=True,
        groups=USER_GROUP,
    )
    supplier_on_time_period = fields.Char(
        compute="_compute_supplier_on_time", compute_sudo=True, groups=USER_GROUP
    )
    # Of no group: Odoo's own rate, which it hides, is shown to more people.
    supplier_has_on_time = fields.Boolean(
        compute="_compute_supplier_on_time", compute_sudo=True
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

    @api.depends("partner_id", "company_id")
    def _compute_supplier_on_time(self):
        """Apart from the grade: lists of orders do not show it."""
        for order in self:
            vendor = order.partner_id.with_company(order.company_id)
            order.supplier_has_on_time = bool(vendor.supplier_on_time_line_id)
            order.supplier_on_time_rate = vendor.supplier_on_time_rate
            order.supplier_on_time_period = vendor.supplier_on_time_period

    def action_open_supplier_on_time(self):
        """Open the order lines that were counted in the vendor's on-time delivery."""
        self.ensure_one()
        vendor = self.partner_id.with_company(self.company_id)
        return vendor.action_open_supplier_on_time()

    def action_open_supplier_scorecard(self):
        """Open the vendor's last published scorecard."""
        self.ensure_one()
        return self.supplier_scorecard_id.get_formview_action()
