import json

from odoo import api, fields, models
from odoo.exceptions import UserError

#: What a value means: changed, it would say something else.
MEANING = ("type", "comodel", "currency_field", "suffix")


class SupplierOwnFieldsMixin(models.AbstractModel):
    """A record with fields of one's own, which a type or a programme defines.

    A model made of this one has the field ``own_properties``, and says which of its
    records stay as they are.
    """

    _name = "supplier.own.fields.mixin"
    _description = "Record With Own Fields"

    def _keeps_own_fields(self):
        """Return whether what is filled in there stays as it is; to be extended."""
        self.ensure_one()
        return False


class SupplierCompanyFieldsMixin(models.AbstractModel):
    """A record with fields of one's own, which its company defines.

    To be mixed into a model with guarded fields.
    """

    _name = "supplier.company.fields.mixin"
    _inherit = ["supplier.own.fields.mixin"]
    _description = "Record With Own Fields of Its Company"

    field_set_id = fields.Many2one(
        "supplier.field.set",
        string="Own Fields of the Company",
        compute="_compute_field_set_id",
        store=True,
        precompute=True,
        check_company=True,
        ondelete="restrict",
    )

    @api.model_create_multi
    def create(self, vals_list):
        """Name the sets: without, Odoo drops own fields that are given."""
        default = self.default_get(["company_id"]).get("company_id")
        ids = [vals.get("company_id", default) for vals in vals_list]
        companies = self.env["res.company"].browse(sorted({*ids} - {None, False}))
        sets = self.env["supplier.field.set"]._of(companies)
        return super().create(
            [
                {**vals, "field_set_id": sets[number].id} if number in sets else vals
                for vals, number in zip(vals_list, ids, strict=True)
            ]
        )

    def write(self, vals):
        """The set follows the company: without it, what is filled in would be lost."""
        self._check_guard({"field_set_id"} & vals.keys())
        return super().write(vals)

    @api.depends("company_id")
    def _compute_field_set_id(self):
        sets = self.env["supplier.field.set"]._of(self.company_id)
        for record in self:
            record.field_set_id = sets.get(record.company_id.id)


class SupplierFieldDefinitionMixin(models.AbstractModel):
    """A record that defines own fields of others; what is decided keeps them."""

    _name = "supplier.field.definition.mixin"
    _description = "Record That Defines Own Fields"

    def write(self, vals):
        for name in vals:
            field = self._fields.get(name)
            if field and field.type == "properties_definition":
                for definer in self:
                    definer._check_fields_kept(name, vals[name])
        return super().write(vals)

    def _check_fields_kept(self, name, definition):
        """Refuse to change what something decided says.

        That is to drop a field that is filled in there, or make another one of it, and
        to drop or rename an option that is chosen there.

        :param str name: of the field with the definition
        :param definition: what it is to become: a list, the same as JSON, or nothing
        :raises UserError: naming the field and the record
        """
        self.ensure_one()
        if isinstance(definition, str):
            definition = json.loads(definition)
        kept = {one.get("name"): one for one in definition or ()}
        for own in self[name] or ():
            new = kept.get(own["name"], {})
            if any((own.get(key) or None) != (new.get(key) or None) for key in MEANING):
                self._check_not_filled_in(name, own)
            options, now = _options(own), _options(new)
            for option, label in options.items():
                if now.get(option) != label:
                    self._check_not_chosen(name, own, option, label)

    def _check_not_filled_in(self, name, own):
        if record := self._kept_with(name, own["name"], "!=", False):
            raise UserError(
                self.env._(
                    "“%(field)s” is filled in on %(record)s, which is decided and "
                    "stays as it is. Give the field another name, or leave it "
                    "empty on new ones, instead of deleting it.",
                    field=own.get("string") or own["name"],
                    record=record.display_name,
                )
            )

    def _check_not_chosen(self, name, own, option, label):
        if record := self._kept_with(name, own["name"], "in", [option]):
            raise UserError(
                self.env._(
                    "“%(option)s” of “%(field)s” is chosen on %(record)s, which is "
                    "decided and stays as it is. Add another option beside it "
                    "instead of renaming or deleting it.",
                    option=label,
                    field=own.get("string") or own["name"],
                    record=record.display_name,
                )
            )

    def _kept_with(self, name, own, operator, value):
        """Return a record that is decided and has a value of an own field."""
        for field in self._fields[name].properties_fields:
            records = self.env[field.model_name].sudo()
            records = records.with_context(active_test=False)
            found = records.search(
                [
                    (field.definition_record, "=", self.id),
                    (f"{field.name}.{own}", operator, value),
                ]
            )
            if kept := found.filtered(lambda one: one._keeps_own_fields()):
                return kept[0]
        return None


def _options(own):
    """Return ``{option: label}`` of a definition with some to choose from."""
    return {one[0]: one[1] for one in own.get("selection") or own.get("tags") or ()}
