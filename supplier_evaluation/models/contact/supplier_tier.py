from odoo import fields, models


class SupplierTier(models.Model):
    """How often the suppliers of a tier are called and met."""

    _inherit = "supplier.tier"

    contact_days = fields.Integer(
        string="Contact Every (days)",
        help="The buyer is reminded when the last contact, of whatever kind, is so "
        "old. 0: never.",
    )
    visit_days = fields.Integer(
        string="Meet Every (days)",
        help="The buyer is reminded when the last visit or meeting is so old. "
        "0: never.",
    )

    _contact_days_not_negative = models.Constraint(
        "CHECK (contact_days >= 0 AND visit_days >= 0)",
        "Contacts every how many days? 0 is never.",
    )
