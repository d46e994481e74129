from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ...tools.groups import MANAGER_GROUP

# What would take a return out of what is published, or give it the reason of another.
DETOURS = {"date", "picking_id", "state"}


class StockMove(models.Model):
    _inherit = "stock.move"

    replaces_returned = fields.Boolean(
        string="Replaces Returned Goods",
        copy=False,
        readonly=True,
        help="Made by a return for exchange. What comes by it, as far as it was asked "
        "for, is no second delivery.",
    )

    def write(self, vals):
        """Keep the reason that published figures rest on, whatever the way to it."""
        asked = not DETOURS.isdisjoint(vals) and not self.env.su
        if asked and (returns := self._detoured(vals)):
            returns._check_return_not_published()
        return super().write(vals)

    def copy_data(self, default=None):
        """A copy of what replaces goods does so where that never came itself.

        Of what came, somebody makes a copy for other goods that are missing.
        """
        vals_list = super().copy_data(default)
        for move, vals in zip(self, vals_list, strict=True):
            if move.replaces_returned and move.state == "cancel":
                vals["replaces_returned"] = True
        return vals_list

    def _prepare_move_split_vals(self, qty):
        """What is left of what replaces goods does so, too."""
        return {
            **super()._prepare_move_split_vals(qty),
            "replaces_returned": self.replaces_returned,
        }

    @api.model
    def _prepare_merge_moves_distinct_fields(self):
        """What replaces returned goods stays apart from what is ordered besides."""
        return [*super()._prepare_merge_moves_distinct_fields(), "replaces_returned"]

    @api.model
    def _prepare_merge_negative_moves_excluded_distinct_fields(self):
        """Of what waits, less comes where less is ordered, whatever it was for."""
        return [
            *super()._prepare_merge_negative_moves_excluded_distinct_fields(),
            "replaces_returned",
        ]

    @api.model
    def _mark_replacements(self):
        """Mark what replaced returned goods before it was marked, in one statement.

        Odoo links the transfer of an exchange to the return; what was left of one comes
        by back orders that it does not link.
        """
        self.flush_model()
        self.env["stock.picking"].flush_model(["backorder_id", "return_id"])
        self.env.cr.execute(
            SQL(
                """
                WITH RECURSIVE exchange AS (
                     SELECT k.id AS picking_id, went.id AS went_id
                       FROM stock_picking k
                       JOIN stock_picking went ON went.id = k.return_id
                      WHERE went.return_id IS NOT NULL
                      UNION
                     SELECT late.id, exchange.went_id
                       FROM exchange
                       JOIN stock_picking late
                         ON late.backorder_id = exchange.picking_id)
                UPDATE stock_move m
                   SET replaces_returned = TRUE
                  FROM exchange
                 WHERE m.picking_id = exchange.picking_id
                   AND m.purchase_line_id IS NOT NULL
                   AND m.origin_returned_move_id IS NULL
                   AND m.replaces_returned IS NOT TRUE
                   AND EXISTS (
                       SELECT FROM stock_move back
                        WHERE back.picking_id = exchange.went_id
                          AND back.purchase_line_id = m.purchase_line_id
                          AND back.product_id = m.product_id)
                """
            )
        )
        self.invalidate_model(["replaces_returned"])

    def _only_changes_place(self):
        """Whether it is no receipt, though it has the order line of one.

        Of a copy of a receipt somebody may make a transfer, and when more is ordered,
        Odoo gives the order line to what was scrapped of the receipt.
        """
        self.ensure_one()
        return bool(self.scrap_id) or (
            self.picking_type_id.code == "internal"
            and self.location_id.usage in ("internal", "transit")
        )

    def _is_all_back(self):
        """Whether all that came by it was returned."""
        self.ensure_one()
        back = self.returned_move_ids.filtered(lambda move: move.state == "done")
        return (
            self.product_uom.compare(
                sum(
                    move.product_uom._compute_quantity(
                        move.quantity, self.product_uom, round=False
                    )
                    for move in back
                ),
                self.quantity,
            )
            >= 0
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
