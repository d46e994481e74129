"""The SQL of the trace: one row for each purchase line that a sales line came by."""

from odoo.tools import SQL

from odoo.addons.supplier_evaluation.report.fact.hints import PRODUCTS_KEY
from odoo.addons.supplier_evaluation.report.fact.ids import IdCodec
from odoo.addons.supplier_evaluation.report.fact.query import FactQuery, fact_columns
from odoo.addons.supplier_evaluation.report.receipt.returned.places import Places

from . import accuracy, causes, first_in_first_out, moves, origins
from .promised import promised

# Parts of a sales line are numbered; it has fewer than this.
FACT_IDS = IdCodec(4096)
SALES_KEY = "supplier_sale_orders"
SALE_LINES_KEY = "supplier_sale_lines"
# Of Odoo's margins in sales orders, where they are installed, in company currency.
MARGIN = SQL("(l.margin / COALESCE(NULLIF(o.currency_rate, 0), 1))::float8")
TIED, FREE = SQL("tied_ruler"), SQL("free_ruler")


class SaleQuery(FactQuery):
    """Builds the query of ``supplier.sale.fact``."""

    def __init__(self, facts, scope=None):
        super().__init__(facts, scope)
        env = facts.env
        for model, names in facts._depends.items():
            env[model].flush_model(names)
        self.context = env.context
        self.margin = SQL("NULL::float8")
        if "margin" in env["sale.order.line"]._fields:
            env["sale.order.line"].flush_model(["margin"])
            self.margin = MARGIN
        self.places = Places(env)
        self.promised = promised(env, self.scope)
        # Half of what units are rounded to is no difference.
        digits = env["decimal.precision"].precision_get("Product Unit")
        self.tolerance = 10**-digits / 2

    def sql(self):
        """Return the whole query."""
        return SQL(
            """
            WITH RECURSIVE %s
            SELECT %s
              FROM (%s) row
            """,
            SQL(", ").join(
                SQL("%s AS MATERIALIZED (%s)", SQL.identifier(name), part)
                if name != "chain"
                else SQL("chain AS (%s)", part)
                for name, part in self._parts().items()
            ),
            self._columns(),
            self._rows(),
        )

    def asked(self, wanted):
        """Whether a sales line ``l`` of an order ``o`` is asked about.

        :param SQL wanted: by when the customer was to have it
        """
        conditions = [
            self._of_company(SQL("o.company_id")),
            self._between(wanted, self.scope.start, self.scope.period_stop),
        ]
        columns = {
            PRODUCTS_KEY: SQL("l.product_id"),
            SALES_KEY: SQL("l.order_id"),
            SALE_LINES_KEY: SQL("l.id"),
        }
        for key, column in columns.items():
            ids = self.context.get(key)
            if ids is not None:
                conditions.append(SQL("%s = ANY(%s::integer[])", column, ids))
        if self.partners is not None:
            conditions.append(moves.bought_of(self.partners))
        return SQL(" AND ").join(conditions)

    def _parts(self):
        """Return the parts of the query, each made of those before it."""
        return {
            "sold": moves.sold_lines(self),
            "goods": moves.goods(),
            "shipment": moves.shipments(self),
            "chain": moves.chain(),
            "link": moves.links(),
            "receipt": moves.receipts(self),
            "knot": origins.knot(),
            "tied_ruler": first_in_first_out.rulers(origins.knots()),
            "tied": first_in_first_out.side_by_side(TIED),
            "crossing": origins.crossings(self),
            "free_ruler": first_in_first_out.rulers(origins.free()),
            "free": first_in_first_out.side_by_side(FREE),
            "counted": origins.counted(),
            "known": origins.known(),
            "part": origins.parts(),
            "judged": accuracy.judged(self),
        }

    def _columns(self):
        """What a row tells, with the columns that every fact has."""
        weight = self._weight(SQL("row.value"))
        return SQL(
            """
            %(columns)s,
            row.sale_id, row.sale_line_id, row.customer_id, row.salesman_id,
            row.currency_id, row.value AS amount, row.margin,
            row.order_id, row.purchase_line_id,
            row.origin, row.quantity_ordered, row.quantity_delivered,
            row.quantity_open, row.quantity_returned, row.sold_on, row.ordered_on,
            row.promised, row.came_on, row.shipped_on, row.is_open,
            row.days_to_order, row.days_to_receive, row.days_to_deliver,
            row.slowest_step, row.waiting_step, row.days_late, row.days_order_late,
            row.days_supplier_late, row.days_stock_late, row.cause,
            CASE WHEN row.cause = 'supplier' THEN row.sale_line_id END AS late_line_id,
            row.judged_line_id,
            CASE WHEN row.is_accurate THEN row.judged_line_id END AS accurate_line_id
            """,
            columns=fact_columns(SQL("row"), weight),
        )

    def _rows(self):
        """Add to each part how late it was, and through what."""
        return SQL(
            """
            SELECT d.*, s.*, l.*, %(slowest)s AS slowest_step,
                   %(waiting)s AS waiting_step, %(cause)s AS cause,
                   CASE WHEN d.is_dropped THEN 'cancelled'
                        WHEN d.wanted >= d.today AND d.is_open THEN 'not_due'
                        ELSE d.supplier_exclusion END AS exclusion
              FROM (%(dated)s) d
             CROSS JOIN LATERAL (%(steps)s) s
              LEFT JOIN LATERAL (%(lateness)s) l ON TRUE
            """,
            slowest=causes.SLOWEST_STEP,
            waiting=causes.WAITING_STEP,
            cause=causes.CAUSE,
            dated=self._dated(),
            steps=causes.STEPS,
            lateness=causes.lateness(),
        )

    def _dated(self):
        """The parts with the days of their steps, and whom and what they are about."""
        return SQL(
            """
            SELECT d.*,
                   CASE WHEN NOT d.needs_goods THEN d.came_on
                        ELSE COALESCE(d.came_on, d.today) END AS there_on,
                   CASE WHEN d.came_on <= d.supplier_day + %(late_days)s
                        THEN GREATEST(d.supplier_day, d.came_on)
                        ELSE d.supplier_day END AS promised,
                   CASE WHEN d.is_open THEN d.today ELSE d.shipped_on END AS gone_on
              FROM (
                   SELECT %(id)s AS id,
                          'sale.order' AS res_model, sold.sale_id AS res_id,
                          sold.sale_name AS name,
                          vendor.commercial_partner_id AS partner_id,
                          sold.company_id, sold.wanted AS date, sold.wanted,
                          part.product_id, sold.categ_id,
                          pl.supplier_exclusion, pl.supplier_exclusion_reason
                              AS exclusion_reason,
                          sold.sale_id, sold.line_id AS sale_line_id,
                          sold.customer_id, sold.salesman_id, sold.currency_id,
                          sold.value * part.share AS value,
                          sold.margin * part.share AS margin,
                          po.id AS order_id, part.purchase_line_id,
                          CASE WHEN part.purchase_line_id IS NOT NULL
                                AND part.origin = 'order' AND %(is_dropship)s
                               THEN 'dropship' ELSE part.origin END AS origin,
                          sold.ordered AS quantity_ordered,
                          part.quantity_delivered, part.quantity_open,
                          COALESCE(back.quantity, 0) AS quantity_returned,
                          sold.sold_on, sold.today,
                          CASE WHEN po.state = 'purchase' THEN %(ordered_on)s END
                              AS ordered_on,
                          CASE WHEN po.state = 'purchase' THEN %(supplier_day)s END
                              AS supplier_day,
                          %(came_on)s AS came_on,
                          %(shipped_on)s AS shipped_on,
                          part.quantity_open > sold.slack AND NOT part.is_dropped
                              AS is_open,
                          part.is_dropped, part.is_reserved,
                          part.purchase_line_id IS NOT NULL AS needs_goods,
                          carrier.line_id IS NOT NULL AS is_carrier_late,
                          judged.purchase_line_id AS judged_line_id,
                          judged.is_accurate
                     FROM (%(parts)s) part
                     JOIN sold ON sold.line_id = part.line_id
                     LEFT JOIN purchase_order_line pl ON pl.id = part.purchase_line_id
                     LEFT JOIN purchase_order po ON po.id = pl.order_id
                     LEFT JOIN res_partner vendor ON vendor.id = po.partner_id
                     LEFT JOIN (%(returned)s) back ON back.line_id = part.line_id
                     LEFT JOIN judged
                            ON judged.purchase_line_id = part.purchase_line_id
                     LEFT JOIN (%(carrier)s) carrier ON carrier.line_id = part.line_id
                   ) d
            """,
            parts=origins.shares(),
            id=FACT_IDS.sql(SQL("sold.line_id"), SQL("part.number")),
            late_days=self.scope.late_days,
            is_dropship=SQL("po.dest_address_id IS NOT NULL"),
            ordered_on=self._day_of(
                SQL("COALESCE(pl.date_promise_frozen, po.date_approve)")
            ),
            supplier_day=self._day_of(SQL("pl.date_promised")),
            came_on=self._day_of(SQL("part.came_at")),
            shipped_on=self._day_of(SQL("part.shipped_at")),
            returned=moves.returned(self),
            carrier=self._late_by_carrier(),
        )

    def _day_of(self, instant):
        """The day of an instant, in the time zone of the sales line ``sold``."""
        return SQL("(%s AT TIME ZONE 'UTC' AT TIME ZONE sold.tz)::date", instant)

    def _late_by_carrier(self):
        """List the lines of which somebody said that a carrier was late."""
        return SQL(
            """
            SELECT DISTINCT i.sale_line_id AS line_id FROM supplier_incident i
             WHERE i.sale_line_id IS NOT NULL
               AND i.incident_type = 'delivery'
               AND i.responsibility = 'carrier'
               AND i.state <> 'cancelled'
               AND i.date_opened <= %s
            """,
            self.cutoff,
        )
