"""Tells whether dates begin with a year of two digits. Plain Python, no Odoo."""

# Years of two digits that a file is likely to have: so many before and after this one.
YEARS_BACK, YEARS_AHEAD = 8, 2
# So many different dates do not all begin with a likely year by chance.
YEAR_FIRST_MIN = 3


def begins_with_year(numbers, today):
    """Whether dates begin with a year of two digits; None: they may.

    :param numbers: triples whose last number is a text where it is no whole year
    :param date today: years near to it are likely

    All begin with a likely year, and not all end with one: three are no chance. A last
    number of one digit is no year, if nothing else there looks like one.

    >>> from datetime import date
    >>> today = date(2026, 6, 30)
    >>> begins_with_year({(26, 3, "10"), (26, 3, "12"), (25, 12, "30")}, today)
    True
    >>> begins_with_year({(26, 3, "10")}, today), begins_with_year(
    ...     {(26, 3, "1")}, today
    ... )
    (None, True)

    As many end with a likely year as begin with one: what else is there is mistyped.

    >>> begins_with_year({(15, 1, "20"), (15, 6, "24"), (35, 2, "25")}, today)
    False
    >>> begins_with_year({(26, 3, 2010)}, today)
    False
    """
    # What has no month is no date, whatever comes first.
    numbers = {found for found in numbers if min(found[:2]) <= 12}
    is_short = all(isinstance(third, str) for _first, _second, third in numbers)
    if not numbers or not is_short or any(second > 12 for _f, second, _t in numbers):
        return False
    if all(first > 31 for first, _second, _third in numbers):
        return True
    years = range(today.year - YEARS_BACK, today.year + YEARS_AHEAD + 1)
    likely = {year % 100 for year in years}
    begin = end = 0
    for first, _second, third in numbers:
        begin += first in likely and 1 <= int(third) <= 31
        end += int(third) in likely and 1 <= first <= 31
    if begin < len(numbers):
        return False if end >= begin else None
    is_day = not end and any(len(third) == 1 for _first, _second, third in numbers)
    is_sure = is_day or end < len(numbers) >= YEAR_FIRST_MIN
    return True if is_sure else None


def year_of(text):
    """Two digits are a year from 1970 to 2069."""
    year = int(text)
    if len(text) > 2:
        return year
    return year + (1900 if year >= 70 else 2000)
