import logging
import re

from odoo.addons.supplier_evaluation.importer.cells import reference

_logger = logging.getLogger(__name__)
# What may be spelled otherwise now: a point and a zero more, or no plain letters.
_ODD = r"^\d+\.0( \(\d+\))?$|[^\x01-\x7F]"
# Of a receipt on two days, the second has its number so.
_PART = re.compile(r"(.*)( \(\d+\))$", re.DOTALL)


def migrate(cr, version):
    """Spell the numbers of imported lines and receipts as files are read now.

    A file that was imported before would be another order otherwise, and count twice.
    Where both spellings are there, nobody knows which is right: both stay.
    """
    cr.execute(
        """
        SELECT id, order_ref, line_ref
          FROM supplier_history_line
         WHERE order_ref ~ %s OR line_ref ~ %s
        """,
        [_ODD, _ODD],
    )
    odd = [
        (number, reference(order), reference(line), f"{order} / {line}")
        for number, order, line in cr.fetchall()
        if (reference(order), reference(line)) != (order, line)
    ]
    if odd:
        ids, orders, lines, _names = map(list, zip(*odd, strict=True))
        cr.execute(
            """
            WITH spelled AS (
                 SELECT line.id, line.company_id, line.commercial_partner_id,
                        own.order_ref, own.line_ref,
                        COUNT(*) OVER (
                            PARTITION BY line.company_id, line.commercial_partner_id,
                                         own.order_ref, own.line_ref
                        ) AS count
                   FROM UNNEST(%s::integer[], %s::text[], %s::text[])
                        AS own (id, order_ref, line_ref)
                   JOIN supplier_history_line line ON line.id = own.id)
            UPDATE supplier_history_line line
               SET order_ref = spelled.order_ref, line_ref = spelled.line_ref
              FROM spelled
             WHERE spelled.id = line.id
               AND spelled.count = 1
               AND NOT EXISTS (
                   SELECT 1
                     FROM supplier_history_line other
                    WHERE other.company_id = spelled.company_id
                      AND other.commercial_partner_id = spelled.commercial_partner_id
                      AND other.order_ref = spelled.order_ref
                      AND other.line_ref = spelled.line_ref)
            RETURNING line.id
            """,
            [ids, orders, lines],
        )
        _log_left("Order lines", odd, cr.fetchall())
    _respell_receipts(cr)


def _respell_receipts(cr):
    cr.execute(
        "SELECT id, receipt_ref FROM supplier_history_receipt WHERE receipt_ref ~ %s",
        [_ODD],
    )
    odd = [
        (number, _receipt_reference(ref), ref)
        for number, ref in cr.fetchall()
        if _receipt_reference(ref) != ref
    ]
    if not odd:
        return
    ids, refs, _names = map(list, zip(*odd, strict=True))
    cr.execute(
        """
        WITH spelled AS (
             SELECT receipt.id, receipt.line_id, own.receipt_ref,
                    COUNT(*) OVER (
                        PARTITION BY receipt.line_id, own.receipt_ref
                    ) AS count
               FROM UNNEST(%s::integer[], %s::text[]) AS own (id, receipt_ref)
               JOIN supplier_history_receipt receipt ON receipt.id = own.id)
        UPDATE supplier_history_receipt receipt
           SET receipt_ref = spelled.receipt_ref
          FROM spelled
         WHERE spelled.id = receipt.id
           AND spelled.count = 1
           AND NOT EXISTS (
               SELECT 1
                 FROM supplier_history_receipt other
                WHERE other.line_id = spelled.line_id
                  AND other.receipt_ref = spelled.receipt_ref)
        RETURNING receipt.id
        """,
        [ids, refs],
    )
    _log_left("Receipts", odd, cr.fetchall())


def _receipt_reference(ref):
    found = _PART.fullmatch(ref)
    return f"{reference(found[1])}{found[2]}" if found else reference(ref)


def _log_left(kind, odd, done):
    """Name what is there in both spellings: somebody has to delete one of them."""
    done = {number for (number,) in done}
    left = [name for number, *_spelled, name in odd if number not in done]
    if left:
        _logger.warning(
            "%s that are there in another spelling as well: %s", kind, ", ".join(left)
        )
