"""SQL that facts made of order lines and of imported history lines share.

An order line is ``l`` of the order ``o`` with a contact ``p``, an imported line is
``l``. Both have a product ``pp`` of the template ``t`` with the unit ``u``, an imported
one perhaps.

An order that was entered in Odoo and imported from a file counts once: as it is in
Odoo. The imported line has a ``twin`` then.
"""

from odoo.tools import SQL

from ..fact.ids import SourceIds
from ..fact.query import company_of

ORDER_LINE = "purchase.order.line"
HISTORY_LINE = "supplier.history.line"
FACT_IDS = SourceIds(ORDER_LINE, HISTORY_LINE)

# What a fact says of the record that it was made of. Both lists have the same order and
# types: of sources of the same types PostgreSQL reads only what is asked for.
ORDER_COLUMNS = SQL(
    """
    'order' AS source,
    'purchase.order' AS res_model,
    o.id AS res_id,
    o.name AS name,
    o.id AS order_id,
    p.commercial_partner_id AS partner_id,
    o.company_id,
    l.product_id,
    t.categ_id,
    l.supplier_exclusion_reason AS exclusion_reason
    """
)
HISTORY_COLUMNS = SQL(
    """
    'history' AS source,
    'supplier.history.line' AS res_model,
    l.id AS res_id,
    (l.order_ref || ' / ' || l.line_ref)::varchar AS name,
    NULL::integer AS order_id,
    l.commercial_partner_id AS partner_id,
    l.company_id,
    l.product_id,
    l.categ_id,
    COALESCE(twin.order_name, l.supplier_exclusion_reason)::varchar
        AS exclusion_reason
    """
)
# Why an imported line does not count, whatever it is asked about.
HISTORY_EXCLUSION = SQL(
    """
    CASE WHEN twin.order_name IS NOT NULL THEN 'duplicate'
         ELSE l.supplier_exclusion END
    """
)
ORDER_TABLES = SQL(
    """
    purchase_order_line l
    JOIN purchase_order o ON o.id = l.order_id
    JOIN res_partner p ON p.id = o.partner_id
    JOIN product_product pp ON pp.id = l.product_id
    JOIN product_template t ON t.id = pp.product_tmpl_id
    JOIN uom_uom u ON u.id = t.uom_id
    %s
    """,
    company_of(SQL("o.company_id")),
)
HISTORY_TABLES = SQL(
    """
    supplier_history_line l
    LEFT JOIN product_product pp ON pp.id = l.product_id
    LEFT JOIN product_template t ON t.id = pp.product_tmpl_id
    LEFT JOIN uom_uom u ON u.id = t.uom_id
    %s
    """,
    company_of(SQL("l.company_id")),
)
# Of what orders are read to find twins, for ``_depends``.
TWINS_READ = {
    "purchase.order": [
        "company_id",
        "date_approve",
        "name",
        "partner_id",
        "partner_ref",
        "state",
    ],
    "purchase.order.line": [
        "date_promise_cancelled",
        "date_promise_frozen",
        "display_type",
        "order_id",
        "product_id",
        "qty_received",
    ],
}


def twins(imported, cutoff):
    """List the imported lines whose order is in Odoo as well: ``line_id, order_name``.

    The order has the supplier and company, and the line's order reference as its name
    or as the reference of the supplier; and a line with the product, if the file's is
    known. An order that was cancelled by the cut-off is none, unless something came.

    :param SQL imported: table of the lines
    :param datetime cutoff: what was confirmed or cancelled later is not known
    """
    return SQL(
        """
        SELECT h.id AS line_id, MIN(o.name) AS order_name
          FROM %(imported)s h
          JOIN (SELECT id, LOWER(name) AS reference FROM purchase_order
                 UNION ALL
                SELECT id, LOWER(TRIM(partner_ref)) FROM purchase_order
                 WHERE partner_ref IS NOT NULL) known
            ON known.reference = LOWER(h.order_ref)
          JOIN purchase_order o ON o.id = known.id AND o.company_id = h.company_id
          JOIN res_partner vendor
            ON vendor.id = o.partner_id
           AND vendor.commercial_partner_id = h.commercial_partner_id
         WHERE EXISTS (
               SELECT 1 FROM purchase_order_line own
                WHERE own.order_id = o.id
                  AND own.display_type IS NULL
                  AND own.product_id = COALESCE(h.product_id, own.product_id)
                  AND (o.state = 'purchase' OR own.qty_received > 0
                       OR own.date_promise_cancelled > %(cutoff)s)
                  AND COALESCE(own.date_promise_frozen, o.date_approve) <= %(cutoff)s)
         GROUP BY h.id
        """,
        imported=imported,
        cutoff=cutoff,
    )


def join_twins(cutoff):
    """Join the order in Odoo, if there is one, to an imported line ``l``."""
    return SQL(
        "LEFT JOIN (%s) twin ON twin.line_id = l.id",
        twins(SQL("supplier_history_line"), cutoff),
    )


def has_history(env):
    """Whether anything was imported; if not, queries are simpler without it."""
    [(has_any,)] = env.execute_query(
        SQL("SELECT EXISTS(SELECT FROM supplier_history_line)")
    )
    return has_any
