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

        One line's goods may have been typed on another: what the order has of a product
        tells. Odoo counts whole kits: of what came too much of one component it says
        nothing.
        """
        self.ensure_one()
        lines = self.order_id.order_line.filtered(
            lambda line: line.product_id == self.product_id and line.product_qty >= 0
        )
        if self.kit_parts:
            return lines.filtered("kit_parts")._has_surplus_of_parts()
        unit = self.product_uom_id
        here, ordered = (
            sum(
                line.product_uom_id._compute_quantity(line[name], unit, round=False)
                for line in lines
            )
            for name in ("qty_received", "product_qty")
        )
        return unit.compare(here, ordered) > 0

    def _has_surplus_of_parts(self):
        over = defaultdict(float)
        for line in self:
            ordered = line._get_ordered_quantity()
            for part, quantity in line.kit_parts.items():
                over[int(part)] -= ordered * quantity
            for part, quantity in line._get_parts_here().items():
                over[part.id] += quantity
        parts = self.env["product.product"].browse(over)
        return any(part.uom_id.compare(over[part.id], 0) > 0 for part in parts)

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
