"""The SQL of the receipt facts: what came, what went back, what was complained about.

Quantities are in the unit of the product that moved. Values are at order price, after
discount, in company currency at the order's rate. A component of a kit has its part of
the kit's value: the components that it takes share it equally.
"""

from odoo.tools import SQL

from ..fact.ids import SourceIds
from ..fact.price import ORDER_CURRENCY, net_when_ordered
from ..fact.query import EPSILON, FactQuery, company_of, fact_columns
from ..fact.sums import Taken
from ..history.rows import (
    HISTORY_COLUMNS,
    HISTORY_EXCLUSION,
    HISTORY_LINE,
    has_history,
    join_twins,
)
from .defects import Defects
from .kit import kit_parts
from .moves import UNITS
from .returned.blame import JudgedReturns
from .returned.traces import possible_returns
from .returned.typed import typed_receipts
from .rows import imported_faulty
from .stored import stored_receipts, taken_for

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

    def __init__(self, facts, scope=None, only=None):
        """Prepare the query.

        :param Pending only: of these orders only, without what is stored of them
        """
        super().__init__(facts, scope)
        self.facts = facts
        self.taken = Taken.only(only) if only else taken_for(self)
        self.returns = JudgedReturns(facts.env, self, possible_returns(self.taken))

    def sql(self):
        """Return the whole query: receipts, returns and quality incidents."""
        kinds = KINDS.get(self.scope.aspect)
        weight = self._weight(SQL("f.received * f.unit_value"))
        return SQL(
            """
            %(about_returns)s
            SELECT %(columns)s,
                   f.kind, f.source, f.order_id, f.picking_id,
                   f.purchase_line_id, f.return_reason,
                   f.received AS quantity_received,
                   f.returned AS quantity_returned,
                   f.faulty AS quantity_faulty,
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
              FROM (%(sources)s) f
             WHERE %(kinds)s
            """,
            columns=fact_columns(
                SQL("f"), SQL("CASE WHEN f.kind = 'receipt' THEN %s END", weight)
            ),
            weight=weight,
            epsilon=EPSILON,
            about_returns=self._about_returns(),
            sources=SQL(" UNION ALL ").join(self._sources()),
            kinds=SQL("f.kind IN %s", kinds) if kinds else SQL("TRUE"),
        )

    def move_id(self, move):
        """Return the SQL of the id of the fact of a move."""
        return FACT_IDS.sql(MOVE, move)

    def _sources(self):
        sources = [] if self.taken.is_all_live else [stored_receipts(self)]
        if self.taken.is_asking:
            sources += [self._receipts(), self._returns(), self._left_out()]
        sources += [typed_receipts(self, self.returns.places), self._incidents()]
        if has_history(self.facts.env):
            sources += [self._history(), self._history_returns()]
        return sources

    def _about_returns(self):
        return self.returns.expressions() if self.taken.is_asking else SQL()

    # ------------------------------------------------------------
    # Stock moves
    # ------------------------------------------------------------

    def _receipts(self):
        """Receipts of order lines, with what was defective of them.

        One of which all had been entered by mistake is none.
        """
        defects = Defects(self, self.returns.places)
        return self._moves(
            kind="receipt",
            rows=SQL(
                """
                stock_move m
                JOIN purchase_order_line l ON l.id = m.purchase_line_id
                %(defects)s
                LEFT JOIN (%(bad_kits)s) bad_kit
                       ON bad_kit.line_id = l.id
                      AND bad_kit.picking_id = m.picking_id
                      AND m.product_id <> l.product_id
                """,
                defects=defects.joins(),
                bad_kits=defects.bad_kits(),
            ),
            which=SQL(
                "m.state = 'done' AND m.quantity > 0 AND %s",
                self.returns.places.is_receipt(SQL("m")),
            ),
            exclusion=SQL(
                "COALESCE(l.supplier_exclusion,"
                " CASE WHEN d.moved <= %s THEN 'cancelled' END)",
                EPSILON,
            ),
            measures=SQL(
                """
                d.moved AS received,
                NULL::float8 AS returned,
                GREATEST(%(own)s, COALESCE(d.moved * bad_kit.share, 0)) AS defective,
                NULL::float8 AS faulty,
                NULL::varchar AS return_reason
                """,
                own=defects.quantity(SQL("d.moved")),
            ),
        )

    def _returns(self):
        """Returns less what was undone of them; one that was undone is none."""
        return self._moves(
            kind="return",
            rows=SQL(
                """
                judged
                JOIN stock_move m ON m.id = judged.move_id
                JOIN purchase_order_line l ON l.id = judged.line_id
                """
            ),
            which=SQL("TRUE"),
            exclusion=SQL(
                """
                COALESCE(l.supplier_exclusion,
                         CASE WHEN judged.returned <= %s * d.moved
                              THEN 'cancelled' END)
                """,
                EPSILON,
            ),
            measures=SQL(
                """
                NULL::float8, judged.returned, NULL::float8, judged.faulty,
                judged.reason
                """
            ),
        )

    def _moves(self, *, kind, rows, which, exclusion, measures):
        """Moves ``m`` of order lines ``l``.

        The value of a unit of a component is the kit's, divided by what the kit needs.

        :param str kind: what they are
        :param SQL rows: tables with ``m`` and ``l``
        :param SQL which: condition
        :param SQL exclusion: why one does not count
        :param SQL measures: what was received, returned, defective and faulty of what
            was ``d.moved``, and the reason of a return
        """
        return SQL(
            """
            SELECT %(id)s AS id,
                   %(kind)s AS kind,
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
                   l.id AS purchase_line_id,
                   m.picking_id,
                   %(day)s AS date,
                   %(exclusion)s AS exclusion,
                   %(measures)s,
                   d.line_price * CASE
                       WHEN m.product_id = l.product_id THEN u.factor / lu.factor
                       ELSE COALESCE(l.product_qty / NULLIF(l.product_uom_qty, 0), 0)
                            / NULLIF(%(kit_parts)s, 0)
                   END AS unit_value
              FROM %(rows)s
              JOIN purchase_order o ON o.id = l.order_id
              JOIN res_partner p ON p.id = o.partner_id
              %(units)s
              JOIN uom_uom lu ON lu.id = l.product_uom_id
              %(currency)s
              %(company)s
             CROSS JOIN LATERAL (
                   SELECT %(moved)s AS moved,
                          (%(net_price)s
                           / COALESCE(NULLIF(o.currency_rate, 0), 1))
                              ::float8 AS line_price
                   OFFSET 0) d
             WHERE %(which)s
               AND %(asked)s
               AND %(in_period)s
            """,
            id=FACT_IDS.sql(MOVE, SQL("m.id")),
            asked=self.taken.live(SQL("l.order_id"), SQL("l.id")),
            kind=kind,
            rows=rows,
            which=which,
            exclusion=exclusion,
            measures=measures,
            company=company_of(SQL("o.company_id")),
            currency=ORDER_CURRENCY,
            day=self._local_day(SQL("m.date")),
            kit_parts=KIT_PARTS,
            net_price=net_when_ordered(),
            moved=self.returns.places.moved(),
            units=UNITS,
            in_period=self._in_period(SQL("m.date"), SQL("o.company_id")),
        )

    def _left_out(self):
        """What suppliers got of which nobody can tell the order: it has no value."""
        return SQL(
            """
            SELECT %(id)s, 'return', 'transfer', 'stock.picking', m.picking_id,
                   m.reference, NULL::integer, left_out.partner_id, m.company_id,
                   m.product_id, mt.categ_id, NULL::varchar, NULL::integer,
                   m.picking_id, %(day)s, 'no_reference',
                   NULL::float8, left_out.returned, NULL::float8, NULL::float8,
                   NULL::varchar, NULL::float8
              FROM left_out
              JOIN stock_move m ON m.id = left_out.move_id
              JOIN product_product mp ON mp.id = m.product_id
              JOIN product_template mt ON mt.id = mp.product_tmpl_id
              %(company)s
             WHERE %(in_period)s
            """,
            id=FACT_IDS.sql(MOVE, SQL("m.id")),
            company=company_of(SQL("m.company_id")),
            day=self._local_day(SQL("m.date")),
            in_period=self._in_period(SQL("m.date"), SQL("m.company_id")),
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
                   i.purchase_line_id, i.picking_id,
                   %(day)s,
                   CASE WHEN i.state = 'cancelled' THEN 'cancelled'
                        WHEN i.responsibility <> 'supplier'
                             OR i.state = 'new' AND i.reporter_id IS NULL
                             THEN 'responsibility'
                        ELSE i.supplier_exclusion END,
                   NULL::float8, NULL::float8, i.quantity::float8, NULL::float8,
                   NULL::varchar, NULL::float8
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
            SELECT %(id)s, 'receipt', %(columns)s, NULL::integer, NULL::integer, h.date,
                   %(exclusion)s,
                   h.quantity::float8, NULL::float8,
                   LEAST(h.quantity, GREATEST(
                       0, %(faulty)s - COALESCE((
                           SELECT SUM(b.quantity)
                             FROM supplier_history_receipt b
                            WHERE b.line_id = h.line_id
                              AND (b.date, b.id) < (h.date, h.id)), 0)))::float8,
                   NULL::float8, NULL::varchar,
                   (l.value / NULLIF(l.quantity_ordered, 0))::float8
              FROM supplier_history_receipt h
              JOIN supplier_history_line l ON l.id = h.line_id
              %(twins)s
             WHERE h.quantity > 0
               AND %(in_period)s
            """,
            id=FACT_IDS.sql(HISTORY_RECEIPT, SQL("h.id")),
            columns=HISTORY_COLUMNS,
            faulty=imported_faulty(self._cutoff_day(SQL("l.company_id"))),
            exclusion=HISTORY_EXCLUSION,
            twins=join_twins(self.cutoff),
            in_period=self._days_in_period(SQL("h.date"), SQL("l.company_id")),
        )

    def _history_returns(self):
        """Imported returns; without a day, they are of the last receipt's."""
        day = SQL("COALESCE(l.date_returned, l.date_received)")
        return SQL(
            """
            SELECT %(id)s, 'return', %(columns)s, NULL::integer, NULL::integer, %(day)s,
                   %(exclusion)s,
                   NULL::float8, l.quantity_returned::float8, NULL::float8,
                   d.faulty,
                   CASE WHEN d.faulty < l.quantity_returned THEN 'surplus'
                        ELSE 'quality' END,
                   (l.value / NULLIF(l.quantity_ordered, 0))::float8
              FROM supplier_history_line l
              %(twins)s
             CROSS JOIN LATERAL (SELECT (%(faulty)s)::float8 AS faulty OFFSET 0) d
             WHERE l.quantity_returned > 0
               AND %(in_period)s
            """,
            id=FACT_IDS.sql(HISTORY_LINE, SQL("l.id")),
            columns=HISTORY_COLUMNS,
            exclusion=HISTORY_EXCLUSION,
            twins=join_twins(self.cutoff),
            day=day,
            faulty=imported_faulty(self._cutoff_day(SQL("l.company_id"))),
            in_period=self._days_in_period(day, SQL("l.company_id")),
        )
