from odoo import api, fields, models
from odoo.exceptions import AccessError

from ..exchange.labels import SENT_KINDS
from ..outbox.supplier_outbox_channel import ADMIN


class SupplierOutboxFeed(models.Model):
    """One kind of records that goes out to a system, as far as it has been sent.

    What changed since the cursor becomes messages of the system's queue; see
    ``collecting.py``.
    """

    _name = "supplier.outbox.feed"
    _inherit = ["supplier.guard.mixin"]
    _description = "Records Sent to a System"
    _order = "channel_id, id"
    _rec_name = "kind"

    channel_id = fields.Many2one(
        "supplier.outbox.channel", string="Chat", required=True, ondelete="cascade"
    )
    company_id = fields.Many2one(
        related="channel_id.company_id", store=True, index=True
    )
    kind = fields.Selection(SENT_KINDS, string="Kind of Records", required=True)
    date_from = fields.Datetime(
        string="Changed Since",
        default=fields.Datetime.now,
        help="What changed last before is not sent. Empty: all there is.",
    )
    cursor = fields.Char(readonly=True, copy=False, help="As far as it has been sent.")
    number = fields.Integer(
        string="Messages",
        readonly=True,
        copy=False,
        aggregator=None,
        help="So many were made.",
    )
    date_last = fields.Datetime(string="Last Message", readonly=True, copy=False)
    error = fields.Char(string="What Went Wrong", readonly=True, copy=False)

    _kind_uniq = models.Constraint(
        "UNIQUE (channel_id, kind)", "This kind of records is sent there already."
    )

    @api.model
    def _guarded_fields(self):
        return super()._guarded_fields() | {"cursor", "number", "date_last", "error"}

    def action_send_all(self):
        """Send all records again that changed since the chosen moment.

        :raises AccessError: the user is no administrator
        """
        if not self.env.su and not self.env.user.has_group(ADMIN):
            raise AccessError(
                self.env._("Only administrators let records be sent again.")
            )
        self.check_access("write")
        sent = self.env["supplier.outbox.feed.record"].sudo()
        sent.search([("feed_id", "in", self.ids)]).unlink()
        self._write_guarded({"cursor": False, "error": False})
        self._trigger()

    @api.model
    def _trigger(self):
        cron = "supplier_evaluation.ir_cron_supplier_outbox_feed"
        self.env.ref(cron).sudo()._trigger()
