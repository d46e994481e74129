"""What came from elsewhere, without what no database keeps."""

import json
import math


def plain(value):
    """Return JSON without zero characters and halves of pairs: PostgreSQL takes none.

    >>> plain({"a": ["b\\0"]})
    {'a': ['b']}
    """
    if isinstance(value, str):
        return value.replace("\0", "").encode("utf-8", "replace").decode()
    if isinstance(value, list):
        return [plain(one) for one in value]
    if isinstance(value, dict):
        return {plain(name): plain(one) for name, one in value.items()}
    return value


def loads(text):
    """Return what JSON says, so that it can be kept.

    :param text: str or bytes
    :raises ValueError: it is no JSON
    """
    try:
        return plain(json.loads(text, parse_constant=_refuse, parse_float=_number))
    except RecursionError:
        raise ValueError("nested too deeply") from None


def _refuse(name):
    raise ValueError(f"{name} is no JSON")


def _number(text):
    """Return a number; one that is too large for it stays a text."""
    number = float(text)
    return number if math.isfinite(number) else text
