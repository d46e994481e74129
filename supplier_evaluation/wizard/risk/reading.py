"""Reads a file of risk signals or price indices into rows as ``take_rows`` wants."""

from dataclasses import dataclass, field

from odoo.exceptions import UserError

from ...importer.cells import CellProblem, cell_text, header_key
from ...importer.files.layout import COMPLETE
from ...importer.files.nothing import check_text, is_nothing
from ...importer.importer import telling
from ...importer.messages import Messages
from ...importer.reader import FileOptions, read_table
from ...importer.spelling.dates import UNCLEAR, DateColumn
from ...importer.spelling.numbers import NumberColumn
from ...importer.spelling.together import settle_together
from ...tools.wording import listed

# How columns are called besides their keys and labels.
SYNONYMS = {
    "reference": ("案号", "编号", "文号", "caseno", "id"),
    "supplier": (
        "供应商",
        "企业名称",
        "公司名称",
        "vendor",
        "company",
        "统一社会信用代码",
    ),
    "kind": ("类型", "种类", "type"),
    "name": ("事项", "标题", "案由", "title", "note"),
    "date": ("日期", "立案日期", "处罚日期"),
    "date_end": ("结束日期", "移出日期", "end"),
    "severity": ("严重程度", "风险等级", "level"),
    "rating": ("评级", "信用等级"),
    "amount": ("金额", "涉案金额"),
    "currency": ("币种",),
    "description": ("说明", "描述", "内容"),
    "link": ("链接", "网址", "url"),
    "looked_for": ("查询内容",),
    "product": ("产品", "sku"),
    "category": ("产品类别", "类别"),
    "month": ("月份",),
    "value": ("指数", "价格", "price"),
}
DAYS = ("date", "date_end")
NUMBERS = ("amount", "value")
# What rows are known by.
CODES = ("reference", "supplier", "product")


@dataclass(frozen=True)
class RowOptions(FileOptions):
    """Where the table is: where columns are that the rows know.

    :param dict known: header as it is compared -> key of a row
    :param frozenset needed: keys without which the table is none
    """

    known: dict = field(default_factory=dict)
    needed: frozenset = frozenset()

    def recognise(self, names):
        found = {self.known.get(header_key(name)) for name in names if name} - {None}
        return len(found) + (COMPLETE if self.needed <= found else 0)

    def rank(self, layout):
        return 2 if self.needed <= set(map(self._key, layout.names)) else 0

    def _key(self, name):
        return self.known.get(header_key(name))


class FileRows:
    """The rows of a file, by the keys of ``take_rows``.

    :param records: the model that takes them
    :param bytes content: a CSV or XLSX file
    :raises UserError: it cannot be read, or lacks a column
    """

    def __init__(self, records, content):
        self.env = records.env
        keys = records._intake_keys()
        self.labels = {key: label for key, (label, _text, _needed) in keys.items()}
        known = _known_headers(self.labels)
        needed = frozenset(key for key, spec in keys.items() if spec[2])
        self.messages = Messages(self.env, self.labels, is_asked=False)
        with telling(self.env):
            self.table = read_table(content, RowOptions(known=known, needed=needed))
        self.columns = {}
        for position, name in enumerate(self.table.header):
            key = known.get(header_key(name))
            if key and key not in self.columns:
                self.columns[key] = position
        self._check_columns(needed)
        self.unknown = [
            name for name in self.table.header if header_key(name) not in known
        ]

    def _check_columns(self, needed):
        missing = [self.labels[key] for key in sorted(needed - self.columns.keys())]
        if missing:
            raise UserError(
                self.env._(
                    "The file has no column %(columns)s. Download the template, which "
                    "has all of them.",
                    columns=listed(self.env, (f"“{name}”" for name in missing)),
                )
            )

    def split(self):
        """Return ``(rows, problems, raw)``.

        :return: rows for ``take_rows``, each with its number in the file; why others
            cannot be read, by their number; and the cells of all by their number
        :raises UserError: the file cannot be read any further
        """
        with telling(self.env):
            raw = {row.number: row.cells for row in self.table.rows()}
        parsers = self._parsers(raw)
        rows, problems = [], {}
        for number, cells in raw.items():
            row, wrong = {}, []
            for key, position in self.columns.items():
                cell = cells[position] if position < len(cells) else None
                try:
                    check_text(cell, cell_text(cell), key in CODES)
                    if not cell_text(cell) or is_nothing(cell, key in CODES):
                        continue
                    parse = parsers.get(key)
                    row[key] = parse(cell) if parse else cell_text(cell)
                except CellProblem as problem:
                    wrong.append((key, problem))
            if wrong:
                problems[number] = self.messages.row(wrong)
            else:
                rows.append((number, row))
        return rows, problems, raw

    def _parsers(self, raw):
        """``{key: what reads its cells}`` of the dates and numbers of the file."""
        columns = {}
        for kind, keys in ((DateColumn, DAYS), (NumberColumn, NUMBERS)):
            for key in self.columns.keys() & set(keys):
                position = self.columns[key]
                cells = (row[position] for row in raw.values() if position < len(row))
                columns[key] = kind([cell for cell in cells if not is_nothing(cell)])
        dates = [columns[key] for key in DAYS if key in columns]
        settle_together(dates)
        for column in dates:
            # Nobody can choose here: the day comes first, as it does with others.
            if column.order == UNCLEAR:
                column.order = "dmy"
        return {key: column.parse for key, column in columns.items()}


def _known_headers(labels):
    """Return ``{header as it is compared: key}``."""
    known = {}
    for key, label in labels.items():
        for name in (key, label, *SYNONYMS.get(key, ())):
            known.setdefault(header_key(name), key)
    return known
