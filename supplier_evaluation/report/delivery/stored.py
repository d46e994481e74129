"""The SQL that takes deliveries from their sums."""

from odoo.tools import SQL

from ..fact.query import COMPANY_PARTNER
from ..history.rows import FACT_IDS, ORDER_LINE


def stored_deliveries(query):
    """Return the SQL of order lines as the sums ``q`` know them.

    What only a list shows is joined from outside: where nobody asks for it, PostgreSQL
    leaves the join out.

    :param DeliveryQuery query: says what is asked
    """
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
               CASE WHEN q.is_acknowledged THEN q.order_id END AS acknowledged_order_id,
               q.value, q.ordered, q.slack, q.rounding, q.allowed, q.promised,
               q.confirmed, q.order_day,
               %(exclusion)s AS exclusion,
               q.promise_kept, q.changed_late,
               LEAST(%(today)s, q.open_until) AS open_until,
               q.returned, q.faulty, q.received, q.surplus,
               %(on_time)s AS on_time,
               q.counted, q.late, q.lead, q.began, q.completed
          FROM supplier_delivery_sum q
          %(company)s
          LEFT JOIN purchase_order o ON o.id = q.order_id
          LEFT JOIN purchase_order_line l ON l.id = q.id
          LEFT JOIN product_product pp ON pp.id = q.product_id
          LEFT JOIN product_template t ON t.id = pp.product_tmpl_id
         WHERE q.last_event <= %(cutoff)s
           AND %(taken)s
           AND %(period)s
           AND %(due)s
        """,
        id=FACT_IDS.sql(ORDER_LINE, SQL("q.id")),
        exclusion=_exclusion(query),
        today=query._today(),
        on_time=_on_time(query),
        company=_company(query),
        cutoff=query.cutoff,
        taken=query.taken.stored_line(SQL("q.order_id"), SQL("q.id")),
        period=query._stored_period(),
        due=query._due(SQL("q.promised")),
    )


def _company(query):
    """The company of a line, where its time zone is asked for."""
    if query.scope.tz is not None:
        return SQL()
    return SQL("JOIN res_company c ON c.id = q.company_id %s", COMPANY_PARTNER)


def _exclusion(query):
    """Why a line does not count; what never would says so first."""
    if not query.scope.with_excluded:
        return SQL("q.exclusion")
    return SQL(
        """
        CASE WHEN q.exclusion IN ('cancelled', 'not_goods') THEN q.exclusion
             %s
             ELSE q.exclusion END
        """,
        query._outside(SQL("q.date_promised"), "start", "stop"),
    )


def _on_time(query):
    """What came by the promise; with a tolerance, by the days of the receipts."""
    if not query.scope.late_days and query.scope.early_days is None:
        return SQL("q.on_time")
    return SQL(
        """
        CASE WHEN q.receipts IS NOT NULL
             THEN (SELECT SUM(moved)
                     FROM (SELECT q.promised) d,
                          JSONB_TO_RECORDSET(q.receipts)
                              AS receipt(day date, moved float8)
                    WHERE %(on_time)s)
             ELSE (SELECT q.received
                     FROM (SELECT q.promised, q.first_day AS day) d
                    WHERE %(on_time)s) END
        """,
        on_time=query._on_time(),
    )
