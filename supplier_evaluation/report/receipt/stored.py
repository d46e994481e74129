"""The SQL that takes receipts and returns from their sums."""

from odoo.tools import SQL

from ...tools.streams import id_array
from ..fact.sums import Taken


def taken_for(query):
    """Say which orders' sums are taken, and which are asked about.

    Asked about are those with a move in the period of which less was known at the
    cut-off. Of moves without an order only themselves tell.

    :param ReceiptFactQuery query: says what is asked
    :rtype: Taken
    """
    env = query.facts.env
    for model, names in query.facts._depends.items():
        env[model].flush_model(names)
    taken = Taken(env, query.scope, query.partners, orders=query.orders)
    if taken.pending is None:
        return taken
    known_later = SQL(
        "q.last_event > %s AND %s AND %s",
        query.cutoff,
        query._in_period(SQL("q.moved_at"), SQL("q.company_id")),
        taken.of_supplier(SQL("q.partner_id")),
    )
    taken.ask_about(
        SQL("SELECT q.order_id FROM supplier_receipt_sum q WHERE %s", known_later),
        SQL(
            "SELECT order_id FROM supplier_return_trace"
            " WHERE is_loose AND order_id IS NOT NULL"
        ),
    )
    rows = env.execute_query(
        SQL(
            "SELECT q.id FROM supplier_receipt_sum q WHERE q.order_id = 0 AND %s",
            known_later,
        )
    )
    taken.moves = [*taken.moves, *(move_id for (move_id,) in rows)]
    return taken


def stored_receipts(query):
    """Return the SQL of receipts and returns as the sums ``q`` know them.

    What only a list shows is joined from outside: where nobody asks for it, PostgreSQL
    leaves the join out.

    :param ReceiptFactQuery query: says what is asked
    """
    return SQL(
        """
        SELECT %(id)s AS id,
               q.kind, q.source,
               CASE WHEN q.picking_id IS NULL THEN 'purchase.order'
                    ELSE 'stock.picking' END AS res_model,
               COALESCE(q.picking_id, q.order_id) AS res_id,
               COALESCE(m.reference, o.name) AS name,
               NULLIF(q.order_id, 0) AS order_id,
               q.partner_id,
               q.company_id,
               q.product_id,
               t.categ_id,
               l.supplier_exclusion_reason AS exclusion_reason,
               q.purchase_line_id,
               q.picking_id,
               q.day AS date,
               q.exclusion,
               q.received, q.returned, q.defective, q.faulty, q.return_reason,
               q.unit_value
          FROM supplier_receipt_sum q
          LEFT JOIN stock_move m ON m.id = q.id
          LEFT JOIN purchase_order o ON o.id = q.order_id
          LEFT JOIN purchase_order_line l ON l.id = q.purchase_line_id
          LEFT JOIN product_product pp ON pp.id = q.product_id
          LEFT JOIN product_template t ON t.id = pp.product_tmpl_id
         WHERE q.last_event <= %(cutoff)s
           AND %(taken)s
           AND %(has_order)s
           AND %(in_period)s
        """,
        id=query.move_id(SQL("q.id")),
        cutoff=query.cutoff,
        taken=query.taken.stored(SQL("q.order_id")),
        has_order=_is_not_asked(query.taken.moves),
        in_period=query._in_period(SQL("q.moved_at"), SQL("q.company_id")),
    )


def _is_not_asked(moves):
    """Whether a move without an order is none of those that are asked about."""
    if not moves:
        return SQL("TRUE")
    return SQL(
        "(q.order_id <> 0 OR NOT EXISTS (SELECT FROM UNNEST(%s) live (id)"
        " WHERE live.id = q.id))",
        id_array(moves),
    )
