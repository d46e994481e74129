"""What buyers, storekeepers and accountants do in Odoo: order, receive, pay, cancel."""

from __future__ import annotations

from datetime import datetime

from odoo import Command

# Nobody follows the demo: what Odoo logs about every change would only cost time.
QUIET = {
    "tracking_disable": True,
    "mail_create_nolog": True,
    "mail_create_nosubscribe": True,
    "mail_notrack": True,
    "mail_activity_automation_skip": True,
}


class Trading:
    """The administrator at work in one company.

    :param manager: who decides about the administrator's own orders
    """

    def __init__(self, env, company, manager):
        admin = env.ref("base.user_admin")
        context = {"allowed_company_ids": company.ids, "lang": env.lang, **QUIET}
        self.env = env(user=admin, su=False, context=context)
        self.company = company
        self.manager = manager

    def order(self, requests):
        """Order and confirm, each at the supplier's payment term.

        :param requests: of each order the partner, the currency, the promised instant,
            the lines (product, unit, quantity and price of each), and the discount in
            per cent on every line
        :return: the orders, in the same order
        """
        vals_list = [self._order_vals(*request) for request in requests]
        orders = self.env["purchase.order"].create(vals_list)
        orders.button_confirm()
        return orders

    def _order_vals(self, partner, currency, promise: datetime, lines, discount):
        vendor = partner.with_company(self.company)
        return {
            "partner_id": partner.id,
            "payment_term_id": vendor.property_supplier_payment_term_id.id,
            "currency_id": currency.id,
            "date_planned": promise,
            "order_line": [
                Command.create(
                    {
                        "product_id": product.id,
                        "product_uom_id": uom.id,
                        "product_qty": quantity,
                        "price_unit": price,
                        "discount": discount,
                        "date_planned": promise,
                        # What Odoo would find, line by line, with a form in memory.
                        "name": product.display_name,
                        "tax_ids": [Command.clear()],
                    }
                )
                for product, uom, quantity, price in lines
            ],
        }

    def receive(self, arrivals) -> None:
        """Receive a share of what is still open; the rest waits as a backorder.

        :param arrivals: order and share of each
        """
        pickings = self.env["stock.picking"]
        for order, share in arrivals:
            picking = order.picking_ids.filtered(
                lambda each: each.state not in ("done", "cancel") and not each.return_id
            )
            for move in picking.move_ids:
                quantity = max(1, round(move.product_uom_qty * share))
                # What is expected is entered already.
                if move.quantity != quantity:
                    move.quantity = quantity
            pickings |= picking
        self._validate(pickings)

    def send_back(self, order, share: float) -> None:
        """Return a share of every line of the first delivery."""
        picking = order.picking_ids.filtered(lambda each: each.state == "done")[:1]
        wizard = (
            self.env["stock.return.picking"]
            .with_context(active_id=picking.id, active_model="stock.picking")
            .create({})
        )
        for line in wizard.product_return_moves:
            line.quantity = max(1, round(line.move_id.quantity * share))
        action = wizard.action_create_returns()
        back = self.env["stock.picking"].browse(action["res_id"])
        for move in back.move_ids:
            move.quantity = move.product_uom_qty
        self._validate(back)

    def move_promise(self, order, promise: datetime, reason: str, note: str) -> None:
        """Use the wizard that says who asked for another date."""
        lines = order.order_line.filtered("date_promised")
        self.env["supplier.promise.change.wizard"].create(
            {
                "line_ids": [Command.set(lines.ids)],
                "reason": reason,
                "date_to": promise,
                "note": note,
            }
        ).action_apply()
        lines.date_planned = promise

    def waive(self, order, reason: str) -> None:
        """Leave the order's lines out of the evaluation, with a reason."""
        self.env["supplier.exclusion.wizard"].with_user(self.manager).create(
            {
                "targets": {order.order_line._name: order.order_line.ids},
                "exclusion": "responsibility",
                "reason": reason,
            }
        ).action_apply()

    def cancel(self, order) -> None:
        order.button_cancel()

    def enter_bills(self, bills) -> None:
        """Enter vendor bills for what was received and stayed, and post them.

        They are what the button "Create Bill" of their orders makes; one call for all
        of them takes half the time.

        :param bills: order, day, the vendor's number, and a function from the ordered
            price of a line to the billed one, of each
        """
        vals_list = []
        for order, day, number, price in bills:
            order = order.with_company(self.company)
            lines = []
            for line in order.order_line.filtered("qty_to_invoice"):
                vals = line._prepare_account_move_line()
                lines.append(
                    Command.create({**vals, "price_unit": price(vals["price_unit"])})
                )
            vals_list.append(
                {
                    **order._prepare_invoice(),
                    "invoice_date": day,
                    "ref": number,
                    "invoice_line_ids": lines,
                }
            )
        self.env["account.move"].create(vals_list).action_post()

    def pay(self, partner, due) -> int:
        """Pay a vendor what was due by a day, all at once; how many bills that were."""
        bills = self.env["account.move"].search(
            [
                ("company_id", "=", self.company.id),
                ("commercial_partner_id", "=", partner.id),
                ("move_type", "=", "in_invoice"),
                ("state", "=", "posted"),
                ("payment_state", "=", "not_paid"),
                ("invoice_date_due", "<=", due),
            ]
        )
        if bills:
            self.env["account.payment.register"].with_context(
                active_model=bills._name, active_ids=bills.ids
            ).create({"group_payment": True})._create_payments()
        return len(bills)

    def _validate(self, pickings) -> None:
        done = pickings.with_context(skip_backorder=True).button_validate()
        if done is not True or set(pickings.mapped("state")) != {"done"}:
            names = ", ".join(pickings.mapped("name"))
            raise RuntimeError(f"{names} could not be validated: {done}")
