"""SQL of where the goods came from that went to customers, and of what still waits."""

from odoo.tools import SQL


def knots():
    """Lay side by side what was ordered for lines, and what left for these.

    A purchase line is laid beside all lines that it was ordered for; where a line was
    ordered for by several purchase lines, these are laid beside it.
    """
    return SQL(
        """
        SELECT DISTINCT knot.k1, knot.k2, r.product_id AS k3, TRUE AS is_in,
               r.id, r.purchase_line_id AS about, 'order' AS kind, r.at, r.quantity
          FROM knot JOIN receipt r ON r.purchase_line_id = knot.purchase_line_id
         UNION ALL
        SELECT DISTINCT knot.k1, knot.k2, s.product_id, FALSE, s.id, s.id, NULL, s.at,
               s.quantity
          FROM knot JOIN shipment s ON s.line_id = knot.line_id
         WHERE s.is_done AND s.purchase_line_id IS NULL
        """
    )


def knot():
    """List which purchase lines and sales lines are laid beside each other."""
    return SQL(
        """
        SELECT link.line_id, link.purchase_line_id,
               (link.count > 1)::integer AS k1,
               CASE WHEN link.count > 1 THEN link.line_id
                    ELSE link.purchase_line_id END AS k2
          FROM (SELECT link.*, COUNT(*) OVER (PARTITION BY link.line_id) AS count
                  FROM link) link
        """
    )


def crossings(query):
    """List what came to us and left us, of the products that are asked about.

    ``id, move_id, company_id, product_id, lot_id, is_in, at, quantity, place_usage``
    """
    return SQL(
        """
        SELECT ml.id, ml.move_id, m.company_id, ml.product_id,
               COALESCE(ml.lot_id, 0) AS lot_id,
               %(to_ours)s AS is_in,
               m.date AS at,
               ml.quantity_product_uom::float8 AS quantity,
               m.purchase_line_id,
               source.usage AS place_usage
          FROM stock_move_line ml
          JOIN stock_move m ON m.id = ml.move_id
          JOIN stock_location source ON source.id = ml.location_id
          JOIN stock_location dest ON dest.id = ml.location_dest_id
         WHERE ml.product_id IN (SELECT product_id FROM goods)
           AND ml.state = 'done'
           AND m.date <= %(cutoff)s
           AND %(to_ours)s <> %(from_ours)s
        """,
        cutoff=query.cutoff,
        to_ours=_ours("dest", query),
        from_ours=_ours("source", query),
    )


def _ours(place, query):
    """Whether a place is ours; that of a subcontractor is not."""
    return SQL(
        """
        (%(place)s.usage IN ('internal', 'transit')
         AND %(place)s.company_id IS NOT NULL
         AND %(place)s.id <> ALL(%(vendors)s::integer[]))
        """,
        place=SQL(place),
        vendors=query.places.vendors,
    )


def free():
    """Lay side by side what came and left, but what was ordered for a sales line."""
    return SQL(
        """
        SELECT c.company_id AS k1, c.product_id AS k2, c.lot_id AS k3, c.is_in,
               c.id,
               CASE WHEN c.is_in THEN c.purchase_line_id ELSE c.move_id END AS about,
               c.place_usage AS kind, c.at,
               c.quantity * GREATEST(0, 1 - COALESCE(used.quantity, 0)
                   / NULLIF(c.moved, 0)) AS quantity
          FROM (SELECT c.*, SUM(c.quantity) OVER (PARTITION BY c.move_id) AS moved
                  FROM crossing c) c
          LEFT JOIN (
               SELECT used.move_id, SUM(used.quantity) AS quantity
                 FROM (SELECT in_id AS move_id, quantity FROM tied
                        UNION ALL
                       SELECT out_id, quantity FROM tied) used
                GROUP BY used.move_id
               ) used ON used.move_id = c.move_id
        """
    )


def known():
    """List what is known of where shipped goods came from.

    ``line_id, shipment_id, purchase_line_id, origin, came_at, quantity``
    """
    return SQL(
        """
        SELECT s.line_id, s.id AS shipment_id, s.purchase_line_id,
               'dropship' AS origin, s.at AS came_at, s.quantity
          FROM counted s
         WHERE s.purchase_line_id IS NOT NULL
         UNION ALL
        SELECT s.line_id, s.id, tied.in_about, 'order', tied.came_at, tied.quantity
          FROM counted s JOIN tied ON tied.out_about = s.id
         UNION ALL
        SELECT s.line_id, s.id, free.in_about,
               CASE WHEN free.in_about IS NOT NULL THEN 'stock'
                    WHEN free.in_kind = 'production' THEN 'made'
                    WHEN free.in_kind = 'inventory' THEN 'counted'
                    WHEN free.in_kind = 'customer' THEN 'returned'
                    ELSE 'unknown' END,
               free.came_at, free.quantity
          FROM counted s JOIN free ON free.out_about = s.id
        """
    )


def delivered():
    """List what customers got, by where it came from, up to what they ordered.

    What was sent above that, or in the place of what came back, is not looked at.
    """
    return SQL(
        """
        SELECT s.line_id, s.product_id, piece.purchase_line_id, piece.origin,
               piece.came_at, s.at AS shipped_at, piece.quantity * s.share AS quantity
          FROM counted s
          JOIN (
               SELECT shipment_id, purchase_line_id, origin, came_at, quantity
                 FROM known
                UNION ALL
               SELECT s.id, NULL, 'unknown', NULL, s.quantity - COALESCE(k.quantity, 0)
                 FROM counted s
                 LEFT JOIN (SELECT shipment_id, SUM(quantity) AS quantity
                              FROM known GROUP BY shipment_id) k
                   ON k.shipment_id = s.id
                WHERE s.quantity - COALESCE(k.quantity, 0) > s.slack
               ) piece ON piece.shipment_id = s.id
         WHERE s.share > 0
        """
    )


def counted():
    """List what was shipped of the lines, with the share of it that was ordered."""
    return SQL(
        """
        SELECT s.id, s.line_id, s.product_id, s.purchase_line_id, s.at, s.quantity,
               sold.slack,
               CASE WHEN s.product_id <> sold.product_id THEN 1
                    ELSE GREATEST(0, LEAST(s.quantity, sold.ordered + s.quantity
                         - SUM(s.quantity) OVER (PARTITION BY s.line_id, s.product_id
                                                     ORDER BY s.at, s.id)))
                         / NULLIF(s.quantity, 0) END::float8 AS share
          FROM shipment s JOIN sold ON sold.line_id = s.line_id
         WHERE s.is_done
        """
    )


def waiting():
    """List what customers still wait for, and for which purchase line it waits.

    Of a kit, for each of its parts. ``is_dropped``: nobody will send it any more, since
    no transfer is open, nor a purchase line.
    """
    return SQL(
        """
        SELECT w.line_id, w.product_id, w.quantity, w.is_reserved,
               following.purchase_line_id, following.came_at,
               w.is_cancelled OR w.is_given_up
                   AND COALESCE(following.is_complete, TRUE) AS is_dropped
          FROM (
               SELECT sold.line_id, sold.product_id, sold.is_cancelled,
                      sold.ordered - COALESCE(gone.quantity, 0) AS quantity,
                      COALESCE(moves.is_reserved, FALSE) AS is_reserved,
                      COALESCE(moves.is_given_up, FALSE) AS is_given_up
                 FROM sold
                 LEFT JOIN (SELECT line_id, SUM(quantity * share) AS quantity
                              FROM counted GROUP BY line_id) gone
                   ON gone.line_id = sold.line_id
                 LEFT JOIN (
                      SELECT s.line_id,
                             BOOL_OR(s.state = 'assigned') AS is_reserved,
                             BOOL_AND(s.is_done OR s.state = 'cancel') AS is_given_up,
                             BOOL_OR(s.product_id <> sold.product_id) AS is_kit
                        FROM shipment s JOIN sold ON sold.line_id = s.line_id
                       GROUP BY s.line_id
                      ) moves ON moves.line_id = sold.line_id
                WHERE sold.ordered - COALESCE(gone.quantity, 0) > sold.slack
                  AND moves.is_kit IS NOT TRUE
                UNION ALL
               SELECT s.line_id, s.product_id, sold.is_cancelled, s.quantity,
                      s.state = 'assigned', s.state = 'cancel'
                 FROM shipment s JOIN sold ON sold.line_id = s.line_id
                WHERE NOT s.is_done AND s.product_id <> sold.product_id
               ) w
          LEFT JOIN (
               SELECT DISTINCT ON (link.line_id, l.product_id)
                      link.line_id, l.product_id, l.id AS purchase_line_id,
                      came.quantity >= l.product_uom_qty AS is_complete,
                      CASE WHEN came.quantity >= l.product_uom_qty
                           THEN came.at END AS came_at
                 FROM link
                 JOIN purchase_order_line l ON l.id = link.purchase_line_id
                 JOIN purchase_order o ON o.id = l.order_id AND o.state <> 'cancel'
                 LEFT JOIN (
                      SELECT purchase_line_id, SUM(quantity) AS quantity, MAX(at) AS at
                        FROM receipt GROUP BY purchase_line_id
                      ) came ON came.purchase_line_id = l.id
                ORDER BY link.line_id, l.product_id,
                         COALESCE(came.quantity >= l.product_uom_qty, FALSE),
                         l.id DESC
               ) following
            ON following.line_id = w.line_id AND following.product_id = w.product_id
        """
    )


def parts():
    """Put together what of a sales line came by the same purchase line.

    What nobody will send any more is a part of its own.
    """
    return SQL(
        """
        SELECT piece.line_id, piece.product_id, piece.purchase_line_id,
               MIN(piece.origin) AS origin, piece.is_dropped,
               SUM(piece.sent) AS quantity_delivered,
               SUM(piece.waits) AS quantity_open,
               MAX(piece.shipped_at) AS shipped_at,
               CASE WHEN NOT BOOL_OR(piece.waits > 0 AND piece.came_at IS NULL)
                    THEN MAX(piece.came_at) END AS came_at,
               BOOL_OR(piece.is_reserved) AS is_reserved,
               ROW_NUMBER() OVER (
                   PARTITION BY piece.line_id
                   ORDER BY piece.purchase_line_id, piece.product_id,
                            MIN(piece.origin), piece.is_dropped) AS number
          FROM (
               SELECT d.line_id, d.product_id, d.purchase_line_id, d.origin, d.came_at,
                      d.shipped_at, d.quantity AS sent, 0::float8 AS waits,
                      FALSE AS is_reserved, FALSE AS is_dropped
                 FROM (%(delivered)s) d
                UNION ALL
               SELECT w.line_id, w.product_id, w.purchase_line_id,
                      CASE WHEN w.purchase_line_id IS NULL THEN 'unknown'
                           ELSE 'order' END,
                      w.came_at, NULL, 0, w.quantity, w.is_reserved, w.is_dropped
                 FROM (%(waiting)s) w
               ) piece
         GROUP BY piece.line_id, piece.product_id, piece.purchase_line_id,
                  CASE WHEN piece.purchase_line_id IS NULL THEN piece.origin END,
                  piece.is_dropped
        """,
        delivered=delivered(),
        waiting=waiting(),
    )


def shares():
    """List the parts with the share of the sales line's value that each has.

    Of a kit, whose parts are in units of their own, each has the same.
    """
    return SQL(
        """
        SELECT part.*,
               CASE WHEN part.product_id = sold.product_id
                    THEN LEAST(1, (part.quantity_delivered + part.quantity_open)
                         / NULLIF(sold.ordered, 0))
                    ELSE 1.0 / COUNT(*) OVER (PARTITION BY part.line_id)
                    END::float8 AS share
          FROM part JOIN sold ON sold.line_id = part.line_id
        """
    )
