"""The days that a domain asks for, told to the query that makes the facts.

The day of a fact is computed in a time zone, so no index helps to find it. Told the
days, the query finds the records of these days by an index, and measures them only.
"""

from datetime import date

CONTEXT_KEY = "supplier_fact_days"
ALL_DAYS = (date.min, date.max)


def days_of(domain):
    """Return the first and the last ``date`` that may match a domain.

    >>> days_of(["&", ("date", ">=", date(2026, 3, 1)), ("partner_id", "in", [7])])
    (datetime.date(2026, 3, 1), datetime.date(9999, 12, 31))

    :param domain: list in prefix notation, as ``list(Domain.optimize())`` gives it
    """
    return _days_of_next(iter(domain))


def _days_of_next(tokens):
    token = next(tokens, None)
    if token == "&":
        (first, last), (other_first, other_last) = _both(tokens)
        return max(first, other_first), min(last, other_last)
    if token == "|":
        (first, last), (other_first, other_last) = _both(tokens)
        return min(first, other_first), max(last, other_last)
    if token == "!":
        _days_of_next(tokens)
        return ALL_DAYS
    return _days_of_condition(*token) if token else ALL_DAYS


def _both(tokens):
    return _days_of_next(tokens), _days_of_next(tokens)


def _days_of_condition(fname, operator, value):
    if fname == "date" and isinstance(value, date):
        if operator in (">", ">="):
            return value, date.max
        if operator in ("<", "<="):
            return date.min, value
        if operator == "=":
            return value, value
    return ALL_DAYS
