from odoo import api, fields, models
from odoo.exceptions import ValidationError

# Of what it can be said whether it is filled in.
KINDS = (
    "char",
    "date",
    "datetime",
    "float",
    "integer",
    "many2many",
    "many2one",
    "monetary",
    "one2many",
    "selection",
    "text",
)


class SupplierProfileRule(models.Model):
    """What is asked of the master data of a vendor: a field, or a valid document."""

    _name = "supplier.profile.rule"
    _inherit = ["supplier.setup.mixin", "supplier.shared.mixin"]
    _description = "Rule for Complete Master Data"

    kind = fields.Selection(
        [("field", "Field"), ("document", "Document")],
        string="What Is Asked",
        required=True,
        default="field",
    )
    field_id = fields.Many2one(
        "ir.model.fields",
        domain=[
            ("model", "=", "res.partner"),
            ("store", "=", True),
            ("ttype", "in", KINDS),
        ],
        ondelete="cascade",
        help="A field of the vendor that has to be filled in.",
    )
    document_type_id = fields.Many2one(
        "supplier.document.type",
        ondelete="cascade",
        help="The vendor has to have a verified document of this type that is valid.",
    )
    weight = fields.Float(
        default=1,
        help="What it counts in the score, beside the other rules for this vendor.",
    )
    tier_ids = fields.Many2many(
        "supplier.tier", string="Tiers", help="Empty: vendors of any tier, or of none."
    )
    stage_ids = fields.Many2many(
        "supplier.stage",
        string="Stages",
        help="Empty: vendors in any stage, or in none.",
    )
    company_id = fields.Many2one(
        "res.company", index="btree_not_null", help="Empty: of all companies."
    )

    _weight_positive = models.Constraint(
        "CHECK (weight > 0)",
        "The weight of a rule is above 0; archive the rule instead.",
    )
    _asks_for_one = models.Constraint(
        "CHECK ((kind = 'field' AND field_id IS NOT NULL"
        " AND document_type_id IS NULL)"
        " OR (kind = 'document' AND document_type_id IS NOT NULL"
        " AND field_id IS NULL))",
        "A rule asks for a field or for a document: choose which one.",
    )

    @api.constrains("field_id")
    def _check_field(self):
        """Refuse fields of which nobody can say whether they are filled in.

        :raises ValidationError: naming the rule and the field
        """
        for rule in self.sudo():
            field = rule.field_id
            if field and (
                field.model != "res.partner"
                or not field.store
                or field.ttype not in KINDS
            ):
                raise ValidationError(
                    self.env._(
                        "%(rule)s asks for %(field)s, of which it cannot be said "
                        "whether it is filled in: choose a stored field of the vendor, "
                        "no tick box and no file.",
                        rule=rule.name,
                        field=field.field_description,
                    )
                )

    @api.onchange("kind")
    def _onchange_kind(self):
        if self.kind == "field":
            self.document_type_id = False
        else:
            self.field_id = False

    @api.onchange("field_id", "document_type_id")
    def _onchange_what(self):
        if not self.name:
            asked = self.document_type_id.name or self.field_id.field_description
            self.name = asked
