"""The SQL that finds goods of receipts that left our own places again.

It reads what few moves may be returns, follows each back to the receipt that brought
the goods, and says of which order line they were and what stands of the return.
"""

from odoo.tools import SQL

from ..moves import MOVED, UNITS
from .leaving import Leaving
from .named import mentions, named
from .places import Places, one_of

# The reason of a return that may cost the supplier nothing.
SURPLUS = "surplus"
# More transfers in a row than any warehouse has; a ring of them ends here.
MAX_HOPS = 16


class Returns:
    """Common table expressions about returns, for the queries of facts.

    ``went_back`` has a row ``(move_id, line_id, root_id, product_id, date, order_id,
    reason, returned)`` per return: of which line, of which receipt (NULL: unknown, or
    several), and what stands of it. ``left_out`` has ``(move_id, partner_id,
    returned)`` of goods for a supplier that belong to no order, or to several. All in
    the unit of the product that moved.

    :param env: the environment
    :param FactQuery query: says which company is asked about, and up to when
    :param SQL moves: table of the moves that may be returns, ``move_id``; without it
        they are looked for among all. Of an order all must be in it.
    """

    def __init__(self, env, query, moves=None):
        self.env = env
        self.places = Places(env)
        self.cutoff = query.cutoff
        self.moves = moves
        self._leaving = Leaving(self.places, query._of_company)

    def expressions(self, more=()):
        """Return all of them, beginning with WITH.

        :param dict more: expressions that read them, by their names
        """
        return with_parts({**self._parts(), **dict(more)})

    def _parts(self):
        """Return the expressions by their names, each after those that it reads."""
        return {
            **self._found(),
            "trace": self._trace(),
            "origin": self._origin(),
            **mentions(self.places),
            "named": named(self.places, self.cutoff),
            "back": self._back(),
            "undone": self._undone(),
            "said": self._said(),
            "went_back": self._went_back(),
            "left_out": self._left_out(),
        }

    def _found(self):
        """What left us, and may have gone back.

        Of some moves this is asked first: what PostgreSQL expects of the conditions is
        none, and it would compare every return with every other.
        """
        if self.moves is None:
            return {
                "begun": self._leaving.begun(),
                "leaving": self._leaving.all(self.cutoff),
            }
        rows = self.env.execute_query(self._leaving.ids_of(self.moves))
        ids = sorted(move_id for (move_id,) in rows)
        return {"leaving": self._leaving.some(self.cutoff, ids)}

    # ------------------------------------------------------------
    # Where it had come from
    # ------------------------------------------------------------

    def _trace(self):
        """Follow each move back: to what it returns, else to what supplied it.

        A receipt ends the way. ``is_back``: something was returned on it;
        ``was_sold``: it leads over a delivery to a customer.
        """
        at, places = SQL("at"), self.places
        return SQL(
            """
            SELECT id AS leaving_id, id AS move_id, 0 AS hops,
                   FALSE AS is_back, FALSE AS was_sold
              FROM leaving
             UNION
            SELECT trace.leaving_id,
                   COALESCE(at.origin_returned_move_id, r.move_orig_id),
                   trace.hops + 1,
                   trace.is_back OR at.origin_returned_move_id IS NOT NULL,
                   trace.was_sold OR trace.hops > 0 AND %(is_sale)s
              FROM trace
              JOIN stock_move at ON at.id = trace.move_id
              LEFT JOIN stock_move_move_rel r
                     ON r.move_dest_id = at.id AND at.origin_returned_move_id IS NULL
             WHERE trace.hops < %(max_hops)s
               AND NOT (at.purchase_line_id IS NOT NULL AND %(is_receipt)s)
               AND COALESCE(at.origin_returned_move_id, r.move_orig_id) IS NOT NULL
            """,
            is_sale=self._is_sale(at),
            is_receipt=places.is_receipt(at),
            max_hops=MAX_HOPS,
        )

    def _is_sale(self, move):
        """Whether a move brought goods to a customer, and is no part of a purchase."""
        return SQL(
            "(%(to_customer)s AND %(move)s.purchase_line_id IS NULL"
            " AND %(move)s.origin_returned_move_id IS NULL)",
            to_customer=self.places.to(move, self.places.customers),
            move=move,
        )

    def _origin(self):
        """The receipts to which the traces lead, and the first of each."""
        r, places = SQL("r"), self.places
        return SQL(
            """
            SELECT t.leaving_id,
                   COUNT(DISTINCT r.id) AS receipts,
                   COUNT(DISTINCT l.order_id) AS orders,
                   (ARRAY_AGG(r.id ORDER BY r.date, r.id))[1] AS root_id,
                   (ARRAY_AGG(l.id ORDER BY r.date, r.id))[1] AS line_id,
                   (ARRAY_AGG(r.location_id ORDER BY r.date, r.id))[1] AS source_id,
                   (ARRAY_AGG(p.commercial_partner_id ORDER BY r.date, r.id))[1]
                       AS vendor_id,
                   BOOL_OR(%(to_customer)s) AS is_dropshipped,
                   BOOL_OR(t.is_back) AS is_back,
                   BOOL_OR(t.was_sold) AS was_sold
              FROM trace t
              JOIN stock_move r ON r.id = t.move_id
              JOIN purchase_order_line l ON l.id = r.purchase_line_id
              JOIN purchase_order o ON o.id = l.order_id
              JOIN res_partner p ON p.id = o.partner_id
             WHERE %(is_receipt)s
             GROUP BY t.leaving_id
            """,
            to_customer=places.to(r, places.customers),
            is_receipt=places.is_receipt(r),
        )

    # ------------------------------------------------------------
    # What went back
    # ------------------------------------------------------------

    def _back(self):
        """Which of the moves are returns, and of which line and receipt.

        One that only passes on what had left us before is none. Goods for a customer
        are one where they go the way back of a receipt that had come to us: by mistake
        the return was made as a delivery. Where a rule took them on, or somebody made
        it of a copy of the receipt, the delivery is for nobody else than the vendor.
        """
        v, places = SQL("v"), self.places
        return SQL(
            """
            SELECT v.*,
                   COALESCE(o.line_id, n.line_id, v.purchase_line_id) AS line_id,
                   CASE WHEN o.receipts = 1 THEN o.root_id END AS root_id,
                   COALESCE(o.orders, n.orders, 1) > 1 AS is_ambiguous,
                   o.vendor_id,
                   CASE WHEN %(is_passed_on)s THEN FALSE
                        WHEN v.location_dest_id = o.source_id AND is_linked
                             THEN TRUE
                        WHEN %(from_vendor)s THEN FALSE
                        WHEN %(to_supplier)s THEN TRUE
                        WHEN %(to_vendor)s THEN is_linked
                        WHEN %(to_customer)s AND NOT %(from_customer)s
                             THEN is_linked
                                  AND (o.was_sold OR o.is_dropshipped) IS NOT TRUE
                                  AND (v.origin_returned_move_id IS NOT NULL
                                       OR (kp.commercial_partner_id <> COALESCE(
                                              o.vendor_id, lp.commercial_partner_id)
                                          ) IS NOT TRUE)
                        ELSE FALSE
                   END AS is_return
              FROM leaving v
              LEFT JOIN origin o ON o.leaving_id = v.id
              LEFT JOIN named n ON n.leaving_id = v.id
              LEFT JOIN stock_move p ON p.id = v.origin_returned_move_id
              -- Of another company: who asks about one company would not see it.
              LEFT JOIN named pn ON pn.leaving_id = p.id
                                AND p.company_id = v.company_id
              LEFT JOIN stock_picking k ON k.id = v.picking_id
              LEFT JOIN res_partner kp ON kp.id = k.partner_id
              LEFT JOIN purchase_order_line l ON l.id = v.purchase_line_id
              LEFT JOIN purchase_order lo ON lo.id = l.order_id
              LEFT JOIN res_partner lp ON lp.id = lo.partner_id
             CROSS JOIN LATERAL (
                   SELECT COALESCE(o.is_back, n.line_id IS NOT NULL)
                          OR v.purchase_line_id IS NOT NULL AS is_linked) link
            """,
            is_passed_on=self._is_passed_on(),
            from_vendor=places.out_of(v, places.vendors),
            from_customer=places.out_of(v, places.customers),
            to_supplier=places.to(v, places.suppliers),
            to_vendor=places.to(v, places.vendors),
            to_customer=places.to(v, places.customers),
        )

    def _is_passed_on(self):
        """Whether what the move returns, ``p``, was a return itself."""
        p, places = SQL("p"), self.places
        return SQL(
            """
            (p.id IS NOT NULL AND %(to_outside)s AND NOT %(from_vendor)s
             AND (pn.line_id IS NOT NULL OR NOT %(is_sale)s))
            """,
            to_outside=places.to(p, places.outside),
            from_vendor=places.out_of(p, places.vendors),
            is_sale=self._is_sale(p),
        )

    def _undone(self):
        """What came back of each."""
        m, places = SQL("m"), self.places
        return SQL(
            """
            SELECT v.id AS move_id, SUM(%(moved)s) AS quantity, MAX(m.date) AS date
              FROM leaving v
              JOIN stock_move m ON m.origin_returned_move_id = v.id
              %(units)s
             WHERE m.state = 'done'
               AND m.date <= %(cutoff)s
               AND (NOT %(to_outside)s OR m.location_dest_id = v.location_id)
             GROUP BY v.id
            """,
            moved=MOVED,
            units=UNITS,
            cutoff=self.cutoff,
            to_outside=places.to(m, places.outside),
        )

    def _said(self):
        """The reason that was given last on the way."""
        return SQL(
            """
            SELECT DISTINCT ON (t.leaving_id)
                   t.leaving_id AS move_id, k.supplier_return_reason AS reason
              FROM trace t
              JOIN stock_move at ON at.id = t.move_id
              JOIN stock_picking k ON k.id = at.picking_id
             WHERE k.supplier_return_reason IS NOT NULL
             ORDER BY t.leaving_id, t.hops, at.date DESC, at.id DESC
            """
        )

    def _went_back(self):
        """The returns of what the company had ordered itself.

        Conditions are columns, or cases: of others PostgreSQL would expect no row.
        """
        return SQL(
            """
            SELECT b.id AS move_id, b.line_id, b.root_id, b.product_id, b.date,
                   GREATEST(b.date, undone.date) AS last_date, l.order_id, said.reason,
                   COALESCE(said.reason, %(surplus)s) = %(surplus)s AS may_be_surplus,
                   b.product_id <> l.product_id AS is_component,
                   %(of_scrap)s AS is_of_scrap,
                   CASE WHEN %(was_mistake)s THEN 0
                        ELSE GREATEST(0, b.moved - COALESCE(undone.quantity, 0))
                   END AS returned
              FROM back b
              JOIN purchase_order_line l ON l.id = b.line_id
              JOIN purchase_order o ON o.id = l.order_id
              LEFT JOIN undone ON undone.move_id = b.id
              LEFT JOIN said ON said.move_id = b.id
             WHERE b.is_return AND NOT b.is_ambiguous
               AND CASE WHEN b.company_id = o.company_id THEN TRUE END
            """,
            surplus=SURPLUS,
            was_mistake=one_of(SQL("b.id"), self.places.mistakes),
            of_scrap=self.places.out_of(SQL("b"), self.places.losses),
        )

    def _left_out(self):
        """What a supplier got of which nobody can tell the order."""
        return SQL(
            """
            SELECT b.id AS move_id,
                   COALESCE(kp.commercial_partner_id, b.vendor_id,
                            op.commercial_partner_id) AS partner_id,
                   GREATEST(b.date, undone.date) AS last_date,
                   GREATEST(0, b.moved - COALESCE(undone.quantity, 0)) AS returned
              FROM back b
              LEFT JOIN stock_picking k ON k.id = b.picking_id
              LEFT JOIN res_partner kp ON kp.id = k.partner_id
              LEFT JOIN purchase_order_line l ON l.id = b.purchase_line_id
              LEFT JOIN res_partner op ON op.id = l.partner_id
              LEFT JOIN undone ON undone.move_id = b.id
             WHERE b.is_return
               AND (b.line_id IS NULL OR b.is_ambiguous)
               AND COALESCE(kp.id, b.vendor_id, op.id) IS NOT NULL
            """
        )


def with_parts(parts):
    """Return common table expressions, beginning with WITH.

    :param dict parts: ``{name: SQL}``, each after those that it reads
    """
    return SQL(
        "WITH RECURSIVE %s",
        SQL(", ").join(
            SQL("%s AS (%s)", SQL.identifier(name), part)
            for name, part in parts.items()
        ),
    )
