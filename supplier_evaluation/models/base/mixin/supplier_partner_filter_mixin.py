from ast import literal_eval

import psycopg2

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain
from odoo.tools import mute_logger

# What a filter raises that can be read, but not asked for.
UNUSABLE = (ValueError, TypeError, psycopg2.DataError, psycopg2.ProgrammingError)


class SupplierPartnerFilterMixin(models.AbstractModel):
    """A record that is for some suppliers: those of a filter, checked when it is saved.

    Its model has a name, by which a filter that cannot be used is found.
    """

    _name = "supplier.partner.filter.mixin"
    _description = "Record with a Filter of Suppliers"

    partner_domain = fields.Char(string="Supplier Filter", default="[]")

    @api.constrains("partner_domain")
    def _check_partner_domain(self):
        for record in self:
            try:
                record._partner_domain().validate(self.env["res.partner"].sudo())
            except (ValueError, SyntaxError, TypeError) as error:
                raise record._unusable_filter(error) from error

    def _unusable_filter(self, error):
        return ValidationError(
            self.env._(
                "The supplier filter of %(record)s cannot be read: %(error)s. "
                "Choose the conditions again.",
                record=self.name,
                error=error,
            )
        )

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        records._try_partner_domain()
        return records

    def write(self, vals):
        result = super().write(vals)
        if "partner_domain" in vals:
            self._try_partner_domain()
        return result

    def _try_partner_domain(self):
        """Ask with the rights of whoever wrote the filter, which is used with all.

        Constraints run with full rights, too. What a filter finds must not tell what
        its maker may not read.

        :raises AccessError: it asks for a field that is not shown to the user
        :raises ValidationError: it cannot be used
        """
        if self.env.su:
            return
        for record in self:
            domain = record._partner_domain()
            if domain.is_true():
                continue
            try:
                with self.env.cr.savepoint(), mute_logger("odoo.sql_db"):
                    self.env["res.partner"].search(domain, limit=1)
            except UNUSABLE as error:
                raise record._unusable_filter(error) from error

    def _partner_domain(self):
        """Return the filter as a domain; only plain values, no code."""
        self.ensure_one()
        return Domain(literal_eval(self.partner_domain or "[]"))
