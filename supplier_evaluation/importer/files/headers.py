"""Tells whether a row below the headers has headers, too. Plain Python, no Odoo."""

from collections import defaultdict

from ..cells import cell_text, header_key
from ..targets import TARGETS, propose_columns

# A row has headers where so many numbers and dates are words, and so many cells are
# headers that are known.
HEADER_WORDS = 2
HEADERS_KNOWN = 3
SAME_LIST, OTHER_LIST = "same", "other"


def headers_below(cells, header, positions):
    """Whether a row below the headers has headers, too.

    It has words where numbers and dates are to be, and some of them are headers that
    are known. Most rows have a number there, and are looked at no further.

    :param cells: those of a row
    :param header: the headers of the list that is read
    :param dict positions: target -> position of its column
    :return: ``SAME_LIST`` if what is known stands where the list that is read has it,
        in whatever language; else ``OTHER_LIST``; None if there are no headers
    """
    words = 0
    for target, position in positions.items():
        if TARGETS[target].kind != "text" and position < len(cells):
            text = cell_text(cells[position])
            if any(map(str.isdigit, text)):
                return None
            words += bool(text)
    if words < HEADER_WORDS:
        return None
    places = defaultdict(set)
    for position, text in enumerate(map(cell_text, cells)):
        if text:
            places[text].add(position)
    wanted = _wanted_places(list(places), header, positions)
    if len(wanted) < HEADERS_KNOWN:
        return None
    read = set(positions.values())
    for name, expected in wanted.items():
        # What the list has not may stand where nothing is read.
        if expected.isdisjoint(places[name]) and (expected or read & places[name]):
            return OTHER_LIST
    return SAME_LIST


def _wanted_places(names, header, positions):
    """Where the list that is read has what these names are known for.

    :return: name -> positions, of the names that are known; none if the list lacks it
    """
    own = {name: position for position, name in enumerate(header)}
    proposed = propose_columns(header)
    wanted = {}
    for target, name in propose_columns(names).items():
        found = {positions.get(target), own.get(proposed.get(target))}
        wanted[name] = found - {None}
    keys = [header_key(name) for name in header]
    for name in names:
        key = header_key(name)
        if key and key in keys:
            wanted[name] = {keys.index(key)}
    return wanted
