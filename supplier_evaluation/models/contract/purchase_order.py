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


class PurchaseOrderLine(models.Model):
    _inherit = "purchase.order.line"

    def _contract_day(self):
        """Return the day by which contracts count for it: confirmed, or today.

        When it was confirmed, or added to a confirmed order, nobody writes; when an
        order was confirmed anew, somebody may have written, but not for later than now.
        """
        self.ensure_one()
        order, now = self.order_id, fields.Datetime.now()
        moments = [self.date_promise_frozen, order.date_approve]
        moment = max(filter(None, moments), default=order.date_order or now)
        if order.state != "purchase":
            moment = now
        return order.company_id._supplier_day(min(moment, now))
