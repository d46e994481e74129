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
    with_term = found.filtered(
        lambda one: one.kind == "booked" and one.payment_days is not False
    ).move_id
    paid = found.filtered(
        lambda one: (
            one.kind == "settled"
            and one.days_to_pay is not False
            and one.date >= dossier.since
            and one.move_id in with_term
        )
    )
    # A payment fact tells the last payment, which is due with the last instalment.
    due = _last_due(paid.move_id)
    days = {one: (one.date_paid - due[one.move_id]).days for one in paid}
    late = paid.filtered(lambda one: days[one] > 0)
    return len(paid), late, [days[one] for one in late]


def _last_due(bills):
    """Return the last due date by bill; who sees the facts need not see bills."""
    rows = (
        bills.env["account.move.line"]
        .sudo()
        ._read_group(
            [("move_id", "in", bills.ids), ("display_type", "=", "payment_term")],
            ["move_id"],
            ["date_maturity:max"],
        )
    )
    return {bill.sudo(False): day for bill, day in rows}


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
