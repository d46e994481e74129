"""Receipts and returns, by every route that people take."""

from __future__ import annotations

from odoo import Command

from ..records import Came, CameBack, MovedInside, Replaced, Went

OPEN = ("draft", "waiting", "confirmed", "partially_available", "assigned")


def receive(actor, deed: Came) -> None:
    """Validate the open receipts of an order."""
    record = actor.orders[deed.order]
    wanted = {}
    for (line, part), quantity in deed.goods.items():
        moves = _open_moves(actor, line, part)
        parts = _spread(_in_moves_unit(actor, line, part, quantity, moves), moves)
        wanted |= parts
        actor.moves[deed, line, part] = parts
    for picking in record.picking_ids.filtered(
        lambda picking: (
            picking.state in OPEN and picking.picking_type_id.code == "incoming"
        )
    ):
        _validate(picking, wanted, backorder=not deed.closes)
        if deed.typed:
            picking.date_done = deed.at
    for move, quantity in wanted.items():
        if quantity and (move.state != "done" or abs(move.quantity - quantity) > 1e-6):
            raise AssertionError(
                f"{move.product_id.name} of {record.name}: {quantity} should have come,"
                f" {move.quantity} did ({move.state})"
            )


def give_back(actor, deed: Went) -> None:
    """Let goods of a receipt go away again."""
    ROUTES[deed.route](actor, deed)


def take_back(actor, deed: CameBack) -> None:
    moves = actor.returns[deed.went]
    went = deed.went
    quantity = _in_moves_unit(actor, went.line, went.part, deed.quantity, moves)
    _return(actor, moves, quantity)


def take_replacement(actor, deed: Replaced) -> None:
    picking = actor.exchanges[deed.went]
    _validate(picking, {move: move.product_uom_qty for move in picking.move_ids})


def move_inside(actor, deed: MovedInside) -> None:
    moves, quantity = _origin(actor, deed, deed.line.product)
    place = actor.world.quarantines[deed.came.order.place]
    _return(actor, moves, quantity, to=place)


# ------------------------------------------------------------
# Routes of a return
# ------------------------------------------------------------


def _origin(actor, deed, part):
    """The moves of the receipt, and the quantity in their unit."""
    parts = actor.moves[deed.came, deed.line, part]
    moves = actor.env["stock.move"].union(*parts)
    return moves, _in_moves_unit(actor, deed.line, part, deed.quantity, moves)


def _to_vendor(actor, deed):
    moves, quantity = _origin(actor, deed, deed.part)
    actor.returns[deed] = _return(actor, moves, quantity, deed.reason)


def _to_transit(actor, deed):
    """To a vendor of our group."""
    moves, quantity = _origin(actor, deed, deed.part)
    place = actor.env.ref("stock.stock_location_inter_company")
    actor.returns[deed] = _return(actor, moves, quantity, deed.reason, to=place)


def _to_customers(actor, deed):
    """The operation type of the return is changed to a delivery."""
    moves, quantity = _origin(actor, deed, deed.part)
    place = actor.env.ref("stock.stock_location_customers")
    actor.returns[deed] = _return(actor, moves, quantity, deed.reason, to=place)


def _by_quarantine(actor, deed):
    moves, quantity = _origin(actor, deed, deed.part)
    place = actor.world.quarantines[deed.came.order.place]
    hop = _return(actor, moves, quantity, deed.reason, to=place)
    vendors = _vendors(actor)
    actor.returns[deed] = _return(actor, hop, quantity, deed.reason, to=vendors)


def _from_put_away(actor, deed):
    """The transfer after the receipt is returned, straight to the vendor."""
    moves, quantity = _origin(actor, deed, deed.part)
    after = moves.move_dest_ids.filtered(
        lambda move: move.location_dest_id.usage == "internal"
    )
    if after.picking_id.state != "done":
        _validate(after.picking_id, {move: move.product_uom_qty for move in after})
    vendors = _vendors(actor)
    actor.returns[deed] = _return(actor, after, quantity, deed.reason, to=vendors)


def _by_hand(actor, deed):
    """A delivery to the vendor whose source document is the order."""
    moves, quantity = _origin(actor, deed, deed.part)
    order = actor.orders[deed.came.order]
    warehouse = actor.world.warehouses[deed.came.order.place]
    source, vendors = moves.location_dest_id, _vendors(actor)
    picking = actor.env["stock.picking"].create(
        {
            "partner_id": order.partner_id.id,
            "picking_type_id": warehouse.out_type_id.id,
            "location_id": source.id,
            "location_dest_id": vendors.id,
            "origin": order.name,
            "move_ids": [
                Command.create(
                    {
                        "product_id": moves.product_id.id,
                        "product_uom_qty": float(quantity),
                        "product_uom": moves.product_uom.id,
                        "location_id": source.id,
                        "location_dest_id": vendors.id,
                    }
                )
            ],
        }
    )
    picking.action_confirm()
    _set_reason(picking, deed.reason)
    _validate(picking, {picking.move_ids: float(quantity)})
    actor.returns[deed] = picking.move_ids


def _for_exchange(actor, deed):
    moves, quantity = _origin(actor, deed, deed.part)
    back = _return(actor, moves, quantity, deed.reason, "action_create_exchanges")
    actor.returns[deed] = back
    actor.exchanges[deed] = actor.env["stock.picking"].search(
        [("return_id", "=", back.picking_id.id)]
    )


ROUTES = {
    "vendor": _to_vendor,
    "transit": _to_transit,
    "customers": _to_customers,
    "quarantine": _by_quarantine,
    "put-away": _from_put_away,
    "hand": _by_hand,
    "exchange": _for_exchange,
}


# ------------------------------------------------------------
# Steps of them
# ------------------------------------------------------------


def _vendors(actor):
    return actor.env.ref("stock.stock_location_suppliers")


def _open_moves(actor, line, part):
    return actor.lines[line].move_ids.filtered(
        lambda move: (
            move.state in OPEN
            and move.product_id == actor.world.products[part]
            and move.location_id.usage == "supplier"
            and not move.origin_returned_move_id
        )
    )


def _spread(quantity, moves) -> dict:
    """Spread a quantity over moves: each as much as it waits for, the last the rest."""
    parts, rest = {}, float(quantity)
    for move in moves:
        parts[move] = rest if move == moves[-1] else min(rest, move.product_uom_qty)
        rest -= parts[move]
    return {move: part for move, part in parts.items() if part}


def _in_moves_unit(actor, line, part, quantity, moves):
    """A quantity of a line, or of a component of its kit, in the unit of moves."""
    if part is not line.product:
        return quantity
    if moves.product_uom == actor.world.units[line.unit]:
        return quantity
    return round(float(quantity * line.unit.factor), 2)


def _return(actor, moves, quantity, reason="", method="action_create_returns", to=None):
    """Return a quantity of done moves with the wizard; the done moves of it.

    :param to: the location that is set before the return is validated
    """
    picking = moves.picking_id
    wizard = (
        actor.env["stock.return.picking"]
        .with_context(
            active_ids=picking.ids, active_id=picking.id, active_model="stock.picking"
        )
        .create({"picking_id": picking.id})
    )
    rest = float(quantity)
    for line in wizard.product_return_moves:
        line.quantity = 0
        if line.move_id in moves:
            line.quantity = min(rest, line.move_id.quantity)
            rest -= line.quantity
    _set_reason(wizard, reason)
    back = actor.env["stock.picking"].browse(getattr(wizard, method)()["res_id"])
    if to:
        back.location_dest_id = to
        back.move_ids.location_dest_id = to
    _validate(back, {move: move.product_uom_qty for move in back.move_ids})
    return back.move_ids


def _set_reason(record, reason):
    """Tell why goods go back, as Odoo's dialog and the transfer ask."""
    if reason:
        record.supplier_return_reason = reason


def _validate(picking, wanted, backorder=True):
    """Validate a transfer with quantities by move; what is not named is 0."""
    if not any(wanted.get(move) for move in picking.move_ids):
        return
    for move in picking.move_ids.filtered(lambda move: move.state in OPEN):
        quantity = wanted.get(move, 0)
        move.quantity = quantity
        move.picked = bool(quantity)
    picking.with_context(
        skip_backorder=True,
        picking_ids_not_to_backorder=[] if backorder else picking.ids,
    ).button_validate()
    if picking.state != "done":
        raise AssertionError(f"{picking.name} is not done but {picking.state}")
