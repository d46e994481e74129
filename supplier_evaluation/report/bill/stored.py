"""The SQL that takes bills and payments from their sums.

What only a list shows is joined from outside: where nobody asks for it, PostgreSQL
leaves the join out.
"""

from odoo.tools import SQL

from ..fact.documents import BILLS
from ..fact.sums import Taken


def taken_for(query, model):
    """Say which bills' sums are taken, and which are asked about.

    Asked about are those of which a part of what happened was known at the cut-off.

    :param BillQuery query: says what is asked
    :param str model: that of the sums
    :rtype: Taken
    """
    env = query.facts.env
    for read, names in query.facts._depends.items():
        env[read].flush_model(names)
    taken = Taken(env, query.scope, query.partners, BILLS)
    taken.ask_about(
        SQL(
            """
            SELECT q.%(bill)s FROM %(table)s q
             WHERE q.first_event < q.last_event
               AND q.first_event <= %(cutoff)s
               AND q.last_event > %(cutoff)s
               AND %(of_company)s
            """,
            bill=SQL.identifier(env[model]._document_column),
            table=SQL.identifier(env[model]._table),
            cutoff=query._cutoff_day(SQL("q.company_id")),
            of_company=query._of_company(SQL("q.company_id")),
        )
    )
    return taken


def stored_bills(query):
    """Return the SQL of bill lines as the sums ``q`` know them.

    :param BillQuery query: says what is asked
    """
    return SQL(
        """
        SELECT q.id,
               q.move_id,
               m.name,
               q.move_type,
               q.order_id,
               q.partner_id,
               q.company_id,
               q.product_id,
               t.categ_id,
               q.date,
               %(is_over)s AND q.is_reversed AS is_reversed,
               q.exclusion,
               l.supplier_exclusion_reason AS exclusion_reason,
               q.quantity, q.price, q.order_price, q.rate, q.value, q.rounding,
               q.payment_days
          FROM supplier_bill_sum q
          LEFT JOIN account_move m ON m.id = q.move_id
          LEFT JOIN account_move_line a ON a.id = q.id
          LEFT JOIN purchase_order_line l ON l.id = a.purchase_line_id
          LEFT JOIN product_product pp ON pp.id = q.product_id
          LEFT JOIN product_template t ON t.id = pp.product_tmpl_id
         WHERE %(is_known)s
           AND %(taken)s
           AND %(in_period)s
        """,
        is_over=_is_over(query),
        is_known=_is_known(query),
        taken=query.taken.stored(SQL("q.move_id")),
        in_period=query._days_in_period(SQL("q.date"), SQL("q.company_id")),
    )


def stored_payments(query):
    """Return the SQL of bills as the sums ``q`` know them.

    :param PaymentQuery query: says what is asked
    """
    is_over = _is_over(query)
    return SQL(
        """
        SELECT q.id,
               m.name,
               q.partner_id,
               q.company_id,
               q.date,
               q.date_bill,
               CASE WHEN %(is_over)s THEN q.settled END AS settled,
               CASE WHEN %(is_over)s THEN q.paid END AS paid,
               %(is_over)s AND q.is_reversed AS is_reversed,
               q.exclusion,
               CASE WHEN q.exclusion IS NOT NULL THEN (%(reason)s) END
                   AS exclusion_reason,
               q.value,
               q.payment_days
          FROM supplier_payment_sum q
          LEFT JOIN account_move m ON m.id = q.id
         WHERE %(is_known)s
           AND %(taken)s
           AND (%(booked)s OR %(settled)s)
        """,
        is_over=is_over,
        reason=SQL(
            """
            SELECT MIN(l.supplier_exclusion_reason)
              FROM account_move_line a
              JOIN purchase_order_line l ON l.id = a.purchase_line_id
             WHERE a.move_id = q.id AND a.display_type = 'product'
            """
        ),
        is_known=_is_known(query),
        taken=query.taken.stored(SQL("q.id")),
        booked=query._days_in_period(SQL("q.date"), SQL("q.company_id")),
        settled=query._days_in_period(SQL("q.settled"), SQL("q.company_id")),
    )


def _is_over(query):
    """Whether all had happened by the cut-off; otherwise, nothing had."""
    return SQL("q.last_event <= %s", query._cutoff_day(SQL("q.company_id")))


def _is_known(query):
    """Whether all had happened by the cut-off, or nothing had."""
    today = query._cutoff_day(SQL("q.company_id"))
    return SQL("(%s OR q.first_event > %s)", _is_over(query), today)
