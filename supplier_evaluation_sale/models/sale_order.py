from odoo import models

from odoo.addons.supplier_evaluation.tools.actions import open_records

TRACE_ACTION = "supplier_evaluation_sale.supplier_sale_trace_action"


class SaleOrder(models.Model):
    _name = "sale.order"
    _inherit = ["sale.order", "supplier.incident.subject.mixin"]

    _supplier_incident_field = "sale_id"

    def action_open_supplier_trace(self):
        """Open the way of each line: our order, promise, receipt and delivery."""
        self.ensure_one()
        return open_records(
            self.env,
            TRACE_ACTION,
            [("sale_id", "=", self.id)],
            name=self.env._("Trace of %s", self.name),
        )

    def _supplier_incident_defaults(self):
        """Name the customer, and the line and supplier where there is just one."""
        traces = self.env["supplier.sale.trace"].sudo()
        traces = traces.search([("sale_id", "=", self.id)])
        suppliers, lines = traces.partner_id, traces.sale_line_id
        bought = traces.purchase_line_id
        return {
            **super()._supplier_incident_defaults(),
            "customer_id": self.partner_id.id,
            "sale_line_id": lines.id if len(lines) == 1 else False,
            "partner_id": suppliers.id if len(suppliers) == 1 else False,
            "purchase_line_id": bought.id if len(bought) == 1 else False,
        }
