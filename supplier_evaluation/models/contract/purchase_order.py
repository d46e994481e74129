from odoo import api, fields, models

from .checking import ContractCheck


class PurchaseOrder(models.Model):
    """Orders are compared with the contracts of their supplier when confirmed."""

    _inherit = "purchase.order"

    @api.depends(
        "payment_term_id",
        "order_line.product_qty",
        "order_line.product_uom_id",
        "order_line.price_unit",
        "order_line.discount",
        "order_line.tax_ids",
    )
    def _compute_supplier_gate(self):
        return super()._compute_supplier_gate()

    def _supplier_gate_findings(self, operation, together):
        findings = super()._supplier_gate_findings(operation, together)
        if operation != "order":
            return findings
        for order_id, found in ContractCheck(self, together).findings().items():
            findings[order_id] = [*findings.get(order_id, ()), *found]
        return findings

    def _contract_day(self):
        """Return the day by which contracts count for it: confirmed, or today.

        Somebody may have written when it was confirmed, but not for later than now.
        """
        self.ensure_one()
        now = fields.Datetime.now()
        moment = self.state == "purchase" and (self.date_approve or self.date_order)
        return self.company_id._supplier_day(min(moment or now, now))


class PurchaseOrderLine(models.Model):
    _inherit = "purchase.order.line"

    def _contract_day(self):
        """Return the day by which contracts count for it: that of the order.

        Nor is it before the line was confirmed, or added, which nobody writes.
        """
        self.ensure_one()
        order, since = self.order_id, self.date_promise_frozen
        day = order._contract_day()
        if order.state != "purchase" or not since:
            return day
        return max(day, order.company_id._supplier_day(since))
