from odoo import api, models
from odoo.exceptions import AccessError


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
        field = self._fields.get("company_id")
        is_asked = field and not field.related and field.name in fields_list
        if is_asked and field.name not in values and self._companies_of_others():
            values[field.name] = self.env.company.id
        return values

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
