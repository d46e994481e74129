"""The states of a certification, and what they say of a supplier.

The vendor, the purchase policies, the gate, the scheduled actions and the facts all
ask here, so that none of them tells another story than the rest.

What counts is what is in force. Where nothing is, it is what was lost: an application
neither lifts a loss nor hides it, only a new certification does. Where nothing was
lost either, it is what was applied for.
"""

from odoo.tools import SQL

IN_PROGRESS = ("submitted", "review", "approval")
IN_FORCE = ("certified", "conditional")
# Granted, and not over before its last day.
HELD = (*IN_FORCE, "suspended")
ENDED = ("revoked", "rejected", "expired")
# A suspended certification may be reinstated, so it says how things stand now. After
# it, the decisions of people come before what ended by itself: otherwise an old
# certificate that ran out would let a supplier pass a policy against rejected ones.
LOST = ("suspended", *ENDED)
#: Lost because somebody decided so.
LOST_BY_DECISION = ("rejected", "suspended", "revoked")
#: Every status of a supplier; of several certifications, the first one counts.
PRECEDENCE = (*IN_FORCE, *LOST, "in_progress", "none")
#: What each status is worth in the KPI; any other is worth nothing.
SCORES = {"certified": 100.0, "conditional": 50.0}

_DECIDED = [
    ("certified", "Certified"),
    ("conditional", "With Conditions"),
    ("rejected", "Rejected"),
    ("suspended", "Suspended"),
    ("revoked", "Revoked"),
    ("expired", "Expired"),
]
#: Where a certification is on its way.
STATES = [
    ("draft", "Draft"),
    ("submitted", "Submitted"),
    ("review", "In Review"),
    ("approval", "In Approval"),
    *_DECIDED,
]
#: How a supplier stands by its certifications.
STATUSES = [("none", "None"), ("in_progress", "In Progress"), *_DECIDED]


def status_on(day, state, date_from, date_to):
    """Return what one certification says of its supplier on a day.

    The dates count, whatever the state still says before the scheduled action ran.

    :param date day: in the time zone of the company
    :param str state: one of ``STATES``
    :param date_from: first day of its validity, or False
    :param date_to: last day of its validity, or False
    :return: one of ``STATUSES``; ``none`` for a draft, and for what begins later
    """
    if state in IN_PROGRESS:
        return "in_progress"
    if state in LOST:
        return state
    if state not in IN_FORCE or not date_from or not date_to:
        return "none"
    if date_to < day:
        return "expired"
    return state if date_from <= day else "none"


def prevailing_status(statuses):
    """Return which of several statuses counts; ``none`` where there are none."""
    return min(statuses, key=PRECEDENCE.index, default="none")


def holding_statuses(statuses):
    """Return which of the statuses of a company and of those above it hold in it.

    What a company above took away by decision holds whatever the company says itself,
    and beside what it took away itself. Otherwise the nearest one counts that decided
    something; what ended by itself gives way to that, and an application to both.

    :param statuses: pairs of status and company: the company, then the next above it
    :return: those pairs that hold, never empty
    """
    lost = [pair for pair in statuses if pair[0] in LOST_BY_DECISION]
    if any(pair in lost for pair in statuses[1:]):
        return lost
    ranks = {"expired": 1, "in_progress": 2, "none": 3}
    # Of equals, the first is the nearest.
    return [min(statuses, key=lambda pair: ranks.get(pair[0], 0))]


# ------------------------------------------------------------
# The same in SQL
# ------------------------------------------------------------


def status_sql(day, state, date_from, date_to):
    """Return :func:`status_on` as SQL; each argument is SQL as well."""
    return SQL(
        """
        CASE WHEN %(state)s IN %(in_progress)s THEN 'in_progress'
             WHEN %(state)s IN %(lost)s THEN %(state)s
             WHEN %(state)s NOT IN %(in_force)s
                  OR %(date_from)s IS NULL OR %(date_to)s IS NULL THEN 'none'
             WHEN %(date_to)s < %(day)s THEN 'expired'
             WHEN %(date_from)s <= %(day)s THEN %(state)s
             ELSE 'none' END
        """,
        day=day,
        state=state,
        date_from=date_from,
        date_to=date_to,
        in_progress=IN_PROGRESS,
        lost=LOST,
        in_force=IN_FORCE,
    )


def precedence_sql(status):
    """Return the place of a status in ``PRECEDENCE`` as SQL, the first one lowest."""
    return SQL("ARRAY_POSITION(%s::varchar[], %s::varchar)", list(PRECEDENCE), status)


def score_sql(status):
    """Return what a status is worth in the KPI as SQL."""
    worth = (SQL("WHEN %s THEN %s", *pair) for pair in SCORES.items())
    return SQL("CASE %s %s ELSE 0.0 END", status, SQL(" ").join(worth))
