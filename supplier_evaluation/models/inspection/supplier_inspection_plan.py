from math import ceil

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import float_round

from .sampling import LEVELS, sample_of


class SupplierInspectionPlan(models.Model):
    """What is checked of a product, or of all products of a category, and how much."""

    _name = "supplier.inspection.plan"
    _inherit = ["supplier.guard.mixin", "supplier.used.mixin"]
    _description = "Inspection Plan"
    _order = "name, id"
    _check_company_auto = True

    name = fields.Char(required=True)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company, index=True
    )
    product_id = fields.Many2one(
        "product.product",
        check_company=True,
        ondelete="restrict",
        index="btree_not_null",
    )
    categ_id = fields.Many2one(
        "product.category",
        string="Product Category",
        ondelete="restrict",
        index="btree_not_null",
        help="All its products, with those of its subcategories, which have no plan of "
        "their own.",
    )
    is_automatic = fields.Boolean(
        string="At Each Receipt",
        default=True,
        help="An inspection is made when goods are received. Without it, somebody asks "
        "for one on the receipt.",
    )
    user_id = fields.Many2one(
        "res.users",
        string="Inspector",
        check_company=True,
        domain="[('share', '=', False)]",
        help="Who checks. Empty: whoever begins.",
    )
    sample_kind = fields.Selection(
        selection=[
            ("all", "All of it"),
            ("fixed", "A fixed quantity"),
            ("percent", "A share of it"),
            ("aql", "By ISO 2859-1"),
        ],
        string="Sample",
        required=True,
        default="all",
        help="How much of what came is checked. ISO 2859-1: single sampling, normal "
        "inspection, general level II.",
    )
    sample_quantity = fields.Float(
        digits="Product Unit", help="In the product's own unit of measure."
    )
    sample_percent = fields.Float(string="Sample (%)", digits=(5, 2))
    sample_level = fields.Selection(
        selection=[(level, f"{level} %") for level in LEVELS],
        string="Acceptable Quality Level",
    )
    accept_number = fields.Float(
        string="Bad Parts That Pass",
        digits="Product Unit",
        help="With more than these in the sample, the lot is rejected. ISO 2859-1 says "
        "it itself.",
    )
    line_ids = fields.One2many(
        "supplier.inspection.plan.line", "plan_id", string="Characteristics", copy=True
    )

    _of_one_thing = models.Constraint(
        "CHECK ((product_id IS NULL) != (categ_id IS NULL))",
        "A plan is about a product or a category: choose one of them.",
    )
    _thing_uniq = models.UniqueIndex(
        "(company_id, COALESCE(product_id, 0), COALESCE(categ_id, 0)) WHERE active",
        "There is an inspection plan of this product or category already. Change that "
        "one.",
    )
    _numbers_fit = models.Constraint(
        "CHECK (accept_number >= 0 AND sample_quantity >= 0"
        " AND sample_percent BETWEEN 0 AND 100)",
        "Enter the quantities of the sample as positive numbers, and its share between "
        "0 and 100 %.",
    )

    @api.constrains("sample_kind", "sample_quantity", "sample_percent", "sample_level")
    def _check_sample(self):
        needed = {
            "fixed": "sample_quantity",
            "percent": "sample_percent",
            "aql": "sample_level",
        }
        for plan in self:
            name = needed.get(plan.sample_kind)
            if name and not plan[name]:
                raise ValidationError(
                    self.env._(
                        "Enter “%(field)s” of %(plan)s: it says how much is checked.",
                        field=self._fields[name]._description_string(self.env),
                        plan=plan.display_name,
                    )
                )

    def _sample(self, lot, unit):
        """Return ``(quantity to check, bad parts that pass)`` of what came.

        :param float lot: in the product's own unit
        :param unit: that unit; no less than its rounding is checked
        """
        self.ensure_one()
        if self.sample_kind == "aql":
            size, accepted = sample_of(max(1, ceil(lot)), self.sample_level)
            return min(size, lot), accepted
        size = {
            "fixed": self.sample_quantity,
            "percent": lot * self.sample_percent / 100,
        }.get(self.sample_kind, lot)
        rounded = float_round(
            size, precision_rounding=unit.rounding, rounding_method="UP"
        )
        return min(rounded, lot), self.accept_number

    @api.model
    def _plans_of(self, products, company):
        """Return the plan of each product that has one: its own before its category's.

        The nearest category with a plan counts. Asks once for all products.

        :rtype: dict
        """
        plans = self.search([("company_id", "=", company.id)])
        of_product = {plan.product_id: plan for plan in plans if plan.product_id}
        of_category = {plan.categ_id.id: plan for plan in plans if plan.categ_id}
        found = {}
        for product in products:
            path = (product.categ_id.parent_path or "").split("/")
            way = [int(part) for part in reversed(path) if part]
            nearest = next(
                (of_category[one] for one in way if one in of_category), None
            )
            plan = of_product.get(product) or nearest
            if plan:
                found[product] = plan
        return found
