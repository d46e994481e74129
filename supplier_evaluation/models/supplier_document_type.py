from odoo import api, fields, models


class SupplierDocumentType(models.Model):
    """A kind of licence or certificate, and which suppliers must have it."""

    _name = "supplier.document.type"
    _description = "Supplier Document Type"
    _order = "sequence, name, id"

    name = fields.Char(required=True, translate=True)
    code = fields.Char(
        required=True, copy=False, help="Short technical name, unique and lasting."
    )
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    description = fields.Text(
        translate=True, help="What it proves, who issues it, what to look at."
    )
    needs_expiry = fields.Boolean(
        string="Has an Expiry Date",
        help="A document of this type must say until when it is valid. Without it, "
        "an empty expiry date means that it is valid without end.",
    )
    is_required = fields.Boolean(
        string="Required",
        help="Suppliers must have a valid document of this type: all of them, or "
        "those that every filled-in condition below fits.",
    )
    tier_ids = fields.Many2many(
        "supplier.tier",
        string="Tiers",
        help="Required from suppliers of one of these tiers; empty: of any.",
    )
    category_ids = fields.Many2many(
        "res.partner.category",
        string="Tags",
        help="Required from suppliers with one of these tags; empty: with any or none.",
    )
    country_ids = fields.Many2many(
        "res.country",
        string="Countries",
        help="Required from suppliers in one of these countries; empty: in any.",
    )
    product_category_ids = fields.Many2many(
        "product.category",
        string="Product Categories",
        help="Required from suppliers of which something in one of these categories, "
        "or in a category below it, was ordered in the 12 months before; empty: "
        "whatever they supply.",
    )
    document_count = fields.Integer(
        string="Documents", compute="_compute_document_count"
    )

    _code_unique = models.Constraint(
        "UNIQUE (code)", "A document type with this code exists already."
    )

    def _compute_document_count(self):
        counts = dict(
            self.env["supplier.document"]._read_group(
                [("type_id", "in", self.ids)], ["type_id"], ["__count"]
            )
        )
        for document_type in self:
            document_type.document_count = counts.get(document_type, 0)

    @api.model
    def _copy_code(self, code):
        """Return a code that no type has yet, derived from another one's."""
        taken = set(
            self.with_context(active_test=False)
            .sudo()
            .search_fetch([("code", "=like", f"{code}_%")], ["code"])
            .mapped("code")
        )
        number = 2
        while f"{code}_{number}" in taken:
            number += 1
        return f"{code}_{number}"

    def copy_data(self, default=None):
        """Give a copy a name and a code of its own."""
        default = default or {}
        vals_list = super().copy_data(default)
        for document_type, vals in zip(self, vals_list, strict=True):
            if "name" not in default:
                vals["name"] = self.env._("%s (copy)", document_type.name)
            if "code" not in default:
                vals["code"] = self._copy_code(document_type.code)
        return vals_list

    def action_open_documents(self):
        """Open the documents of this type."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "supplier_evaluation.supplier_document_action"
        )
        return {
            **action,
            "path": False,
            "domain": [("type_id", "=", self.id)],
            "context": {"default_type_id": self.id},
        }
