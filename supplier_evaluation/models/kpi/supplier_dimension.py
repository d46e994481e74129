import re

from odoo import api, fields, models, tools
from odoo.exceptions import UserError, ValidationError

CODE = re.compile(r"[a-z][a-z0-9_]*")


class SupplierDimension(models.Model):
    """What a scorecard is summed up by, such as quality; KPIs belong to one each.

    Records, and what is published of them, keep the code: it lasts.
    """

    _name = "supplier.dimension"
    _inherit = ["supplier.setup.mixin", "supplier.shared.mixin"]
    _description = "Scorecard Dimension Definition"

    code = fields.Char(
        required=True,
        copy=False,
        help="Short technical name in small letters, unique and lasting.",
    )

    _code_unique = models.Constraint(
        "UNIQUE (code)", "A dimension with this code exists already."
    )

    @api.model
    def _choices(self):
        """Return all dimensions as a selection, archived ones last.

        Old scorecards still show these, and may be read by who may not read setup.

        :return: list of ``(code, name)`` in the language of the user
        """
        return list(self._choices_in(self.env.lang))

    @api.model
    @tools.ormcache("lang")
    def _choices_in(self, lang):
        all_of_them = self.sudo().with_context(active_test=False, lang=lang)
        dimensions = all_of_them.search([("code", "!=", False)])
        return tuple(
            (dimension.code, dimension.name)
            for dimension in dimensions.sorted(lambda one: not one.active)
        )

    @api.model
    def _check_chosen(self, records):
        """Refuse a dimension that there is not, or that is used no more.

        :param records: with a ``dimension``
        :raises ValidationError: naming the record and the dimension
        """
        asked = [("code", "in", records.mapped("dimension"))]
        known = self.sudo().search(asked).mapped("code")
        for record in records:
            if record.dimension and record.dimension not in known:
                raise ValidationError(
                    self.env._(
                        "%(record)s: the dimension “%(dimension)s” is archived, or "
                        "there is none with this code. Choose another one.",
                        record=record.display_name,
                        dimension=dict(self._choices()).get(
                            record.dimension, record.dimension
                        ),
                    )
                )

    @api.constrains("code")
    def _check_code(self):
        for dimension in self:
            if not CODE.fullmatch(dimension.code):
                raise ValidationError(
                    self.env._(
                        "The code “%s” of a dimension is made of small letters, digits "
                        "and underscores, and begins with a letter.",
                        dimension.code,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        dimensions = super().create(vals_list)
        self.env.registry.clear_cache()
        return dimensions

    def write(self, vals):
        """Change a dimension; what is in use keeps its code, and is not archived."""
        if "code" in vals:
            changed = self.filtered(lambda one: one.code != vals["code"])
            changed._refuse_if_used(
                self.env._(
                    "The code of “%s” stays, since records have it. Change the name."
                )
            )
        if "active" in vals and not vals["active"]:
            self._refuse_if_measured()
        result = super().write(vals)
        self.env.registry.clear_cache()
        return result

    def _update_field_translations(self, *args, **kwargs):
        result = super()._update_field_translations(*args, **kwargs)
        self.env.registry.clear_cache()
        return result

    def unlink(self):
        result = super().unlink()
        self.env.registry.clear_cache()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_used(self):
        self._refuse_if_used(
            self.env._("“%s” cannot be deleted, since records have it: archive it.")
        )

    def _refuse_if_measured(self):
        """Refuse what would leave KPIs without their dimension."""
        for dimension in self:
            kpis = self.env["supplier.kpi"].sudo()
            kpi = kpis.search([("dimension", "=", dimension.code)], limit=1)
            if kpi:
                raise UserError(
                    self.env._(
                        "The KPI “%(kpi)s” is in the dimension “%(dimension)s”: "
                        "archive the KPI or move it before you archive the dimension.",
                        kpi=kpi.name,
                        dimension=dimension.name,
                    )
                )

    def _refuse_if_used(self, message):
        """Refuse what records forbid that have the code of one of these.

        :param str message: with a place for the name
        """
        for dimension in self:
            for records in dimension._having():
                if records.search_count([("dimension", "=", dimension.code)], limit=1):
                    raise UserError(message % dimension.name)

    def _having(self):
        """Yield the models that store a dimension, with all their records."""
        for name, model in self.env.registry.items():
            field = model._fields.get("dimension")
            is_stored = model._auto and not model._abstract and field and field.store
            if is_stored and field.type == "selection":
                yield self.env[name].sudo().with_context(active_test=False)
