from odoo import fields, models
from odoo.exceptions import UserError

from ...report.receipt.returned.mistakes import MISTAKE
from ...tools.groups import MANAGER_GROUP

# What would take a return out of what is published, or give it the reason of another.
DETOURS = {"date", "picking_id", "state"}


class StockMove(models.Model):
    _inherit = "stock.move"

    def write(self, vals):
        """Keep the reason that published figures rest on, whatever the way to it."""
        asked = not DETOURS.isdisjoint(vals) and not self.env.su
        if asked and (returns := self._detoured(vals)):
            returns._check_return_not_published()
        return super().write(vals)

    def _returns_goods(self):
        """Goods of a receipt that was entered by mistake come for the first time."""
        undone = self.origin_returned_move_id
        return super()._returns_goods() and not undone._takes_mistake_back()

    def _get_quantity_new(self):
        """What was entered by mistake did not come."""
        mistaken = self.returned_move_ids.filtered(
            lambda back: back.state == "done" and back._takes_mistake_back()
        )
        return max(0, super()._get_quantity_new() - self._sum_in_own_unit(mistaken))

    def _takes_mistake_back(self):
        """Whether it returns what was entered by mistake: see ``report/receipt``."""
        origin = self.origin_returned_move_id
        return bool(
            self.picking_id.supplier_return_reason == MISTAKE
            and origin.purchase_line_id
            and not origin.origin_returned_move_id
            and self._is_purchase_return()
        )

    def _is_all_back(self):
        """Whether all that came by it was returned."""
        self.ensure_one()
        back = self.returned_move_ids.filtered(lambda move: move.state == "done")
        returned = self._sum_in_own_unit(back)
        return self.product_uom.compare(returned, self.quantity) >= 0

    def _sum_in_own_unit(self, moves):
        """Return what moves moved, in the unit of this one."""
        return sum(
            move.product_uom._compute_quantity(
                move.quantity, self.product_uom, round=False
            )
            for move in moves
        )

    def _say_why_ordered_less(self):
        """Give the returns that an order made, which was lowered, their reason.

        What was ordered as a return, with less than nothing, says nothing about why.
        """
        made = self.filtered(
            lambda move: (
                move._is_purchase_return()
                and not move.origin_returned_move_id
                and move.purchase_line_id.product_qty >= 0
            )
        )
        pickings = made.picking_id.sudo().filtered(
            lambda picking: (
                not picking.supplier_return_reason and picking.move_ids <= made.sudo()
            )
        )
        pickings.write({"supplier_return_reason": "ours"})

    def _detoured(self, vals):
        """Return the done returns that get another day, state or reason."""
        moves = self.filtered(lambda move: move.state == "done").sudo()
        if not moves:
            return self.browse()
        found = moves.browse()
        if "picking_id" in vals:
            reason = moves.picking_id.browse(vals["picking_id"]).supplier_return_reason
            found |= moves.filtered(
                lambda move: move.picking_id.supplier_return_reason != reason
            )
        date = fields.Datetime.to_datetime(vals.get("date"))
        found |= moves.filtered(
            # Every receipt is written with its day once more: the quick question first.
            lambda move: (
                (
                    (date or move.date) != move.date
                    or vals.get("state", "done") != "done"
                )
                and move.picking_id.is_supplier_return
            )
        )
        return self.browse(found.ids)

    def _check_return_not_published(self):
        """Refuse to touch returns on which published figures rest.

        :raises UserError: naming the transfer of one
        """
        if self.env.su or self.env.user.has_group(MANAGER_GROUP):
            return
        done = self.sudo().filtered(lambda move: move.state == "done")
        published = self.env["res.company"]._supplier_published(
            {(move.company_id, move.date) for move in done}
        )
        for move in done:
            if (move.company_id, move.date) in published:
                raise UserError(
                    self.env._(
                        "The reason of %(picking)s is part of figures that are "
                        "published. A manager of supplier evaluation can change it and "
                        "make a new revision.",
                        picking=move.picking_id.name,
                    )
                )

    def _with_what_followed(self):
        """Return these and what took the goods on: a reason holds for the whole way."""
        moves = found = self
        while found:
            onward = found.move_dest_ids | found.returned_move_ids
            found = onward.filtered(lambda move: move.location_id.usage != "supplier")
            found -= moves
            moves |= found
        return moves
