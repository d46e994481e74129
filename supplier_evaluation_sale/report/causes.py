"""SQL of why a customer got goods late, of a part ``d`` with the days of its steps.

The days that it was late are shared out without a rest. Until the goods could be with
us as promised, we ordered late; from then until they came, the supplier was late; from
then until they left, they lay in our stock.

``sold_on`` the customer ordered; ``wanted`` is promised to the customer; ``ordered_on``
we ordered; ``promised`` by the supplier; ``came_on`` with us; ``gone_on`` left for the
customer, or the cut-off's day where it waits; ``there_on``: came, or the cut-off's day
where it did not.
"""

from odoo.tools import SQL

DAYS_LATE = SQL("GREATEST(0, d.gone_on - d.wanted)")
# Of what nobody promised, all the time is ours. Goods of which it is not known whence
# they came were there.
DAYS_ORDER_LATE = SQL(
    """
    CASE WHEN d.there_on IS NULL THEN 0
         WHEN d.promised IS NULL THEN GREATEST(0, d.there_on - d.wanted)
         ELSE GREATEST(0, LEAST(d.promised, d.there_on) - d.wanted) END
    """
)
DAYS_SUPPLIER_LATE = SQL(
    """
    CASE WHEN d.promised IS NULL OR d.there_on IS NULL THEN 0
         ELSE GREATEST(0, d.there_on - GREATEST(d.promised, d.wanted)) END
    """
)
DAYS_STOCK_LATE = SQL(
    "GREATEST(0, d.gone_on - GREATEST(d.there_on, d.wanted))",
)
STEPS = SQL(
    """
    SELECT GREATEST(0, d.ordered_on - d.sold_on) AS days_to_order,
           CASE WHEN d.ordered_on IS NOT NULL
                THEN GREATEST(0, d.came_on - GREATEST(d.ordered_on, d.sold_on))
                END AS days_to_receive,
           CASE WHEN d.shipped_on IS NOT NULL
                THEN d.shipped_on - LEAST(
                     GREATEST(d.came_on, d.sold_on), d.shipped_on)
                END AS days_to_deliver
    """
)
# Of steps that took equally long, the later one: it is nearest to the customer.
SLOWEST_STEP = SQL(
    """
    CASE GREATEST(s.days_to_order, s.days_to_receive, s.days_to_deliver)
         WHEN s.days_to_deliver THEN 'deliver'
         WHEN s.days_to_receive THEN 'receive'
         WHEN s.days_to_order THEN 'order' END
    """
)
# Where a customer waits. What nobody ordered for him may be there already.
WAITING_STEP = SQL(
    """
    CASE WHEN NOT d.is_open THEN NULL
         WHEN d.came_on IS NOT NULL OR d.is_reserved THEN 'deliver'
         WHEN d.ordered_on IS NOT NULL THEN 'receive'
         ELSE 'order' END
    """
)
# Why, where the part ``d`` was late or not; who lost most days. In doubt, not the
# supplier. That a carrier was late is only known where somebody said so.
CAUSE = SQL(
    """
    CASE WHEN d.is_dropped THEN NULL
         WHEN d.wanted >= d.today AND d.is_open THEN 'not_due'
         WHEN l.days_late = 0 AND d.is_carrier_late THEN 'carrier'
         WHEN l.days_late = 0 THEN 'not_late'
         WHEN d.purchase_line_id IS NULL AND d.is_open AND NOT d.is_reserved
              THEN 'unknown'
         WHEN l.days_supplier_late > l.days_order_late
              AND l.days_supplier_late > l.days_stock_late THEN 'supplier'
         WHEN l.days_stock_late >= l.days_order_late THEN 'stock'
         ELSE 'order' END
    """
)


def lateness():
    """One row of how late a part ``d`` was, and through what."""
    return SQL(
        """
        SELECT %s AS days_late, %s AS days_order_late,
               %s AS days_supplier_late, %s AS days_stock_late
         WHERE NOT d.is_dropped
        """,
        DAYS_LATE,
        DAYS_ORDER_LATE,
        DAYS_SUPPLIER_LATE,
        DAYS_STOCK_LATE,
    )
