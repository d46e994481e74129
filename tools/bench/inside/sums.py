"""What the sums of orders take: made of everything, and after a day's changes."""

import time

from probes import say

# A day's changes: one line of so many, each received a minute earlier than it was.
LINES = 100
A_DAY = f"""
    UPDATE stock_move SET date = date - INTERVAL '1 minute'
     WHERE state = 'done' AND purchase_line_id % {LINES} = 7
"""


def build(env):
    """Make the sums of all orders, if they are not there.

    :return: ``{"sums_built_s": seconds}``, 0 where they were there
    """
    changes = env["supplier.fact.change"]
    if changes._pending() is not None:
        return {"sums_built_s": 0}
    say("The sums of all orders …")
    started = time.perf_counter()
    changes._rebuild()
    while changes._build_next():
        env.cr.commit()
    env.cr.commit()
    return {"sums_built_s": time.perf_counter() - started}


def day(env):
    """Bring the sums up to date after a day's changes, which are taken back.

    :return: ``{"sums_day_s": seconds, "sums_day_orders": their number}``
    """
    changes = env["supplier.fact.change"]
    say("The sums after a day's changes …")
    env.cr.execute(A_DAY)
    orders = len(changes._pending().orders)
    started = time.perf_counter()
    changes._catch_up()
    took = time.perf_counter() - started
    env.cr.rollback()
    return {"sums_day_s": took, "sums_day_orders": orders}
