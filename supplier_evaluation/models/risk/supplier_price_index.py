from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

from ...tools.actions import open_dialog
from ...tools.periods import month_label
from .rows import Refused, RowReader, clean


class SupplierPriceIndex(models.Model):
    """What the market of a product or a category stood at in a month.

    Only the change between two months is read, so any base will do: 2020 = 100, or
    money for a tonne.
    """

    _name = "supplier.price.index"
    _inherit = ["supplier.risk.intake.mixin"]
    _description = "Market Price Index"
    _order = "month desc, source, id"
    _check_company_auto = True

    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company, index=True
    )
    product_id = fields.Many2one(
        "product.product", check_company=True, ondelete="cascade", index=True
    )
    categ_id = fields.Many2one(
        "product.category",
        string="Product Category",
        ondelete="cascade",
        index=True,
        help="Its subcategories follow it, where they have no index of their own.",
    )
    month = fields.Date(
        required=True,
        default=lambda self: fields.Date.context_today(self).replace(day=1),
        help="Any day of the month will do.",
    )
    value = fields.Float(
        string="Index",
        required=True,
        digits=(16, 4),
        aggregator="avg",
        help="On whatever base the source has; it must not change on the way.",
    )
    source = fields.Char(
        required=True,
        default=lambda self: self.env._("By hand"),
        help="Exchange, statistics office or paper that publishes it.",
    )
    external_ref = fields.Char(
        string="Reference at the Source", copy=False, help="Its code there."
    )

    _series_uniq = models.UniqueIndex(
        "(company_id, source, COALESCE(product_id, 0), COALESCE(categ_id, 0), month)",
        "This source has an index of this month already: change that one.",
    )
    _of_one_thing = models.Constraint(
        "CHECK ((product_id IS NULL) != (categ_id IS NULL))",
        "An index is of a product or of a category: choose one of them.",
    )
    _value_positive = models.Constraint(
        "CHECK (value > 0)", "An index is above 0: enter what the source says."
    )

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._to_month(vals)
        return super().create(vals_list)

    def write(self, vals):
        self._to_month(vals)
        return super().write(vals)

    @api.model
    def _to_month(self, vals):
        """Keep the first day of the month."""
        if vals.get("month"):
            vals["month"] = fields.Date.to_date(vals["month"]).replace(day=1)

    @api.constrains("month")
    def _check_month(self):
        for index in self:
            if index.month.day != 1:
                raise ValidationError(
                    self.env._("An index is of a month: enter its first day.")
                )

    @api.depends("product_id", "categ_id", "month")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for index in self:
            of = index.product_id or index.categ_id
            month = month_label(self.env, index.month)
            index.display_name = " ".join(filter(None, (of.display_name, month)))

    @api.model
    def action_import(self):
        """Open the dialog that takes indices from a file."""
        return open_dialog(
            "supplier.risk.import",
            self.env._("Import Price Indices"),
            {"res_model": self._name},
        )

    # ------------------------------------------------------------
    # Many at once
    # ------------------------------------------------------------

    @api.model
    def _intake_keys(self):
        return {
            "product": (
                self.env._("Product"),
                self.env._("Internal reference or barcode. Or a category."),
                False,
            ),
            "category": (
                self.env._("Category"),
                self.env._("Its name, or its whole path as in Odoo. Or a product."),
                False,
            ),
            "month": (
                self.env._("Month"),
                self.env._("As 2026-03, or any day of it."),
                True,
            ),
            "value": (self.env._("Index"), self.env._("Above 0, with a point."), True),
            "reference": (
                self.env._("Reference"),
                self.env._("Its code at the source."),
                False,
            ),
        }

    @api.model
    def _intake_reader(self, source, rows, company):
        reader = RowReader(self.env, self._intake_keys())
        products = self._by_names(rows, "product", company)
        categories = self._by_names(rows, "category", company)

        def read(row):
            reader.check_keys(row)
            of = self._row_subject(reader, row, products, categories)
            for key in ("month", "value"):
                reader.needed(row, key)
            month = row["month"]
            if isinstance(month, str) and len(month.strip()) == 7:
                month = f"{month.strip()}-01"
            value = reader.number(row, "value")
            if value <= 0:
                raise Refused(
                    self.env._("The index is not above 0."),
                    self.env._("Enter what the source says."),
                )
            vals = {
                **of,
                "company_id": company.id,
                "source": source,
                "month": reader.day({"month": month}, "month").replace(day=1),
                "value": value,
            }
            if "reference" in row:
                vals["external_ref"] = reader.text(row, "reference")
            return self._name, vals

        return read

    def _by_names(self, rows, key, company):
        """Return ``{text: records}`` of what rows name."""
        said = [str(row.get(key) or "") for row in rows if type(row) is dict]
        texts = {clean(text).strip() for text in said}
        names = ["default_code", "barcode"] if key == "product" else ["complete_name"]
        names += [] if key == "product" else ["name"]
        model = "product.product" if key == "product" else "product.category"
        domain = Domain.OR(Domain(name, "in", sorted(texts - {""})) for name in names)
        if key == "product":
            domain &= Domain("company_id", "in", [False, company.id])
        found, records = {}, self.env[model].search(domain)
        for name in names:
            by_name = records.filtered(name).grouped(name)
            found = {**by_name, **found}
        return found

    def _row_subject(self, reader, row, products, categories):
        """Return the product or the category of a row, as values."""
        product, category = (reader.text(row, key) for key in ("product", "category"))
        if bool(product) == bool(category):
            raise Refused(
                self.env._("A row names a product or a category, and one of them."),
                self.env._("Fill in one of the two columns."),
            )
        known = products if product else categories
        found = known.get(product or category, ())
        if len(found) != 1:
            raise Refused(
                self.env._("Several are called “%s”.", product or category)
                if found
                else self.env._("Nothing is called “%s”.", product or category),
                self.env._(
                    "Write the internal reference of a product, or the whole path of "
                    "a category, as Odoo shows it."
                ),
            )
        return {
            "product_id": found.id if product else False,
            "categ_id": found.id if category else False,
        }

    @api.model
    def _intake_key(self, vals):
        return (vals["product_id"], vals["categ_id"], vals["month"])

    @api.model
    def _intake_known(self, vals_list):
        found = self.search(
            [
                ("company_id", "=", vals_list[0]["company_id"]),
                ("source", "=", vals_list[0]["source"]),
                ("month", "in", list({vals["month"] for vals in vals_list})),
            ]
        )
        return {(one.product_id.id, one.categ_id.id, one.month): one for one in found}
