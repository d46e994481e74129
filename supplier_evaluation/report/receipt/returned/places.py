"""Where goods are: with vendors, with customers, or with us.

Odoo knows a return by the place it goes to (``stock.move._is_purchase_return``, which
subcontracting extends, since the place of a subcontractor is an internal one). Here the
places are read once, and the queries of moves are told them.
"""

from odoo.tools import SQL

from ....tools.streams import id_array
from ..moves import REPLACED, in_own_unit
from .mistakes import MISTAKEN, taken_back

# The field with which subcontracting says where the goods of a subcontractor are.
SUBCONTRACTOR = "property_stock_subcontractor"
SUBCONTRACTORS = SQL(
    """
    SELECT place.id
      FROM res_company c
      JOIN stock_location top ON top.id = c.subcontracting_location_id
      JOIN stock_location place
        ON STARTS_WITH(place.parent_path, top.parent_path)
     UNION
    SELECT place.id
      FROM res_partner p
     CROSS JOIN LATERAL JSONB_EACH_TEXT(p.property_stock_subcontractor) own
      JOIN stock_location place ON place.id = own.value::integer
     WHERE p.property_stock_subcontractor IS NOT NULL
       AND place.warehouse_id IS NULL
    """
)


def one_of(column, ids):
    """Return the SQL of whether a column has one of some ids, most often of none."""
    return SQL("%s = ANY(%s)", column, id_array(ids)) if ids else SQL("FALSE")


class Places:
    """The places that are not ours, and what it means to come from or go to one.

    Transit between companies is not ours, transit between our warehouses is. What was
    entered by mistake is read with them: it came from nowhere.

    :param env: the environment
    """

    def __init__(self, env):
        self.suppliers, self.customers, self.losses, others = [], [], [], []
        self.transfers = []
        self.mistakes, self.mistaken, self.after_mistake = [], [], []
        kinds = {
            "supplier": self.suppliers,
            "customer": self.customers,
            # Of scrap, too: that was bad before it went back.
            "inventory": self.losses,
            # Operation types, by which goods only change our place.
            "transfer": self.transfers,
            "mistake": self.mistakes,
            "mistaken": self.mistaken,
            "after mistake": self.after_mistake,
        }
        for found_id, kind in self._read(env):
            kinds.get(kind, others).append(found_id)
        # Of suppliers, subcontractors and other companies of our group.
        self.vendors = [*self.suppliers, *others]
        self.outside = [*self.vendors, *self.customers]

    def _read(self, env):
        env["stock.location"].flush_model(
            ["company_id", "parent_path", "usage", "warehouse_id"]
        )
        env["stock.picking.type"].flush_model(["code"])
        env["stock.picking"].flush_model(["supplier_return_reason"])
        env["stock.move"].flush_model(
            ["origin_returned_move_id", "picking_id", "purchase_line_id", "state"]
        )
        subcontractors = SQL("FALSE")
        if SUBCONTRACTOR in env["res.partner"]._fields:
            env["res.partner"].flush_model([SUBCONTRACTOR])
            env["res.company"].flush_model(["subcontracting_location_id"])
            subcontractors = SQL("id IN (%s)", SUBCONTRACTORS)
        return env.execute_query(
            SQL(
                """
                SELECT id, usage FROM stock_location
                 WHERE usage IN ('supplier', 'customer', 'inventory')
                    OR usage = 'transit' AND company_id IS NULL
                    OR %s
                 UNION ALL
                SELECT id, 'transfer' FROM stock_picking_type WHERE code = 'internal'
                 UNION ALL
                SELECT id, kind FROM (%s) mistaken
                """,
                subcontractors,
                MISTAKEN,
            )
        )

    def to(self, move, places):
        """Whether a move goes to one of the places.

        :param SQL move: alias of a stock move
        :param list places: one of the lists of this object
        """
        return SQL("%s.location_dest_id = ANY(%s::integer[])", move, places)

    def out_of(self, move, places):
        """Whether a move comes from one of the places, see :meth:`to`."""
        return SQL("%s.location_id = ANY(%s::integer[])", move, places)

    def is_receipt(self, move):
        """Whether goods came by the move of an order line, and not back or out again.

        A dropshipped move goes to a customer; it is a receipt since it comes from a
        vendor. What returns another move is none, but what brings the goods of one that
        had been entered by mistake. Nor is what only changes our
        place, though Odoo takes it for one: a copy of the receipt of which somebody
        made a transfer, and what was scrapped of it, to which Odoo gives the order line
        when more is ordered.

        :param SQL move: alias of a stock move of an order line
        """
        return SQL(
            """
            (%(is_first)s
             AND %(move)s.scrap_id IS NULL
             AND NOT %(to_supplier)s
             AND (NOT (%(to_outside)s OR %(is_transfer)s) OR %(from_vendor)s))
            """,
            move=move,
            is_first=self._is_first(move),
            is_transfer=SQL(
                "COALESCE(%s.picking_type_id = ANY(%s::integer[]), FALSE)",
                move,
                self.transfers,
            ),
            to_supplier=self.to(move, self.suppliers),
            to_outside=self.to(move, self.outside),
            from_vendor=self.out_of(move, self.vendors),
        )

    def _is_first(self, move):
        """Whether a move returns no other one, or the goods come by it at last."""
        return SQL(
            "(%(move)s.origin_returned_move_id IS NULL"
            " OR %(is_after)s AND %(from_outside)s)",
            move=move,
            is_after=one_of(SQL("%s.id", move), self.after_mistake),
            from_outside=self.out_of(move, self.outside),
        )

    def came(self):
        """Return the SQL of what a receipt ``m`` brought, in its own unit.

        Without what replaces returned goods, nor what was entered by mistake.
        """
        return SQL("GREATEST(0, m.quantity - %s - %s)", REPLACED, self._mistaken())

    def moved(self):
        """Return the SQL of what a move ``m`` moved, in the unit of its product.

        Without what was entered by mistake.
        """
        return in_own_unit(SQL("(m.quantity - %s)", self._mistaken()))

    def _mistaken(self):
        if not self.mistaken:
            return SQL("0")
        return SQL(
            "CASE WHEN %(is_mistaken)s THEN %(quantity)s ELSE 0 END",
            is_mistaken=one_of(SQL("m.id"), self.mistaken),
            quantity=taken_back(self.to(SQL("back"), self.outside)),
        )
