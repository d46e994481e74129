"""The SQL of the receipt facts: what came, what went back, what was complained about.

Quantities are in the unit of the product that moved. Values are at order price, after
discount, in company currency at the order's rate. A component of a kit has its part of
the kit's value: the components that it takes share it equally.
"""

from odoo.tools import SQL

from ..fact.ids import SourceIds
from ..fact.query import EPSILON, FactQuery, company_of, fact_columns, net_price
from ..history.rows import HISTORY_COLUMNS, HISTORY_LINE
from .kit import kit_parts
from .rows import SUPPLIER_LOCATIONS, TRANSIT_LOCATIONS

# Which kinds of rows a figure concerns, by the name of its aspect.
KINDS = {
    "receipts": ("receipt",),
    "returns": ("receipt", "return"),
    "complaints": ("receipt", "incident"),
}
MOVE = "stock.move"
INCIDENT = "supplier.incident"
HISTORY_RECEIPT = "supplier.history.receipt"
FACT_IDS = SourceIds(MOVE, INCIDENT, HISTORY_RECEIPT, HISTORY_LINE)
# Of what a move ``m`` is: goods for us, goods for the supplier, or a return undone.
IS_RETURN = SQL(
    """
    (m.location_dest_id IN (%s)
     OR m.origin_returned_move_id IS NOT NULL AND m.location_dest_id IN (%s))
    """,
    SUPPLIER_LOCATIONS,
    TRANSIT_LOCATIONS,
)
# What a move ``m`` moved, in the unit of its product, and what it takes to tell.
MOVED = SQL("(m.quantity * mu.factor / u.factor)::float8")
UNITS = SQL(
    """
    JOIN product_product mp ON mp.id = m.product_id
    JOIN product_template mt ON mt.id = mp.product_tmpl_id
    JOIN uom_uom u ON u.id = mt.uom_id
    JOIN uom_uom mu ON mu.id = m.product_uom
    """
)
# What one kit ``l`` takes of the component ``m.product_id``, times its components.
KIT_PARTS = SQL(
    """
    (SELECT SUM(part.quantity) FILTER (WHERE part.product_id = m.product_id)
            * COUNT(*)
       FROM (%s) part)
    """,
    kit_parts(SQL("l.product_uom_qty")),
)


class ReceiptFactQuery(FactQuery):
    """Builds the query of ``supplier.receipt.fact``."""

    def sql(self):
        """Return the whole query: receipts, returns and quality incidents."""
        kinds = KINDS.get(self.scope.aspect)
        weight = self._weight(SQL("f.received * f.unit_value"))
        return SQL(
            """
            SELECT %(columns)s,
                   f.kind, f.source, f.order_id, f.picking_id,
                   f.received AS quantity_received,
                   f.returned AS quantity_returned,
                   f.defective AS quantity_defective,
                   f.received * f.unit_value AS value_received,
                   CASE WHEN f.kind <> 'incident'
                        THEN COALESCE(f.returned, 0) * f.unit_value
                   END AS value_returned,
                   f.defective / NULLIF(f.received, 0) AS defective_share,
                   f.defective / NULLIF(f.received, 0) * %(weight)s
                       AS defective_weighted,
                   CASE WHEN f.kind = 'receipt'
                        THEN CASE WHEN f.defective > %(epsilon)s * f.received
                                  THEN 0.0 ELSE 1.0 END
                   END AS lot_accepted,
                   CASE WHEN f.kind = 'receipt' THEN 1 END AS receipt_count,
                   CASE WHEN f.kind = 'incident' THEN 1
                        WHEN f.kind = 'receipt' THEN 0 END AS complaint_count
              FROM (%(moves)s UNION ALL %(incidents)s
                    UNION ALL %(history)s UNION ALL %(history_returns)s) f
             WHERE %(kinds)s
            """,
            columns=fact_columns(
                SQL("f"), SQL("CASE WHEN f.kind = 'receipt' THEN %s END", weight)
            ),
            weight=weight,
            epsilon=EPSILON,
            moves=self._moves(),
            incidents=self._incidents(),
            history=self._history(),
            history_returns=self._history_returns(),
            kinds=SQL("f.kind IN %s", kinds) if kinds else SQL("TRUE"),
        )

    # ------------------------------------------------------------
    # Stock moves
    # ------------------------------------------------------------

    def _moves(self):
        """Receipts with what was defective of them, and returns less what was undone.

        The value of a unit of a component is the kit's, divided by what the kit needs.
        """
        return SQL(
            """
            SELECT %(id)s AS id,
                   d.kind,
                   'order' AS source,
                   CASE WHEN m.picking_id IS NULL THEN 'purchase.order'
                        ELSE 'stock.picking' END AS res_model,
                   COALESCE(m.picking_id, o.id) AS res_id,
                   COALESCE(m.reference, o.name) AS name,
                   o.id AS order_id,
                   p.commercial_partner_id AS partner_id,
                   o.company_id,
                   m.product_id,
                   mt.categ_id,
                   l.supplier_exclusion_reason AS exclusion_reason,
                   m.picking_id,
                   %(day)s AS date,
                   l.supplier_exclusion AS exclusion,
                   CASE WHEN d.kind = 'receipt' THEN d.moved END AS received,
                   CASE WHEN d.kind = 'return'
                        THEN GREATEST(0, d.moved - COALESCE(undone.quantity, 0))
                   END AS returned,
                   CASE WHEN d.kind = 'receipt'
                        THEN LEAST(d.moved, GREATEST(
                            COALESCE(back.quantity, 0)
                            + COALESCE(scrap.quantity * d.moved
                                       / NULLIF(scrap.received, 0), 0),
                            COALESCE(rejected.quantity, 0)))
                   END AS defective,
                   d.line_price * CASE
                       WHEN m.product_id = l.product_id THEN u.factor / lu.factor
                       ELSE COALESCE(l.product_qty / NULLIF(l.product_uom_qty, 0), 0)
                            / NULLIF(%(kit_parts)s, 0)
                   END AS unit_value
              FROM stock_move m
              JOIN purchase_order_line l ON l.id = m.purchase_line_id
              JOIN purchase_order o ON o.id = l.order_id
              JOIN res_partner p ON p.id = o.partner_id
              %(units)s
              JOIN uom_uom lu ON lu.id = l.product_uom_id
              %(company)s
              LEFT JOIN (%(returned)s) back ON back.move_id = m.id
              LEFT JOIN (%(undone)s) undone ON undone.move_id = m.id
              LEFT JOIN (%(scrapped)s) scrap
                     ON scrap.picking_id = m.picking_id
                    AND scrap.product_id = m.product_id
              LEFT JOIN (%(rejected)s) rejected ON rejected.move_id = m.id
             CROSS JOIN LATERAL (
                   SELECT CASE WHEN %(is_return)s THEN 'return' ELSE 'receipt' END
                              AS kind,
                          %(moved)s AS moved,
                          (CASE WHEN l.product_qty = 0 AND l.price_promised <> 0
                                THEN l.price_promised ELSE %(net_price)s END
                           / COALESCE(NULLIF(o.currency_rate, 0), 1))
                              ::float8 AS line_price
                   OFFSET 0) d
             WHERE m.state = 'done'
               AND m.quantity > 0
               AND (m.origin_returned_move_id IS NULL OR %(is_return)s)
               AND %(in_period)s
            """,
            id=FACT_IDS.sql(MOVE, SQL("m.id")),
            company=company_of(SQL("o.company_id")),
            day=self._local_day(SQL("m.date")),
            kit_parts=KIT_PARTS,
            net_price=net_price(SQL("l"), SQL("l.product_qty")),
            returned=self._returned(),
            undone=self._undone(),
            scrapped=self._scrapped(),
            rejected=self._rejected(),
            is_return=IS_RETURN,
            moved=MOVED,
            units=UNITS,
            in_period=self._in_period(SQL("m.date"), SQL("o.company_id")),
        )

    def _undone(self):
        """What came back of each return, in the unit of its product."""
        return SQL(
            """
            SELECT m.origin_returned_move_id AS move_id,
                   SUM(%(moved)s) AS quantity
              FROM stock_move m
              %(units)s
             WHERE m.origin_returned_move_id IS NOT NULL
               AND m.purchase_line_id IS NOT NULL
               AND m.state = 'done'
               AND m.date <= %(cutoff)s
               AND NOT %(is_return)s
             GROUP BY m.origin_returned_move_id
            """,
            cutoff=self.cutoff,
            is_return=IS_RETURN,
            moved=MOVED,
            units=UNITS,
        )

    def _returned(self):
        """What went back of each receipt, less what was undone of it."""
        return SQL(
            """
            SELECT COALESCE(first.origin_returned_move_id, m.origin_returned_move_id)
                       AS move_id,
                   SUM(GREATEST(0, %(moved)s
                                   - COALESCE(undone.quantity, 0))) AS quantity
              FROM stock_move m
              %(units)s
              LEFT JOIN (%(undone)s) undone ON undone.move_id = m.id
              -- What went back a second time goes back to the receipt as well.
              LEFT JOIN stock_move again ON again.id = m.origin_returned_move_id
              LEFT JOIN stock_move first ON first.id = again.origin_returned_move_id
             WHERE m.origin_returned_move_id IS NOT NULL
               AND m.purchase_line_id IS NOT NULL
               AND m.state = 'done'
               AND m.date <= %(cutoff)s
               AND %(is_return)s
             GROUP BY 1
            """,
            undone=self._undone(),
            cutoff=self.cutoff,
            is_return=IS_RETURN,
            moved=MOVED,
            units=UNITS,
        )

    def _scrapped(self):
        """What was scrapped at a receipt, and what of the product came with it.

        Odoo links scrap to the transfer, not to the order line.
        """
        return SQL(
            """
            SELECT s.picking_id, s.product_id, s.quantity,
                   (SELECT SUM(%(moved)s)
                      FROM stock_move m
                      %(units)s
                     WHERE m.picking_id = s.picking_id
                       AND m.product_id = s.product_id
                       AND m.purchase_line_id IS NOT NULL
                       AND m.state = 'done') AS received
              FROM (
                   SELECT m.picking_id, m.product_id,
                          SUM(%(moved)s) AS quantity
                     FROM stock_move m
                     %(units)s
                    WHERE m.scrap_id IS NOT NULL
                      AND m.picking_id IS NOT NULL
                      AND m.state = 'done'
                      AND m.date <= %(cutoff)s
                    GROUP BY m.picking_id, m.product_id
                   ) s
            """,
            cutoff=self.cutoff,
            moved=MOVED,
            units=UNITS,
        )

    def _rejected(self):
        """What quality incidents say was bad of each receipt, by the supplier."""
        return SQL(
            """
            SELECT move_id, SUM(quantity)::float8 AS quantity
              FROM supplier_incident
             WHERE move_id IS NOT NULL
               AND incident_type = 'quality'
               AND responsibility = 'supplier'
               AND state <> 'cancelled'
               AND (state <> 'new' OR reporter_id IS NOT NULL)
               AND supplier_exclusion IS NULL
               AND date_opened <= %s
             GROUP BY move_id
            """,
            self.cutoff,
        )

    # ------------------------------------------------------------
    # Incidents and imported history
    # ------------------------------------------------------------

    def _incidents(self):
        """Quality incidents; those that are not the supplier's say so."""
        return SQL(
            """
            SELECT %(id)s, 'incident', 'incident', 'supplier.incident',
                   i.id, i.name, i.order_id, i.commercial_partner_id,
                   i.company_id, i.product_id, t.categ_id, i.supplier_exclusion_reason,
                   i.picking_id,
                   %(day)s,
                   CASE WHEN i.state = 'cancelled' THEN 'cancelled'
                        WHEN i.responsibility <> 'supplier'
                             OR i.state = 'new' AND i.reporter_id IS NULL
                             THEN 'responsibility'
                        ELSE i.supplier_exclusion END,
                   NULL::float8, NULL::float8, i.quantity::float8, NULL::float8
              FROM supplier_incident i
              LEFT JOIN product_product pp ON pp.id = i.product_id
              LEFT JOIN product_template t ON t.id = pp.product_tmpl_id
              %(company)s
             WHERE i.incident_type = 'quality'
               AND i.commercial_partner_id IS NOT NULL
               AND %(in_period)s
            """,
            id=FACT_IDS.sql(INCIDENT, SQL("i.id")),
            company=company_of(SQL("i.company_id")),
            day=self._local_day(SQL("i.date_opened")),
            in_period=self._in_period(SQL("i.date_opened"), SQL("i.company_id")),
        )

    def _history(self):
        """Imported receipts; what an imported line returned is of its first receipts.

        A file says how much of a line went back, not of which receipt.
        """
        return SQL(
            """
            SELECT %(id)s, 'receipt', %(columns)s, NULL::integer, h.date,
                   l.supplier_exclusion,
                   h.quantity::float8, NULL::float8,
                   CASE WHEN COALESCE(l.date_returned <= %(last_day)s, TRUE)
                        THEN LEAST(h.quantity, GREATEST(
                            0, l.quantity_returned - COALESCE((
                                SELECT SUM(b.quantity)
                                  FROM supplier_history_receipt b
                                 WHERE b.line_id = h.line_id
                                   AND (b.date, b.id) < (h.date, h.id)), 0)))::float8
                        ELSE 0 END,
                   (l.value / NULLIF(l.quantity_ordered, 0))::float8
              FROM supplier_history_receipt h
              JOIN supplier_history_line l ON l.id = h.line_id
             WHERE h.quantity > 0
               AND %(in_period)s
            """,
            id=FACT_IDS.sql(HISTORY_RECEIPT, SQL("h.id")),
            columns=HISTORY_COLUMNS,
            last_day=self.scope.last_complete_day,
            in_period=self._days_in_period(SQL("h.date"), SQL("l.company_id")),
        )

    def _history_returns(self):
        """Imported returns; without a day, they are of the last receipt's."""
        day = SQL("COALESCE(l.date_returned, l.date_received)")
        return SQL(
            """
            SELECT %(id)s, 'return', %(columns)s, NULL::integer, %(day)s,
                   l.supplier_exclusion,
                   NULL::float8, l.quantity_returned::float8, NULL::float8,
                   (l.value / NULLIF(l.quantity_ordered, 0))::float8
              FROM supplier_history_line l
             WHERE l.quantity_returned > 0
               AND %(in_period)s
            """,
            id=FACT_IDS.sql(HISTORY_LINE, SQL("l.id")),
            columns=HISTORY_COLUMNS,
            day=day,
            in_period=self._days_in_period(day, SQL("l.company_id")),
        )
