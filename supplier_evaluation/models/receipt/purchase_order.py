from odoo import api, fields, models
from odoo.exceptions import UserError

from ...report.receipt.returned.typed import find_typed
from ...tools.groups import USER_GROUP
from ...tools.wording import listed


class PurchaseOrder(models.Model):
    """Goods that came by a transfer which names the order, but is none of it.

    Somebody typed the receipt anew instead of taking the one that waited. Odoo counts
    nothing of it as received; the facts of receipts show it as left out.
    """

    _inherit = "purchase.order"

    typed_receipt_hint = fields.Text(
        compute="_compute_typed_receipt_hint", groups=USER_GROUP
    )

    @api.depends("company_id", "name", "partner_id", "picking_ids", "state")
    def _compute_typed_receipt_hint(self):
        typed = self._typed_receipts()
        for order in self:
            moves = typed.get(order._origin)
            order.typed_receipt_hint = moves and self.env._(
                "Goods came for this order by %(transfers)s, but not by a receipt of "
                "it: neither Odoo nor the supplier's score counts them as received.",
                transfers=listed(self.env, moves.picking_id.mapped("name")),
            )

    # ------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------

    def action_take_typed_receipts(self):
        """Make what came so a receipt of the order's lines.

        Odoo does so itself with what is added to a receipt of the order.

        :raises UserError: nothing came so, or nobody waits for it any more
        """
        self.check_access("write")
        typed = self._typed_receipts()
        if not typed:
            raise UserError(
                self.env._(
                    "Nothing of what is waited for came by a transfer that names "
                    "%(orders)s. Reload the page to see what came.",
                    orders=listed(self.env, self.mapped("name")),
                )
            )
        for order, moves in typed.items():
            order._take_typed(moves)

    # ------------------------------------------------------------
    # Business
    # ------------------------------------------------------------

    def _typed_receipts(self):
        """Return what came by transfers that name an order, and is of none.

        What went back again is none, nor what the order does not wait for: there its
        own receipt was done as well.

        :return: ``{order: stock moves}``, of those orders only that have some
        """
        orders = self._origin.filtered(lambda one: one.state == "purchase")
        if not orders:
            return {}
        self.env.flush_all()
        names = [*orders.mapped("name"), *orders.sudo().picking_ids.mapped("name")]
        rows = find_typed(self.env, names)
        moves = self.env["stock.move"].sudo()
        typed = {}
        for move_id, order_id, _partner_id in sorted(rows):
            order, move = orders.browse(order_id), moves.browse(move_id)
            if (
                order in orders
                and order._lines_waiting_for(move.product_id)
                and not move._is_all_back()
            ):
                typed[order] = typed.get(order, moves) | move
        return typed

    def _take_typed(self, moves):
        """Make moves a receipt of the order, and say what else waits for them.

        :param moves: of transfers that name the order
        """
        for move in moves:
            lines = self._lines_waiting_for(move.product_id)
            lines |= self.order_line.filtered(
                lambda line, product=move.product_id: line.product_id == product
            )
            move.purchase_line_id = lines[:1]
        text = self.env._(
            "Counted as received of this order from now on: %(transfers)s.",
            transfers=listed(self.env, moves.picking_id.mapped("name")),
        )
        if waiting := self._waiting_for_nothing():
            text += " " + self.env._(
                "What they wait for is here, cancel them: %(transfers)s.",
                transfers=listed(self.env, waiting.mapped("name")),
            )
        self.message_post(body=text)

    def _lines_waiting_for(self, product):
        """Return the lines of a product that is missing, the first promised first."""
        return self.order_line.filtered(
            lambda line: line.product_id == product and not line._is_all_here()
        ).sorted(lambda line: (line.date_planned or line.create_date, line.id))

    def _waiting_for_nothing(self):
        """Return the transfers in which all that is waited for is here."""
        waiting = self.sudo().picking_ids.filtered(
            lambda picking: picking.state not in ("done", "cancel")
        )
        return waiting.filtered(
            lambda picking: all(
                line._is_all_here() for line in picking.move_ids.purchase_line_id
            )
        )
