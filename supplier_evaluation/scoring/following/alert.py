# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What a rule's alerts do next: open, stay, close, or wait until they cooled down."""

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True)
class Limit:
    """From which value on it is an alert, and from which one on it is over.

    What lies between both keeps an alert open and opens none, so that a figure that
    wavers around a value does not ring at every turn.

    >>> score = Limit(80, below=True, closes_at=82)
    >>> [score.opens(value) for value in (79.99, 80.0, 81.99, 82.0)]
    [True, False, False, None]

    :param float opens_at: beyond it, an alert is opened
    :param bool below: whether lower values are beyond it; higher ones otherwise
    :param closes_at: from this value on it is over; None: as soon as it is not beyond
    :param bool reaches: whether the value itself opens one, too
    """

    opens_at: float
    below: bool = False
    closes_at: float | None = None
    reaches: bool = False

    def opens(self, value):
        """Return whether a value opens an alert; None if it is over.

        No data is never beyond a limit.
        """
        if value is None or value is False:
            return None
        sign = -1 if self.below else 1
        if sign * value > sign * self.opens_at:
            return True
        if self.reaches and value == self.opens_at:
            return True
        closes_at = self.opens_at if self.closes_at is None else self.closes_at
        return False if sign * value > sign * closes_at else None


@dataclass(frozen=True)
class Decision:
    """What follows from what a rule saw.

    :param list opens: what an alert is opened for
    :param dict stays: ``{open alert: what was seen of it now}``
    :param list closes: open alerts of which nothing is seen any more
    :param list cooled: what would open an alert, had one not been over so lately
    """

    opens: list
    stays: dict
    closes: list
    cooled: list


def decide(seen, open_alerts, resolved, now, cool_down=0, lasts=False, known=None):
    """Decide about the alerts of one rule.

    :param seen: what the rule saw, each with ``subject`` and ``opens``; of what was
        seen twice of one subject, that which opens counts
    :param dict open_alerts: ``{subject: alert}`` of those that are not resolved
    :param dict resolved: ``{subject: instant}`` when the last one was resolved
    :param datetime now: the present instant
    :param float cool_down: hours after that in which none is opened
    :param dict known: ``{subject: (identifiers of records, instant, what was said)}``
        of what somebody saw and resolved, and when: the same open none again
    :param bool lasts: whether an alert tells of something that happened, so that it
        stays until somebody saw to it
    :rtype: Decision
    """
    found = {}
    # What happened is seen once: that it happens again is news.
    known = {} if lasts else known or {}
    for each in seen:
        if each.subject not in open_alerts and _is_known(each, known):
            continue
        if each.subject not in found or (each.opens and not found[each.subject].opens):
            found[each.subject] = each
    since = now - timedelta(hours=cool_down)
    decision = Decision([], {}, [], [])
    for subject, each in found.items():
        if subject in open_alerts:
            decision.stays[open_alerts[subject]] = each
        elif each.opens and cool_down and resolved.get(subject, since) > since:
            decision.cooled.append(each)
        elif each.opens:
            decision.opens.append(each)
    if not lasts:
        decision.closes.extend(
            alert for subject, alert in open_alerts.items() if subject not in found
        )
    return decision


def _is_known(seen, known):
    if seen.subject not in known:
        return False
    records, answered, said = known[seen.subject]
    if seen.since:
        return answered >= seen.since
    if seen.said == said and not records.isdisjoint(seen.earlier_ids):
        return True
    return bool(records) and bool(seen.res_ids) and records.issuperset(seen.res_ids)
