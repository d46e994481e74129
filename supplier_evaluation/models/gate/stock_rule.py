from odoo import api, models


class StockRule(models.Model):
    _inherit = "stock.rule"

    @api.model
    def run_scheduler(self, use_new_cursor=False, company_id=False):
        """Let no purchase policy stop the scheduler, whatever confirms in it."""
        deferring = self.with_context(supplier_gate_defer=True)
        return super(StockRule, deferring).run_scheduler(
            use_new_cursor=use_new_cursor, company_id=company_id
        )

    @api.model
    def _run_buy(self, procurements):
        """Put an activity on the requests made for vendors that are blocked."""
        deferring = self.with_context(supplier_gate_defer=True)
        result = super(StockRule, deferring)._run_buy(procurements)
        self._remind_of_gate([procurement for procurement, _rule in procurements])
        return result

    def _remind_of_gate(self, procurements):
        """Look once at the open requests for all that was just procured."""
        bought = [one for one in procurements if one.values.get("supplier")]
        vendor_ids = {one.values["supplier"].partner_id.id for one in bought}
        orders = (
            self.env["purchase.order"]
            .sudo()
            .search(
                [
                    ("state", "=", "draft"),
                    ("partner_id", "in", list(vendor_ids)),
                    ("company_id", "in", [one.company_id.id for one in bought]),
                    (
                        "order_line.product_id",
                        "in",
                        [one.product_id.id for one in bought],
                    ),
                ]
            )
        )
        orders._remind_of_gate()
