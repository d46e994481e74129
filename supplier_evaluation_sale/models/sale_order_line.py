from odoo import api, fields, models

from odoo.addons.supplier_evaluation.tools.groups import USER_GROUP
from odoo.addons.supplier_evaluation.tools.optional_numbers import OptionalFloat


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    supplier_grade_id = fields.Many2one(
        "supplier.grade",
        compute="_compute_supplier_grade",
        compute_sudo=True,
        groups=USER_GROUP,
        help="Grade of the supplier in its last published scorecard: of the one where "
        "the goods are ordered for this line, or else of the product's first vendor.",
    )
    supplier_grade_color = fields.Integer(
        compute="_compute_supplier_grade", compute_sudo=True, groups=USER_GROUP
    )
    supplier_score_provisional = fields.Boolean(
        compute="_compute_supplier_grade", compute_sudo=True, groups=USER_GROUP
    )

    supplier_late_probability = OptionalFloat(
        string="Probability That the Goods Come Late",
        compute="_compute_supplier_late",
        compute_sudo=True,
        groups=USER_GROUP,
    )
    supplier_late_days = OptionalFloat(
        string="Goods Expected Days Late",
        digits=(16, 1),
        compute="_compute_supplier_late",
        compute_sudo=True,
        groups=USER_GROUP,
    )
    supplier_late_text = fields.Char(
        string="Goods Expected Late",
        compute="_compute_supplier_late",
        compute_sudo=True,
        groups=USER_GROUP,
        help="How probable it is that what was ordered for this line comes late. Of "
        "several purchase order lines, the one that is most so. Computed by night; "
        "empty where the goods are there, or nothing was ordered for the line.",
    )

    @api.depends(
        "company_id",
        "move_ids.created_purchase_line_ids",
        "product_id",
        "purchase_line_ids",
    )
    def _compute_supplier_grade(self):
        self._read_bought()
        for line in self:
            supplier = line._goods_supplier().with_company(line.company_id)
            line.supplier_grade_id = supplier.supplier_grade_id
            line.supplier_grade_color = supplier.supplier_grade_id.color
            line.supplier_score_provisional = supplier.supplier_score_provisional

    @api.depends(
        "move_ids.created_purchase_line_ids.late_forecast_ids.probability",
        "move_ids.created_purchase_line_ids.late_forecast_ids.expected_days",
        "purchase_line_ids.late_forecast_ids.probability",
        "purchase_line_ids.late_forecast_ids.expected_days",
    )
    def _compute_supplier_late(self):
        self._read_bought()
        for line in self:
            worst = line._bought().late_forecast_ids.sorted("probability")[-1:]
            line.supplier_late_probability = worst.probability if worst else False
            line.supplier_late_days = worst.expected_days if worst else False
            line.supplier_late_text = (
                f"{100 * worst.probability:.0f} %" if worst else False
            )

    def _read_bought(self):
        """Read for all lines at once what is asked of each one."""
        bought = self.purchase_line_ids | self.move_ids.created_purchase_line_ids
        bought.mapped("state")
        bought.partner_id.commercial_partner_id.mapped("display_name")
        bought.late_forecast_ids.mapped("probability")
        self.product_id.seller_ids.partner_id.mapped("commercial_partner_id")

    def _bought(self):
        """Return what was ordered for the line and not cancelled, in its order."""
        self.ensure_one()
        bought = self.purchase_line_ids | self.move_ids.created_purchase_line_ids
        return bought.filtered(lambda line: line.state != "cancel").sorted("id")

    def _goods_supplier(self):
        """Return who delivers the goods of the line, empty if nobody is known."""
        self.ensure_one()
        if bought := self._bought():
            return bought[-1].partner_id.commercial_partner_id
        offers = self.product_id.seller_ids.filtered(
            lambda offer: (
                offer.company_id <= self.company_id
                and offer.product_id <= self.product_id
            )
        )
        return offers[:1].partner_id.commercial_partner_id
