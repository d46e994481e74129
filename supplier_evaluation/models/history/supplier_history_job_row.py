import json
from datetime import date, datetime

from odoo import fields, models

from ...importer.cells import NO_RESULT, MonthOnly, Worded, cell_text
from ...importer.reader import Row


class SupplierHistoryJobRow(models.Model):
    """A row of a file that is being imported; afterwards, one that was rejected."""

    _name = "supplier.history.job.row"
    _description = "Row of a History Import"
    _log_access = False
    _order = "number"

    job_id = fields.Many2one(
        comodel_name="supplier.history.job", required=True, ondelete="cascade"
    )
    number = fields.Integer(required=True)
    line_hash = fields.Integer(
        required=True, help="Stands for order and line: rows of one line have the same."
    )
    content = fields.Text(required=True)
    reason = fields.Text(help="Why the row was rejected.")

    _open_idx = models.Index("(job_id, line_hash) WHERE reason IS NULL")
    _number_idx = models.Index("(job_id, number)")


def dump_row(row):
    """A row of a file as text.

    :param Row row: from a file
    """
    merged = list((row.merged or {}).items())
    return json.dumps([list(map(_to_json, row.cells)), merged, row.list_row])


def load_row(number, text):
    """The :class:`Row` again."""
    # One that was copied by an earlier version has no third part.
    cells, merged, list_row = [*json.loads(text), 0][:3]
    merged = {column: tuple(rows) for column, rows in merged}
    cells = tuple(map(_from_json, cells))
    return Row(number, cells, merged or None, list_row=list_row)


def _to_json(cell):
    if isinstance(cell, Worded):
        return ["worded", float(cell), cell.word]
    if cell is None or isinstance(cell, (bool, int, float)):
        return cell
    if isinstance(cell, str):
        return cell.replace("\0", "")  # PostgreSQL has no such letter
    if cell is NO_RESULT:
        return []
    if isinstance(cell, MonthOnly):
        return ["month", cell.isoformat()]
    if isinstance(cell, datetime):
        return ["datetime", cell.isoformat()]
    if isinstance(cell, date):
        return ["date", cell.isoformat()]
    return cell_text(cell)


def _from_json(cell):
    if not isinstance(cell, list):
        return cell
    if not cell:
        return NO_RESULT
    kind, *parts = cell
    if kind == "worded":
        return Worded(*parts)
    kinds = {"date": date, "datetime": datetime, "month": MonthOnly}
    return kinds[kind].fromisoformat(*parts)
