from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...tools.optional_numbers import OptionalFloat, OptionalInteger


class SupplierContractLine(models.Model):
    """What is agreed of one product, or of all products of a category.

    What it costs on a day is in ``pricing.py``, how much of it was ordered in
    ``usage.py``.
    """

    _name = "supplier.contract.line"
    _inherit = ["supplier.guard.mixin", "supplier.optional.numbers.mixin"]
    _description = "Supplier Contract Line"
    _order = "contract_id, sequence, id"
    _check_company_auto = True

    contract_id = fields.Many2one(
        "supplier.contract", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="contract_id.company_id", store=True)
    currency_id = fields.Many2one(related="contract_id.currency_id")
    state = fields.Selection(related="contract_id.state")
    sequence = fields.Integer(default=10)
    product_id = fields.Many2one(
        "product.product", check_company=True, ondelete="restrict", index=True
    )
    categ_id = fields.Many2one(
        "product.category",
        string="Product Category",
        ondelete="restrict",
        index="btree_not_null",
        help="All its products, with those of its subcategories, which have no line of "
        "their own.",
    )
    uom_id = fields.Many2one(
        "uom.uom",
        string="Unit",
        compute="_compute_uom_id",
        store=True,
        readonly=False,
        precompute=True,
        ondelete="restrict",
        help="Of the price and the quantity.",
    )
    price_kind = fields.Selection(
        selection=[
            ("none", "No price"),
            ("fixed", "Fixed"),
            ("index", "By a price index"),
        ],
        string="Kind of Price",
        required=True,
        default="fixed",
    )
    price = OptionalFloat(
        min_display_digits="Product Price",
        help="Of one unit, without tax, after discount. With an index: the price in "
        "the month of the index that it begins with.",
    )
    index_id = fields.Many2one(
        "supplier.price.index",
        string="Index to Begin With",
        check_company=True,
        ondelete="restrict",
        index="btree_not_null",
        help="The price index of the month in which the price was agreed. The price "
        "follows later months of the same source.",
    )
    index_base = OptionalFloat(
        string="Index at the Beginning",
        digits=(16, 4),
        compute="_compute_index_base",
        store=True,
        precompute=True,
        help="As it was when the contract was submitted.",
    )
    index_share = fields.Float(
        string="Share of the Change (%)",
        digits=(5, 2),
        default=100,
        help="How much of a change of the index the price follows.",
    )
    quantity = OptionalFloat(
        string="Agreed Quantity",
        digits="Product Unit",
        help="In the time of the contract; empty: any.",
    )
    lead_time = OptionalInteger(
        string="Lead Time (days)", help="From the order to the receipt."
    )
    defect_percent = OptionalFloat(
        string="Defects at Most (%)",
        digits=(5, 2),
        help="How much of the received quantity may be faulty.",
    )
    penalty_percent = OptionalFloat(
        string="Penalty a Day (%)",
        digits=(5, 2),
        help="Of the worth of an order line, for each day that it comes late.",
    )
    penalty_max_percent = OptionalFloat(
        string="Penalty at Most (%)",
        digits=(5, 2),
        help="Of the worth of an order line; empty: 100 %.",
    )

    _of_one_thing = models.Constraint(
        "CHECK ((product_id IS NULL) != (categ_id IS NULL))",
        "A line is about a product or a category: choose one of them.",
    )
    _thing_uniq = models.UniqueIndex(
        "(contract_id, COALESCE(product_id, 0), COALESCE(categ_id, 0))",
        "The contract has a line of this product or category already.",
    )
    _numbers_not_negative = models.Constraint(
        "CHECK (quantity > 0 AND lead_time >= 0 AND index_share >= 0)",
        "Enter quantity, lead time and share as positive numbers.",
    )
    _percents_of_hundred = models.Constraint(
        "CHECK (defect_percent BETWEEN 0 AND 100 AND penalty_percent BETWEEN 0 AND 100"
        " AND penalty_max_percent BETWEEN 0 AND 100)",
        "Defects and penalties are between 0 and 100 %.",
    )

    # ------------------------------------------------------------
    # Constraints
    # ------------------------------------------------------------

    @api.constrains("price_kind", "price", "index_id", "uom_id")
    def _check_price(self):
        for line in self:
            if line.price_kind == "none":
                continue
            if not line.price or line.price < 0:
                raise ValidationError(
                    self.env._(
                        "Enter the price of %s, above 0, or choose that no price is "
                        "agreed.",
                        line.display_name,
                    )
                )
            if line.price_kind == "index" and not line.index_id:
                raise ValidationError(
                    self.env._(
                        "Choose the price index that the price of %s begins with.",
                        line.display_name,
                    )
                )

    @api.constrains("uom_id", "product_id", "price_kind", "quantity")
    def _check_unit(self):
        for line in self:
            if not line.uom_id and (line.quantity or line.price_kind != "none"):
                raise ValidationError(
                    self.env._(
                        "Choose the unit of the price and the quantity of %s.",
                        line.display_name,
                    )
                )
            own = line.product_id.uom_id
            if own and line.uom_id and not own._has_common_reference(line.uom_id):
                raise ValidationError(
                    self.env._(
                        "%(product)s is counted in %(own)s, which cannot be turned "
                        "into %(unit)s: choose another unit.",
                        product=line.product_id.display_name,
                        own=own.name,
                        unit=line.uom_id.name,
                    )
                )

    # ------------------------------------------------------------
    # Computes
    # ------------------------------------------------------------

    @api.depends("product_id", "categ_id")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for line in self:
            line.display_name = (line.product_id or line.categ_id).display_name

    @api.depends("product_id")
    def _compute_uom_id(self):
        for line in self:
            line.uom_id = line.uom_id or line.product_id.uom_id

    # Not by its value: what was agreed stays, also when the source corrects it.
    @api.depends("index_id")
    def _compute_index_base(self):
        for line in self:
            line.index_base = line.index_id.value or False

    # ------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------

    @api.model
    def _guarded_fields(self):
        return super()._guarded_fields() | {"company_id", "index_base"}

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        lines._changed()
        return lines

    def write(self, vals):
        self._changed()
        result = super().write(vals)
        # It may be of another contract now.
        self._changed()
        return result

    # Any client can say that the add-on is being uninstalled.
    @api.ondelete(at_uninstall=True)
    def _unlink_from_draft(self):
        self._changed()

    def _changed(self):
        """Refuse it unless the contract is a draft, and note who did it.

        :raises UserError: the contract is no draft
        """
        if self._is_unguarded():
            return
        contracts = self.contract_id
        contracts._check_open()
        contracts._content_changed()

    def _keep_index_base(self):
        """Keep what the index says when the contract is submitted."""
        for line in self.filtered("index_id"):
            line.sudo()._write_guarded({"index_base": line.index_id.value})

    def _thing(self):
        """Return what it is about: the ids of product and category, one is False."""
        self.ensure_one()
        return self.product_id.id, self.categ_id.id
