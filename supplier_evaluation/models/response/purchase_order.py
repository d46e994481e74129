from odoo import SUPERUSER_ID, api, fields, models
from odoo.tools import SQL

from ...tools.transaction import is_doing

ANSWER = "supplier_evaluation.mt_order_answer"
# While a receipt is done: what is acknowledged then, nobody confirmed.
GOODS_CAME = "supplier_goods_came"


class PurchaseOrder(models.Model):
    """What the supplier answers without writing: it confirms, or moves a date."""

    _name = "purchase.order"
    _inherit = ["purchase.order", "supplier.guard.mixin"]

    date_acknowledged = fields.Datetime(
        string="Acknowledged On",
        copy=False,
        readonly=True,
        help="When the supplier confirmed that it has the order.",
    )
    acknowledged_on_receipt = fields.Boolean(
        string="Acknowledged by the Receipt",
        copy=False,
        readonly=True,
        help="Odoo takes an order for acknowledged when its goods come. That is no "
        "word of the supplier.",
    )

    # ------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------

    @api.model
    def _guarded_fields(self):
        return super()._guarded_fields() | {
            "date_acknowledged",
            "acknowledged_on_receipt",
        }

    @api.model_create_multi
    def create(self, vals_list):
        orders = super().create(vals_list)
        orders.filtered("acknowledged")._note_acknowledged()
        return orders

    def write(self, vals):
        """Note when an order becomes acknowledged, by whatever way."""
        if "acknowledged" not in vals:
            return super().write(vals)
        before = self.filtered("acknowledged")
        result = super().write(vals)
        acknowledged = self.filtered("acknowledged")
        (acknowledged - before)._note_acknowledged()
        (before - acknowledged)._write_acknowledged(False, False)
        return result

    # ------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------

    def action_acknowledge(self):
        """Take every click for an answer, also the second one on a link."""
        again = self.filtered("acknowledged")
        result = super().action_acknowledge()
        if not is_doing(self.env, GOODS_CAME):
            again.filtered("acknowledged_on_receipt")._note_acknowledged()
            again._log_supplier_answer(
                self.env._("The supplier confirmed the order again.")
            )
        return result

    # ------------------------------------------------------------
    # Business
    # ------------------------------------------------------------

    def _note_acknowledged(self):
        """Store when the supplier confirmed, or that the goods came instead."""
        if is_doing(self.env, GOODS_CAME):
            self._write_acknowledged(False, True)
        else:
            self._write_acknowledged(fields.Datetime.now(), False)

    def _write_acknowledged(self, date, on_receipt):
        if self:
            self._write_guarded(
                {"date_acknowledged": date, "acknowledged_on_receipt": on_receipt}
            )

    def _update_date_planned_for_lines(self, updated_dates):
        """Take a date that the supplier moves in the portal for an answer."""
        result = super()._update_date_planned_for_lines(updated_dates)
        if self.env.uid == SUPERUSER_ID or not self.env.user._is_internal():
            self._log_supplier_answer(
                self.env._("The supplier changed expected arrivals in the portal.")
            )
        return result

    def _log_supplier_answer(self, body):
        """Note in the chatter what counts as an answer of the supplier."""
        for order in self:
            message = order.sudo()._message_log(
                body=body, author_id=order.partner_id.id
            )
            message.subtype_id = self.env.ref(ANSWER)

    @api.model
    def _fill_missing_acknowledgements(self):
        """Read from the chatter when orders were acknowledged before the add-on.

        What one of us acknowledged in the minute in which goods came, the receipt did.
        """
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                """
                UPDATE purchase_order o
                   SET date_acknowledged =
                           CASE WHEN found.on_receipt THEN NULL ELSE found.date END,
                       acknowledged_on_receipt = found.on_receipt
                  FROM (
                       SELECT DISTINCT ON (m.res_id) m.res_id, m.date,
                              m.author_id IN (SELECT partner_id FROM res_users
                                               WHERE share IS NOT TRUE)
                              AND EXISTS (
                                  SELECT FROM purchase_order_line l
                                    JOIN stock_move s ON s.purchase_line_id = l.id
                                   WHERE l.order_id = m.res_id
                                     AND s.state = 'done'
                                     AND s.date BETWEEN m.date - INTERVAL '1 minute'
                                                    AND m.date + INTERVAL '1 minute')
                                  AS on_receipt
                         FROM mail_tracking_value v
                         JOIN mail_message m ON m.id = v.mail_message_id
                         JOIN ir_model_fields f ON f.id = v.field_id
                        WHERE f.model = %(model)s
                          AND f.name = 'acknowledged'
                          AND m.model = %(model)s
                          AND v.new_value_integer = 1
                        ORDER BY m.res_id, m.date DESC
                       ) found
                 WHERE o.id = found.res_id
                   AND o.acknowledged
                   AND o.date_acknowledged IS NULL
                   AND o.acknowledged_on_receipt IS NOT TRUE
                """,
                model=self._name,
            )
        )
        self.invalidate_model(["date_acknowledged", "acknowledged_on_receipt"])
