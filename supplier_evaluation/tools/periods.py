"""Periods in words, as the reader says them."""

from babel.dates import format_skeleton

from odoo.tools import format_date
from odoo.tools.misc import babel_locale_parse, get_lang

from ..scoring.period import period_of

# By the kind of calendar period, what of it is named.
SKELETONS = {"month": "yMMMM", "quarter": "yQQQQ", "year": "y"}


def period_label(env, date_from, date_to):
    """Return a period in words: its month, quarter or year, or its two days.

    :param env: environment of the reader
    :param date date_from: first day
    :param date date_to: last day
    :rtype: str
    """
    if not (date_from and date_to):
        return ""
    for kind, skeleton in SKELETONS.items():
        if (date_from, date_to) == period_of(kind, date_to):
            return _in_words(env, skeleton, date_to)
    if (date_from, date_to) == period_of("half", date_to):
        if date_to.month <= 6:
            return env._("First half of %(year)s", year=date_to.year)
        return env._("Second half of %(year)s", year=date_to.year)
    return f"{format_date(env, date_from)} – {format_date(env, date_to)}"


def month_label(env, day):
    """Return the month of a day in words, as the reader says it.

    :param env: environment of the reader
    :param date day: any day of it
    :rtype: str
    """
    return _in_words(env, SKELETONS["month"], day) if day else ""


def _in_words(env, skeleton, day):
    locale = babel_locale_parse(get_lang(env).code)
    return format_skeleton(skeleton, day, locale=locale)
