def migrate(cr, version):
    """Keep of confirmed lines which orders are marked as urgent, as it is now.

    From now on the mark as it was at confirmation counts: nobody takes a line that came
    too late out of a figure by taking the mark off. Empty means not urgent.
    """
    cr.execute(
        """
        UPDATE purchase_order_line l
           SET urgent_promised = TRUE
          FROM purchase_order o
         WHERE o.id = l.order_id
           AND o.priority = '1'
           AND l.date_promise_frozen IS NOT NULL
           AND l.urgent_promised IS NULL
        """
    )
