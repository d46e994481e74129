from odoo import SUPERUSER_ID, api, fields, models
from odoo.tools import SQL

ANSWER = "supplier_evaluation.mt_order_answer"


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

    # ------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------

    @api.model
    def _guarded_fields(self):
        return super()._guarded_fields() | {"date_acknowledged"}

    @api.model_create_multi
    def create(self, vals_list):
        orders = super().create(vals_list)
        orders._note_acknowledged(self.browse())
        return orders

    def write(self, vals):
        """Note when an order becomes acknowledged, by whatever way."""
        if "acknowledged" not in vals:
            return super().write(vals)
        before = self.filtered("acknowledged")
        result = super().write(vals)
        self._note_acknowledged(before)
        return result

    def _note_acknowledged(self, before):
        """Store the instant; what is no longer acknowledged has none.

        :param before: the orders that were acknowledged before the change
        """
        acknowledged = self.filtered("acknowledged")
        for orders, instant in (
            (acknowledged - before, fields.Datetime.now()),
            ((self - acknowledged).filtered("date_acknowledged"), False),
        ):
            if orders:
                orders._write_guarded({"date_acknowledged": instant})

    # ------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------

    def action_acknowledge(self):
        """Take the second click on a link for an answer, too."""
        again = self.filtered("acknowledged")
        result = super().action_acknowledge()
        again._log_supplier_answer(self.env._("The supplier confirmed the order again."))
        return result

    # ------------------------------------------------------------
    # Business
    # ------------------------------------------------------------

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
        """Read from the chatter when orders were acknowledged before the add-on."""
        self.flush_model(["acknowledged", "date_acknowledged"])
        self.env["mail.tracking.value"].flush_model()
        self.env.cr.execute(
            SQL(
                """
                UPDATE purchase_order o
                   SET date_acknowledged = found.date
                  FROM (SELECT m.res_id, MAX(m.date) AS date
                          FROM mail_tracking_value v
                          JOIN mail_message m ON m.id = v.mail_message_id
                          JOIN ir_model_fields f ON f.id = v.field_id
                         WHERE f.model = %(model)s
                           AND f.name = 'acknowledged'
                           AND m.model = %(model)s
                           AND v.new_value_integer = 1
                         GROUP BY m.res_id) found
                 WHERE o.id = found.res_id
                   AND o.acknowledged
                   AND o.date_acknowledged IS NULL
                """,
                model=self._name,
            )
        )
        self.invalidate_model(["date_acknowledged"])
