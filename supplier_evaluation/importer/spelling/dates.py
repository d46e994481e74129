"""Reads dates as people spell them. Plain Python, no Odoo.

``5/6/07`` can be read in two ways. It is never guessed: the whole column decides, or
the user does. What stays open raises :class:`CellProblem`.
"""

import datetime
import re

from ..cells import AUTO, CellProblem, MonthOnly, cell_text, clean_text
from .times import day_text, offset_of, with_colons
from .years import begins_with_year, year_of

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan",
            "february feb",
            "march mar",
            "april apr",
            "may",
            "june jun",
            "july jul",
            "august aug",
            "september sep sept",
            "october oct",
            "november nov",
            "december dec",
        ),
        start=1,
    )
    for name in names.split()
}
FIRST_YEAR, LAST_YEAR = 1970, 2099
# As many values each way must point at a half-converted column to call it one.
CONVERTED_MIN = 8
# Instants may be as many as rows.
MOST_SEEN = 50_000
CONVERTED = "converted"
ORDERS = ("dmy", "mdy", "ymd")
# “26/03/10” may begin with the day as well as with the year.
UNCLEAR = "unclear"

_TIME = re.compile(
    r"(?:[T ,]+|(?<=\d)T)(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?"
    r"\s*([ap]\.?m\.?)?"
    r"\s*(Z|(?:UTC|GMT)?\s*[+-]\d{1,2}(?::?\d{2})?(?=$|\s)|UTC|GMT)?"
    r"(?:\s+(?:UTC|GMT))?(?:\s+\([^()]*\))?$",
    re.IGNORECASE,
)
_NUMERIC = re.compile(r"(\d{1,4})\s*([/.\-])\s*(\d{1,2})\s*\2\s*(\d{1,4})\.?$")
_COMPACT = re.compile(r"((?:19|20)\d{2})(\d{2})(\d{2})$")
_CJK = re.compile(r"(\d{4})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*[日号號]?$")
_WORD = r"([^\W\d_]+)\.?"
_SEP = r"[\s\-./,]*"
_DAY = r"(\d{1,2})(?:st|nd|rd|th)?\.?"
_DAY_MONTH = re.compile(rf"{_DAY}{_SEP}{_WORD}{_SEP}(\d{{4}}|\d{{2}})$", re.IGNORECASE)
_MONTH_DAY = re.compile(
    rf"{_WORD}{_SEP}{_DAY}[\s\-./,]+(\d{{4}}|\d{{2}})$", re.IGNORECASE
)
_YEAR_MONTH = re.compile(rf"(\d{{4}}){_SEP}{_WORD}{_SEP}(\d{{1,2}})$")
_WEEKDAY = re.compile(rf"^{_WORD},?\s+")
_SERIAL = re.compile(r"\d{5}(\.\d+)?$")


class DateColumn:
    """The dates of one column.

    :param cells: values of the column, to tell day from month; more can be learned
    :param str order: ``dmy``, ``mdy``, ``ymd``, or ``auto``
    :param str learned: what an earlier file of the same kind showed
    :param bool trust_mixed: take dates as written that seem re-read by a spreadsheet
    :param dict months: more names of months
    :param tzinfo tz: where the days are, for instants with an offset
    """

    def __init__(
        self,
        cells=(),
        order=AUTO,
        learned=None,
        trust_mixed=False,
        months=None,
        tz=None,
    ):
        self.months = {**MONTHS, **(months or {})}
        self.tz = tz
        self._chosen = None if order == AUTO else order
        self.order = None
        self.contradicts = False
        self.converted = False
        # A day that neither the file nor an earlier one shows how to read.
        self.doubt = None
        self.is_presumed = False
        # With points, nearly everybody writes the day first.
        self.is_pointed = False
        self._earlier = learned
        self._trust_mixed = trust_mixed
        self._cache = {}
        self._seen = set()
        # Those that may leave a choice, as the file has them.
        self._spelled = {}
        for cell in cells:
            self.learn(cell)
        self.settle()

    @property
    def learned(self):
        """What this column taught about its kind, if anything."""
        if self.converted:
            return CONVERTED
        # What the user presumed is no evidence.
        return None if self.order == UNCLEAR or self.is_presumed else self.order

    @property
    def is_known_day_first(self):
        """Whether an earlier file showed that the day comes first."""
        return self._earlier == self.order == "dmy"

    @property
    def state(self):
        """What was decided, to go on with it later."""
        return [self.order, self.contradicts, self.converted]

    @state.setter
    def state(self, state):
        self.order, self.contradicts, self.converted = state

    @property
    def memory(self):
        """What was seen of the column so far, as JSON has it."""
        return [
            [found.isoformat()]
            if isinstance(found, datetime.date)
            else [*found, self._spelled[found]]
            for found in self._seen
        ]

    @memory.setter
    def memory(self, memory):
        for found in memory:
            if len(found) == 1:
                self._seen.add(datetime.date.fromisoformat(*found))
                continue
            numbers = tuple(found[:3])
            self._seen.add(numbers)
            # The version before kept no spelling.
            self._spelled[numbers] = "".join(found[3:]) or "/".join(map(str, numbers))

    def learn(self, cell):
        """Look at another value of the column."""
        if len(self._seen) < MOST_SEEN and (numbers := self._numbers(cell)):
            self._seen.add(numbers)
            if isinstance(numbers, tuple):
                self._spelled.setdefault(numbers, cell_text(cell))
            found = isinstance(numbers, tuple) and _NUMERIC.match(day_text(cell))
            self.is_pointed = self.is_pointed or bool(found and found[2] == ".")

    def settle(self):
        """Decide how the column is written, when all values were looked at."""
        whole = [found for found in self._seen if isinstance(found, datetime.date)]
        numbers = self._seen.difference(whole)
        day_first = month_first = either = 0
        for first, second, _year in numbers:
            day_first += first > 12 >= second
            month_first += second > 12 >= first
            either += first <= 12 and second <= 12
        self._decide(whole, day_first, month_first, either)
        if not (self._chosen or self.contradicts or month_first):
            self._look_for_leading_year(numbers, day_first)

    def _look_for_leading_year(self, numbers, day_first):
        """Of two-digit years, find out whether dates begin with them."""
        if self._earlier in ("dmy", "mdy"):
            return
        is_first = begins_with_year(numbers, datetime.date.today())
        if is_first:
            self.order = "ymd"
        elif is_first is None and day_first:
            self.order = "ymd" if self._earlier == "ymd" else UNCLEAR

    def _decide(self, whole, day_first, month_first, either):
        learned, texts = self._earlier, day_first + month_first + either
        self.converted = not self._trust_mixed and (
            (learned == CONVERTED and not texts)
            or self._is_converted(whole, day_first + month_first, either)
        )
        self.order = self._chosen
        if self.order:
            return
        self.contradicts = bool(day_first and month_first)
        if not self.contradicts and (day_first or month_first):
            self.order = "dmy" if day_first else "mdy"
        elif not self.contradicts and learned in ("dmy", "mdy", "ymd"):
            self.order = learned

    def presume(self, order):
        """Read in this order what nothing shows how to read, if it can be so read.

        :param str order: ``dmy``, ``mdy``, ``ymd``, or nothing
        """
        doubtful = [self._spelled[found] for found in sorted(self._doubtful(), key=str)]
        if not doubtful:
            return
        is_possible = self.can_presume(order)
        self.doubt = self._first_day(doubtful, (order,) if is_possible else ORDERS)
        if is_possible:
            self.order, self.is_presumed = order, True

    def can_presume(self, order):
        """Whether what nothing shows how to read can be read in this order.

        :param str order: ``dmy``, ``mdy``, ``ymd``, or nothing
        """
        if self.order == UNCLEAR:
            return order in ("dmy", "ymd")
        if order == "ymd":
            numbers = self._seen_numbers()
            return begins_with_year(numbers, datetime.date.today()) is not False
        return bool(order)

    def _first_day(self, texts, orders):
        """The first text that is a day in one of the orders, or None.

        Programs write 1900 where there is no date: that is no example of anything.
        """
        kept = self.order
        try:
            for text in texts:
                for self.order in orders:
                    if self._is_day(text):
                        return text
        finally:
            self.order = kept
        return None

    def _is_day(self, text):
        try:
            return bool(self._parse(text))
        except CellProblem:
            return False

    def _seen_numbers(self):
        """The dates that may leave a choice."""
        return {found for found in self._seen if not isinstance(found, datetime.date)}

    def _doubtful(self):
        if self._chosen or self.contradicts:
            return []
        if self.order == UNCLEAR:
            # The day of the others has a month of its own.
            return [found for found in self._seen_numbers() if found[1] <= 12]
        either = [found for found in self._seen_numbers() if max(found[:2]) <= 12]
        is_open = self.order is None
        return [found for found in either if found[0] != found[1]] if is_open else []

    @staticmethod
    def _is_converted(whole, decided, either):
        """Whether a spreadsheet program re-read a part of the column.

        It turns ``9/10/14`` into a date of its own liking and leaves ``9/28/14``, which
        does not fit, as text: no text is left that could be read both ways, and what
        was turned has a part no text has.
        """
        if either or min(decided, len(whole)) < CONVERTED_MIN:
            return False
        return all(day.day <= 12 for day in whole) or all(
            1 <= day.year % 100 <= 12 for day in whole
        )

    def _numbers(self, cell):
        """A date that leaves no choice, three numbers that may, or None.

        A last number that is no whole year stays the text that it is.
        """
        if isinstance(cell, MonthOnly):
            return None
        if isinstance(cell, datetime.date):
            return cell.date() if isinstance(cell, datetime.datetime) else cell
        found = _NUMERIC.match(_TIME.sub("", day_text(cell)).strip())
        if not found:
            return None
        first, second, third = found[1], found[3], found[4]
        try:
            if len(first) == 4:
                return datetime.date(int(first), int(second), int(third))
        except ValueError:
            return None
        if len(first) > 2 or len(third) == 3 or len(third) == 1 and len(first) == 1:
            return None
        return int(first), int(second), int(third) if len(third) == 4 else third

    def parse(self, cell):
        """The day.

        :raise CellProblem: if there is none, or not one only
        """
        if cell not in self._cache:
            if len(self._cache) > MOST_SEEN:
                self._cache.clear()
            try:
                self._cache[cell] = self._parse(cell)
            except CellProblem as problem:
                self._cache[cell] = problem.fresh()
        result = self._cache[cell]
        if isinstance(result, CellProblem):
            raise result.fresh()
        return result

    def _parse(self, cell):
        text = clean_text(cell)
        try:
            day = self._read(cell, text)
        except ValueError as error:
            if isinstance(error, CellProblem):
                raise
            raise CellProblem("date_unreadable", value=text) from error
        if day is None:
            code = "date_serial" if _SERIAL.match(text) else "date_unreadable"
            raise CellProblem(code, value=text)
        if not FIRST_YEAR <= day.year <= LAST_YEAR:
            raise CellProblem(
                "date_range", value=text, first=FIRST_YEAR, last=LAST_YEAR
            )
        return day

    def _read(self, cell, text):
        numbers = self._numbers(cell)
        if isinstance(numbers, datetime.date):
            if self.converted:
                raise CellProblem("date_converted", value=text)
            return self._local(numbers, text)
        plain = _TIME.sub("", day_text(cell))
        day = self._ordered(numbers, text) if numbers else self._named(plain)
        return day and self._local(day, text)

    def _ordered(self, numbers, text):
        first, second, third = numbers
        is_short = isinstance(third, str)
        if self.order == "ymd":
            if not is_short:
                raise CellProblem("date_order", value=text)
            return datetime.date(year_of(str(first).zfill(2)), second, int(third))
        if first > 12 and second > 12:
            return None
        # With points, nobody writes the year first.
        if self.order == UNCLEAR and is_short and "." not in text:
            raise CellProblem("date_year_first", value=text)
        if is_short and len(third) == 1:
            raise CellProblem("date_order", value=text)
        if self.order is None and first != second:
            code = "date_contradicts" if self.contradicts else "date_ambiguous"
            if self.contradicts or (first <= 12 and second <= 12):
                raise CellProblem(code, value=text)
        day, month = (second, first) if self.order == "mdy" else (first, second)
        if month > 12:
            raise CellProblem("date_order", value=text)
        return datetime.date(year_of(third) if is_short else third, month, day)

    def _named(self, text):
        if found := _COMPACT.match(text) or _CJK.match(text):
            return datetime.date(*(int(part) for part in found.groups()))
        for spelling in (text, _WEEKDAY.sub("", text)):
            if found := _DAY_MONTH.match(spelling):
                day, month, year = found.groups()
            elif found := _MONTH_DAY.match(spelling):
                month, day, year = found.groups()
            elif found := _YEAR_MONTH.match(spelling):
                year, month, day = found.groups()
            else:
                continue
            if number := self.months.get(month.casefold()):
                return datetime.date(year_of(year), number, int(day))
        return None

    def _local(self, day, text):
        """An instant with an offset is put on the local calendar."""
        found = _TIME.search(with_colons(text))
        if not (found and found[5] and self.tz):
            return day
        hour = int(found[1]) % 12 if found[4] else int(found[1])
        hour += 12 if (found[4] or "").lower().startswith("p") else 0
        offset = offset_of(found[5])
        stamp = f"{day.isoformat()} {hour:02}:{found[2]} {offset}"
        instant = datetime.datetime.strptime(stamp, "%Y-%m-%d %H:%M %z")
        return instant.astimezone(self.tz).date()
