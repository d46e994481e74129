"""What a domain asks for, told to the query that makes the facts.

The day of a fact is computed in a time zone, so no index helps to find it; and some
facts compare a supplier with others, so a condition on the supplier does not reach
them. Told the days, suppliers, products and orders, a query reads what it needs only.
It may read more than was asked for, never less.
"""

from datetime import date

DAYS_KEY = "supplier_fact_days"
PARTNERS_KEY = "supplier_fact_partners"
PRODUCTS_KEY = "supplier_fact_products"
ORDERS_KEY = "supplier_fact_orders"
ALL_DAYS = (date.min, date.max)


def days_of(domain):
    """Return the first and the last ``date`` that may match a domain.

    >>> days_of(["&", ("date", ">=", date(2026, 3, 1)), ("partner_id", "in", [7])])
    (datetime.date(2026, 3, 1), datetime.date(9999, 12, 31))

    :param domain: list in prefix notation, as ``list(Domain.optimize())`` gives it
    """
    return _fold(iter(domain), _days_of_condition, _common_days, _all_days, ALL_DAYS)


def ids_of(domain, fname):
    """Return the ids of a many2one that may match a domain, or None for all.

    >>> domain = ["&", ("date", ">", date(2026, 3, 1)), ("partner_id", "in", [7])]
    >>> ids_of(domain, "partner_id")
    [7]
    >>> ids_of(domain, "product_id")
    """

    def leaf(name, operator, value):
        return _ids_of_condition(operator, value) if name == fname else None

    found = _fold(iter(domain), leaf, _common, _union, None)
    return None if found is None else sorted(found)


def words_of(domain, fname):
    """Return the words of a selection that may match a domain, or None for all.

    >>> words_of(["&", ("state", "in", ["b", "a"]), ("exclusion", "=", False)], "state")
    ['a', 'b']

    :param domain: as of :func:`ids_of`
    """

    def leaf(name, operator, value):
        if name != fname or operator not in ("=", "in"):
            return None
        words = [value] if operator == "=" else list(value)
        if not all(isinstance(each, str) for each in words):
            return None
        return frozenset(words)

    found = _fold(iter(domain), leaf, _common, _union, None)
    return None if found is None else sorted(found)


def _fold(tokens, leaf, both, either, everything):
    """Evaluate a domain in prefix notation; what is negated may be everything."""
    token = next(tokens, None)
    if token is None:
        return everything
    if token in ("&", "|"):
        one = _fold(tokens, leaf, both, either, everything)
        other = _fold(tokens, leaf, both, either, everything)
        return both(one, other) if token == "&" else either(one, other)
    if token == "!":
        _fold(tokens, leaf, both, either, everything)
        return everything
    return leaf(*token)


def _common_days(one, other):
    return max(one[0], other[0]), min(one[1], other[1])


def _all_days(one, other):
    return min(one[0], other[0]), max(one[1], other[1])


def _days_of_condition(fname, operator, value):
    if fname == "date" and isinstance(value, date):
        if operator in (">", ">="):
            return value, date.max
        if operator in ("<", "<="):
            return date.min, value
        if operator == "=":
            return value, value
    return ALL_DAYS


def _common(one, other):
    if one is None or other is None:
        return one if other is None else other
    return one & other


def _union(one, other):
    return None if one is None or other is None else one | other


def _ids_of_condition(operator, value):
    if operator not in ("=", "in"):
        return None
    values = [value] if operator == "=" else list(value)
    if not all(isinstance(each, int) and each for each in values):
        return None
    return frozenset(values)
