from odoo import api, fields, models

from ...tools.groups import USER_GROUP
from ...tools.optional_numbers import OptionalFloat
from .standing import VendorGate
from .verdict import LEVELS


class ProductSupplierinfo(models.Model):
    """How good the vendors of a product are, and who of them is blocked."""

    _inherit = "product.supplierinfo"

    supplier_grade_id = fields.Many2one(
        "supplier.grade",
        string="Grade",
        compute="_compute_supplier_grade",
        groups=USER_GROUP,
        help="Grade of the vendor in its last published scorecard.",
    )
    supplier_grade_color = fields.Integer(
        compute="_compute_supplier_grade", groups=USER_GROUP
    )
    supplier_score_provisional = fields.Boolean(
        compute="_compute_supplier_grade", groups=USER_GROUP
    )
    supplier_has_on_time = fields.Boolean(
        compute="_compute_supplier_grade", groups=USER_GROUP
    )
    supplier_on_time_rate = OptionalFloat(
        string="On Time (%)",
        compute="_compute_supplier_grade",
        digits=(16, 0),
        groups=USER_GROUP,
        help="On-time delivery of the vendor in its last published scorecard.",
    )
    supplier_gate_level = fields.Selection(
        selection=LEVELS,
        string="Policy",
        compute="_compute_supplier_gate_level",
        groups=USER_GROUP,
        help="What the purchase policies say of an order of this product there.",
    )

    @api.depends("partner_id", "company_id")
    @api.depends_context("company")
    def _compute_supplier_grade(self):
        by_company = self.grouped(lambda one: one.company_id or self.env.company)
        for company, prices in by_company.items():
            for price in prices:
                vendor = price.partner_id.commercial_partner_id.with_company(company)
                price.supplier_grade_id = vendor.supplier_grade_id
                price.supplier_grade_color = vendor.supplier_grade_id.color
                price.supplier_score_provisional = vendor.supplier_score_provisional
                price.supplier_has_on_time = bool(vendor.supplier_on_time_line_id)
                price.supplier_on_time_rate = vendor.supplier_on_time_rate

    @api.depends("partner_id", "company_id", "product_tmpl_id.categ_id")
    @api.depends_context("company", "uid")
    def _compute_supplier_gate_level(self):
        for company, prices in self._by_buying_company():
            gate = VendorGate(prices.partner_id, company)
            for price in prices:
                vendor, category = price.partner_id, price.product_tmpl_id.categ_id
                level = vendor and gate.standing(vendor, category).level
                price.supplier_gate_level = level or False

    def _by_buying_company(self):
        """Return the prices by the company that buys at them.

        A branch buys at the prices of the companies above it.
        """
        own = self.env.company
        above = own.sudo().parent_ids.ids

        def buyer_of(price):
            return own if price.company_id.id in (False, *above) else price.company_id

        return self.grouped(buyer_of).items()

    def _get_untaxed_price(self, product, company):
        """Return what a unit of the product costs, after discount and without tax.

        Odoo's discounted price is that of the product's own unit, whatever the unit of
        the list is. It has the tax inside that the product has.

        :return: in the currency of the list
        """
        self.ensure_one()
        taxes = product.sudo().supplier_taxes_id.filtered(
            lambda tax: tax.company_id == company and tax.price_include
        )
        if not taxes:
            return self.price_discounted
        return taxes.with_context(round_base=False).compute_all(
            self.price_discounted, rounding_method="round_globally"
        )["total_excluded"]
