from collections import defaultdict

from odoo import models


class PurchaseOrder(models.Model):
    _inherit = "purchase.order"

    def _create_picking(self):
        """Remember what the kits of a confirmed order take."""
        lines = self.order_line
        before = lines._get_demanded_parts()
        result = super()._create_picking()
        lines._remember_kit_parts(before)
        return result


class PurchaseOrderLine(models.Model):
    """What one kit takes, as Odoo asked for it when it made the receipts.

    Moves alone do not tell it later: some are cancelled and made anew, some are copies,
    and the bill of materials may have changed.
    """

    _inherit = "purchase.order.line"

    def _create_or_update_picking(self):
        """Remember what is asked for anew when more is ordered, or a line is added."""
        before = self._get_demanded_parts()
        result = super()._create_or_update_picking()
        self._remember_kit_parts(before)
        return result

    def _get_demanded_parts(self):
        """Return what the moves of each line ask for of products other than its own.

        :return: ``{line: {product id: quantity in its own unit}}``; nothing where kits
            do not exist
        """
        demanded = defaultdict(lambda: defaultdict(float))
        moves = self.env["stock.move"]
        if not self.ids or "bom_line_id" not in moves._fields:
            return demanded
        for line, product, quantity in moves.sudo()._read_group(
            [
                ("purchase_line_id", "in", self.ids),
                ("state", "!=", "cancel"),
                ("origin_returned_move_id", "=", False),
                ("location_dest_id.usage", "!=", "supplier"),
            ],
            ["purchase_line_id", "product_id"],
            ["product_qty:sum"],
        ):
            demanded[line.id][product.id] += quantity
        return demanded

    def _remember_kit_parts(self, before):
        """Remember what one kit takes, from what was asked for just now.

        What is ordered later, by a recipe that may have changed, is averaged with what
        was ordered before. A line that is confirmed again takes what it takes now.

        :param dict before: what was asked for before
        """
        after = self._get_demanded_parts()
        known = self.env.context.get("previous_product_qty", {})
        for line in self.filtered(lambda line: after[line.id] or line.kit_parts):
            ordered = line._get_ordered_quantity()
            asked = {
                product_id: quantity - before[line.id][product_id]
                for product_id, quantity in after[line.id].items()
                if quantity > before[line.id][product_id]
            }
            if not asked or ordered <= 0:
                continue
            if line.product_id.id in asked:
                line._write_guarded({"kit_parts": False})
                continue
            earlier = known.get(line.id, 0.0)
            parts = {
                int(product_id): quantity * earlier
                for product_id, quantity in (line.kit_parts or {}).items()
                if earlier
            }
            for product_id, quantity in asked.items():
                parts[product_id] = parts.get(product_id, 0.0) + quantity
            line._write_guarded(
                {
                    "kit_parts": {
                        str(product_id): quantity / ordered
                        for product_id, quantity in parts.items()
                    }
                }
            )
