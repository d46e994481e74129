from odoo import api, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain


class SupplierSharedMixin(models.AbstractModel):
    """What is set up for all companies is changed by those who act in all of them.

    A record without a company decides on the suppliers of every company.
    """

    _name = "supplier.shared.mixin"
    _inherit = ["supplier.guard.mixin"]
    _description = "Setup That Companies Share"

    @api.model
    def default_get(self, fields_list):
        """Who may not act in every company sets up for their own."""
        values = super().default_get(fields_list)
        is_asked = self._chooses_company() and "company_id" in fields_list
        if is_asked and "company_id" not in values and self._companies_of_others():
            values["company_id"] = self.env.company.id
        return values

    def copy_data(self, default=None):
        """Likewise, their copy of what all share is for their own company."""
        vals_list = super().copy_data(default)
        is_said = "company_id" in (default or {})
        if self._chooses_company() and not is_said and self._companies_of_others():
            for vals in vals_list:
                vals["company_id"] = vals.get("company_id") or self.env.company.id
        return vals_list

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        records._check_shared()
        return records

    def write(self, vals):
        self._check_shared()
        result = super().write(vals)
        # It may be shared only now.
        self._check_shared()
        if vals.get("company_id") and self._chooses_company():
            self._check_used_elsewhere()
        return result

    # Any client can say that the add-on is being uninstalled.
    @api.ondelete(at_uninstall=True)
    def _unlink_unless_shared(self):
        self._check_shared()

    def _check_shared(self):
        """Refuse whoever may not act in every company, if one of these is shared.

        :raises AccessError: naming the record, and a company where the user is nobody
        """
        if self.env.su:
            return
        shared = self.sudo().filtered(lambda one: one._is_shared())
        if not shared:
            return
        if others := self._companies_of_others():
            raise AccessError(
                self.env._(
                    "“%(record)s” is shared by all companies, and you do not act in "
                    "%(company)s: ask a manager who acts in every company.",
                    record=shared[0].display_name,
                    company=others[0].name,
                )
            )

    def _check_used_elsewhere(self):
        """Refuse to take from a company what it uses: it could not read it any more.

        All have the same company by now.

        :raises UserError: naming one that uses it
        """
        company = self.company_id
        for model, fname in self._used_by():
            used = model.search(
                Domain(fname, "in", self.ids)
                & ~Domain("company_id", "child_of", company.id),
                limit=1,
            )
            if used:
                raise UserError(
                    self.env._(
                        "“%(record)s” cannot be for %(company)s only: "
                        "“%(other)s” uses it, too. Make a copy for "
                        "%(company)s.",
                        record=(self & used[fname])[:1].display_name,
                        company=company.name,
                        other=used.display_name,
                    )
                )

    @api.model
    def _used_by(self):
        """Return the models that name such records, and by which of their fields."""
        for name in sorted(self.env.registry):
            model = self.env[name].sudo().with_context(active_test=False)
            if model._auto and not model._transient and "company_id" in model._fields:
                for field in model._fields.values():
                    own = field.comodel_name == self._name and field.check_company
                    if own and field.store:
                        yield model, field.name

    @api.model
    def _chooses_company(self):
        field = self._fields.get("company_id")
        return bool(field and not field.related)

    @api.model
    def _companies_of_others(self):
        """Return the companies in which the user does not act."""
        if self.env.su:
            return self.env["res.company"]
        mine = self.env.user.company_ids
        return self.env["res.company"].sudo().search([("id", "not in", mine.ids)])

    def _default_company(self, prefix=""):
        """Return in which company what is made of it begins, as a default.

        Where several companies are chosen, the first one may be another.

        :param str prefix: of names in a context
        """
        self.ensure_one()
        company = self.company_id
        return {f"{prefix}company_id": company.id} if company else {}

    def _is_shared(self):
        """Whether the record belongs to no company, and so to all of them."""
        self.ensure_one()
        return "company_id" not in self._fields or not self.company_id
