"""How late we paid: a cause of bad service that is ours."""

from datetime import timedelta

# A bill that was settled in the year may have been booked in the year before.
BEFORE = timedelta(days=365)


def late_bills_of(dossier):
    """Return the bills that we paid in twelve months, of those with a payment term.

    :return: ``(how many, the facts of those paid late, days late of each of these)``
    """
    facts = dossier.env["supplier.payment.fact"]
    if not dossier.reads(facts._name):
        return 0, facts, []
    found = facts.search(dossier.mine(("date", ">=", dossier.since - BEFORE)))
    terms = {
        one.move_id: one.payment_days
        for one in found
        if one.kind == "booked" and one.payment_days is not False
    }
    paid = found.filtered(
        lambda one: (
            one.kind == "settled"
            and one.days_to_pay is not False
            and one.date >= dossier.since
            and one.move_id in terms
        )
    )
    late = paid.filtered(lambda one: one.days_to_pay > terms[one.move_id])
    return len(paid), late, [one.days_to_pay - terms[one.move_id] for one in late]


def late_payments_of(dossier):
    """Say how many bills we paid late, and by how much; "" where none."""
    paid, late, days = late_bills_of(dossier)
    if not late:
        return ""
    return dossier.env._(
        "We paid %(late)s of %(paid)s bills late in 12 months, by %(days)s days on "
        "average. Who is paid late may deliver late.",
        late=len(late),
        paid=paid,
        days=dossier.number(sum(days) / len(days)),
    )
