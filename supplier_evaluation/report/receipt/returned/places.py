"""Where goods are: with vendors, with customers, or with us.

Odoo knows a return by the place it goes to (``stock.move._is_purchase_return``, which
subcontracting extends, since the place of a subcontractor is an internal one). Here the
places are read once, and the queries of moves are told them.
"""

from functools import cached_property

from odoo.tools import SQL

from ....tools.streams import id_array
from ..rows import EXCHANGES

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
# What is left of an exchange comes by a transfer that Odoo does not link to the return.
# Of each transfer: PostgreSQL would read all back orders there ever were.
RESTS = SQL(
    """
    WITH RECURSIVE rest AS (
        SELECT late.id
          FROM stock_picking k
         CROSS JOIN LATERAL (
               SELECT id FROM stock_picking WHERE backorder_id = k.id OFFSET 0) late
         WHERE k.return_id IS NOT NULL
         UNION
        SELECT late.id
          FROM rest
         CROSS JOIN LATERAL (
               SELECT id FROM stock_picking WHERE backorder_id = rest.id OFFSET 0) late
    )
    SELECT id FROM rest
    """
)


class Places:
    """The places that are not ours, and what it means to come from or go to one.

    Transit between companies is not ours, transit between our warehouses is.

    :param env: the environment
    """

    def __init__(self, env):
        self._env = env
        self.suppliers, self.customers, others = [], [], []
        kinds = {"supplier": self.suppliers, "customer": self.customers}
        for place_id, usage in self._read(env):
            kinds.get(usage, others).append(place_id)
        # Of suppliers, subcontractors and other companies of our group.
        self.vendors = [*self.suppliers, *others]
        self.outside = [*self.vendors, *self.customers]

    def _read(self, env):
        env["stock.location"].flush_model(
            ["company_id", "parent_path", "usage", "warehouse_id"]
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
                 WHERE usage IN ('supplier', 'customer')
                    OR usage = 'transit' AND company_id IS NULL
                    OR %s
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
        vendor. What returns another move never is one.

        :param SQL move: alias of a stock move of an order line
        """
        return SQL(
            """
            (%(move)s.origin_returned_move_id IS NULL
             AND NOT %(to_supplier)s
             AND (NOT %(to_outside)s OR %(from_vendor)s))
            """,
            move=move,
            to_supplier=self.to(move, self.suppliers),
            to_outside=self.to(move, self.outside),
            from_vendor=self.out_of(move, self.vendors),
        )

    @cached_property
    def _rests_of_exchanges(self):
        """The ids of transfers that brought what an exchange before them lacked."""
        self._env["stock.picking"].flush_model(["backorder_id", "return_id"])
        return [picking_id for (picking_id,) in self._env.execute_query(RESTS)]

    def is_exchange(self, move):
        """Whether goods came by a receipt in exchange for what had gone back.

        :param SQL move: alias of a stock move that is a receipt
        """
        return SQL(
            """
            COALESCE(%(move)s.picking_id IN (%(exchanges)s)
                     OR %(move)s.picking_id = ANY(%(rests)s), FALSE)
            """,
            move=move,
            exchanges=EXCHANGES,
            rests=id_array(self._rests_of_exchanges),
        )
