"""The SQL of receipts that somebody typed for an order, without its lines.

Such a transfer names the order, or a receipt of it, as its source document only. Odoo
counts nothing of it as received, and no figure does; who asks why a supplier has its
score is shown it.
"""

from odoo.tools import SQL

from ....tools.streams import id_array
from ...fact.query import company_of
from ..moves import MOVED, UNITS
from .places import Places

# What the transfer ``k`` of a move names: what stands between commas, each word, and
# what looks like a number of a document, for people write "退回WH/IN/00007" or
# "Return of P00012 (RMA 7)".
NAMES = SQL(
    """
    (SELECT REGEXP_SPLIT_TO_TABLE(TRIM(k.origin), '\\s*[,;，；、]\\s*')
      UNION
     SELECT REGEXP_SPLIT_TO_TABLE(k.origin, '[][\\s,;:()，；、：（）【】]+')
      UNION
     SELECT (REGEXP_MATCHES(
                k.origin, '[A-Za-z0-9](?:[A-Za-z0-9/_.#-]*[A-Za-z0-9])?', 'g'))[1]
    ) source (name)
    """
)
# The orders of the company that go by a name, or have a receipt of it.
ORDERS = SQL(
    """
    SELECT id AS order_id
      FROM purchase_order
     WHERE name = source.name AND company_id = m.company_id
     UNION
    SELECT l.order_id
      FROM stock_picking other
      JOIN stock_move came ON came.picking_id = other.id
      JOIN purchase_order_line l ON l.id = came.purchase_line_id
     WHERE other.name = source.name AND other.company_id = m.company_id
    """
)


def is_typed(places):
    """Whether goods came by a move ``m`` that is of no order line, and no return.

    :param Places places: what is ours and what is not
    """
    m = SQL("m")
    return SQL(
        """
        (m.state = 'done'
         AND m.quantity > 0
         AND m.purchase_line_id IS NULL
         AND m.origin_returned_move_id IS NULL
         AND %(from_vendor)s
         AND NOT %(to_outside)s)
        """,
        from_vendor=places.out_of(m, places.vendors),
        to_outside=places.to(m, places.outside),
    )


def typed_traces(places, some=None):
    """Return the SQL of what such moves name, as rows of ``supplier.return.trace``.

    :param Places places: what is ours and what is not
    :param SQL some: table of moves, ``move_id``; without it, all there are
    """
    wanted = SQL("m.id IN (SELECT move_id FROM (%s) wanted)", some) if some else None
    return SQL(
        """
        SELECT m.id AS move_id, NULL::integer AS order_id, source.name AS mention,
               TRUE AS is_loose
          FROM stock_move m
          JOIN stock_picking k ON k.id = m.picking_id
         CROSS JOIN LATERAL %(names)s
         WHERE source.name <> '' AND %(is_typed)s AND %(wanted)s
        """,
        names=NAMES,
        is_typed=is_typed(places),
        wanted=wanted or SQL("TRUE"),
    )


def typed_moves(places, candidates):
    """Return the SQL of such moves, with the one order of the vendor that they name.

    Rows ``(move_id, order_id, partner_id)``. What names several orders is of none.

    :param Places places: what is ours and what is not
    :param SQL candidates: table of the moves that may be such, ``move_id``
    """
    return SQL(
        """
        SELECT m.id AS move_id, named.order_id, named.partner_id
          FROM (%(candidates)s) candidate
          JOIN stock_move m ON m.id = candidate.move_id
          JOIN stock_picking k ON k.id = m.picking_id
          LEFT JOIN res_partner kp ON kp.id = k.partner_id
         CROSS JOIN LATERAL (
               SELECT MIN(o.id) AS order_id,
                      MIN(p.commercial_partner_id) AS partner_id
                 FROM %(names)s
                CROSS JOIN LATERAL (%(orders)s) found
                 JOIN purchase_order o ON o.id = found.order_id
                 JOIN res_partner p ON p.id = o.partner_id
                WHERE COALESCE(kp.commercial_partner_id = p.commercial_partner_id, TRUE)
               HAVING COUNT(DISTINCT o.id) = 1
               ) named
         WHERE %(is_typed)s
        """,
        candidates=candidates,
        names=NAMES,
        orders=ORDERS,
        is_typed=is_typed(places),
    )


def find_typed(env, names):
    """Return such moves whose transfers mention one of some names.

    Asked in two steps: PostgreSQL knows then how few they are.

    :param env: environment
    :param list names: of orders and receipts, parts of what somebody typed
    :return: rows ``(move_id, order_id, partner_id)``, see :func:`typed_moves`
    """
    rows = env.execute_query(
        SQL(
            """
            SELECT DISTINCT m.id
              FROM UNNEST(%s) AS mention (name)
              JOIN stock_picking k ON k.origin LIKE '%%' || mention.name || '%%'
             CROSS JOIN LATERAL (
                   SELECT id
                     FROM stock_move
                    WHERE picking_id = k.id AND purchase_line_id IS NULL
                   OFFSET 0) m
            """,
            names,
        )
    )
    if not rows:
        return []
    ids = id_array(move_id for (move_id,) in rows)
    some = SQL("SELECT UNNEST(%s) AS move_id", ids)
    return env.execute_query(typed_moves(Places(env), some))


def typed_receipts(query, places):
    """Return the SQL of the facts of such moves: they have no line, and no value.

    :param ReceiptFactQuery query: says what is asked
    :param Places places: what is ours and what is not
    """
    return SQL(
        """
        SELECT %(id)s, 'receipt', 'transfer', 'stock.picking', m.picking_id,
               m.reference, typed.order_id, typed.partner_id, m.company_id,
               m.product_id, mt.categ_id, NULL::varchar, NULL::integer,
               m.picking_id, %(day)s, 'no_reference',
               %(moved)s, NULL::float8, NULL::float8, NULL::float8,
               NULL::varchar, NULL::float8
          FROM (%(typed)s) typed
          JOIN stock_move m ON m.id = typed.move_id
          %(units)s
          %(company)s
         WHERE %(in_period)s
        """,
        id=query.move_id(SQL("m.id")),
        day=query._local_day(SQL("m.date")),
        moved=MOVED,
        typed=typed_moves(places, _candidates(query, places)),
        units=UNITS,
        company=company_of(SQL("m.company_id")),
        in_period=query._in_period(SQL("m.date"), SQL("m.company_id")),
    )


def _candidates(query, places):
    """Return the SQL of the moves that may be such, ``move_id``."""
    if query.taken.is_all_live:
        return SQL(
            "SELECT m.id AS move_id FROM stock_move m WHERE %s", is_typed(places)
        )
    return SQL(
        """
        SELECT move_id FROM supplier_return_trace
         WHERE is_loose AND order_id IS NULL AND mention IS NOT NULL
         UNION
        SELECT UNNEST(%s)
        """,
        id_array(query.taken.moves),
    )
