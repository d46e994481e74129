"""What was ordered of each supplier in a period, in company currency.

It is what the price facts of the period cost: the same quantities and prices, as they
were at the cut-off, at the rate of the order. An order that is in Odoo and in a file
counts once. Whether a line was waived for a figure does not matter: the money was spent
all the same. And what a file says without an order date was ordered by its promise.
"""

from odoo.tools import SQL

from ..fact.price import ORDER_CURRENCY, net_when_ordered
from ..history.rows import ORDER_TABLES, has_history, join_twins
from ..promise.at_cutoff import CONFIRMED
from .lines import PriceLines


def spend_of(env, scope):
    """Return what was ordered in the period, of every supplier at once.

    :param env: environment with the rights to read orders
    :param FactScope scope: company, period and cut-off
    :return: ``{partner_id: amount without tax}``; who had no order is not in it
    """
    return dict(env.execute_query(spend_query(env, scope)))


def spend_query(env, scope):
    """Return the query of :func:`spend_of`: ``partner_id, amount``.

    :rtype: SQL
    """
    env.flush_all()
    return SpendQuery(env["supplier.price.fact"]._with_fact_scope(scope)).sql()


class SpendQuery(PriceLines):
    """Sums what was confirmed in the period by its supplier."""

    def sql(self):
        """Return the query: ``partner_id, amount``."""
        return SQL(
            "SELECT partner_id, SUM(amount) AS amount FROM (%s) ordered"
            " GROUP BY partner_id",
            self.ordered(),
        )

    def _in_time(self):
        return self._in_period(SQL("q.confirmed"), SQL("q.company_id"))

    def ordered(self):
        """Return the SQL of what was ordered: ``partner_id, categ_id, amount``."""
        sources = [] if self.taken.is_all_live else [self._stored()]
        if self.taken.is_asking:
            sources.append(self._orders())
        if has_history(self.facts.env):
            sources.append(self._history())
        return SQL(" UNION ALL ").join(sources)

    def _stored(self):
        return SQL(
            """
            SELECT q.partner_id, t.categ_id, q.value AS amount
              FROM supplier_price_sum q
              LEFT JOIN product_product pp ON pp.id = q.product_id
              LEFT JOIN product_template t ON t.id = pp.product_tmpl_id
             WHERE q.last_event <= %(cutoff)s
               AND COALESCE(q.exclusion NOT IN ('not_goods', 'cancelled'), TRUE)
               AND %(taken)s
               AND %(in_period)s
            """,
            cutoff=self.cutoff,
            taken=self.taken.stored(SQL("q.order_id")),
            in_period=self._in_period(SQL("q.confirmed"), SQL("q.company_id")),
        )

    def _orders(self):
        """What each line cost; a down payment is paid for goods of other lines."""
        return SQL(
            """
            SELECT p.commercial_partner_id AS partner_id,
                   t.categ_id,
                   %(net)s
                       * (u.factor / lu.factor)::float8
                       * COALESCE(NULLIF(%(ordered)s, 0), l.quantity_promised)::float8
                       / COALESCE(NULLIF(o.currency_rate, 0), 1)::float8 AS amount
              FROM %(tables)s
              JOIN uom_uom lu ON lu.id = l.product_uom_id
              %(currency)s
             WHERE l.display_type IS NULL
               AND l.is_downpayment IS NOT TRUE
               AND (o.state IN ('purchase', 'cancel')
                    OR l.date_promise_frozen IS NOT NULL)
               AND %(asked)s
               AND %(in_period)s
               AND %(cancelled)s IS NULL
            """,
            net=net_when_ordered(),
            asked=self.taken.live(SQL("l.order_id"), SQL("l.id")),
            ordered=self.promise.ordered,
            tables=ORDER_TABLES,
            currency=ORDER_CURRENCY,
            in_period=self._in_period(CONFIRMED, SQL("o.company_id")),
            cancelled=self.promise.cancelled,
        )

    def _history(self):
        return SQL(
            """
            SELECT l.commercial_partner_id AS partner_id,
                   l.categ_id,
                   l.value::float8 AS amount
              FROM supplier_history_line l
              %(twins)s
             WHERE %(in_period)s
               AND twin.order_name IS NULL
            """,
            twins=join_twins(self.cutoff),
            in_period=self._days_in_period(
                SQL("COALESCE(l.date_order, l.date_promised)"), SQL("l.company_id")
            ),
        )
