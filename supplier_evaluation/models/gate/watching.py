"""What is bought more on confirmed orders, in spite of what the gate says."""

from contextlib import contextmanager

from odoo.exceptions import UserError

from .gate import PurchaseGate


@contextmanager
def watching_gate(orders):
    """Refuse what is bought more within it, in spite of a policy.

    Only confirmed orders are watched, and what was bought before stays. Several lines
    that are changed together are judged together.

    :param orders: purchase orders
    :raises UserError: for each order, why
    """
    busy = orders.env.cr.cache.setdefault("supplier_gate_watched", set())
    orders = orders.filtered(
        lambda order: order.state == "purchase" and order.id not in busy
    )
    if not orders:
        yield
        return
    before = PurchaseGate(orders).verdicts("order")
    busy.update(orders.ids)
    try:
        yield
    finally:
        busy.difference_update(before)
    after = PurchaseGate(orders).verdicts("order")
    refusals = []
    for order in orders:
        if not after[order.id].is_worse_than(before[order.id]):
            continue
        title = orders.env._(
            "%(order)s is confirmed, and this change would buy what a purchase policy "
            "refuses from %(supplier)s:",
            order=order.display_name,
            supplier=order.partner_id.display_name,
        )
        refusals.append("\n".join([title, *after[order.id].lines()]))
    if refusals:
        raise UserError("\n\n".join(refusals))
