"""Turns the rows of a table into values, and names what cannot be read.

Plain Python, no Odoo.
"""

from .cells import NO_RESULT, CellProblem, cell_text, reference, reference_key
from .files.formats import has_word_of, without_word
from .files.headers import OTHER_LIST, SAME_LIST, headers_below
from .files.kinds import KindColumns
from .files.nothing import check_text, is_ditto, is_nothing
from .files.words import is_cancelled, is_total, is_unapproved, may_be_total, sums_up
from .row import HistoryRow, is_no_date, supplier_key_of
from .spelling.dates import DateColumn
from .spelling.numbers import NumberColumn
from .spelling.together import DateColumns, settle_together
from .targets import (
    LINE_KEY,
    SUPPLIER_TARGETS,
    TARGETS,
    is_receipt_list,
    without_label,
)

# What merged cells say of every row. A quantity is of all of them together.
MERGED_NUMBERS = ("quantity_ordered", "quantity_received", "quantity_returned")
# What a row is found by has an index, which takes about a page in all.
NAMES = (*LINE_KEY, "receipt_ref", *SUPPLIER_TARGETS)
NAME_LENGTH = 250
# Numbers that no program calculates with, and of these, those with nothing but digits.
NUMBERED = (*LINE_KEY, "receipt_ref", "supplier_ref")
CODES = (*NUMBERED, "supplier", "supplier_vat", "product")
# What rows below an empty cell may have left unsaid.
REPEATED = (*SUPPLIER_TARGETS, "order_ref")


class RowReader(DateColumns):
    """Reads the rows of a table.

    Dates and numbers can be read when the reader has learned from all rows how they
    are written; so the rows are looked at twice.

    :param Table table: the file
    :param dict columns: target -> header; headers that the file lacks are ignored
    :param ReadOptions options: how
    """

    def __init__(self, table, columns, options):
        self.table = table
        self.options = options
        self.positions = {
            target: table.index(header)
            for target, header in columns.items()
            if target in TARGETS and header and table.index(header) is not None
        }
        self._places = {
            target: (
                position,
                TARGETS[target].kind == "text",
                target in NAMES,
                target in REPEATED,
            )
            for target, position in self.positions.items()
        }
        self.is_receipt_list = is_receipt_list(columns)
        self.hidden_count = 0
        self._above = {}
        self._list_row = 0
        self._filter = None
        if options.filter_column:
            self._filter = table.index(options.filter_column)
        taken = {*self.positions.values(), self._filter}
        self._kinds = KindColumns(table.header, taken)
        self.parsers = {
            target: self._parser(target)
            for target in self.positions
            if TARGETS[target].kind != "text"
        }

    # ---- which rows ---------------------------------------------------------------

    def kept(self, rows, left_out):
        """Yield the rows that are to be read, and learn from them.

        :param rows: :class:`Row` of the file
        :param LeftOut left_out: is told of the others
        """
        for row in rows:
            self.hidden_count += row.hidden
            headers = self._headers(row)
            if headers:
                self._list_row = row.number if headers == OTHER_LIST else 0
            is_total = self._is_total(row)
            if self.options.repeat_empty and not (headers or is_total):
                # What is left out says whose rows stand below it, too.
                row = self._repeated(row)
            if row.hidden and self.options.leave_out_hidden:
                left_out.add("hidden", row)
            elif self._filter is not None and not self._passes(row):
                left_out.add("filter", row)
            elif headers == SAME_LIST:
                left_out.add("header", row)
            elif is_total:
                left_out.add("total", row)
            elif self._list_row:
                yield row._replace(list_row=self._list_row)
            else:
                for target, parser in self.parsers.items():
                    parser.learn(self.cell(row, target))
                yield row

    def settle(self):
        """Decide how the columns are written, when the rows were looked at."""
        for parser in self.parsers.values():
            parser.settle()
        settle_together(self._dates.values(), self.options.unclear_date_order)

    def _passes(self, row):
        cell = row.cells[self._filter] if self._filter < len(row.cells) else None
        wanted = self.options.filter_value.strip().casefold()
        return cell_text(cell).casefold() == wanted

    def _headers(self, row):
        """Whether headers are repeated, as printed pages do, or others begin a list."""
        header = self.table.header
        if (
            len(row.cells) == len(header)
            and row.cells[0] == header[0]
            and tuple(map(cell_text, row.cells)) == header
        ):
            return SAME_LIST
        return headers_below(row.cells, header, self.positions)

    def _is_total(self, row):
        """Whether a row sums up others, whatever else is in it."""
        keys = [self.cell(row, target) for target in LINE_KEY]
        if any(map(is_total, keys)):
            return True
        first = next((cell for cell in row.cells if cell_text(cell)), None)
        position = row.cells.index(first) if first is not None else None
        names = self._cells(row, SUPPLIER_TARGETS)
        if is_total(first) and position not in self.positions.values():
            return True
        is_whole = all(map(cell_text, keys)) and any(map(cell_text, names))
        words = [first, *names, *keys]
        return not is_whole and any(is_total(cell) or sums_up(cell) for cell in words)

    def _repeated(self, row):
        """The row with what those above it, of the same supplier, say for it, too."""
        if self._list_row:
            return row
        cells = list(row.cells)
        said = {name: cell_text(self.cell(row, name)) for name in REPEATED}
        above = self._above
        if any(said[x] and said[x] != above.get(x) for x in SUPPLIER_TARGETS):
            above = {}
        self._above = above | {name: text for name, text in said.items() if text}
        for target in REPEATED:
            position = self.positions.get(target, len(cells))
            if said[target] or position >= len(cells):
                continue
            if not is_ditto(cells[position]):  # a dash: there is none
                self._above.pop(target, None)
            cells[position] = self._above.get(target)
        return row._replace(cells=tuple(cells))

    def is_left_out(self, row):
        """Whether a row that was read has a status that leaves it out.

        What the user has not named himself is left out only where nothing came: goods
        that came of a cancelled order are a delivery like any other. The states that he
        names are all that leave a row out, but for rows that were deleted.
        """
        status = row.values.get("status") or ""
        states = self.options.left_out_states
        if states and status.casefold() in states:
            return True
        is_dead = not states and is_cancelled(status)
        is_dead = is_dead or self._is_deleted(row)
        return is_dead and not self._says_received(row)

    def is_withdrawn(self, row):
        """Whether a row that was left out says that its order line is none any longer.

        Not if the user left it out for what he named himself, nor while a change of the
        order waits for somebody to approve it.
        """
        status = row.values.get("status") or ""
        is_dead = is_cancelled(status) and not is_unapproved(status)
        is_dead = is_dead or self._is_deleted(row)
        return is_dead and not self.is_receipt_list and not self._says_received(row)

    def _is_deleted(self, row):
        return self._kinds.say_deleted(row.raw, self.positions.get("quantity_ordered"))

    def _says_received(self, row):
        if "quantity_received" not in self.positions:
            return bool(row.values.get("date_received"))
        if row.values.get("quantity_received") is not None:
            return row.values["quantity_received"] > 0
        position = self.positions["quantity_received"]
        text = cell_text(row.raw[position]) if position < len(row.raw) else ""
        return any(char.isdigit() for char in text)

    # ---- one row ------------------------------------------------------------------

    def cell(self, row, target):
        """The cell of a row that is for a target, or None."""
        place = self._places.get(target)
        if place is None or place[0] >= len(row.cells):
            return None
        position, is_text, is_name, is_repeated = place
        cell = row.cells[position]
        cell = without_word(cell) if is_text else cell
        cell = without_label(cell, target) if is_repeated else cell
        return None if is_nothing(cell, is_name, is_repeated) else cell

    def _cells(self, row, targets):
        return [self.cell(row, target) for target in targets]

    def _parser(self, target):
        options, learned = self.options, self.options.learned.get(target)
        if TARGETS[target].kind == "number":
            return NumberColumn((), options.decimal, learned, has_words=True)
        return DateColumn(
            (),
            options.date_order,
            learned=learned,
            trust_mixed=options.trust_mixed_dates,
            months=options.months,
            tz=options.tz,
        )

    @property
    def learned(self):
        """target -> what its column taught about dates or numbers."""
        learned = {name: parser.learned for name, parser in self.parsers.items()}
        return {name: value for name, value in learned.items() if value}

    @property
    def state(self):
        """What was decided about the columns, to go on with it later."""
        return {target: parser.state for target, parser in self.parsers.items()}

    @state.setter
    def state(self, state):
        for target, parser in self.parsers.items():
            parser.state = state[target]

    @property
    def memory(self):
        """What the rows have shown so far, as JSON has it: to go on with the others."""
        return {
            "columns": {name: parser.memory for name, parser in self.parsers.items()},
            "above": self._above,
            "hidden": self.hidden_count,
            "list_row": self._list_row,
        }

    @memory.setter
    def memory(self, memory):
        for target, parser in self.parsers.items():
            parser.memory = memory["columns"][target]
        self._above = memory["above"]
        self.hidden_count = memory["hidden"]
        self._list_row = memory.get("list_row", 0)

    def supplier_key(self, row):
        """What a row says about its supplier."""
        return supplier_key_of(
            {
                target: self._text(target, self.cell(row, target))
                for target in SUPPLIER_TARGETS
            }
        )

    def parsed(self, target, cell):
        """The day or number of a cell, or None if it is not there or unreadable."""
        try:
            return self.parsers[target].parse(cell) if cell_text(cell) else None
        except CellProblem:
            return None

    def line_key(self, row):
        """The texts that name an order line: rows of one line have the same."""
        return tuple(
            reference_key(reference(self.cell(row, target))) for target in LINE_KEY
        )

    def read_row(self, row):
        """Read a row that was kept.

        :return: :class:`HistoryRow`
        """
        result = HistoryRow(row.number, row.cells)
        if row.list_row:
            result.fail(None, "other_list", first=row.list_row)
            result.is_whole = False
            return result
        if len(row.cells) > len(self.table.header):
            result.fail(None, "row_too_long", count=len(self.table.header))
            result.is_whole = False
            # What it is about: no row of the same line can go in without it.
            for target in LINE_KEY:
                result.values[target] = reference(self.cell(row, target))
            return result
        for target in self.positions:
            self._read_cell(result, target, self.cell(row, target))
        if unit := self._kinds.receipt_unit(row.cells):
            result.words.setdefault("quantity_received", unit)
        self._note_merged(result, row.merged)
        names = [result.values.get(target) for target in SUPPLIER_TARGETS]
        result.may_be_total = any(map(may_be_total, names))
        if not self.is_left_out(result):
            self._check(result)
        return result

    def _note_merged(self, result, merged):
        for target in MERGED_NUMBERS if merged else ():
            if self.positions.get(target) in merged:
                result.merged[target] = merged[self.positions[target]]

    def _read_cell(self, row, target, cell):
        row.values[target] = None
        if cell is NO_RESULT or TARGETS[target].kind == "text":
            text = self._text(target, cell)
            row.values[target] = None if cell is NO_RESULT else text
            try:
                check_text(cell, text, target in CODES)
            except CellProblem as problem:
                row.problems.append((target, problem))
            else:
                if target in NAMES and len(text) > NAME_LENGTH:
                    row.fail(target, "text_too_long", count=NAME_LENGTH)
        elif cell_text(cell) and not (
            TARGETS[target].kind == "date" and is_no_date(cell)
        ):
            try:
                row.values[target] = self.parsers[target].parse(cell)
                self._note_word(row, target, cell)
            except CellProblem as problem:
                if target == "date_order" and self.options.tolerate_order_date:
                    row.order_date_ignored = True
                else:
                    row.problems.append((target, problem))

    @staticmethod
    def _text(target, cell):
        return reference(cell) if target in NUMBERED else cell_text(cell)

    def _note_word(self, row, target, cell):
        is_price = target == "price_unit"
        if TARGETS[target].kind != "number" or not has_word_of(cell, is_price):
            return
        if word := self.parsers[target].word(cell):
            row.words[target] = word

    def _check(self, row):
        """What a row must say, and what goes together."""
        values = row.values
        failed = {target for target, _problem in row.problems}
        for target, definition in TARGETS.items():
            value = values.get(target)
            is_empty = value in (None, "") and target not in failed
            if is_empty and self._is_required(target, values):
                row.fail(target, "missing")
            elif definition.kind == "number" and (value or 0) < 0:
                row.fail(target, "negative", value=cell_text(value))
        # What says itself how much went back, or that nothing came, is no receipt.
        may_count = not values.get("quantity_returned") and self._says_received(row)
        for code, params in self._kinds.problems(row.raw) if may_count else ():
            row.fail(None, code, **params)
        if values.get("quantity_ordered") == 0 and not self.is_receipt_list:
            row.fail("quantity_ordered", "zero")
        if "date_received" in self.positions and not failed & {
            "date_received",
            "quantity_received",
        }:
            self._check_receipt(row)

    def _is_required(self, target, values):
        if not self.is_receipt_list or target in LINE_KEY:
            return TARGETS[target].required
        said = (values.get("quantity_received"), values.get("quantity_returned"))
        return target == "date_received" and not any(said)

    def _check_receipt(self, row):
        day = row.values.get("date_received")
        if "quantity_received" not in self.positions:
            if not (self.options.received_equals_ordered and day):
                return
            row.values["quantity_received"] = row.values.get("quantity_ordered")
        quantity = row.values.get("quantity_received")
        if day and quantity and day > self.options.today:
            row.fail("date_received", "date_future", value=day.isoformat())
        if day and quantity is None:
            row.fail("quantity_received", "receipt_without_quantity")
        elif quantity and quantity > 0 and not day:
            row.fail("date_received", "receipt_without_date")
