from dataclasses import replace

from odoo import api, models
from odoo.tools import SQL

from ...tools.streams import id_array
from ..fact.sums import SumQuestion
from ..fact.supplier_fact_change import Pending
from ..fact.watch import EVERYTHING, Watch
from ..promise.at_cutoff import CHANGES_READ
from .returned.traces import Traces
from .rows import MOVES_READ

# What changed of moves, and of what else tells what they were.
WATCHES = (
    Watch(
        table="supplier_promise_change",
        columns=CHANGES_READ["supplier.promise.change"],
        notes={"line": "{row}.line_id"},
    ),
    Watch(
        table="stock_move",
        columns=tuple(MOVES_READ["stock.move"]),
        notes={
            "move": "{row}.id",
            "returned": "{row}.origin_returned_move_id",
            "moved": "{row}.purchase_line_id",
            "scrapped": "CASE WHEN {row}.scrap_id IS NOT NULL"
            " THEN {row}.picking_id END",
            "left": "CASE WHEN {row}.state = 'done' AND (TG_OP = 'DELETE'"
            " OR TG_OP = 'UPDATE'"
            " AND OLD.picking_id IS DISTINCT FROM NEW.picking_id)"
            " THEN {row}.picking_id END",
        },
        matters="{row}.state = 'done' OR {row}.purchase_line_id IS NOT NULL",
    ),
    Watch(
        table="stock_move_move_rel",
        columns=("move_orig_id", "move_dest_id"),
        notes={"move": "{row}.move_dest_id", "supplied": "{row}.move_orig_id"},
    ),
    Watch(
        table="stock_picking",
        columns=(
            "backorder_id",
            "company_id",
            "name",
            "origin",
            "partner_id",
            "picking_type_id",
            "return_id",
            "supplier_return_reason",
        ),
        notes={"picking": "{row}.id"},
    ),
    Watch(
        table="stock_picking_type",
        columns=("code",),
        notes={EVERYTHING: "{row}.id"},
        events="UPDATE",
    ),
    Watch(
        table="supplier_incident",
        columns=(
            "date_opened",
            "incident_type",
            "inspection_id",
            "move_id",
            "order_id",
            "picking_id",
            "product_id",
            "purchase_line_id",
            "quantity",
            "reporter_id",
            "responsibility",
            "state",
            "supplier_exclusion",
        ),
        notes={
            "move": "{row}.move_id",
            "line": "{row}.purchase_line_id",
            "order": "{row}.order_id",
            "inspected": "(SELECT n.move_id FROM supplier_inspection n"
            " WHERE n.id = {row}.inspection_id)",
        },
    ),
    Watch(
        table="supplier_inspection",
        columns=(
            "date_done",
            "move_id",
            "previous_id",
            "quantity_rejected",
            "state",
            "supplier_exclusion",
        ),
        notes={
            "inspected": "{row}.move_id",
            # What it corrects counts, or does not, and may be of another receipt.
            "corrected": "(SELECT n.move_id FROM supplier_inspection n"
            " WHERE n.id = {row}.previous_id)",
        },
        matters="{row}.state = 'done'",
    ),
    # One that nothing was moved to or from yet changes no figure.
    Watch(
        table="stock_location",
        columns=("company_id", "parent_path", "usage", "warehouse_id"),
        notes={EVERYTHING: "{row}.id"},
        matters="EXISTS (SELECT FROM stock_move m"
        " WHERE {row}.id IN (m.location_id, m.location_dest_id))",
        events="UPDATE",
    ),
)
# What is noted of moves, by what else may follow from it.
OF_MOVES = ("move", "returned", "supplied", "inspected", "corrected")
OF_TRANSFERS = ("picking", "scrapped", "left")
# What changed, and what may be of another order since: of a line that was given to
# another order, too. Loose returns may be of any order that they mention, and of a
# supplier whose contact got them. Of kits, other products than the line's were moved.
TOUCHED = """
    WITH changed AS (
        SELECT UNNEST(%(moves)s) AS move_id
         UNION
        SELECT id FROM stock_move WHERE picking_id = ANY(%(pickings)s)
         UNION
        SELECT id FROM stock_move WHERE purchase_line_id = ANY(%(given)s)
         UNION
        SELECT m.id
          FROM product_product p
          JOIN stock_move m ON m.product_id = p.id
         WHERE p.id = ANY(%(products)s) OR p.product_tmpl_id = ANY(%(templates)s)
         UNION
        SELECT m.id
          FROM stock_picking k
          JOIN stock_move m ON m.picking_id = k.id
          JOIN supplier_return_trace loose ON loose.move_id = m.id
         WHERE k.partner_id = ANY(%(partners)s)
    )
    SELECT move_id FROM changed
     UNION
    SELECT move_id FROM supplier_return_trace
     WHERE is_loose AND order_id IS NOT NULL
     UNION
    SELECT move_id FROM supplier_return_trace
     WHERE mention IN (
           SELECT name FROM purchase_order WHERE id = ANY(%(named)s)
            UNION
           SELECT name FROM stock_picking WHERE id = ANY(%(pickings)s)
            UNION
           SELECT k.name
             FROM changed
             JOIN stock_move m ON m.id = changed.move_id
             JOIN stock_picking k ON k.id = m.picking_id)
     UNION
    SELECT m.id
      FROM purchase_order o
      JOIN stock_picking k ON k.origin = o.name
      JOIN stock_move m ON m.picking_id = k.id
     WHERE o.id = ANY(%(named)s)
"""
# All that may lead over moves: what returned them, or was supplied by them.
NEXT = """
    SELECT move_dest_id FROM stock_move_move_rel WHERE move_orig_id = ANY(%(moves)s)
     UNION
    SELECT id FROM stock_move WHERE origin_returned_move_id = ANY(%(moves)s)
"""

# The lines that changes are about; some are gone. With a line come those with which it
# shares what comes of its product.
LINES = """
    WITH changed AS ({changed})
    SELECT id FROM changed
     UNION
    SELECT twin.id
      FROM changed
      -- By its id, each: PostgreSQL would read all lines with a twin there ever were.
     CROSS JOIN LATERAL (
           SELECT order_id, product_id
             FROM purchase_order_line
            WHERE id = changed.id AND has_twin_line
           OFFSET 0) l
      JOIN purchase_order_line twin ON twin.order_id = l.order_id
                                   AND twin.product_id = l.product_id
"""
CHANGED = """
    SELECT UNNEST(%(lines)s) AS id
     UNION
    SELECT id FROM purchase_order_line WHERE order_id = ANY(%(orders)s)
     UNION
    SELECT l.id
      FROM purchase_order o
      JOIN purchase_order_line l ON l.order_id = o.id
     WHERE o.partner_id = ANY(%(partners)s)
     UNION
    SELECT l.id
      FROM product_product p
      JOIN purchase_order_line l ON l.product_id = p.id
     WHERE p.id = ANY(%(products)s) OR p.product_tmpl_id = ANY(%(templates)s)
     UNION
    SELECT purchase_line_id FROM stock_move
     WHERE id = ANY(%(moves)s) AND purchase_line_id IS NOT NULL
     UNION
    -- What was scrapped at a receipt is shared by all that came with it.
    SELECT other.purchase_line_id
      FROM stock_move m
      JOIN stock_move scrap ON scrap.picking_id = m.picking_id
                           AND scrap.scrap_id IS NOT NULL
      JOIN stock_move other ON other.picking_id = m.picking_id
                           AND other.purchase_line_id IS NOT NULL
     WHERE m.id = ANY(%(moves)s)
"""


class SupplierFactChange(models.Model):
    """Of which orders moves are, and of which they may be returns."""

    _inherit = "supplier.fact.change"

    @api.model
    def _watches(self):
        return [*super()._watches(), *WATCHES]

    def _pending_of(self, noted):
        pending = super()._pending_of(_with_moved_lines(noted))
        if not noted:
            return pending
        moves = self._touched_by(noted)
        orders = {*pending.orders, *self._orders_of_moves(moves)}
        return replace(pending, orders=sorted(orders), moves=moves)

    def _touched_by(self, noted):
        """Return the ids of all moves that may have become other returns than before.

        :param dict noted: ids of what changed, by its kind
        """
        ids = {
            name: id_array(each for kind in kinds for each in noted.get(kind, ()))
            for name, kinds in (
                ("moves", OF_MOVES),
                ("pickings", OF_TRANSFERS),
                ("named", ("name",)),
                ("given", ("given",)),
                ("products", ("product",)),
                ("templates", ("template",)),
                ("partners", ("partner",)),
            )
        }
        return self._with_next(self._asked_ids(SQL(TOUCHED, **ids)))

    def _with_next(self, moves):
        """Return the ids of moves and of all that may lead over them.

        Step by step, there are few: for a recursive query PostgreSQL makes room for as
        many as it may find.
        """
        touched, last = set(moves), moves
        while last:
            last = set(self._asked_ids(SQL(NEXT, moves=id_array(last)))) - touched
            touched |= last
        return list(touched)

    def _asked_ids(self, query):
        return [record_id for (record_id,) in self.env.execute_query(query)]

    def _orders_of_moves(self, moves):
        """Return the ids of the orders with which moves have to do, or had."""
        if not moves:
            return []
        some = SQL("SELECT UNNEST(%s) AS move_id", id_array(moves))
        traces = Traces(self.env, SumQuestion(self.env), some)
        rows = self.env.execute_query(
            SQL(
                """
                SELECT l.order_id
                  FROM stock_move m
                  JOIN purchase_order_line l ON l.id = m.purchase_line_id
                 WHERE m.id = ANY(%(moves)s)
                 UNION
                -- What was scrapped at a receipt is shared by all that came with it.
                SELECT l.order_id
                  FROM stock_move m
                  JOIN stock_move scrap ON scrap.picking_id = m.picking_id
                                       AND scrap.scrap_id IS NOT NULL
                  JOIN stock_move other ON other.picking_id = m.picking_id
                  JOIN purchase_order_line l ON l.id = other.purchase_line_id
                 WHERE m.id = ANY(%(moves)s)
                 UNION
                SELECT order_id FROM supplier_return_trace
                 WHERE move_id = ANY(%(moves)s) AND order_id IS NOT NULL
                 UNION
                SELECT order_id FROM (%(traces)s) trace WHERE order_id IS NOT NULL
                """,
                moves=id_array(moves),
                traces=traces.sql(),
            )
        )
        return [order_id for (order_id,) in rows]

    def _write_sums(self, noted, pending):
        """The traces first, by which the sums find returns.

        What lines of an order share is made anew for all of them, also where they
        shared it until now.
        """
        shared = self._shared_orders(pending.orders)
        self.env["supplier.return.trace"]._refresh(pending.moves)
        shared += self._shared_orders(pending.orders)
        lines = self._lines_of(_with_moved_lines(noted), pending.moves, shared)
        ordered = self._lines_of(noted)
        return super()._write_sums(
            noted, replace(pending, lines=lines, ordered=ordered)
        )

    def _shared_orders(self, orders):
        """Return the ids of those orders of which something went back."""
        return self._asked_ids(
            SQL(
                "SELECT DISTINCT order_id FROM supplier_return_trace"
                " WHERE order_id = ANY(%s)",
                id_array(orders),
            )
        )

    def _lines_of(self, noted, moves=(), shared=()):
        """Return the ids of the order lines that noted changes are about.

        :param dict noted: ids of what changed, by its kind
        :param list moves: ids of moves that changed, or may have become other returns
        :param list shared: ids of orders of which all lines are meant
        """
        return self._asked_ids(
            SQL(
                LINES.format(changed=CHANGED),
                orders=id_array([*noted.get("order", ()), *shared]),
                moves=id_array(moves),
                **{
                    f"{kind}s": id_array(noted.get(kind, ()))
                    for kind in ("line", "partner", "product", "template")
                },
            )
        )

    def _begin_building(self):
        """The traces first; and what no order leads to, which no order brings later."""
        res = super()._begin_building()
        self.env["supplier.return.trace"]._refresh()
        rows = self.env.execute_query(
            SQL("SELECT move_id FROM supplier_return_trace WHERE order_id IS NULL")
        )
        moves = [move_id for (move_id,) in rows]
        self.env["supplier.receipt.sum"]._refresh(Pending([], moves))
        return res


def _with_moved_lines(noted):
    """Return the same, where lines of which something was moved changed, too."""
    lines = [*noted.get("line", ()), *noted.get("moved", ())]
    return {**noted, "line": lines} if lines else noted
