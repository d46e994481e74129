from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...scoring.period import last_day
from ...tools.actions import open_records
from ...tools.counts import count_by
from ...tools.groups import MANAGER_GROUP, USER_GROUP
from ...tools.wording import listed

MAX_REMINDER_DAYS = 3650


class SupplierDocumentType(models.Model):
    """A kind of licence or certificate, and which suppliers must have it."""

    _name = "supplier.document.type"
    _inherit = [
        "supplier.setup.mixin",
        "supplier.shared.mixin",
        "supplier.field.definition.mixin",
    ]
    _description = "Supplier Document Type"

    code = fields.Char(
        required=True, copy=False, help="Short technical name, unique and lasting."
    )
    description = fields.Text(
        translate=True, help="What it proves, who issues it, what to look at."
    )
    document_properties_definition = fields.PropertiesDefinition(
        "Properties of Documents"
    )
    needs_expiry = fields.Boolean(
        string="Has an Expiry Date",
        help="A document of this type must say until when it is valid. Without it, "
        "an empty expiry date means that it is valid without end.",
    )
    validity_months = fields.Integer(
        string="Validity (Months)",
        help="Proposes the end of a document from the day it becomes valid; 0: nothing "
        "is proposed.",
    )
    reminder_days = fields.Char(
        string="Remind Before (Days)",
        default="90, 60, 30, 7",
        help="How many days before the end the owner of a document is reminded, with "
        "commas between. Empty: only once it has expired.",
    )
    notify_supplier = fields.Boolean(
        string="Write to the Supplier",
        help="Each reminder before the end is also sent to the supplier by e-mail.",
    )
    verifier_ids = fields.Many2many(
        "res.users",
        "supplier_document_type_verifier_rel",
        "type_id",
        "user_id",
        string="Verifiers",
        domain="[('share', '=', False)]",
        help="These people verify documents of this type, and no others; empty, and no "
        "group either: managers of supplier evaluations.",
    )
    verifier_group_id = fields.Many2one(
        "res.groups",
        string="Group of Verifiers",
        ondelete="restrict",
        help="Whoever is in this group verifies documents of this type, besides the "
        "verifiers named.",
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

    _validity_positive = models.Constraint(
        "CHECK (validity_months >= 0)",
        "The validity of a document type is a number of months, or 0 for none.",
    )

    @api.constrains("reminder_days")
    def _check_reminder_days(self):
        for document_type in self:
            words = document_type._reminder_words()
            # Other scripts have digits that are no number here: ASCII only.
            if not all(
                word.isascii()
                and word.isdigit()
                and int(word[:9]) <= MAX_REMINDER_DAYS
                and len(word) <= 9
                for word in words
            ):
                raise ValidationError(
                    self.env._(
                        "%(type)s reminds “%(days)s” days before the end, which cannot "
                        "be read: enter whole numbers up to %(most)s with commas "
                        "between, such as 90, 60, 30, 7.",
                        type=document_type.name,
                        days=document_type.reminder_days,
                        most=MAX_REMINDER_DAYS,
                    )
                )

    @api.constrains("verifier_ids")
    def _check_verifiers(self):
        for document_type in self:
            for user in document_type.verifier_ids:
                if not user.sudo().has_group(USER_GROUP):
                    raise ValidationError(
                        self.env._(
                            "%(user)s cannot verify %(type)s: give them access to "
                            "supplier evaluations first.",
                            user=user.name,
                            type=document_type.name,
                        )
                    )

    def _compute_document_count(self):
        counts = count_by(self.env["supplier.document"], "type_id", self)
        for document_type in self:
            document_type.document_count = counts.get(document_type, 0)

    def _reminder_words(self):
        self.ensure_one()
        words = (self.reminder_days or "").split(",")
        return [word.strip() for word in words if word.strip()]

    def _reminder_thresholds(self):
        """Return the days before the end on which reminders are due, least first."""
        return sorted({int(word) for word in self._reminder_words()})

    def _end_of_validity(self, date_from):
        """Return the last day of a validity that begins on a day, or False."""
        if not self.validity_months:
            return False
        return last_day(date_from, self.validity_months)

    def _may_verify(self):
        """Whether the user verifies documents of this type.

        Verifiers who left the company do not lock everybody else out.
        """
        self.ensure_one()
        user, group = self.env.user, self.sudo().verifier_group_id
        people = self.sudo().verifier_ids.filtered("active")
        if not people and not group:
            return user.has_group(MANAGER_GROUP)
        return user in people or group in user.sudo().all_group_ids

    def _verifier_names(self):
        self.ensure_one()
        settings = self.sudo()
        names = settings.verifier_ids.filtered("active").mapped("name")
        names += settings.verifier_group_id.mapped("display_name")
        return listed(self.env, names)

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
        """Give a copy a code of its own, too."""
        vals_list = super().copy_data(default)
        if "code" not in (default or {}):
            for document_type, vals in zip(self, vals_list, strict=True):
                vals["code"] = self._copy_code(document_type.code)
        return vals_list

    def action_open_documents(self):
        """Open the documents of this type."""
        self.ensure_one()
        return open_records(
            self.env,
            "supplier_evaluation.supplier_document_action",
            [("type_id", "=", self.id)],
            {"default_type_id": self.id},
        )
