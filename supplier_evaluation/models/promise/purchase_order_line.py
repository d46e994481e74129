from odoo import api, fields, models
from odoo.tools import SQL

from ...tools.actions import open_dialog
from ...tools.groups import USER_GROUP


class PurchaseOrderLine(models.Model):
    _name = "purchase.order.line"
    _inherit = ["purchase.order.line", "supplier.exclusion.mixin"]

    date_promised = fields.Datetime(
        string="Promised",
        index=True,
        copy=False,
        readonly=True,
        help="The expected arrival as it stood when the order was confirmed. "
        "Moving the expected arrival does not move it; only the action "
        '"Change promise" does.',
    )
    date_promise_frozen = fields.Datetime(
        string="Promised On",
        copy=False,
        readonly=True,
        help="When the promise was frozen: lead times begin here.",
    )
    date_promise_broken = fields.Datetime(
        string="Promise Broken On",
        copy=False,
        readonly=True,
        groups=USER_GROUP,
        help="When the supplier first moved the promise.",
    )
    promise_change_ids = fields.One2many(
        "supplier.promise.change",
        "line_id",
        string="Promise Changes",
        readonly=True,
        groups=USER_GROUP,
    )

    # ------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------

    @api.model
    def _guarded_fields(self):
        return super()._guarded_fields() | {
            "date_promised",
            "date_promise_frozen",
            "date_promise_broken",
        }

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        lines.filtered(lambda line: line.state == "purchase")._freeze_promise()
        return lines

    # ------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------

    def action_change_promise(self):
        """Open the wizard that re-bases the promise or records a broken one."""
        return open_dialog(
            "supplier.promise.change.wizard",
            self.env._("Change Promise"),
            {"line_ids": self.ids},
        )

    # ------------------------------------------------------------
    # Business
    # ------------------------------------------------------------

    def _get_promise_date(self):
        """The date that a confirmation promises.

        Odoo 19.1 has a promised date of its own; this is where it would be read.
        """
        self.ensure_one()
        return self.date_planned

    def _freeze_promise(self):
        """Freeze the promise of confirmed lines that have none yet.

        An order that is cancelled, set to draft and confirmed again keeps its
        promise: only the action "Change promise" moves it, with a reason.
        """
        now = fields.Datetime.now()
        for line in self:
            if line.display_type or line.date_promised:
                continue
            line._write_guarded(
                {
                    "date_promised": line._get_promise_date(),
                    "date_promise_frozen": now,
                }
            )

    def _change_promise(self, new_date, reason, note):
        """Re-base the promise for the buyer, or record that the supplier moved it.

        :param datetime new_date: the new date, naive UTC
        :param reason: ``buyer`` moves the promise; ``supplier`` leaves it where
            it is and counts as a change caused by the supplier
        :param str note: why, for whoever disputes the score
        :return: the recorded changes
        """
        now = fields.Datetime.now()
        changes = self.env["supplier.promise.change"]._append(
            [
                {
                    "line_id": line.id,
                    "reason": reason,
                    "date": now,
                    "date_from": line.date_promised,
                    "date_to": new_date,
                    "note": note,
                }
                for line in self
            ]
        )
        for line in self:
            if reason == "buyer":
                line._write_guarded({"date_promised": new_date})
            elif not line.date_promise_broken:
                line._write_guarded({"date_promise_broken": now})
        return changes

    def _log_supplier_exclusion(self, decision, reason):
        for order, lines in self.grouped("order_id").items():
            order.message_post(
                body=self.env._(
                    "%(decision)s in supplier evaluation: %(lines)s. %(reason)s",
                    decision=decision,
                    lines=", ".join(lines.product_id.mapped("display_name")),
                    reason=reason,
                ),
                subtype_xmlid="mail.mt_note",
            )

    @api.model
    def _fill_missing_promises(self):
        """Fill the promise of lines confirmed before the add-on, in one statement."""
        self.flush_model(["date_planned", "date_promised", "display_type"])
        self.env["purchase.order"].flush_model(["state", "date_approve"])
        self.env.cr.execute(
            SQL(
                """
                UPDATE purchase_order_line line
                   SET date_promised = line.date_planned
                  FROM purchase_order o
                 WHERE o.id = line.order_id
                   AND line.display_type IS NULL
                   AND line.date_promised IS NULL
                   AND (o.state = 'purchase'
                        OR (o.state = 'cancel' AND o.date_approve IS NOT NULL))
                """
            )
        )
        self.invalidate_model(["date_promised"])
