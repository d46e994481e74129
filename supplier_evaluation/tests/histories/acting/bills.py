"""Bills, credit notes and payments."""

from __future__ import annotations

from odoo import Command

from ..definition.bill import amount
from ..records import Billed, Paid, Refunded


def post(actor, deed: Billed) -> None:
    """Post a bill."""
    bill = _create(
        actor,
        deed,
        "in_invoice",
        deed.day,
        [_line_vals(actor, item, item.quantity) for item in deed.items],
    )
    if deed.term:
        bill.invoice_payment_term_id = actor.world.terms[deed.term]
    bill.action_post()
    actor.bills[deed] = bill
    if abs(bill.amount_total - float(amount(deed))) > 1e-6:
        told = float(amount(deed))
        raise AssertionError(f"{deed.key}: Odoo bills {bill.amount_total}, not {told}")


def refund(actor, deed: Refunded) -> None:
    """Reverse a bill, or credit a part of it and settle that against it."""
    bill = actor.bills[deed.bill]
    if deed.share == 1:
        _reverse(actor, bill, deed.day)
        return
    note = _create(
        actor,
        deed.bill,
        "in_refund",
        deed.day,
        [
            _line_vals(actor, item, item.quantity * deed.share)
            for item in deed.bill.items
        ],
    )
    note.action_post()
    (bill | note).line_ids.filtered(
        lambda line: line.account_id == actor.world.payable
    ).reconcile()


def pay(actor, deed: Paid) -> None:
    """Register a payment of a share of the bill."""
    bill = actor.bills[deed.bill]
    wizard = (
        actor.env["account.payment.register"]
        .with_context(active_model="account.move", active_ids=bill.ids)
        .create({"payment_date": deed.day, "journal_id": actor.world.bank.id})
    )
    part = bill.currency_id.round(bill.amount_total * float(deed.share))
    # Of a bill in instalments Odoo proposes the next one.
    wizard.amount = min(part, bill.amount_residual)
    wizard.action_create_payments()


def _create(actor, deed, move_type, day, lines):
    return actor.env["account.move"].create(
        {
            "move_type": move_type,
            "partner_id": actor.orders[deed.order].partner_id.id,
            "invoice_date": day,
            "date": day,
            "journal_id": actor.world.bills.id,
            "currency_id": actor.world.currency(deed.currency).id,
            "invoice_line_ids": [Command.create(vals) for vals in lines],
        }
    )


def _line_vals(actor, item, quantity) -> dict:
    line = actor.lines[item.line]
    return {
        "product_id": line.product_id.id,
        "product_uom_id": line.product_uom_id.id,
        "quantity": float(quantity),
        "price_unit": float(item.price),
        "discount": float(item.discount),
        "purchase_line_id": line.id,
        "account_id": actor.world.expense.id,
        "tax_ids": [Command.clear()],
    }


def _reverse(actor, bill, day):
    wizard = (
        actor.env["account.move.reversal"]
        .with_context(active_model="account.move", active_ids=bill.ids)
        .create({"date": day, "journal_id": bill.journal_id.id})
    )
    wizard.refund_moves()
    note = bill.reversal_move_ids
    note.invoice_date = day
    note.action_post()
