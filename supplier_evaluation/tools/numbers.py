"""Numbers as their reader writes them."""

from odoo.tools import float_round
from odoo.tools.misc import formatLang

MINUS = "\N{MINUS SIGN}"


def number(env, value, digits=1):
    """Return a number with the separators of the reader; 0 has no sign.

    :param env: environment of the reader
    :param float value: any number
    :param int digits: after the point
    :rtype: str
    """
    # Rounded first, and half up as screens do: -0.04 would be "-0.0" otherwise.
    rounded = float_round(value, precision_digits=digits) + 0.0
    return formatLang(env, rounded, digits=digits)


def apart(env, value, other, digits=1, most=4):
    """Return two numbers with as many digits after the point as tell them apart.

    79.96 is below 80, and both would be 80.0.

    :param env: environment of the reader
    :param float value: any number
    :param float other: with what it is compared
    :param int digits: after the point, at least
    :param int most: after the point, at most
    :return: both as text
    """
    while True:
        texts = number(env, value, digits), number(env, other, digits)
        if digits >= most or value == other or texts[0] != texts[1]:
            return texts
        digits += 1


def exact(env, value, digits=4):
    """Return a number with as many digits after the point as it has.

    :param env: environment of the reader
    :param float value: any number
    :param int digits: after the point, at most
    :rtype: str
    """
    _whole, _point, after = f"{value:.{digits}f}".rstrip("0").partition(".")
    return number(env, value, len(after))


def signed(env, value, digits=1):
    """Return points with their sign: what is gained, what is lost, or ±0.0.

    :param env: environment of the reader
    :param float value: any number
    :param int digits: after the point
    :rtype: str
    """
    text = number(env, abs(value), digits)
    if text == number(env, 0.0, digits):
        return f"±{text}"
    return f"{'+' if value > 0 else MINUS}{text}"
