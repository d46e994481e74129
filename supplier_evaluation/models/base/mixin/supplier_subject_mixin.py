from odoo import fields, models
from odoo.exceptions import AccessError


class SupplierSubjectMixin(models.AbstractModel):
    """What is about a supplier: a contact may be named, its company answers for it."""

    _name = "supplier.subject.mixin"
    _description = "Record About a Supplier"

    partner_id = fields.Many2one(
        "res.partner",
        string="Supplier",
        required=True,
        check_company=True,
        ondelete="restrict",
        index=True,
    )
    commercial_partner_id = fields.Many2one(
        related="partner_id.commercial_partner_id",
        string="Commercial Entity",
        store=True,
        index=True,
    )

    def write(self, vals):
        """Refuse to write whose record it is: that follows from the supplier."""
        if "commercial_partner_id" in vals:
            field = self._fields["commercial_partner_id"]
            raise AccessError(
                self.env._(
                    "%(fields)s cannot be written directly. Use the action for it, "
                    "which asks for a reason where one is needed.",
                    fields=field._description_string(self.env),
                )
            )
        return super().write(vals)
