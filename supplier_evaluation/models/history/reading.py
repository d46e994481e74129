"""Reads the file of an import into a table, in slices."""

import time
import zlib
from collections import Counter
from itertools import islice

from odoo import models
from odoo.exceptions import UserError

from ...importer.cells import cell_text
from ...importer.importer import HistoryImporter, open_table, telling
from ...importer.matcher import SupplierKey, normalise_name
from ...importer.options import presumed_texts
from ...importer.row import LeftOut
from ...tools.bulk import bulk_insert
from .supplier_history_job_row import dump_row

# A worker may be stopped after two minutes.
SLICE_SECONDS = 30
# Rows that are held in memory.
PAGE = 5_000


class SupplierHistoryJob(models.Model):
    _inherit = "supplier.history.job"

    def _importer_env(self):
        """The rights and the company of whoever started the import."""
        self.ensure_one()
        job = self.with_user(self.user_id).with_company(self.company_id)
        companies = {"allowed_company_ids": self.company_id.ids}
        # Months and headers are read, and reasons told, as in the dialog.
        lang = self.user_id.lang
        return job.with_context(**companies, lang=lang, tracking_disable=True).env

    def _open_file(self):
        """Open the file of the import.

        :return: what imports it, and the file as a :class:`Table`
        :raise UserError: if it cannot be read with these columns
        """
        attachment = self.env["ir.attachment"].search(
            [
                ("res_model", "=", self._name),
                ("res_field", "=", "file"),
                ("res_id", "=", self.id),
            ],
            limit=1,
        )
        env = self._importer_env()
        env["supplier.history.line"].check_access("create")
        if self.create_suppliers:
            env["res.partner"].check_access("create")
        table = open_table(env, attachment.raw, self)
        return HistoryImporter(env, table, self.name, self.with_env(env)), table

    def _read_slice(self):
        """Read more of the file, or note why it cannot be read."""
        self.ensure_one()
        if self.state != "reading":
            return
        try:
            importer, table = self._open_file()
        except UserError as error:
            self._finish("failed", str(error))
            return
        self.row_count = table.source.row_count
        seen = _Seen(importer.reader, self.facts)
        rows = table.rows(after=seen.last)
        try:
            with telling(importer.env):
                kept = importer.reader.kept(rows, seen.left_out)
                is_read = self._copy_rows(kept, seen)
        except UserError as error:
            self._finish("failed", str(error))
            return
        if is_read:
            importer.reader.settle()
            self._end_reading(importer, seen)
        self.env.ref("supplier_evaluation.ir_cron_supplier_history")._trigger()

    def _copy_rows(self, rows, seen):
        """Copy rows into the table until the time is over.

        :return: whether it was the last of them
        """
        end = None
        while page := list(islice(rows, PAGE)):
            for row in page:
                seen.add(row)
            self._insert(page, seen.reader)
            self.read_count += len(page)
            # What was read before is passed over first, and that takes time as well.
            end = end or time.monotonic() + SLICE_SECONDS
            if time.monotonic() > end:
                self.facts = seen.memory()
                return False
        return True

    def _insert(self, rows, reader):
        values = [
            (self.id, row.number, _hash(reader.line_key(row)), dump_row(row))
            for row in rows
        ]
        columns = ("job_id", "number", "line_hash", "content")
        bulk_insert(self.env["supplier.history.job.row"], columns, values)

    def _end_reading(self, importer, seen):
        """Note what only the whole file shows, and begin to import."""
        left_out, counts = seen.left_out, seen.left_out.counts
        presumed = presumed_texts(importer.env, importer.reader.presumed_dates)
        self.write(
            {
                "state": "importing",
                "row_count": self.read_count,
                "facts": {
                    "header": list(importer.table.header),
                    "columns": importer.reader.state,
                    "period": seen.period(),
                    "suppliers": seen.unknown_suppliers(importer),
                },
                "left_out_filter": counts["filter"],
                "left_out_total": counts["total"],
                "left_out_hidden": counts["hidden"],
                "left_out_text": ", ".join(map(str, left_out.rows.get("total", []))),
                "unclear_dates": "; ".join(presumed),
            }
        )
        if not self.read_count:
            self._finish("done")


class _Seen:
    """What only all rows together tell, and how far they were read.

    :param RowReader reader: learns how the columns are written
    :param dict memory: what :meth:`memory` returned for the rows before
    """

    def __init__(self, reader, memory):
        memory = memory or {}
        self.reader = reader
        self.last = memory.get("last", 0)
        self.left_out = LeftOut(Counter(memory.get("counts")), memory.get("rows", {}))
        self._days = set(memory.get("days", ()))
        self._suppliers = dict.fromkeys(
            SupplierKey(*key) for key in memory.get("suppliers", ())
        )
        if memory:
            reader.memory = memory["reader"]

    def add(self, row):
        self.last = row.number
        if row.list_row:
            return
        self._days.add(cell_text(self.reader.cell(row, "date_received")))
        self._suppliers.setdefault(self.reader.supplier_key(row), None)

    def memory(self):
        """All of it as JSON has it."""
        return {
            "last": self.last,
            "counts": dict(self.left_out.counts),
            "rows": self.left_out.rows,
            "days": list(self._days),
            "suppliers": [_key_texts(key) for key in self._suppliers],
            "reader": self.reader.memory,
        }

    def period(self):
        """The first and the last day of receipt, or None."""
        parsed = (self.reader.parsed("date_received", text) for text in self._days)
        days = sorted(filter(None, parsed))
        return [days[0].isoformat(), days[-1].isoformat()] if days else None

    def unknown_suppliers(self, importer):
        """The suppliers that would be created, as they come in the file."""
        if not importer.mapping.create_suppliers:
            return []
        lookup = importer.lookup()
        return [
            _key_texts(key)
            for key in self._suppliers
            if normalise_name(key.new_name) and not lookup.is_supplier(key)
        ]


def _key_texts(key):
    return [key.ref, key.vat, key.name, key.anything]


def _hash(texts):
    """A number that PostgreSQL's integers hold."""
    text = "\x1f".join(map(cell_text, texts))
    return zlib.crc32(text.encode("utf-8", "surrogatepass")) - 2**31
