"""Who does the deeds of a history in Odoo, at their time."""

from __future__ import annotations

from functools import singledispatchmethod

from odoo import Command

from .. import words
from ..definition.amounts import subtotal
from ..records import (
    Acknowledged,
    Billed,
    Came,
    CameBack,
    Cancelled,
    Complained,
    ConfirmedAgain,
    History,
    Line,
    MovedInside,
    Order,
    Paid,
    PromiseChanged,
    QuantityChanged,
    Refunded,
    Replaced,
    Went,
)
from . import bills, transfers
from .world import World


class Undone(Exception):
    """A history cannot be done in Odoo as it is told: the teller's mistake."""


class Actor:
    """Makes records for histories; the clock is the caller's.

    :param clock: frozen time, which is moved
    """

    def __init__(self, world: World, clock):
        self.world = world
        self.env = world.env
        self.clock = clock
        self.suppliers = {}
        self.contacts = {}
        self.orders = {}
        self.lines = {}
        # What the deeds made: moves of receipts by line and part, returns, bills.
        self.moves = {}
        self.returns = {}
        self.exchanges = {}
        self.bills = {}
        self._owner = {}
        self._order_of = {}

    def act(self, histories: list[History]) -> None:
        """Do all that the histories tell, in order of time."""
        self._meet(histories)
        steps = [step for history in histories for step in self._steps(history)]
        for moment, history, step, what in sorted(steps, key=lambda step: step[0]):
            self.clock.move_to(moment)
            try:
                step(what)
            except Exception as error:
                story = "\n".join(words.tell(history))
                raise Undone(f"{moment} of {history.key}: {error}\n{story}") from error

    def _steps(self, history):
        for order in history.orders:
            self._owner[order] = history.key
            self._order_of |= dict.fromkeys(order.lines, order)
            yield order.confirmed, history, self._confirm, order
            for line in order.lines:
                if line.added:
                    yield line.added, history, self._add, (order, line)
        for deed in history.deeds:
            yield deed.told, history, self.do, deed

    def _meet(self, histories):
        partners = self.env["res.partner"].create(
            [{"name": history.key, "is_company": True} for history in histories]
        )
        contacts = self.env["res.partner"].create(
            [{"name": "Desk", "parent_id": partner.id} for partner in partners]
        )
        for history, partner, contact in zip(
            histories, partners, contacts, strict=True
        ):
            self.suppliers[history.key] = partner
            self.contacts[history.key] = contact
            partner.property_account_payable_id = self.world.payable
            self._tell_usual_days(history, partner)

    def _tell_usual_days(self, history, partner):
        self.env["product.supplierinfo"].create(
            [
                {
                    "partner_id": partner.id,
                    "product_tmpl_id": self.world.products[product].product_tmpl_id.id,
                    "company_id": self.world.company.id,
                    "delay": days,
                }
                for product, days in history.usual_days.items()
            ]
        )

    def supplier(self, order: Order):
        return self.suppliers[self._owner[order]]

    # ------------------------------------------------------------
    # Orders
    # ------------------------------------------------------------

    def _confirm(self, order: Order) -> None:
        lines = [line for line in order.lines if not line.added]
        warehouse = self.world.warehouses[order.place]
        self._keep_units(order)
        partners = self.contacts if order.by_contact else self.suppliers
        record = self.env["purchase.order"].create(
            {
                "partner_id": partners[self._owner[order]].id,
                "company_id": self.world.company.id,
                "currency_id": self.world.currency(order.currency).id,
                "picking_type_id": warehouse.in_type_id.id,
                "date_order": order.ordered,
                "priority": "1" if order.is_urgent else "0",
                "order_line": [Command.create(self._line_vals(line)) for line in lines],
            }
        )
        record.button_confirm()
        self.orders[order] = record
        self.lines.update(zip(lines, record.order_line, strict=True))
        for line in lines:
            self._check_amount(order, line)

    def _keep_units(self, order: Order) -> None:
        """Let the receipts that are made next keep the order's unit, or not."""
        self.env["ir.config_parameter"].set_param(
            "stock.propagate_uom", str(int(order.keeps_unit))
        )

    def _line_vals(self, line: Line) -> dict:
        return {
            "product_id": self.world.products[line.product].id,
            "product_qty": float(line.quantity),
            "product_uom_id": self.world.units[line.unit].id,
            "price_unit": float(line.price),
            "discount": float(line.discount),
            "date_planned": line.promised,
            "tax_ids": [Command.set(self.world.tax.ids if line.tax else [])],
        }

    def _check_amount(self, order, line):
        """The definition and Odoo must agree on what the line costs."""
        told = float(subtotal(order, line, line.quantity))
        made = self.lines[line].price_subtotal
        if abs(told - made) > 1e-6:
            raise AssertionError(f"{line}: Odoo says that it costs {made}, not {told}")

    def _add(self, what: tuple[Order, Line]) -> None:
        order, line = what
        self._keep_units(order)
        record = self.orders[order]
        before = record.order_line
        record.order_line = [Command.create(self._line_vals(line))]
        self.lines[line] = record.order_line - before

    # ------------------------------------------------------------
    # Deeds
    # ------------------------------------------------------------

    @singledispatchmethod
    def do(self, deed) -> None:
        raise TypeError(f"Nobody knows how to do {deed!r}")

    @do.register
    def _quantity(self, deed: QuantityChanged):
        line = self.lines[deed.line]
        self._keep_units(self._order_of[deed.line])
        # With the price: Odoo would take that of the last order.
        line.write(
            {
                "product_qty": float(deed.quantity),
                "price_unit": float(deed.line.price),
                "discount": float(deed.line.discount),
            }
        )
        if deed.agreed:
            self._change_promise(line, "buyer")

    @do.register
    def _promise(self, deed: PromiseChanged):
        self._change_promise(self.lines[deed.line], deed.reason, deed.promised)

    def _change_promise(self, lines, reason, promised=False):
        """Say whose wish a change is; without a date the quantity, or the end of it."""
        self.env["supplier.promise.change.wizard"].create(
            {
                "line_ids": lines.ids,
                "reason": reason,
                "date_to": promised,
                "note": "agreed by phone",
            }
        ).action_apply()

    @do.register
    def _cancel(self, deed: Cancelled):
        order = self.orders[deed.order]
        order.button_cancel()
        if deed.ours:
            self._change_promise(order.order_line, "buyer")

    @do.register
    def _confirm_again(self, deed: ConfirmedAgain):
        self._keep_units(deed.order)
        order = self.orders[deed.order]
        order.button_draft()
        order.button_confirm()

    @do.register
    def _acknowledge(self, deed: Acknowledged):
        self.orders[deed.order].action_acknowledge()

    @do.register
    def _complain(self, deed: Complained):
        line = self.lines[deed.line]
        self.env["supplier.incident"].create(
            {
                "title": "Wrong",
                "partner_id": line.order_id.partner_id.id,
                "company_id": self.world.company.id,
                "incident_type": deed.kind,
                "responsibility": deed.responsibility,
                "date_opened": deed.at,
                "purchase_line_id": line.id,
                "quantity": float(deed.quantity * deed.line.unit.factor),
            }
        )

    @do.register
    def _came(self, deed: Came):
        transfers.receive(self, deed)

    @do.register
    def _went(self, deed: Went):
        transfers.give_back(self, deed)

    @do.register
    def _came_back(self, deed: CameBack):
        transfers.take_back(self, deed)

    @do.register
    def _replaced(self, deed: Replaced):
        transfers.take_replacement(self, deed)

    @do.register
    def _moved(self, deed: MovedInside):
        transfers.move_inside(self, deed)

    @do.register
    def _billed(self, deed: Billed):
        bills.post(self, deed)

    @do.register
    def _refunded(self, deed: Refunded):
        bills.refund(self, deed)

    @do.register
    def _paid(self, deed: Paid):
        bills.pay(self, deed)
