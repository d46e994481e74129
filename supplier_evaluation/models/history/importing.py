"""Imports the rows that were read, in batches."""

import base64
import logging
from datetime import date
from pathlib import PurePath

from odoo import api, models
from odoo.service.model import PG_CONCURRENCY_EXCEPTIONS_TO_RETRY
from odoo.tools import SQL

from ...importer.importer import HistoryImporter, HistoryReport, Rejection
from ...importer.matcher import SupplierKey
from ...importer.reader import Columns, write_rejected
from ...importer.row import SHOWN_ROWS
from ...tools.scheduled import Work, run_scheduled
from ...tools.wording import listed
from .supplier_history_job import OPEN_STATES
from .supplier_history_job_row import load_row

BATCH = 1_000
# More orders that are in Odoo as well are counted, but not named.
SHOWN_ORDERS = 10
_logger = logging.getLogger(__name__)


class SupplierHistoryJob(models.Model):
    _inherit = "supplier.history.job"

    # ------------------------------------------------------------
    # Cron
    # ------------------------------------------------------------

    @api.model
    def _cron_import_history(self):
        """Go on with the imports that are under way.

        :raises Exception: what nobody foresaw; the import is marked as failed
        """
        jobs = self.search([("state", "in", OPEN_STATES)], order="id")
        importing = jobs.filtered(lambda job: job.state == "importing")
        importers = {}
        run_scheduled(
            self.env,
            Work(
                "Rows of history files",
                [part for job in importing for part in job._parts()],
                lambda parts: self._import_part(*parts[0], importers),
                failed=lambda part, error: self.browse(part[0])._fail(error),
            ),
            Work(
                "Reading of history files",
                jobs - importing,
                lambda reading: reading._read_slice(),
                failed=lambda job, error: job._fail(error),
            ),
        )

    def _fail(self, error):
        if self.state in OPEN_STATES:
            self._finish("failed", str(error))

    def _parts(self):
        """What is left of the rows, in parts that have all rows of their lines.

        :return: triples of the import, and the first and last hash
        """
        self.flush_model()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT line_hash
                  FROM (SELECT line_hash,
                               row_number() OVER (ORDER BY line_hash) AS position,
                               count(*) OVER () AS count
                          FROM supplier_history_job_row
                         WHERE job_id = %s AND reason IS NULL) t
                 WHERE position %% %s = 0 OR position = count
                 ORDER BY line_hash
                """,
                self.id,
                BATCH,
            )
        )
        ends = list(dict.fromkeys(end for (end,) in rows))
        starts = [-(2**31) - 1, *ends]
        return [(self.id, start, end) for start, end in zip(starts, ends, strict=False)]

    # ------------------------------------------------------------
    # A batch
    # ------------------------------------------------------------

    def _import_part(self, job_id, start, end, importers):
        """Import the lines with these hashes, as far as that was not done yet."""
        job = self.browse(job_id).exists()
        found = job._rows(start, end) if job.state == "importing" else []
        if not found:
            return
        if job not in importers:
            importers[job] = job._importer()
        importer = importers[job]
        # Whatever fails until this is committed: what was created is not there then.
        self.env.cr.postrollback.add(importer.forget)
        report = job._import_rows(importer, list(found.values()))
        importer.look_for_orders(report)
        job._note(found, report)
        self.env.flush_all()
        self.env.invalidate_all()

    def _rows(self, start, end):
        """The rows with these hashes, by id."""
        rows = self.env.execute_query(
            SQL(
                """
                SELECT id, number, content
                  FROM supplier_history_job_row
                 WHERE job_id = %s AND reason IS NULL
                   AND line_hash > %s AND line_hash <= %s
                 ORDER BY number
                """,
                self.id,
                start,
                end,
            )
        )
        return {row_id: load_row(number, text) for row_id, number, text in rows}

    def _importer(self):
        facts, env = self.facts, self._importer_env()
        env["supplier.history.line"].check_access("create")
        table = Columns(facts["header"])
        importer = HistoryImporter(env, table, self.name, self.with_env(env))
        importer.reader.state = facts["columns"]
        for key in facts["suppliers"]:
            importer.new_suppliers.add(SupplierKey(*key))
        period = facts["period"]
        importer.period = period and tuple(map(date.fromisoformat, period))
        return importer

    def _import_rows(self, importer, rows):
        """Import rows; if that fails, line by line, and reject the lines that fail."""
        report = HistoryReport()
        try:
            with self.env.cr.savepoint():
                importer.import_rows(rows, report)
            return report
        except PG_CONCURRENCY_EXCEPTIONS_TO_RETRY:
            raise
        except Exception:
            _logger.warning("%s: a batch failed, now by line", self.name, exc_info=True)
        importer.forget()
        report, lines = HistoryReport(), {}
        for row in rows:
            lines.setdefault(importer.reader.line_key(row), []).append(row)
        for group in lines.values():
            self._import_line(importer, group, report)
        return report

    def _import_line(self, importer, rows, report):
        result = HistoryReport()
        try:
            with self.env.cr.savepoint():
                importer.import_rows(rows, result)
        except PG_CONCURRENCY_EXCEPTIONS_TO_RETRY:
            raise
        except Exception as error:
            _logger.warning("%s: row %s", self.name, rows[0].number, exc_info=True)
            importer.forget()
            result = HistoryReport()
            result.rejected = [Rejection(row.number, str(error), ()) for row in rows]
        report.add(result)

    def _note(self, found, report):
        """Count what was done; keep the rejected rows, and no others."""
        reasons = {rejection.row: rejection.reason for rejection in report.rejected}
        rejected = [
            (row_id, reasons[row.number])
            for row_id, row in found.items()
            if row.number in reasons
        ]
        cr = self.env.cr
        if rejected:
            cr.execute_values(
                "UPDATE supplier_history_job_row r SET reason = v.reason"
                " FROM (VALUES %s) AS v (id, reason) WHERE r.id = v.id",
                rejected,
            )
        cr.execute(
            SQL(
                "DELETE FROM supplier_history_job_row"
                " WHERE id = ANY(%s) AND reason IS NULL",
                list(found),
            )
        )
        counts = report.left_out.counts
        self.write(
            {
                "imported_count": self.imported_count + len(found),
                "created_count": self.created_count + report.created,
                "updated_count": self.updated_count + report.updated,
                "unchanged_count": self.unchanged_count + report.unchanged,
                "suppliers_count": self.suppliers_count + len(report.suppliers_created),
                "rejected_count": self.rejected_count + len(rejected),
                "withdrawn_count": self.withdrawn_count + report.withdrawn,
                "left_out_status": self.left_out_status + counts["status"],
                "left_out_total": self.left_out_total + counts["total"],
                "order_dates_ignored": self.order_dates_ignored
                + report.order_dates_ignored,
            }
        )
        self._note_moved(report)
        self._note_orders(report.orders_in_odoo)
        if self.imported_count >= self.row_count:
            self._finish("done")

    def _note_moved(self, report):
        """Keep which lines were promised otherwise before; not all of many."""
        if report.moved:
            known = (self.moved_text or "").splitlines()
            texts, _has_more = report.moved_texts()
            self.moved_text = "\n".join([*known, *texts][:SHOWN_ROWS])
            self.moved_count += len(report.moved)

    def _note_orders(self, found):
        """Keep which orders are in Odoo, too: several parts may have lines of one."""
        known = set(self.facts.get("orders_in_odoo", ()))
        if found <= known:
            return
        references = sorted(known | found)
        more = [] if len(references) <= SHOWN_ORDERS else ["…"]
        self.write(
            {
                "facts": {**self.facts, "orders_in_odoo": references},
                "orders_in_odoo_count": len(references),
                "orders_in_odoo_text": listed(
                    self.env, references[:SHOWN_ORDERS] + more
                ),
            }
        )

    # ------------------------------------------------------------
    # The end
    # ------------------------------------------------------------

    def _finish(self, state, error=None):
        """End the import; whoever started it is told."""
        self.ensure_one()
        content = self._rejected_csv()
        self.write(
            {
                "state": state,
                "error": error,
                "file": False,
                "rejected_file": content and base64.b64encode(content),
                "rejected_filename": f"{PurePath(self.name).stem}-rejected.csv",
            }
        )
        self.env.cr.execute(
            SQL("DELETE FROM supplier_history_job_row WHERE job_id = %s", self.id)
        )
        states = dict(self._fields["state"]._description_selection(self.env))
        self.user_id._bus_send(
            "simple_notification",
            {
                "type": "success" if state == "done" else "warning",
                "title": self.name,
                "message": states[state],
                "sticky": True,
            },
        )

    def _rejected_csv(self):
        """The rejected rows as a file that can be corrected and imported, or False."""
        if not self.rejected_count:
            return False
        return write_rejected(self.facts["header"], self._rejected())

    def _rejected(self):
        last, rows = -1, True
        while rows:
            rows = self.env.execute_query(
                SQL(
                    """
                    SELECT number, reason, content
                      FROM supplier_history_job_row
                     WHERE job_id = %s AND reason IS NOT NULL AND number > %s
                     ORDER BY number
                     LIMIT %s
                    """,
                    self.id,
                    last,
                    BATCH,
                )
            )
            for number, reason, content in rows:
                yield number, reason, load_row(number, content).cells
                last = number
