from odoo import api, fields, models

from odoo.addons.supplier_evaluation.models.certification.status import (
    PRECEDENCE,
    STATUSES,
)
from odoo.addons.supplier_evaluation.tools.groups import USER_GROUP
from odoo.addons.supplier_evaluation.tools.optional_numbers import OptionalFloat

from ..sourcing import Need


class PurchaseOrder(models.Model):
    """What is known of the lines of an offer, for the list of alternatives."""

    _inherit = "purchase.order"

    offer_certification = fields.Selection(
        STATUSES,
        string="Lowest Certification",
        compute="_compute_offer",
        compute_sudo=True,
        groups=USER_GROUP,
        help="The least that the vendor has for one of the products.",
    )
    offer_late_share = OptionalFloat(
        string="Would Come Late",
        compute="_compute_offer",
        compute_sudo=True,
        groups=USER_GROUP,
        help="Of the line that most probably comes late.",
    )
    offer_late_days = OptionalFloat(
        string="Days Late to Expect",
        digits=(16, 2),
        compute="_compute_offer",
        compute_sudo=True,
        groups=USER_GROUP,
        help="Of the line that is to be expected latest.",
    )
    offer_cost = OptionalFloat(
        string="Cost With Performance",
        digits=(16, 2),
        compute="_compute_offer",
        compute_sudo=True,
        groups=USER_GROUP,
        help="Prices without taxes, and what is to be expected of lateness and "
        "defects, in the currency of the company. Empty where it is not known of each "
        "line with a price.",
    )

    @api.depends("order_line.offer_cost", "order_line.price_total_cc")
    def _compute_offer(self):
        # All lines are asked together, whichever order comes first.
        self.order_line.mapped("offer_cost")
        for order in self:
            lines = order.order_line.filtered(
                lambda line: line.product_id and line.product_qty > 0
            )
            states = [*filter(None, lines.mapped("offer_certification"))]
            order.offer_certification = max(states, key=PRECEDENCE.index, default=False)
            order.offer_late_share = _highest(lines.mapped("offer_late_share"))
            order.offer_late_days = _highest(lines.mapped("offer_late_days"))
            costs = lines.filtered("price_total_cc").mapped("offer_cost")
            is_known = costs and all(cost is not False for cost in costs)
            order.offer_cost = sum(costs) if is_known else False

    def action_find_candidates(self):
        """Open who else could deliver it, to ask them for an alternative."""
        self.ensure_one()
        lines = self.order_line.filtered(
            lambda line: line.product_id and line.product_qty > 0
        )
        return self.env["supplier.sourcing"]._open(
            [
                Need(line.product_id, line.product_qty, line.product_uom_id)
                for line in lines
            ],
            origin_id=self.id,
            company_id=self.company_id.id,
        )


def _highest(values):
    return max((value for value in values if value is not False), default=False)
