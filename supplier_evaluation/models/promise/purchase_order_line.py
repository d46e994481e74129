from odoo import api, fields, models

from ...tools.actions import open_dialog
from ...tools.groups import OWN_PREFETCH, USER_GROUP
from ...tools.optional_numbers import OptionalFloat
from ...tools.wording import listed

# What is kept of a promise, and written by nobody else.
PROMISE = frozenset(
    {
        "date_promise_broken",
        "date_promise_cancelled",
        "date_promise_excused",
        "date_promise_frozen",
        "date_promise_rebased_late",
        "date_promised",
        "price_promised",
        "price_weighed",
        "product_type_promised",
        "quantity_promised",
        "urgent_promised",
    }
)


class PurchaseOrderLine(models.Model):
    _name = "purchase.order.line"
    _inherit = ["purchase.order.line", "supplier.exclusion.mixin"]

    supplier_exclusion = fields.Selection(prefetch=OWN_PREFETCH)
    supplier_exclusion_reason = fields.Char(prefetch=OWN_PREFETCH)
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
        help="When the line was first confirmed, or added to a confirmed order. "
        "Cancelling the order and confirming it again does not move it.",
    )
    quantity_promised = fields.Float(
        copy=False,
        readonly=True,
        digits=False,
        help="The ordered quantity as it stood on the promised day, in the product's "
        "own unit. What is changed after that day does not change it; only the action "
        '"Change promise" does.',
    )
    product_type_promised = fields.Char(
        copy=False,
        readonly=True,
        groups=USER_GROUP,
        prefetch=OWN_PREFETCH,
        help="What kind of product was ordered, where the product became another "
        "afterwards. Empty, its present kind counts.",
    )
    urgent_promised = fields.Boolean(
        string="Urgent When Confirmed",
        copy=False,
        readonly=True,
        groups=USER_GROUP,
        prefetch=OWN_PREFETCH,
        help="Whether the order was marked as urgent when the line was first "
        "confirmed. Marking it later, or no more, does not change it.",
    )
    price_promised = fields.Float(
        copy=False,
        readonly=True,
        digits=False,
        groups=USER_GROUP,
        prefetch=OWN_PREFETCH,
        help="What a unit cost, without tax, before none was ordered any more.",
    )
    price_weighed = OptionalFloat(
        copy=False,
        readonly=True,
        digits=False,
        groups=USER_GROUP,
        prefetch=OWN_PREFETCH,
        help="What a unit cost, without tax, before none was ordered any more, or the "
        "price was changed after the promised day. Empty, the present price counts.",
    )
    date_promise_broken = fields.Datetime(
        string="Promise Broken On",
        copy=False,
        readonly=True,
        groups=USER_GROUP,
        prefetch=OWN_PREFETCH,
        help="When the supplier first moved the promise.",
    )
    date_promise_rebased_late = fields.Datetime(
        string="Promise Moved Afterwards On",
        copy=False,
        readonly=True,
        groups=USER_GROUP,
        prefetch=OWN_PREFETCH,
        help="When a manager first moved the promise for us although its day was over "
        "or the goods had come.",
    )
    date_promise_cancelled = fields.Datetime(
        string="Cancelled On",
        copy=False,
        readonly=True,
        help="When the order was cancelled, or the quantity of the line set to 0.",
    )
    date_promise_excused = fields.Datetime(
        string="Cancelled for Us On",
        copy=False,
        readonly=True,
        groups=USER_GROUP,
        prefetch=OWN_PREFETCH,
        help="When somebody said that cancelling the line was our decision.",
    )
    has_twin_line = fields.Boolean(
        string="Product on Several Lines",
        copy=False,
        readonly=True,
        help="Another line of the order has the same product: what comes too much on "
        "one may be meant for the other.",
    )
    kit_parts = fields.Json(
        string="Parts of a Kit",
        copy=False,
        readonly=True,
        help="What one kit takes of each component, in the units of the products, as "
        "the receipts of the order asked for it.",
    )
    promise_change_ids = fields.One2many(
        "supplier.promise.change",
        "line_id",
        string="Promise Changes",
        readonly=True,
        groups=USER_GROUP,
    )

    _urgent_idx = models.Index("(id) WHERE urgent_promised")
    _kit_idx = models.Index("(id) WHERE kit_parts IS NOT NULL")
    _twin_line_idx = models.Index("(order_id) WHERE has_twin_line")
    # To find what was confirmed after an instant; it costs next to nothing to write.
    _frozen_idx = models.Index("USING brin (date_promise_frozen)")

    # ------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------

    @api.model
    def _guarded_fields(self):
        return super()._guarded_fields() | PROMISE | {"has_twin_line", "kit_parts"}

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        lines.filtered(lambda line: line.state == "purchase")._freeze_promise()
        return lines

    # Also while a module is uninstalled, for any client can say that one is.
    @api.ondelete(at_uninstall=True)
    def _unlink_except_settled(self):
        self._check_deletion()

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
        new = self.filtered(lambda line: not (line.display_type or line.date_promised))
        promised = new.grouped(
            lambda line: (
                line._get_promise_date(),
                line._get_ordered_quantity(),
                line.order_id.priority == "1",
            )
        )
        for (date, quantity, is_urgent), lines in promised.items():
            # A new line knows no price yet, whatever who made it wrote there.
            lines.sudo()._write_guarded(
                {
                    "price_weighed": False,
                    "date_promised": date,
                    "date_promise_frozen": now,
                    "quantity_promised": quantity,
                    "urgent_promised": is_urgent,
                }
            )
        new._mark_twin_lines()

    def _forget_promise(self):
        """Forget what a draft promised when it was confirmed before.

        Nobody is bound by what another supplier promised, or for another product. Of
        what came, the promise stays: it would be a way to be rid of it.
        """
        lines = self.filtered(
            lambda line: line.date_promised and line._nothing_came()
        ).sudo()
        if lines:
            lines._write_guarded(dict.fromkeys(PROMISE, False))

    def _log_supplier_exclusion(self, decision, reason):
        for order, lines in self.grouped("order_id").items():
            order.message_post(
                body=self.env._(
                    "%(decision)s in supplier evaluation: %(lines)s. %(reason)s",
                    decision=decision,
                    lines=listed(self.env, lines.product_id.mapped("display_name")),
                    reason=reason,
                ),
                subtype_xmlid="mail.mt_note",
            )
