"""Finds the row of headers. Plain Python, no Odoo."""

from dataclasses import dataclass

from ..cells import cell_text

PEEKED = 60
# A recognised file: all that is obligatory has a column.
COMPLETE = 1000


@dataclass(frozen=True)
class Layout:
    """Where the headers are: ``row`` is the last row that belongs to them."""

    row: int
    names: tuple
    score: int

    @property
    def is_complete(self):
        return self.score >= COMPLETE


def find_layout(records, chosen, recognise):
    """Find the headers of a table.

    The first row that names all that is obligatory, with the groups above it if they
    name more; else two rows, one with groups above one with parts, that do it together;
    else the row that names most; else the first row that looks like a table.

    :param records: pairs of row number and cells
    :param int chosen: the number of the row that the user chose, or 0
    :param recognise: takes names, returns how many of them are known headers, and
        :data:`COMPLETE` more if nothing obligatory is missing
    :return: :class:`Layout`, or None if there is no row at all
    """
    single, double, above = [], [], None
    for number, cells in records:
        names = [cell_text(cell) for cell in cells]
        if chosen and number < chosen or not any(names):
            continue
        single.append(Layout(number, tuple(names), recognise(names)))
        if chosen:
            return single[0]
        if above:
            both = _joined(above, names, recognise)
            double.append(Layout(number, tuple(both), recognise(both)))
        above = names
    if not single:
        return None
    complete = next((found for found in single if found.is_complete), None)
    whole = [found for found in double if found.is_complete]
    if complete:
        return next((x for x in whole if _names_more(x, complete)), complete)
    if whole:
        return whole[0]
    best = max(single, key=lambda found: found.score)
    return best if best.score else _first_table(single)


def _first_table(layouts):
    """The first row with more than a title in it."""
    wide = (found for found in layouts if sum(map(bool, found.names)) > 1)
    return next(wide, layouts[0])


def _names_more(double, single):
    return double.row == single.row and double.score > single.score


def _joined(above, below, recognise):
    """The names of two rows of headers: a group's name goes before its parts'.

    A part that is unlike all others is called without its group, unless both together
    are a header that is known.
    """
    width = max(len(above), len(below))
    above = [*above, *[""] * (width - len(above))]
    below = [*below, *[""] * (width - len(below))]
    joined, group = [], ""
    for top, part in zip(above, below, strict=True):
        group = top or (group if part else "")
        name = group if group == part else f"{group} {part}".strip()
        is_alone = part and below.count(part) == 1 and not recognise([name])
        joined.append(part if is_alone else name)
    return joined
