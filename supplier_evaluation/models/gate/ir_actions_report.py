from odoo import models

# Odoo prints a request by either of them, and calls it one by its state.
REQUESTS = ("purchase.report_purchasequotation", "purchase.report_purchaseorder")


class IrActionsReport(models.Model):
    _inherit = "ir.actions.report"

    def _get_rendering_context(self, report, docids, data):
        """Print no request that a purchase policy blocks, from the menu either.

        A vendor who opens its request in the portal is told nothing of policies.
        """
        if report.report_name in REQUESTS and self.env.user._is_internal():
            orders = self.env["purchase.order"].browse(docids)
            orders.filtered(lambda o: o.state in ("draft", "sent"))._check_gate("rfq")
        return super()._get_rendering_context(report, docids, data)
