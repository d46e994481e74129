"""What was received of an order line, from one list after the other. No Odoo.

Receipts have a number, or none. Those without are known by what they say: the same day
and quantity is the same receipt. Where a later list may mean another receipt as well as
a correction of the one that is known, nothing is guessed.
"""

import re
from dataclasses import dataclass, field
from itertools import count

from .cells import CellProblem

# The reference of a receipt without a number; further ones are #2, #3, …
FIRST = "1"
# Beyond it, a further receipt is more likely a correction of an earlier one.
MOST_RECEIVED = 1.1
_PLAIN = re.compile(r"1|#\d+")
_ZEROS = re.compile(r"^0+(?=\d+(?: \(\d+\))?$)")


def receipt_key(ref):
    """What two numbers of one receipt have in common, with its further days.

    >>> receipt_key("0005000001"), receipt_key("005 (2)"), receipt_key("GR-07")
    ('5000001', '5 (2)', 'gr-07')
    """
    return _ZEROS.sub("", ref.casefold())


def is_plain(ref):
    """Whether a receipt reference stands for a receipt without a number."""
    return bool(_PLAIN.fullmatch(ref))


@dataclass
class Receipts:
    """What a file says of the receipts of one line.

    ``numbered`` is reference -> day and quantity, or None where nothing came;
    ``plain`` has the same of those without a number, and is None where the file says
    nothing about such ones.
    """

    numbered: dict = field(default_factory=dict)
    plain: list = None

    def days(self):
        """The days on which something came."""
        found = [*filter(None, self.numbered.values()), *(self.plain or [])]
        return [day for day, _quantity in found]


@dataclass
class ReceiptChanges:
    """How the receipts that are known become those of the file."""

    create: dict = field(default_factory=dict)
    update: dict = field(default_factory=dict)
    rename: dict = field(default_factory=dict)
    delete: list = field(default_factory=list)

    def __bool__(self):
        return bool(self.create or self.update or self.rename or self.delete)

    def received(self, known):
        """What came of the line in all, with these changes.

        :param dict known: reference -> day and quantity
        """
        kept = {ref: found for ref, found in known.items() if ref not in self.delete}
        found = {**kept, **self.update, **self.create}
        return sum(quantity for _day, quantity in found.values())


def collect(rows):
    """Gather the receipts of the rows of one line.

    Two rows with the same number are two parts of a receipt.

    :param rows: :class:`HistoryRow` that have been read without a problem
    :return: :class:`Receipts`, and pairs of rows that say the same
    """
    first, doubles, parts = {}, [], {}
    result = Receipts()
    for row in rows:
        values = row.values
        ref = values.get("receipt_ref") or ""
        day = values.get("date_received")
        found = (day, values.get("quantity_received")) if day else None
        key = receipt_key(ref)
        seen = first.setdefault((key, found), row)
        if seen is not row:
            doubles.append((seen, row))
        elif ref:
            parts.setdefault(key, (ref, []))[1].append(found)
        else:
            result.plain = (result.plain or []) + ([found] if found else [])
    for ref, founds in parts.values():
        _add_numbered(result.numbered, ref, founds)
    if result.plain:
        result.plain.sort()
    return result, doubles


def _add_numbered(numbered, ref, founds):
    """One receipt a day for every number."""
    days = {}
    for day, quantity in filter(None, founds):
        days[day] = days.get(day, 0.0) + quantity
    if not days:
        numbered[ref] = None
    for position, day in enumerate(sorted(days), start=1):
        name = ref if position == 1 else f"{ref} ({position})"
        numbered[name] = (day, days[day])


def since(known, receipts):
    """The receipts that a running total stands for: those known, and what came since.

    A total that is no larger, or of an earlier day, corrects what is known.

    :param dict known: reference -> day and quantity
    :param Receipts receipts: of the file, one without a number
    :return: :class:`Receipts`
    """
    if not known or receipts.numbered or len(receipts.plain or ()) != 1:
        return receipts
    ((day, total),) = receipts.plain
    before = sorted(found for found in known.values() if found[0] < day)
    rest = round(total - sum(quantity for _day, quantity in before), 6)
    is_later = all(found[0] <= day for found in known.values())
    if not is_later or rest <= 0:
        return receipts
    return Receipts(plain=[*before, (day, rest)])


def reconcile(known, receipts, ordered, period):
    """Compare what a file says with the receipts that are known.

    :param dict known: reference -> day and quantity
    :param Receipts receipts: of the file
    :param float ordered: the quantity of the line
    :param period: first and last day of receipt that the file has
    :return: :class:`ReceiptChanges`
    :raise CellProblem: if it may be a correction as well as another receipt
    """
    changes, left = ReceiptChanges(), dict(known)
    numbered = _match_numbered(changes, left, receipts.numbered)
    plain = _match_plain(left, receipts.plain or [])
    gone = [ref for ref in left if is_plain(ref)]
    if numbered or plain:
        rivals = [ref for ref in left if is_plain(ref) or plain]
        gone = _corrected(left, rivals, [*numbered.values(), *plain], ordered, period)
    elif receipts.plain != [] or any(receipts.numbered.values()):
        gone = []  # the file does not say that nothing came
    changes.create.update(numbered)
    for ref, found in zip(gone, plain, strict=False):
        changes.update[ref] = found
    changes.delete += gone[len(plain) :]
    taken = {*known, *changes.create}
    free = (ref for ref in _plain_refs() if ref not in taken)
    changes.create.update(zip(free, plain[len(gone) :], strict=False))
    return changes


def _match_numbered(changes, left, numbered):
    """Note what is known by its number; return what is new."""
    new = {}
    spelled = {receipt_key(ref): ref for ref in left if not is_plain(ref)}
    for name, found in numbered.items():
        ref = name if name in left else spelled.get(receipt_key(name), name)
        if ref in left:
            current = left.pop(ref)
            if not found:
                changes.delete.append(ref)
            elif found != current:
                changes.update[ref] = found
        elif found:
            same = _same(left, found, is_plain)
            if same:
                changes.rename[same] = ref
                del left[same]
            else:
                new[ref] = found
    return new


def _match_plain(left, plain):
    """Leave out what is known already, be it with a number; return what is new."""
    new = []
    for found in plain:
        same = _same(left, found, is_plain) or _same(left, found, bool)
        if same:
            del left[same]
        else:
            new.append(found)
    return new


def _same(left, found, wanted):
    return next((ref for ref in left if wanted(ref) and left[ref] == found), None)


def _corrected(left, rivals, new, ordered, period):
    """The receipts that the new ones stand for; the others stay beside them.

    A receipt on a day that the file covers, and that it does not have, was corrected.
    So was one of a whole line that has got another day.
    """
    first, last = period
    quantities = sorted(left[ref][1] for ref in rivals)
    is_moved = sum(quantities) >= ordered and quantities == sorted(q for _d, q in new)
    gone = [ref for ref in rivals if is_moved or first <= left[ref][0] <= last]
    kept = [left[ref] for ref in rivals if ref not in gone]
    total = sum(quantity for _day, quantity in [*kept, *new])
    is_unclear = kept and total > ordered * MOST_RECEIVED
    if is_unclear or not all(map(is_plain, gone)):
        day, quantity = min(left[ref] for ref in rivals)
        raise CellProblem("receipt_unclear", day=day, quantity=quantity)
    return gone


def _plain_refs():
    yield FIRST
    for number in count(2):
        yield f"#{number}"
