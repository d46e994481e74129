from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.tools import SQL


class StockMove(models.Model):
    """What comes by a move that has an order line, and is not what was ordered."""

    _inherit = "stock.move"

    replaces_returned = fields.Boolean(
        string="Replaces Returned Goods",
        copy=False,
        readonly=True,
        help="Made by a return for exchange. What comes by it, as far as it was asked "
        "for, is no second delivery.",
    )

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

    def write(self, vals):
        """Nobody says by hand what replaces goods: it would not be a delivery then.

        :raises AccessError: somebody does
        """
        if "replaces_returned" in vals and not self.env.su:
            wanted = bool(vals["replaces_returned"])
            if any(move.replaces_returned != wanted for move in self):
                raise AccessError(
                    self.env._(
                        "“%(field)s” is set by a return for exchange only.",
                        field=self._fields["replaces_returned"]._description_string(
                            self.env
                        ),
                    )
                )
        return super().write(vals)

    def _get_quantity_new(self):
        """Return what of it replaces nothing, in the unit of the move.

        What came beyond what it had to replace is a delivery like any other.
        """
        self.ensure_one()
        if not self.replaces_returned:
            return self.quantity
        return max(0, self.quantity - self.product_uom_qty)

    def _returns_goods(self):
        """Whether it undoes another one: goods go back by it, or come back."""
        self.ensure_one()
        return bool(self.origin_returned_move_id)

    def _brings_nothing(self):
        """Whether it is no receipt, though it has the order line of one.

        Of a copy of a receipt somebody may make a transfer, or a delivery to a
        customer; and when more is ordered, Odoo gives the order line to what was
        scrapped of the receipt.
        """
        self.ensure_one()
        return bool(self.scrap_id) or (
            self.picking_type_id.code in ("internal", "outgoing")
            and self.location_id.usage in ("internal", "transit")
        )
