from ast import literal_eval

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain


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
                raise ValidationError(
                    self.env._(
                        "The supplier filter of %(record)s cannot be read: %(error)s. "
                        "Choose the conditions again.",
                        record=record.name,
                        error=error,
                    )
                ) from error

    def _partner_domain(self):
        """Return the filter as a domain; only plain values, no code."""
        self.ensure_one()
        return Domain(literal_eval(self.partner_domain or "[]"))
