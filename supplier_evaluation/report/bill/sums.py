"""The SQL that makes the sums of bills and payments: the live query, of some bills."""

from odoo.tools import SQL

from ..fact.sums import EVERYTHING_EVER, FOREVER
from .payment import PaymentQuery
from .query import HAS_OTHER_CURRENCY, BillQuery

# Of a bill of which nothing happened, all is known.
NO_EVENT = SQL("'1900-01-01'::timestamp")


class BillSums(BillQuery):
    """Builds the rows of ``supplier.bill.sum``.

    :param env: environment
    :param Pending pending: which bills
    """

    def __init__(self, env, pending):
        super().__init__(env["supplier.bill.fact"], EVERYTHING_EVER, pending)

    def sql(self):
        """Return the query."""
        return _with_events(
            self._lines(), SQL("move_id"), self._refunded(), self._rated()
        )

    def _rated(self):
        """Bills that rates decide about: no sum is kept of what rates may change."""
        return SQL(
            """
            SELECT m.id AS move_id, always.day
              FROM account_move m
              JOIN account_move_line a ON a.move_id = m.id
              JOIN res_company c ON c.id = m.company_id
              JOIN purchase_order_line l ON l.id = a.purchase_line_id
              JOIN purchase_order o ON o.id = l.order_id
             CROSS JOIN (VALUES (%(never)s::date), (%(forever)s::date)) always (day)
             WHERE %(has_other_currency)s
               AND %(asked)s
            """,
            never=NO_EVENT,
            forever=FOREVER,
            has_other_currency=HAS_OTHER_CURRENCY,
            asked=self.taken.live(SQL("m.id")),
        )

    def _refunded(self):
        """Refunds of a bill; of a refund, also those of the bill that it refunds."""
        return SQL(
            """
            SELECT typed.move_id, typed.day
              FROM (%(by_hand)s) found
             CROSS JOIN LATERAL (VALUES
                   (found.refund_id, found.first), (found.refund_id, found.last),
                   (found.bill_id, found.first), (found.bill_id, found.last))
                   typed (move_id, day)
             UNION ALL
            SELECT m.id AS move_id, refund.date AS day
              FROM account_move m
              JOIN account_move refund
                ON refund.reversed_entry_id IN (m.id, m.reversed_entry_id)
             WHERE refund.move_type = 'in_refund'
               AND refund.state = 'posted'
               AND %(asked)s
            """,
            by_hand=self._by_hand(),
            asked=self.taken.live(SQL("m.id")),
        )


class PaymentSums(PaymentQuery):
    """Builds the rows of ``supplier.payment.sum``.

    :param env: environment
    :param Pending pending: which bills
    """

    def __init__(self, env, pending):
        super().__init__(env["supplier.payment.fact"], EVERYTHING_EVER, pending)

    def sql(self):
        """Return the query."""
        happened = (
            self._refunded(),
            SQL("SELECT move_id, day FROM (%s) entry", self._entered()),
            SQL("SELECT move_id, day FROM (%s) paid", self._paid_outside()),
        )
        return _with_events(self._bills(), SQL("id"), *happened)

    def _refunded(self):
        return SQL(
            """
            SELECT reversed_entry_id AS move_id, date AS day
              FROM account_move
             WHERE move_type = 'in_refund' AND state = 'posted' AND %s
            """,
            self.taken.live(SQL("reversed_entry_id")),
        )


def _with_events(rows, bill, *happened):
    """Return the rows, each with the first and the last event of its bill.

    :param SQL rows: of bills
    :param SQL bill: their column with the id of the bill
    :param SQL happened: rows ``(move_id, day)``
    """
    return SQL(
        """
        SELECT s.*,
               COALESCE(event.first_event, %(none)s) AS first_event,
               COALESCE(event.last_event, %(none)s) AS last_event
          FROM (%(rows)s) s
          LEFT JOIN (
               SELECT move_id,
                      MIN(day)::timestamp AS first_event,
                      MAX(day)::timestamp AS last_event
                 FROM (%(happened)s) happened
                GROUP BY move_id
               ) event ON event.move_id = s.%(bill)s
        """,
        none=NO_EVENT,
        rows=rows,
        happened=SQL(" UNION ALL ").join(happened),
        bill=bill,
    )
