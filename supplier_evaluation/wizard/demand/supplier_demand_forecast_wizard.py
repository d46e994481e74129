from odoo import api, fields, models
from odoo.exceptions import UserError

MOST_MONTHS, MOST_PAST = 24, 120


class SupplierDemandForecastWizard(models.TransientModel):
    """From which past, of which products and how far ahead demand is forecast."""

    _name = "supplier.demand.forecast.wizard"
    _inherit = ["supplier.guard.mixin"]
    _description = "Forecast of Demand"

    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )
    product_ids = fields.Many2many(
        "product.product",
        string="Products",
        domain="[('purchase_ok', '=', True), ('seller_ids', '!=', False)]",
        help="Empty: all that are bought and have a vendor.",
    )
    months = fields.Integer(
        string="Months to Forecast",
        required=True,
        default=3,
        help="From next month on.",
    )
    past = fields.Integer(
        string="Months to Look Back",
        required=True,
        default=36,
        help="Complete months before this one. Six are needed at least, 15 for what "
        "depends on the season.",
    )

    def action_apply(self):
        """Forecast the demand, and open what was made.

        :raises AccessError: the user may not enter demand
        :raises UserError: the months are out of range, or nothing can be forecast
        """
        self.ensure_one()
        self._check_months()
        demands = self.env["supplier.demand"]
        demands.check_access("create")
        products = self.product_ids or self._bought()
        made = demands.with_company(self.company_id)._forecast(
            self.company_id, products, self.months, self.past
        )
        if not made:
            raise UserError(
                self.env._(
                    "Nothing can be forecast. A product needs a vendor and at least "
                    "six months since it first left the stock for a customer or "
                    "production; what was entered or shared stays as it is."
                )
            )
        return demands._action_list([("id", "in", made.ids)])

    def _check_months(self):
        if not (0 < self.months <= MOST_MONTHS and 0 < self.past <= MOST_PAST):
            raise UserError(
                self.env._(
                    "Forecast 1 to %(months)s months, and look back 1 to %(past)s.",
                    months=MOST_MONTHS,
                    past=MOST_PAST,
                )
            )

    @api.model
    def _bought(self):
        return self.env["product.product"].search(
            [
                ("purchase_ok", "=", True),
                ("seller_ids", "!=", False),
                ("company_id", "in", [False, self.company_id.id]),
            ]
        )
