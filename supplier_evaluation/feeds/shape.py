"""What an answer has to look like, so that nothing in it is read as something else."""

from ..transport import Problem

DIGITS = 9


def at(value, path):
    """Return what is at a path in nested dicts and lists, or None.

    >>> at({"a": [{"b": 1}]}, "a.0.b")
    1
    """
    for name in filter(None, (path or "").split(".")):
        if isinstance(value, dict):
            value = value.get(name)
        elif isinstance(value, list) and _is_place(name) and int(name) < len(value):
            value = value[int(name)]
        else:
            return None
    return value


def rows_at(answer, content, path):
    """Return the list of objects at a path.

    :raises Problem: ``shape``, if there is none
    """
    found = at(content, path)
    if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
        raise wrong(answer, path)
    return found


def object_at(answer, content, path):
    """Return the object at a path; nothing there is an empty one.

    :raises Problem: ``shape``, if something else is there
    """
    found = at(content, path)
    if found is None and isinstance(content, dict):
        return {}
    if not isinstance(found, dict):
        raise wrong(answer, path)
    return found


def text_at(answer, content, path):
    """Return the text at a path; nothing there is an empty one.

    :raises Problem: ``shape``, if something else is there
    """
    found = at(object_at(answer, content, ""), path)
    found = "" if found is None else found
    if not isinstance(found, str):
        raise wrong(answer, path)
    return found


def number_at(answer, content, path):
    """Return the whole number at a path, or None where nothing is.

    :raises Problem: ``shape``, if something else is there
    """
    found = at(object_at(answer, content, ""), path)
    if isinstance(found, bool) or not isinstance(found, (int, type(None))):
        raise wrong(answer, path)
    return found


def wrong(answer, path):
    """Return the ``Problem`` that something is not where, or as, it should be."""
    return Problem("shape", host=answer.host, path=path or "[…]")


def _is_place(name):
    return name.isascii() and name.isdigit() and len(name) <= DIGITS
