from odoo import fields, models

from ...tools.bulk import bulk_update
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

    def write(self, vals):
        """Forget what another order line had cost, where a line moves to this one."""
        if "purchase_line_id" not in vals:
            return super().write(vals)
        before = {line: line.purchase_line_id for line in self.sudo()}
        res = super().write(vals)
        moved = [
            (line.id, None)
            for line, ordered in before.items()
            if line.purchase_line_id != ordered and line.price_ordered is not False
        ]
        if moved:
            bulk_update(self.sudo(), {"price_ordered": "float8"}, moved)
        return res
