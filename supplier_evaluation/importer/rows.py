"""Turns the rows of a table into values, and names what cannot be read.

Plain Python, no Odoo.
"""

from dataclasses import dataclass, field

from .cells import AUTO, CellProblem, cell_text
from .dates import DateColumn
from .matcher import SupplierKey
from .numbers import NumberColumn
from .targets import TARGETS

DEFAULT_RECEIPT = "1"


@dataclass(frozen=True)
class ReadOptions:
    """What the user has settled about a file (see ``supplier.history.options``)."""

    decimal: str = AUTO
    date_order: str = AUTO
    filter_column: str = ""
    filter_value: str = ""
    received_equals_ordered: bool = False
    tolerate_order_date: bool = False
    trust_mixed_dates: bool = False
    learned: dict = field(default_factory=dict)
    months: dict = field(default_factory=dict)
    tz: object = None


@dataclass
class HistoryRow:
    """One row: what it says, and what is wrong with it.

    ``problems`` are pairs of a target (or None) and a :class:`CellProblem`.
    """

    number: int
    raw: tuple
    values: dict = field(default_factory=dict)
    problems: list = field(default_factory=list)
    order_date_ignored: bool = False

    @property
    def supplier(self):
        values = self.values
        return SupplierKey(
            ref=values.get("supplier_ref") or "",
            vat=values.get("supplier_vat") or "",
            name=values.get("supplier_name") or "",
            anything=values.get("supplier") or "",
        )

    def fail(self, target, code, **params):
        self.problems.append((target, CellProblem(code, **params)))


class RowReader:
    """Reads the rows of a table.

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
        self.skipped = 0
        self._rows = list(self._filtered())
        self._parsers = {
            target: self._parser(target, position)
            for target, position in self.positions.items()
            if TARGETS[target].kind != "text"
        }

    @property
    def learned(self):
        """target -> what its column taught about dates or numbers."""
        learned = {name: parser.learned for name, parser in self._parsers.items()}
        return {name: value for name, value in learned.items() if value}

    def rows(self):
        """Yield a :class:`HistoryRow` for every row that passes the filter."""
        for row in self._rows:
            yield self._read(row)

    def _filtered(self):
        options = self.options
        if not options.filter_column:
            yield from self.table.rows
            return
        position = self.table.index(options.filter_column)
        wanted = options.filter_value.strip().casefold()
        for row in self.table.rows:
            cell = row.cells[position] if position < len(row.cells) else None
            if cell_text(cell).casefold() == wanted:
                yield row
            else:
                self.skipped += 1

    def _parser(self, target, position):
        cells = {row.cells[position] for row in self._rows if position < len(row.cells)}
        options = self.options
        if TARGETS[target].kind == "number":
            return NumberColumn(cells, options.decimal, options.learned.get(target))
        return DateColumn(
            cells,
            options.date_order,
            learned=options.learned.get(target),
            trust_mixed=options.trust_mixed_dates,
            months=options.months,
            tz=options.tz,
        )

    def _read(self, row):
        result = HistoryRow(row.number, row.cells)
        if len(row.cells) > len(self.table.header):
            result.fail(None, "row_too_long", count=len(self.table.header))
            return result
        for target, position in self.positions.items():
            cell = row.cells[position] if position < len(row.cells) else None
            self._read_cell(result, target, cell)
        self._check(result)
        return result

    def _read_cell(self, row, target, cell):
        if TARGETS[target].kind == "text":
            row.values[target] = cell_text(cell)
        elif cell_text(cell):
            try:
                row.values[target] = self._parsers[target].parse(cell)
            except CellProblem as problem:
                if target == "date_order" and self.options.tolerate_order_date:
                    row.order_date_ignored = True
                    row.values[target] = None
                else:
                    row.problems.append((target, problem))
        else:
            row.values[target] = None

    def _check(self, row):
        """What a row must say, and what goes together."""
        values = row.values
        failed = {target for target, _problem in row.problems}
        for target, definition in TARGETS.items():
            value = values.get(target)
            if definition.required and value in (None, "") and target not in failed:
                row.fail(target, "missing")
            elif definition.kind == "number" and (value or 0) < 0:
                row.fail(target, "negative", value=cell_text(value))
        if values.get("quantity_ordered") == 0:
            row.fail("quantity_ordered", "zero")
        values["receipt_ref"] = values.get("receipt_ref") or DEFAULT_RECEIPT
        if "date_received" in self.positions and not failed & {
            "date_received",
            "quantity_received",
        }:
            self._check_receipt(row)

    def _check_receipt(self, row):
        day = row.values.get("date_received")
        if "quantity_received" not in self.positions:
            if self.options.received_equals_ordered and day:
                row.values["quantity_received"] = row.values.get("quantity_ordered")
            return
        quantity = row.values.get("quantity_received")
        if day and quantity is None:
            row.fail("quantity_received", "receipt_without_quantity")
        elif quantity and quantity > 0 and not day:
            row.fail("date_received", "receipt_without_date")
