"""The SQL of the documents on which a supplier is asked, and of where it answers."""

from odoo.tools import SQL

from ..incident.query import INCIDENT_EXCLUSION

# A request that was merged into another one is answered there, in all the ways below.
MERGED_INTO = SQL("CASE WHEN o.state = 'cancel' THEN o.supplier_merged_into_id END")
ORDER_DOCUMENTS = SQL(
    """
    SELECT o.id, o.name, o.id AS order_id, %(merged_into)s AS merged_into_id,
           NULL::integer AS incident_id,
           p.commercial_partner_id AS partner_id, o.company_id,
           NULL::varchar AS exclusion, NULL::varchar AS reason,
           at.date_acknowledged AS confirmed,
           CASE WHEN at.acknowledged AND at.date_acknowledged IS NULL
                     AND at.acknowledged_on_receipt IS NOT TRUE
                THEN at.write_date END AS confirmed_before
      FROM purchase_order o
      JOIN purchase_order at ON at.id = COALESCE(%(merged_into)s, o.id)
      JOIN res_partner p ON p.id = o.partner_id
    """,
    merged_into=MERGED_INTO,
)
# That an order was confirmed says nothing about a complaint.
INCIDENT_DOCUMENTS = SQL(
    """
    SELECT i.id, i.name, i.order_id, %(merged_into)s AS merged_into_id,
           i.id AS incident_id,
           i.commercial_partner_id AS partner_id, i.company_id,
           %(exclusion)s AS exclusion, i.supplier_exclusion_reason AS reason,
           NULL::timestamp AS confirmed, NULL::timestamp AS confirmed_before
      FROM supplier_incident i
      LEFT JOIN purchase_order o ON o.id = i.order_id
     WHERE i.commercial_partner_id IS NOT NULL
    """,
    merged_into=MERGED_INTO,
    exclusion=INCIDENT_EXCLUSION,
)
# The orders on which each document is answered: its own, and the one that is left of
# it. Also what was answered before they were merged stays an answer.
ANSWERED_ON = SQL(
    """
    SELECT id AS document_id, order_id FROM document WHERE order_id IS NOT NULL
     UNION ALL
    SELECT id, merged_into_id FROM document WHERE merged_into_id IS NOT NULL
    """
)
# Where else a supplier writes about an order: who answers takes the mail at hand.
SIDE_THREADS = SQL(
    """
    SELECT purchase_order_id AS order_id, 'stock.picking' AS model,
           stock_picking_id AS res_id
      FROM purchase_order_stock_picking_rel
     UNION ALL
    SELECT purchase_order_id, 'account.move', account_move_id
      FROM account_move_purchase_order_rel
    """
)
# Of each document: PostgreSQL would read all that was ever written, and bring it to the
# documents then.
ORDER_THREADS = SQL(
    """
    SELECT document_id, 'purchase.order' AS model, order_id AS res_id
      FROM answered_on
     UNION ALL
    SELECT a.document_id, 'supplier.incident', i.id
      FROM answered_on a JOIN supplier_incident i ON i.order_id = a.order_id
     UNION ALL
    SELECT a.document_id, side.model, side.res_id
      FROM answered_on a JOIN (%s) side ON side.order_id = a.order_id
    """,
    SIDE_THREADS,
)
INCIDENT_THREADS = SQL(
    """
    SELECT id AS document_id, 'supplier.incident' AS model, id AS res_id
      FROM document
     UNION ALL
    SELECT document_id, 'purchase.order', order_id
      FROM answered_on
     UNION ALL
    SELECT a.document_id, side.model, side.res_id
      FROM answered_on a JOIN (%s) side ON side.order_id = a.order_id
    """,
    SIDE_THREADS,
)
# What the supplier answered by other ways, as it was logged: on the same documents as
# what it writes.
ORDER_CONTACTS = SQL(
    """
    SELECT a.document_id, c.id AS contact_id
      FROM answered_on a JOIN supplier_contact c ON c.order_id = a.order_id
     WHERE c.is_answer
     UNION ALL
    SELECT a.document_id, c.id
      FROM answered_on a
      JOIN supplier_incident i ON i.order_id = a.order_id
      JOIN supplier_contact c ON c.incident_id = i.id
     WHERE c.is_answer
    """
)
INCIDENT_CONTACTS = SQL(
    """
    SELECT incident_id AS document_id, id AS contact_id
      FROM supplier_contact WHERE is_answer AND incident_id IS NOT NULL
     UNION ALL
    SELECT a.document_id, c.id
      FROM answered_on a JOIN supplier_contact c ON c.order_id = a.order_id
     WHERE c.is_answer
    """
)
