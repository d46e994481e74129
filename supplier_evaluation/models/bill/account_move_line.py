from odoo import fields, models

from ...tools.groups import OWN_PREFETCH
from ...tools.optional_numbers import OptionalFloat


class AccountMoveLine(models.Model):
    """What the goods of a bill had been ordered for, where that was changed since."""

    _inherit = "account.move.line"

    price_ordered = OptionalFloat(
        string="Ordered At",
        copy=False,
        readonly=True,
        digits=False,
        groups=fields.NO_ACCESS,
        prefetch=OWN_PREFETCH,
        help="What a unit of the product cost on the order, without tax, before the "
        "price was changed after this bill was posted. Empty, the present price "
        "counts.",
    )
