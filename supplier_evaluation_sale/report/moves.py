"""SQL of what was sold, what left for customers, and what was ordered for it."""

from odoo.tools import SQL

from odoo.addons.supplier_evaluation.report.fact.query import company_of
from odoo.addons.supplier_evaluation.report.receipt.moves import MOVED, UNITS

from .promised import SOLD_AT

# What a sales line ``l`` of an order ``o`` asked for, in the unit of its product.
SOLD = SQL("(l.product_uom_qty * lu.factor / u.factor)::float8")


def sold_lines(query):
    """List the sales lines that are asked about, with the days that they tell.

    :param SaleQuery query: which lines, and how an instant is a day
    """
    return SQL(
        """
        SELECT l.id AS line_id, l.order_id AS sale_id, o.name AS sale_name,
               l.product_id, t.categ_id, o.company_id, o.partner_id AS customer_id,
               o.user_id AS salesman_id,
               %(sold)s AS ordered,
               LEAST(%(tolerance)s, %(sold)s)::float8 AS slack,
               o.state = 'cancel' AS is_cancelled,
               (l.price_subtotal / COALESCE(NULLIF(o.currency_rate, 0), 1))::float8
                   AS value,
               %(margin)s AS margin,
               c.currency_id,
               %(tz)s AS tz,
               %(sold_on)s AS sold_on,
               %(wanted)s AS wanted,
               %(today)s AS today
          FROM sale_order_line l
          JOIN sale_order o ON o.id = l.order_id
          JOIN product_product pp ON pp.id = l.product_id
          JOIN product_template t ON t.id = pp.product_tmpl_id
          JOIN uom_uom u ON u.id = t.uom_id
          JOIN uom_uom lu ON lu.id = l.product_uom_id
          %(company)s
         WHERE l.display_type IS NULL
           AND l.is_downpayment IS NOT TRUE
           AND t.type = 'consu'
           AND %(sold_at)s <= %(cutoff)s
           AND (o.state = 'sale' OR o.state = 'cancel' AND EXISTS (
                SELECT FROM stock_move m WHERE m.sale_line_id = l.id))
           AND %(asked)s
        """,
        sold=SOLD,
        tolerance=query.tolerance,
        margin=query.margin,
        tz=query.tz,
        sold_at=SOLD_AT,
        sold_on=query._local_day(SOLD_AT),
        wanted=query._local_day(query.promised),
        today=query._local_day(SQL("%s::timestamp", query.cutoff)),
        company=company_of(SQL("o.company_id")),
        cutoff=query.cutoff,
        asked=query.asked(query.promised),
    )


def bought_of(partners):
    """Whether goods of a sales line ``l`` were ever bought of some suppliers.

    :param list partners: ids of commercial entities
    """
    of_partners = SQL(
        """
        FROM purchase_order_line pl
        JOIN purchase_order po ON po.id = pl.order_id
        JOIN res_partner vendor ON vendor.id = po.partner_id
                               AND vendor.commercial_partner_id = ANY(%s::integer[])
        """,
        partners,
    )
    return SQL(
        """
        (l.product_id IN (
            SELECT pl.product_id %(of_partners)s WHERE pl.product_id IS NOT NULL
             UNION
            -- Of a kit that was bought, the parts came.
            SELECT m.product_id %(of_partners)s
              JOIN stock_move m ON m.purchase_line_id = pl.id)
         -- Of a kit that was sold, parts were bought.
         OR EXISTS (
            SELECT FROM stock_move m
             WHERE m.sale_line_id = l.id
               AND m.product_id <> l.product_id))
        """,
        of_partners=of_partners,
    )


def goods():
    """List the products that are asked about; of a kit also its parts, which move."""
    return SQL(
        """
        SELECT product_id FROM sold
         UNION
        SELECT m.product_id FROM stock_move m JOIN sold ON sold.line_id = m.sale_line_id
        """
    )


def shipments(query):
    """List what goes to customers, of all lines with a product that is asked about.

    First in, first out asks for the goods of others, too.
    """
    return SQL(
        """
        SELECT m.id, m.sale_line_id AS line_id, m.product_id, m.company_id,
               m.purchase_line_id, m.date AS at, m.state,
               m.state = 'done' AND m.date <= %(cutoff)s AS is_done,
               CASE WHEN m.state = 'done' THEN %(moved)s
                    ELSE m.product_qty::float8 END AS quantity
          FROM stock_move m
          %(units)s
         WHERE m.sale_line_id IS NOT NULL
           AND m.product_id IN (SELECT product_id FROM goods)
           AND %(to_customer)s
           AND NOT %(from_customer)s
           AND (m.state <> 'cancel' OR m.sale_line_id IN (SELECT line_id FROM sold))
        """,
        cutoff=query.cutoff,
        moved=MOVED,
        units=UNITS,
        to_customer=query.places.to(SQL("m"), query.places.customers),
        from_customer=query.places.out_of(SQL("m"), query.places.customers),
    )


def returned(query):
    """List what customers sent back of the lines: ``line_id, quantity``."""
    return SQL(
        """
        SELECT m.sale_line_id AS line_id, SUM(%(moved)s) AS quantity
          FROM stock_move m
          %(units)s
         WHERE m.sale_line_id IN (SELECT line_id FROM sold)
           AND m.state = 'done'
           AND m.date <= %(cutoff)s
           AND %(from_customer)s
           AND NOT %(to_customer)s
         GROUP BY m.sale_line_id
        """,
        moved=MOVED,
        units=UNITS,
        cutoff=query.cutoff,
        to_customer=query.places.to(SQL("m"), query.places.customers),
        from_customer=query.places.out_of(SQL("m"), query.places.customers),
    )


def links():
    """List what was ordered for which sales line: ``line_id, purchase_line_id``.

    The purchase line names the sales line (dropship), or a move toward the customer
    made it (make to order), or goods came by a move that leads to one. Nothing counts
    of a cancelled order, unless something came.
    """
    return SQL(
        """
        SELECT DISTINCT link.line_id, link.purchase_line_id
          FROM (
               SELECT l.sale_line_id AS line_id, l.id AS purchase_line_id
                 FROM purchase_order_line l
                WHERE l.sale_line_id IN (SELECT line_id FROM shipment
                                          UNION SELECT line_id FROM sold)
                UNION ALL
               SELECT chain.line_id, made.created_purchase_line_id
                 FROM chain
                 JOIN stock_move_created_purchase_line_rel made
                   ON made.move_id = chain.move_id
                UNION ALL
               SELECT chain.line_id, m.purchase_line_id
                 FROM chain JOIN stock_move m ON m.id = chain.move_id
                WHERE m.purchase_line_id IS NOT NULL
               ) link
          JOIN purchase_order_line l ON l.id = link.purchase_line_id
          JOIN purchase_order o ON o.id = l.order_id
         WHERE o.state <> 'cancel' OR l.qty_received > 0
        """
    )


def chain():
    """Walk from what goes to customers up to where it came from: ``line_id, move_id``.

    Also from the steps before it, as picking, and where those cannot be told apart.
    """
    return SQL(
        """
        SELECT m.sale_line_id AS line_id, m.id AS move_id,
               m.purchase_line_id IS NOT NULL AS is_origin
          FROM stock_move m
         WHERE m.sale_line_id IN (SELECT line_id FROM shipment
                                   UNION SELECT line_id FROM sold)
           AND m.origin_returned_move_id IS NULL
         UNION
        SELECT chain.line_id, m.id, m.purchase_line_id IS NOT NULL
          FROM chain
          JOIN stock_move_move_rel step ON step.move_dest_id = chain.move_id
          JOIN stock_move m ON m.id = step.move_orig_id
         WHERE NOT chain.is_origin
           AND m.state <> 'cancel'
           AND m.origin_returned_move_id IS NULL
        """
    )


def receipts(query):
    """List what came of the purchase lines that are linked, without dropships.

    ``id, purchase_line_id, product_id, at, quantity``
    """
    return SQL(
        """
        SELECT m.id, m.purchase_line_id, m.product_id, m.date AS at,
               %(moved)s AS quantity
          FROM stock_move m
          %(units)s
         WHERE m.purchase_line_id IN (SELECT purchase_line_id FROM link)
           AND m.state = 'done'
           AND m.date <= %(cutoff)s
           AND %(is_receipt)s
           AND NOT %(to_customer)s
        """,
        moved=MOVED,
        units=UNITS,
        cutoff=query.cutoff,
        is_receipt=query.places.is_receipt(SQL("m")),
        to_customer=query.places.to(SQL("m"), query.places.customers),
    )
