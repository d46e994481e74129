"""Finds out what a file holds, and proposes how to read it."""

from itertools import islice
from pathlib import PurePath

from odoo import models
from odoo.fields import Command

from ...importer.cells import cell_text
from ...importer.importer import open_table, telling
from ...importer.options import date_order_of_user, read_options
from ...importer.row import LeftOut
from ...importer.rows import RowReader
from ...importer.targets import TARGETS, is_optional, propose_columns
from ...tools.wording import listed
from .supplier_history_import import LONG

# Rows to find the example of a column in.
SAMPLED_ROWS = 200
SHOWN_STATES = 12


class SupplierHistoryImport(models.TransientModel):
    _inherit = "supplier.history.import"

    def action_read(self):
        """Read the headers and propose what they mean."""
        self.ensure_one()
        self.sheet = self._chosen_sheet()
        table = open_table(self.env, self._content(), self)
        with telling(self.env):
            self._read_table(table)
        return self._reopen()

    def _read_table(self, table):
        mapping = self.mapping_id or self.mapping_id._find_for(table.header)
        labels = self.env["supplier.history.import.line"]._target_labels()
        proposed = propose_columns(table.header, labels)
        self.write(
            {
                "line_ids": [Command.clear()],
                "column_ids": [Command.clear()]
                + [Command.create(vals) for vals in self._columns_of(table)],
                "mapping_id": mapping.id,
                "mapping_name": mapping.name or PurePath(self.filename or "").stem,
                "state": "map",
                **self._found(table, proposed),
            }
        )
        self.sheet_id = self.sheet_ids.filtered(lambda s: s.name == table.source.sheet)
        by_header = {column.name: column.id for column in self.column_ids}
        self.line_ids = [
            Command.create(
                {
                    "target": target,
                    "is_required": TARGETS[target].required,
                    "column_id": by_header.get(proposed.get(target)),
                }
            )
            for target in sorted(labels, key=is_optional)
        ]
        self.unclear_date_order = False
        if mapping:
            self._take_mapping(mapping)
        self._propose_date_order(table)

    def _propose_date_order(self, table):
        """Propose how to read the dates that nothing shows how to read.

        The user sees which these are, and changes it.
        """
        env, mapping = self.with_company(self.company_id).env, self._mapping()
        reader = RowReader(table, mapping.columns, read_options(env, mapping))
        list(islice(reader.kept(table.rows(), LeftOut()), LONG))
        reader.settle()
        if not self.unclear_date_order:
            order = reader.date_order or date_order_of_user(env)
            # What begins with a day or a month does not begin with a year.
            self.unclear_date_order = reader.can_presume(order) and order
        doubts = reader.date_doubts.items()
        self.unclear_dates = listed(
            self.env,
            (f"{text} ({mapping.columns[target]})" for target, text in doubts),
        )

    def _found(self, table, proposed):
        """What was found out about the file, to be seen and changed."""
        source = table.source
        texts = [self.env._("Headers in row %(row)s", row=table.header_row)]
        if source.encoding:
            texts.append(self.env._("letters: %(name)s", name=source.encoding))
        if source.delimiter:
            delimiter = {"\t": "Tab"}.get(source.delimiter, source.delimiter)
            texts.append(self.env._("columns cut by “%(sign)s”", sign=delimiter))
        sheets = [Command.create({"name": name}) for name in source.sheets]
        return {
            "found_sheet": self.found_sheet or source.sheet,
            "sheet_ids": [Command.clear(), *sheets],
            "found_text": listed(self.env, texts),
            "row_count": source.row_count,
            "hidden_count": source.hidden_count(table.header_row),
            "states_text": self._states_of(table, proposed.get("status")),
        }

    @staticmethod
    def _states_of(table, header):
        """The first different values of the column with the status."""
        position = table.index(header) if header else None
        if position is None:
            return False
        cells = (row.cells[position : position + 1] for row in table.head(SAMPLED_ROWS))
        states = {cell_text(cell) for found in cells for cell in found}
        return "; ".join(sorted(states - {""})[:SHOWN_STATES])

    @staticmethod
    def _columns_of(table):
        """The columns with the first value that each of them has."""
        rows = table.head(SAMPLED_ROWS)
        for position, header in enumerate(table.header):
            cells = (
                cell_text(row.cells[position])
                for row in rows
                if position < len(row.cells)
            )
            yield {"name": header, "sample": next(filter(None, cells), "")[:80]}
