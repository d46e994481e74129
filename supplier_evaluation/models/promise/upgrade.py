from odoo import api, models
from odoo.tools import SQL


class PurchaseOrderLine(models.Model):
    """What lines promise that were confirmed before it was written down."""

    _inherit = "purchase.order.line"

    @api.model
    def _fill_missing_promises(self):
        """Fill what is promised by lines confirmed before the add-on, in one statement.

        A line that is younger than the confirmation of its order was added later; where
        the order itself is younger, it was brought in from elsewhere.
        """
        self.flush_model()
        self.env["purchase.order"].flush_model(["state", "date_approve", "priority"])
        self.env.cr.execute(
            SQL(
                """
                UPDATE purchase_order_line line
                   SET date_promised = COALESCE(line.date_promised, line.date_planned),
                       date_promise_frozen = COALESCE(
                           line.date_promise_frozen,
                           CASE WHEN o.create_date <= o.date_approve
                                 AND line.create_date > o.date_approve
                                THEN line.create_date ELSE o.date_approve END),
                       quantity_promised = COALESCE(
                           line.quantity_promised,
                           line.product_qty * unit.factor / own.factor),
                       urgent_promised = COALESCE(
                           line.urgent_promised, o.priority = '1'),
                       has_twin_line = EXISTS (
                           SELECT FROM purchase_order_line twin
                            WHERE twin.order_id = line.order_id
                              AND twin.product_id = line.product_id
                              AND twin.id <> line.id)
                  FROM purchase_order o, uom_uom unit, product_product product,
                       product_template template, uom_uom own
                 WHERE o.id = line.order_id
                   AND unit.id = line.product_uom_id
                   AND product.id = line.product_id
                   AND template.id = product.product_tmpl_id
                   AND own.id = template.uom_id
                   AND line.display_type IS NULL
                   AND (line.date_promised IS NULL
                        OR line.date_promise_frozen IS NULL
                        OR line.quantity_promised IS NULL)
                   AND (o.state = 'purchase'
                        OR line.date_promised IS NOT NULL
                        OR (o.state = 'cancel' AND o.date_approve IS NOT NULL))
                """
            )
        )
        self.invalidate_model()
