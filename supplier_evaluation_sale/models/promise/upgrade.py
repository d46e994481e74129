from odoo import api, models
from odoo.tools import SQL


class SaleOrderLine(models.Model):
    """What was promised by orders confirmed before it was written down."""

    _inherit = "sale.order.line"

    @api.model
    def _fill_missing_customer_promises(self):
        """Fill it from the date that orders have now, in one statement.

        Whether that was moved before, nobody wrote down.
        """
        self.flush_model()
        self.env["sale.order"].flush_model()
        self.env.cr.execute(
            SQL(
                """
                UPDATE sale_order_line line
                   SET date_customer_promised = COALESCE(
                           o.commitment_date,
                           o.date_order
                           + COALESCE(line.customer_lead, 0) * INTERVAL '1 day'),
                       date_customer_promise_frozen =
                           CASE WHEN o.create_date <= o.date_order
                                 AND line.create_date > o.date_order
                                THEN line.create_date ELSE o.date_order END
                  FROM sale_order o
                 WHERE o.id = line.order_id
                   AND line.display_type IS NULL
                   AND line.is_downpayment IS NOT TRUE
                   AND line.date_customer_promised IS NULL
                   AND (o.state = 'sale'
                        OR o.state = 'cancel' AND EXISTS (
                           SELECT FROM stock_move m WHERE m.sale_line_id = line.id))
                """
            )
        )
        self.invalidate_model()
