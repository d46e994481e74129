from odoo import fields, models


class SupplierSubjectMixin(models.AbstractModel):
    """What is about a supplier: a contact may be named, its company answers for it.

    To be mixed into a model with guarded fields: nobody writes whose record it is.
    """

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
