from collections import defaultdict

from odoo import models


class PurchaseOrderLine(models.Model):
    _inherit = "purchase.order.line"

    def _create_or_update_picking(self):
        """What goes back because less is ordered than came goes back for us.

        Odoo makes that transfer by itself: no dialog asks for the reason.
        """
        # Read where it may be needed only: raising a quantity costs nothing. What is
        # here does not tell: what replaces returned goods may be on its way.
        before = self.env.context.get("previous_product_qty", {})
        lowered = self.filtered(
            lambda line: line.product_uom_qty < before.get(line.id, 0)
        )
        before = lowered.move_ids
        result = super()._create_or_update_picking()
        (lowered.move_ids - before)._say_why_ordered_less()
        return result

    def _has_surplus(self):
        """Whether more is here than is ordered; of a kit, of one of its components.

        Odoo counts whole kits: of what came too much of one component it says nothing.
        """
        self.ensure_one()
        if not self.kit_parts:
            compare = self.product_uom_id.compare
            return compare(self.qty_received, self.product_qty) > 0
        ordered = self._get_ordered_quantity()
        return any(
            part.uom_id.compare(
                quantity, ordered * self.kit_parts.get(str(part.id), 0.0)
            )
            > 0
            for part, quantity in self._get_parts_here().items()
        )

    def _is_all_here(self):
        """Whether nothing is missing of what is ordered."""
        self.ensure_one()
        return self.product_uom_id.compare(self.qty_received, self.product_qty) >= 0

    def _get_parts_here(self):
        """Return what came of the components of a kit, less what went back.

        :return: ``{product: quantity in its own unit}``
        """
        parts = defaultdict(float)
        for move in self.sudo().move_ids.filtered(lambda move: move.state == "done"):
            part, origin = move.product_id, move.origin_returned_move_id
            if part == self.product_id:
                continue
            quantity = move.product_uom._compute_quantity(
                move.quantity, part.uom_id, round=False
            )
            if move._is_purchase_return():
                parts[part] -= quantity
            elif origin._is_purchase_return() if origin else not move._brings_nothing():
                parts[part] += quantity
        return parts
