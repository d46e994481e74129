from odoo import api, fields, models
from odoo.exceptions import UserError

from ...report.receipt.returned.mistakes import MISTAKE
from ...tools.actions import open_dialog


class StockPicking(models.Model):
    _inherit = "stock.picking"

    supplier_return_reason = fields.Selection(
        selection=[
            ("quality", "Quality"),
            ("surplus", "More than ordered"),
            ("wrong", "Wrong article"),
            ("ours", "Our decision"),
            (MISTAKE, "Receipt entered by mistake"),
            ("other", "Other"),
        ],
        string="Return Reason",
        copy=False,
        tracking=True,
        help="Why the goods go back. Quality and wrong articles count against the "
        "supplier; what came above the ordered quantity does not. What was entered by "
        "mistake never came: the return takes its receipt back. Without a reason, a "
        "return is what came too much, and bad goods beyond that.",
    )
    is_supplier_return = fields.Boolean(
        compute="_compute_is_supplier_return",
        compute_sudo=True,
        help="Goods of a purchase order go back.",
    )

    # They are looked for whenever figures are asked for, and there are few.
    _supplier_mistake_idx = models.Index(
        f"(id) WHERE supplier_return_reason = '{MISTAKE}'"
    )

    # ------------------------------------------------------------
    # Computes
    # ------------------------------------------------------------

    @api.depends(
        "location_id.usage",
        "location_dest_id.usage",
        "return_id.purchase_id",
        "supplier_return_reason",
    )
    def _compute_is_supplier_return(self):
        for picking in self:
            comes = picking.location_id.usage == "supplier"
            picking.is_supplier_return = bool(
                (picking.return_id.purchase_id and not comes)
                or picking.location_dest_id.usage == "supplier"
                or picking.supplier_return_reason
            )

    # ------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------

    def write(self, vals):
        """Keep the reason that published figures rest on."""
        if "supplier_return_reason" not in vals:
            return super().write(vals)
        reason = vals["supplier_return_reason"] or False
        changed = self.filtered(
            lambda picking: (picking.supplier_return_reason or False) != reason
        )
        changed._check_reason_not_published(reason)
        if reason == MISTAKE:
            changed._exchange_moves().replaces_returned = False
        else:
            mistaken = changed.filtered(
                lambda picking: picking.supplier_return_reason == MISTAKE
            )
            mistaken._exchange_moves().replaces_returned = True
        return super().write(vals)

    def _check_reason_not_published(self, reason):
        """Ask the moves, as the figures do: the day of a transfer is easily changed.

        A receipt that was entered by mistake, or was not after all, changes the figures
        of its own day as well.
        """
        moves = self.sudo().move_ids._with_what_followed()
        for picking in self.sudo():
            if MISTAKE in (reason, picking.supplier_return_reason):
                moves |= picking.move_ids.origin_returned_move_id
        self.env["stock.move"].browse(moves.ids)._check_return_not_published()

    def _exchange_moves(self):
        """Return what comes in exchange for what went back by these.

        It replaces goods, unless they had never come.
        """
        exchanges = late = self.sudo().return_ids
        while late := late.backorder_ids - exchanges:
            exchanges |= late
        went = self.sudo().move_ids
        return exchanges.move_ids.filtered(
            lambda move: (
                not move.origin_returned_move_id
                and move.purchase_line_id in went.purchase_line_id
                and move.product_id in went.product_id
            )
        )

    # ------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------

    def action_change_supplier_return_reason(self):
        """Ask for the reason of these returns.

        :raises UserError: there is none
        """
        if not self:
            raise UserError(
                self.env._(
                    "Choose returns that were made by a transfer: only they have a "
                    "reason."
                )
            )
        reasons = set(self.mapped("supplier_return_reason"))
        return open_dialog(
            "supplier.return.reason.wizard",
            self.env._("Return Reason"),
            {
                "picking_ids": self.ids,
                "reason": reasons.pop() if len(reasons) == 1 else False,
            },
        )

    # ------------------------------------------------------------
    # Business
    # ------------------------------------------------------------

    def _supplier_lines_to_return(self):
        """Return the order lines of which goods go back when this is returned.

        None of a delivery to a customer, nor of what went back to the supplier itself:
        returning that brings the goods to us again.
        """
        self.ensure_one()
        lines = self.env["purchase.order.line"].sudo()
        for move in self.sudo().move_ids:
            if move.state != "done" or move._is_purchase_return():
                continue
            if (
                self.picking_type_code == "outgoing"
                and move.location_dest_id.usage == "customer"
            ):
                continue
            lines |= lines.browse(move._get_purchase_line_and_partner_from_chain()[0])
        return lines
