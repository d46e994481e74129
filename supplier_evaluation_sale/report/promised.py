"""SQL of what a sales line ``l`` of an order ``o`` had promised at the cut-off."""

from odoo.tools import SQL

from ..models.promise.supplier_sale_promise_change import REBASED

# Of a line that is not frozen: the date of the order, or else the expected one.
PROMISED = SQL(
    "COALESCE(l.date_customer_promised, o.commitment_date,"
    " o.date_order + COALESCE(l.customer_lead, 0) * INTERVAL '1 day')"
)

# When it was asked for: of a line that was added to a confirmed order, later than the
# order. One that was made after its date was taken over from elsewhere, with all lines.
SOLD_AT = SQL(
    "CASE WHEN o.create_date <= o.date_order"
    " THEN GREATEST(o.date_order, l.date_customer_promise_frozen)"
    " ELSE o.date_order END"
)


def promised(env, scope):
    """Return by when the customer was to have a line, as it was known then.

    :param scope: whose cut-off counts; an analysis sees all changes
    """
    changes = env["supplier.sale.promise.change"]
    rebased = []
    if not scope.is_open:
        rebased = changes._lines_rebased_after(scope.company_id, scope.cutoff)
    if not rebased:
        return PROMISED
    return SQL(
        """
        CASE WHEN l.id = ANY(%(rebased)s)
             THEN COALESCE((
                  SELECT c.promised_from FROM supplier_sale_promise_change c
                   WHERE c.sale_line_id = l.id AND %(moved)s
                     AND c.date > %(cutoff)s
                   ORDER BY c.date, c.id LIMIT 1), %(value)s)
             ELSE %(value)s END
        """,
        moved=SQL(REBASED),
        rebased=rebased,
        cutoff=scope.cutoff,
        value=PROMISED,
    )
