"""Where goods are: with vendors, with customers, or with us.

Odoo knows a return by the place it goes to (``stock.move._is_purchase_return``, which
subcontracting extends, since the place of a subcontractor is an internal one). Here the
places are read once, and the queries of moves are told them.
"""

from odoo.tools import SQL

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


class Places:
    """The places that are not ours, and what it means to come from or go to one.

    Transit between companies is not ours, transit between our warehouses is.

    :param env: the environment
    """

    def __init__(self, env):
        self.suppliers, self.customers, self.losses, others = [], [], [], []
        self.transfers = []
        kinds = {
            "supplier": self.suppliers,
            "customer": self.customers,
            # Of scrap, too: that was bad before it went back.
            "inventory": self.losses,
            # Operation types, by which goods only change our place.
            "transfer": self.transfers,
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
                """,
                subcontractors,
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
        vendor. What returns another move never is one. Nor is what only changes our
        place, though Odoo takes it for one: a copy of the receipt of which somebody
        made a transfer, and what was scrapped of it, to which Odoo gives the order line
        when more is ordered.

        :param SQL move: alias of a stock move of an order line
        """
        return SQL(
            """
            (%(move)s.origin_returned_move_id IS NULL
             AND %(move)s.scrap_id IS NULL
             AND NOT %(to_supplier)s
             AND (NOT (%(to_outside)s OR %(is_transfer)s) OR %(from_vendor)s))
            """,
            move=move,
            is_transfer=SQL(
                "COALESCE(%s.picking_type_id = ANY(%s::integer[]), FALSE)",
                move,
                self.transfers,
            ),
            to_supplier=self.to(move, self.suppliers),
            to_outside=self.to(move, self.outside),
            from_vendor=self.out_of(move, self.vendors),
        )
