from odoo import api, fields, models
from odoo.exceptions import UserError

from ...tools.groups import USER_GROUP


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
                transfers=", ".join(moves.picking_id.mapped("name")),
            )

    # ------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------

    def action_take_typed_receipts(self):
        """Make what came so a receipt of the order's lines.

        Odoo does so itself with what is added to a receipt of the order.

        :raises UserError: the order has no line of what came
        """
        self.check_access("write")
        for order, moves in self._typed_receipts().items():
            order._take_typed(moves)

    # ------------------------------------------------------------
    # Business
    # ------------------------------------------------------------

    def _typed_receipts(self):
        """Return what came by transfers that name an order, and is of none.

        :return: ``{order: stock moves}``, of those orders only that have some
        """
        named = {
            (order.name, order.company_id): order
            for order in self._origin
            if order.state == "purchase"
        }
        if not named:
            return {}
        found = (
            self.env["stock.move"]
            .sudo()
            .search(
                [
                    ("picking_id.origin", "in", [name for name, _company in named]),
                    ("company_id", "in", self.company_id.ids),
                    ("state", "=", "done"),
                    ("quantity", ">", 0),
                    ("purchase_line_id", "=", False),
                    ("origin_returned_move_id", "=", False),
                    ("location_id.usage", "=", "supplier"),
                    ("location_dest_id.usage", "not in", ("supplier", "customer")),
                ],
                order="date, id",
            )
        )
        typed = {}
        for move in found:
            order = named.get((move.picking_id.origin, move.company_id))
            if order and order._is_of_vendor(move.picking_id.partner_id):
                typed[order] = typed.get(order, move.browse()) | move
        return typed

    def _is_of_vendor(self, partner):
        vendor = self.partner_id.commercial_partner_id
        return not partner or partner.commercial_partner_id == vendor

    def _take_typed(self, moves):
        """Make moves a receipt of the order, and say what else waits for them.

        :param moves: of transfers that name the order
        """
        taken = moves.filtered(lambda move: self._take_typed_move(move))
        if not taken:
            raise UserError(
                self.env._(
                    "%(order)s has no line of what came by %(transfers)s. Return it, "
                    "or add a line with its product.",
                    order=self.name,
                    transfers=", ".join(moves.picking_id.mapped("name")),
                )
            )
        text = self.env._(
            "Counted as received of this order from now on: %(transfers)s.",
            transfers=", ".join(taken.picking_id.mapped("name")),
        )
        if waiting := self._waiting_for_nothing():
            text += " " + self.env._(
                "What they wait for is here, cancel them: %(transfers)s.",
                transfers=", ".join(waiting.mapped("name")),
            )
        self.message_post(body=text)

    def _take_typed_move(self, move):
        """Make a move a receipt of the line that waits for it first.

        :return: the line, or nothing
        """
        lines = self.order_line.filtered(
            lambda line: not line.display_type and line.product_id == move.product_id
        ).sorted(lambda line: (line.date_planned or line.create_date, line.id))
        line = (lines.filtered(lambda line: not line._is_all_here()) or lines)[:1]
        if line:
            move.purchase_line_id = line
        return line

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
