from odoo import models

from ...report.history.rows import FACT_IDS


def exclusion_favours(lines, exclusion):
    """Return for whom it is good that lines are left out, or count again.

    What came on time and in full is good for the supplier as long as it counts.

    :param lines: of orders, or imported ones
    :return: ``{id: "supplier" or "company"}`` of those with a promise
    """
    ids = {FACT_IDS.encode(lines._name, line.id): line.id for line in lines}
    facts = lines.env["supplier.delivery.fact"].sudo().search([("id", "in", list(ids))])
    return {
        ids[fact.id]: "company"
        if bool(fact.otif_share) == bool(exclusion)
        else "supplier"
        for fact in facts
        if fact.otif_share is not False
    }


class PurchaseOrderLine(models.Model):
    """Says whether leaving it out makes the supplier look better."""

    _inherit = "purchase.order.line"

    def _exclusion_favours(self, exclusion):
        return super()._exclusion_favours(exclusion) | exclusion_favours(
            self, exclusion
        )
