"""Numbers of a scorecard as its reader writes them."""

from odoo.tools import format_list
from odoo.tools.misc import formatLang

MINUS = "\N{MINUS SIGN}"


def number(env, value, digits=1):
    """Return a number with the separators of the reader; 0 has no sign.

    :param env: environment of the reader
    :param float value: any number
    :param int digits: after the point
    """
    # Rounded first: -0.04 would be "-0.0" otherwise.
    return formatLang(env, round(value, digits) + 0.0, digits=digits)


def signed(env, value):
    """Return points with their sign: what is gained, what is lost, or ±0.0."""
    text = number(env, abs(value))
    if text == number(env, 0.0):
        return f"±{text}"
    return f"{'+' if value > 0 else MINUS}{text}"


def with_unit(env, kpi, value):
    """Return what a KPI measured with its unit, as "66.7 %"; "" where it is unknown.

    :param kpi: the KPI, which says the unit
    :param value: a number, or False
    """
    if value is False:
        return ""
    text = number(env, value)
    if kpi.unit == "number":
        return text
    units = dict(kpi._fields["unit"]._description_selection(env))
    return f"{text} {units[kpi.unit]}"


def listed(env, texts):
    """Return texts as a list in words: "a, b and c" in the reader's language."""
    return format_list(env, list(texts))
