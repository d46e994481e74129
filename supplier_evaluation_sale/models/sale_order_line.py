from odoo import api, fields, models

from odoo.addons.supplier_evaluation.tools.groups import USER_GROUP


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

    @api.depends(
        "company_id",
        "move_ids.created_purchase_line_ids",
        "product_id",
        "purchase_line_ids",
    )
    def _compute_supplier_grade(self):
        for line in self:
            supplier = line._goods_supplier().with_company(line.company_id)
            line.supplier_grade_id = supplier.supplier_grade_id
            line.supplier_grade_color = supplier.supplier_grade_id.color
            line.supplier_score_provisional = supplier.supplier_score_provisional

    def _goods_supplier(self):
        """Return who delivers the goods of the line, empty if nobody is known."""
        self.ensure_one()
        bought = self.purchase_line_ids | self.move_ids.created_purchase_line_ids
        bought = bought.filtered(lambda line: line.state != "cancel").sorted("id")
        if bought:
            return bought[-1].partner_id.commercial_partner_id
        offers = self.product_id.seller_ids.filtered(
            lambda offer: (
                offer.company_id <= self.company_id
                and offer.product_id <= self.product_id
            )
        )
        return offers[:1].partner_id.commercial_partner_id
