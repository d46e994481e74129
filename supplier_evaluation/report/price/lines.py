"""The SQL of the order lines and imported lines whose prices are compared."""

from functools import cached_property

from dateutil.relativedelta import relativedelta

from odoo.tools import SQL

from ...scoring.scope import DAY, TICK
from ...tools.streams import id_array
from ..fact.hints import PRODUCTS_KEY
from ..fact.price import ORDER_CURRENCY, gross_when_ordered, net_when_ordered
from ..fact.query import FactQuery, own_day
from ..fact.sums import Taken
from ..history.rows import (
    FACT_IDS,
    HISTORY_COLUMNS,
    HISTORY_EXCLUSION,
    HISTORY_LINE,
    HISTORY_TABLES,
    ORDER_COLUMNS,
    ORDER_LINE,
    ORDER_TABLES,
    has_history,
    join_twins,
)
from ..promise.at_cutoff import CONFIRMED, PromiseAtCutoff

# A product that is only named has a negative key, made of its name.
NAME_KEY = SQL("-(('x' || substr(md5(lower(l.product_name)), 1, 15))::bit(60)::bigint)")


class PriceLines(FactQuery):
    """The part of the query of price facts that reads the lines.

    :param Pending only: of these orders only, without what is stored of them
    """

    # Whether all lines make the market that a supplier's prices are compared with.
    _compares_suppliers = True

    def __init__(self, facts, scope=None, only=None):
        super().__init__(facts, scope)
        self.facts = facts
        self.products = facts.env.context.get(PRODUCTS_KEY)
        self.promise = PromiseAtCutoff.of(facts.env, self.scope)
        # A record rule shows a user these only; it is applied outside.
        self.companies = None if facts.env.su else facts.env.companies.ids
        # PostgreSQL knows little of an expression: one condition, not two.
        self.stop = min(self.scope.compared_stop, self.cutoff + TICK)
        self.taken = Taken.only(only) if only else self._taken()

    def _taken(self):
        """Say which orders' sums are taken, and which are asked about.

        Whose prices are asked for is compared with those of others: orders of all
        suppliers are asked about, of the products in question.
        """
        for model, names in self.facts._depends.items():
            self.facts.env[model].flush_model(names)
        taken = Taken(self.facts.env, self.scope, self._read_partners)
        taken.ask_about(
            SQL(
                """
                SELECT q.order_id FROM supplier_price_sum q
                 WHERE q.last_event > %(cutoff)s
                   AND %(in_time)s
                   AND %(of_company)s
                   AND %(of_supplier)s
                   AND %(products)s
                """,
                of_supplier=taken.of_supplier(SQL("q.partner_id")),
                cutoff=self.cutoff,
                in_time=self._in_time(),
                of_company=self._of_company(SQL("q.company_id")),
                products=self._asked_products(SQL("q.product_id")),
            )
        )
        return taken

    @property
    def _read_partners(self):
        """The suppliers whose lines are read, None for all."""
        return None if self._compares_suppliers else self.partners

    def _in_time(self):
        """Whether a line ``q`` of sums was confirmed in a time that is read."""
        return SQL("q.confirmed < %s", self.stop)

    def asked(self):
        """Return the SQL of the lines that are no sums, None without any."""
        sources = [self._orders()] if self.taken.is_asking else []
        if has_history(self.facts.env):
            sources.append(self._history())
        return SQL(" UNION ALL ").join(sources) if sources else None

    def stored(self):
        """Return the SQL of order lines as the sums ``q`` know them."""
        return SQL(
            """
            SELECT %(id)s AS id,
                   'order' AS source,
                   'purchase.order' AS res_model,
                   q.order_id AS res_id,
                   o.name AS name,
                   q.order_id,
                   q.partner_id,
                   q.company_id,
                   q.product_id,
                   t.categ_id,
                   l.supplier_exclusion_reason AS exclusion_reason,
                   q.product_id::bigint AS product_key,
                   q.currency_id,
                   q.confirmed,
                   d.day,
                   q.rate,
                   q.quantity,
                   q.price,
                   q.gross_value,
                   q.value,
                   q.exclusion,
                   %(flags)s
              FROM supplier_price_sum q
             CROSS JOIN LATERAL (SELECT q.day) d
              LEFT JOIN purchase_order o ON o.id = q.order_id
              LEFT JOIN purchase_order_line l ON l.id = q.id
              LEFT JOIN product_product pp ON pp.id = q.product_id
              LEFT JOIN product_template t ON t.id = pp.product_tmpl_id
             WHERE q.last_event <= %(cutoff)s
               AND q.confirmed < %(stop)s
               AND %(taken)s
               AND %(of_company)s
               AND %(of_supplier)s
               AND %(products)s
            """,
            id=FACT_IDS.sql(ORDER_LINE, SQL("q.id")),
            flags=self._flags(SQL("q.company_id")),
            cutoff=self.cutoff,
            stop=self.stop,
            taken=self.taken.stored(SQL("q.order_id")),
            of_company=self._of_company(SQL("q.company_id")),
            of_supplier=self.taken.of_supplier(SQL("q.partner_id")),
            products=self._asked_products(SQL("q.product_id")),
        )

    def _orders(self):
        """Lines of confirmed orders, up to the end of what is compared.

        A line is confirmed when its order was for the first time, or when it was added
        to a confirmed one. Confirming the order again later moves nothing. What was
        ordered, and whether, is as at the cut-off.
        """
        return SQL(
            """
            SELECT %(id)s AS id,
                   %(columns)s,
                   l.product_id::bigint AS product_key,
                   o.currency_id,
                   d.confirmed,
                   d.day,
                   d.rate,
                   d.quantity,
                   d.net * d.per_unit AS price,
                   %(gross)s * d.per_unit * d.quantity / d.rate AS gross_value,
                   d.net * d.per_unit * d.quantity / d.rate AS value,
                   CASE WHEN l.is_downpayment THEN 'not_goods'
                        WHEN %(cancelled)s IS NOT NULL THEN 'cancelled'
                        ELSE l.supplier_exclusion END AS exclusion,
                   %(flags)s
              FROM %(tables)s
              JOIN uom_uom lu ON lu.id = l.product_uom_id
              %(currency)s
             CROSS JOIN LATERAL (
                   SELECT %(confirmed)s AS confirmed,
                          %(day)s AS day,
                          COALESCE(NULLIF(o.currency_rate, 0), 1)::float8 AS rate,
                          COALESCE(NULLIF(%(ordered)s, 0), l.quantity_promised)
                              ::float8 AS quantity,
                          %(net)s::float8 AS net,
                          (u.factor / lu.factor)::float8 AS per_unit
                   OFFSET 0) d
             WHERE l.display_type IS NULL
               AND (o.state IN ('purchase', 'cancel')
                    OR l.date_promise_frozen IS NOT NULL)
               AND %(confirmed)s < %(stop)s
               AND %(asked)s
               AND %(of_company)s
               AND %(products)s
            """,
            id=FACT_IDS.sql(ORDER_LINE, SQL("l.id")),
            columns=ORDER_COLUMNS,
            tables=ORDER_TABLES,
            currency=ORDER_CURRENCY,
            confirmed=CONFIRMED,
            day=self._local_day(CONFIRMED),
            cancelled=self.promise.cancelled,
            ordered=self.promise.ordered,
            net=net_when_ordered(),
            gross=gross_when_ordered(SQL("d.net")),
            flags=self._flags(SQL("o.company_id")),
            stop=self.stop,
            asked=self.taken.live(SQL("l.order_id"), SQL("l.id")),
            of_company=self._of_company(SQL("o.company_id")),
            products=self._asked_products(SQL("l.product_id")),
        )

    def _history(self):
        """Imported lines that say when they were ordered."""
        return SQL(
            """
            SELECT %(id)s AS id,
                   %(columns)s,
                   COALESCE(l.product_id::bigint, %(name_key)s) AS product_key,
                   l.currency_id,
                   l.date_order::timestamp AS confirmed,
                   d.day,
                   d.rate,
                   d.quantity,
                   d.price,
                   l.value::float8 AS gross_value,
                   l.value::float8 AS value,
                   CASE WHEN l.quantity_ordered <= 0 THEN 'cancelled'
                        ELSE %(exclusion)s END AS exclusion,
                   %(flags)s
              FROM %(tables)s
              %(twins)s
              LEFT JOIN uom_uom lu ON lu.id = l.uom_id
             CROSS JOIN LATERAL (
                   SELECT l.date_order AS day,
                          COALESCE(lu.factor / u.factor, 1)::float8 AS per_unit
                   ) f
             CROSS JOIN LATERAL (
                   SELECT l.date_order AS day,
                          l.quantity_ordered::float8 * f.per_unit AS quantity,
                          l.price_unit::float8 / f.per_unit AS price,
                          CASE WHEN l.value > 0
                               THEN (l.price_unit * l.quantity_ordered / l.value)
                                    ::float8
                               ELSE 1 END AS rate
                   OFFSET 0) d
             WHERE l.date_order <= %(last)s
               AND %(of_company)s
            """,
            id=FACT_IDS.sql(HISTORY_LINE, SQL("l.id")),
            columns=HISTORY_COLUMNS,
            tables=HISTORY_TABLES,
            name_key=NAME_KEY,
            exclusion=HISTORY_EXCLUSION,
            twins=join_twins(self.cutoff),
            flags=self._flags(SQL("l.company_id")),
            # Whatever was searched for, the year that it is compared with is the same.
            last=max(self.scope.days[1], self.scope.year_end),
            of_company=self._of_company(SQL("l.company_id")),
        )

    def _flags(self, company):
        """Whether a day is in the period, and in the year that it is compared with.

        In an analysis that year ends today, where the company is.
        """
        first, last = self.scope.days[0], self._last_day_of(company)
        year = (_year_begin(self.scope.year_end), self.scope.year_end)
        if self.scope.is_open:
            begins = [(_year_begin(day), ids) for day, ids in self._days_of_companies]
            year = (own_day(begins, company), self._cutoff_day(company))
        return SQL(
            "d.day BETWEEN %s AND %s AS in_period, d.day BETWEEN %s AND %s AS in_year",
            first,
            last,
            *year,
        )

    def _of_company(self, company):
        """Lines of other companies are no market, and would not be shown either."""
        if self.scope.is_open and self.companies is not None:
            return SQL("%s = ANY(%s)", company, self.companies)
        return super()._of_company(company)

    def _asked_products(self, product):
        """Only the products that are asked for, or those of the suppliers that are.

        All who supply them are read, since they are the market.
        """
        if self._product_ids is None:
            return SQL("TRUE")
        return SQL("%s = ANY(%s)", product, id_array(self._product_ids))

    @cached_property
    def _product_ids(self):
        """Their ids, None for all: asked first, so that an index finds the lines."""
        if self.products is not None or self.partners is None:
            return self.products
        rows = self.facts.env.execute_query(
            SQL(
                """
                SELECT mine.product_id
                  FROM purchase_order_line mine
                  JOIN res_partner p ON p.id = mine.partner_id
                 WHERE p.commercial_partner_id = ANY(%(partners)s)
                   AND mine.product_id IS NOT NULL
                 UNION
                SELECT product_id FROM supplier_history_line
                 WHERE commercial_partner_id = ANY(%(partners)s)
                   AND product_id IS NOT NULL
                """,
                partners=id_array(self.partners),
            )
        )
        return [product_id for (product_id,) in rows]


def _year_begin(day):
    """Return the first day of the twelve months that end with a day."""
    return day - relativedelta(years=1) + DAY
