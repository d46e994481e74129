"""SQL that facts made of order lines and of imported history lines share.

An order line is ``l`` of the order ``o`` with a contact ``p``, an imported line is
``l``. Both have a product ``pp`` of the template ``t`` with the unit ``u``, an imported
one perhaps.
"""

from odoo.tools import SQL

from ..fact.ids import SourceIds
from ..fact.query import company_of

ORDER_LINE = "purchase.order.line"
HISTORY_LINE = "supplier.history.line"
FACT_IDS = SourceIds(ORDER_LINE, HISTORY_LINE)

# What a fact says of the record that it was made of. Both lists have the same order.
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
    l.order_ref || ' / ' || l.line_ref AS name,
    NULL::integer AS order_id,
    l.commercial_partner_id AS partner_id,
    l.company_id,
    l.product_id,
    l.categ_id,
    l.supplier_exclusion_reason AS exclusion_reason
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
