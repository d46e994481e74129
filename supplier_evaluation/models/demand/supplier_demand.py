from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import SQL

from ...tools.actions import open_records
from ...tools.optional_numbers import OptionalFloat
from ...tools.periods import month_label


class SupplierDemand(models.Model):
    """What we expect to need of a product in a month, and from whom.

    A plan, and no order. What its supplier was told of it is in ``sharing.py``.
    """

    _name = "supplier.demand"
    _inherit = [
        "mail.thread",
        "supplier.guard.mixin",
        "supplier.optional.numbers.mixin",
    ]
    _description = "Expected Demand"
    _order = "month, partner_id, product_id, id"
    _rec_names_search = ("product_id", "partner_id")
    _check_company_auto = True

    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company, index=True
    )
    product_id = fields.Many2one(
        "product.product",
        required=True,
        check_company=True,
        domain="[('purchase_ok', '=', True)]",
        ondelete="restrict",
        index=True,
    )
    partner_id = fields.Many2one(
        "res.partner",
        string="Supplier",
        compute="_compute_partner_id",
        compute_sudo=False,  # the context of whoever enters it counts
        store=True,
        readonly=False,
        precompute=True,
        check_company=True,
        ondelete="restrict",
        index=True,
        help="The first vendor of the product, unless another one is chosen.",
    )
    month = fields.Date(
        required=True,
        default=lambda self: self._next_month(),
        index=True,
        help="Any day of the month will do.",
    )
    quantity = OptionalFloat(
        required=True,
        digits="Product Unit",
        tracking=True,
        help="How much of the product we expect to need in the month. 0: nothing.",
    )
    uom_id = fields.Many2one(
        "uom.uom",
        string="Unit",
        compute="_compute_uom_id",
        store=True,
        precompute=True,
        ondelete="restrict",
        help="The product's own unit when the demand was entered.",
    )
    source = fields.Selection(
        selection=[
            ("entered", "Entered by hand"),
            ("imported", "Imported"),
            ("forecast", "Forecast"),
        ],
        required=True,
        readonly=True,
        copy=False,
        default=lambda self: self._default_source(),
        help="A forecast that somebody changes is entered by hand.",
    )
    note = fields.Char(help="For us only: the supplier does not see it.")
    active = fields.Boolean(default=True)

    _month_uniq = models.Constraint(
        "UNIQUE(company_id, partner_id, product_id, month)",
        "There is a demand of this product, supplier and month already, perhaps an "
        "archived one: change that one.",
    )
    _of_a_supplier = models.Constraint(
        "CHECK (partner_id IS NOT NULL)",
        "The product has no vendor: choose the supplier of the demand.",
    )
    _first_day = models.Constraint(
        "CHECK (EXTRACT(DAY FROM month) = 1)",
        "A demand is of a month: enter its first day.",
    )
    _quantity_not_negative = models.Constraint(
        "CHECK (quantity >= 0)",
        "Enter how much is needed as a positive number, or 0 for nothing.",
    )

    # ------------------------------------------------------------
    # Defaults, constraints, computes
    # ------------------------------------------------------------

    def _next_month(self):
        today = fields.Date.context_today(self)
        return today.replace(day=1) + relativedelta(months=1)

    @api.model
    def _entered_vals(self):
        """Return what a forecast becomes that somebody changes."""
        return {"source": self._default_source()}

    def _default_source(self):
        return "imported" if self.env.context.get("import_file") else "entered"

    @api.model
    def _guarded_fields(self):
        return super()._guarded_fields() | {"source", "uom_id"}

    @api.constrains("product_id")
    def _check_purchasable(self):
        for demand in self:
            if not demand.product_id.purchase_ok:
                raise ValidationError(
                    self.env._(
                        "%s is not bought: choose a product that is, or tick "
                        "“Purchase” on it.",
                        demand.product_id.display_name,
                    )
                )

    @api.depends("product_id", "month")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for demand in self:
            month = month_label(self.env, demand.month)
            name = demand.product_id.display_name
            demand.display_name = " ".join(filter(None, (name, month)))

    @api.depends("product_id", "company_id")
    def _compute_partner_id(self):
        """Take the first vendor; who supplies the product already is kept, and who
        was chosen before the product.
        """
        chosen = self.env.context.get("default_partner_id")
        for demand in self:
            # In a form, records stand for those that are chosen there.
            partner = demand.partner_id._origin
            vendors = self._vendors(demand.product_id._origin, demand.company_id)
            if partner in vendors or (chosen and partner.id == chosen):
                continue
            demand.partner_id = vendors[:1] or partner

    @api.model
    def _vendors(self, product, company):
        """Return whoever offers a product to a company today, the first one first."""
        if not product:
            return self.env["res.partner"]
        today = fields.Date.context_today(self)
        offers = product.sudo().with_company(company)._prepare_sellers()
        return offers.filtered(
            lambda one: not one.date_end or one.date_end >= today
        ).partner_id.commercial_partner_id.sudo(False)

    # The product's unit may change later; what is entered stays what it was.
    @api.depends("product_id")
    def _compute_uom_id(self):
        for demand in self:
            demand.uom_id = demand.product_id.uom_id

    # ------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        vals_list = [self._clean(vals) for vals in vals_list]
        # Whole tables are entered: only what becomes of them later is logged.
        quiet = self.with_context(mail_create_nolog=True, mail_create_nosubscribe=True)
        return super(SupplierDemand, quiet).create(vals_list).with_env(self.env)

    def write(self, vals):
        vals = self._clean(vals)
        forecasts = self.filtered(lambda demand: demand.source == "forecast")
        result = super().write(vals)
        if "quantity" in vals and not self._is_unguarded():
            forecasts._write_guarded(self._entered_vals())
        return result

    def copy_data(self, default=None):
        """A copy is of the month after."""
        default = default or {}
        return [
            vals
            if "month" in default or "company_id" in default
            else {**vals, "month": demand.month + relativedelta(months=1)}
            for demand, vals in zip(self, super().copy_data(default), strict=True)
        ]

    @api.model
    def _clean(self, vals):
        """Take the first day of a month, and the company that a contact belongs to.

        :return: the values, changed in a copy
        """
        vals = {**vals}
        if vals.get("month"):
            vals["month"] = fields.Date.to_date(vals["month"]).replace(day=1)
        if vals.get("partner_id"):
            partner = self.env["res.partner"].browse(vals["partner_id"])
            vals["partner_id"] = partner.commercial_partner_id.id
        return vals

    def _read_group_select(self, aggregate_spec, query):
        """Never add up different units: such a sum is empty."""
        if aggregate_spec != "quantity:sum":
            return super()._read_group_select(aggregate_spec, query)
        quantity, unit = (
            self._field_to_sql(self._table, name, query)
            for name in ("quantity", "uom_id")
        )
        return SQL("CASE WHEN COUNT(DISTINCT %s) = 1 THEN SUM(%s) END", unit, quantity)

    @api.model
    def _action_list(self, domain, **context):
        return open_records(
            self.env, "supplier_evaluation.supplier_demand_action", domain, context
        )
