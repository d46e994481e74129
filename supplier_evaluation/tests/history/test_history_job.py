import base64
from unittest.mock import patch

from odoo.tests import tagged
from odoo.tools import mute_logger

from ...importer.changes import HistoryChanges
from .common import HEADER, ROOM, HistoryJobCommon

MANAGER = "supplier_evaluation.group_supplier_evaluation_manager"


@tagged("post_install", "-at_install")
class TestHistoryJob(HistoryJobCommon):
    """A long file is imported in the background, in batches."""

    def test_file_is_read_and_imported(self):
        job = self._job(self._rows())
        self._run(1)
        self.assertEqual(
            (job.state, job.row_count, job.progress), ("importing", 10, 20)
        )
        self._run(1)
        self.assertEqual((job.state, job.progress), ("done", 100))
        self.assertEqual(self._counts(job), (10, 0, 0, 0))
        self.assertFalse(job.file)
        self.assertFalse(self.env["supplier.history.job.row"].search([]))
        lines = self.Line.search(job.action_open_lines()["domain"])
        self.assertEqual(len(lines), 10)
        self.assertEqual(set(lines.mapped("quantity_received")), {100})
        job = self._job(self._rows())
        self._run()
        self.assertEqual(self._counts(job), (0, 0, 10, 0))

    def test_a_promise_is_moved(self):
        self._job(self._rows())
        self._run()
        job = self._job([{**row, "Promised": "2026-03-25"} for row in self._rows(3)])
        self._run()
        self.assertEqual(job.moved_count, 3)
        self.assertIn("J2 / 1: 2026-03-10 → 2026-03-25", job.moved_text)

    def test_an_open_line_is_cancelled(self):
        """Also if its number is spelled otherwise, in whatever batch."""
        self._job(self._rows())
        self._run()
        gone = {"Arrived": "", "Arrived Qty": "", "Deleted": "X"}
        first = self._rows()[0]
        self.Line.search([("order_ref", "=", first["PO"])]).receipt_ids.unlink()
        rows = [{**first, "PO": first["PO"].lower(), **gone}, *self._rows()[1:]]
        job = self._job(self._csv(rows, (*HEADER, "Deleted")))
        self._run()
        self.assertEqual(job.withdrawn_count, 1)
        self.assertFalse(job.moved_text)
        self.assertFalse(self.Line.search([("order_ref", "=", first["PO"])]))

    def test_it_does_what_the_dialog_does(self):
        """Whatever is in the file, and however it is cut into batches."""
        self.mapping.create_suppliers = True
        rows = [
            *self._rows(4),
            self._row(PO="split", **{"Arrived Qty": "60"}),
            self._row(PO="bad", Promised="soon"),
            self._row(PO="new", Vendor="New Co"),
            self._row(PO="newer", Vendor="NEW CO"),
            self._row(PO="double", Vendor="Two", **{"Vendor Code": "T1"}),
            self._row(PO="rest", Vendor="Two", **{"Vendor Code": "T2"}),
            self._row(PO="split", Arrived="2026-03-13", **{"Arrived Qty": "40"}),
            self._row(PO="day", Promised="3/4/26", Arrived="3/5/26"),
            self._row(PO="month", Promised="3/14/26", Arrived="3/15/26"),
            self._row(Vendor="Grand Total", PO="Total", Line=""),
        ]
        job = self._job(rows, create_suppliers=True)
        self._run()
        found = self.Line.search([("company_id", "=", self.company.id)])
        background = {
            (line.partner_id.name, line.order_ref, line.quantity_received)
            for line in found
        }
        reasons = {int(row["row"]): row["reason"] for row in self._rejected(job)}
        found.unlink()
        self.env["res.partner"].search([("name", "=ilike", "new co")]).unlink()
        report = self._import(rows)
        self.assertEqual(
            {(row.row, row.reason) for row in report.rejected}, set(reasons.items())
        )
        self.assertEqual(
            self._counts(job), (report.created, 0, 0, len(report.rejected))
        )
        self.assertEqual(job.left_out_total, report.left_out.counts["total"])
        self.assertEqual(job.suppliers_count, len(report.suppliers_created))
        lines = self.Line.search([("company_id", "=", self.company.id)])
        self.assertEqual(
            {
                (line.partner_id.name, line.order_ref, line.quantity_received)
                for line in lines
            },
            background,
        )

    def test_every_kind_of_cell_survives(self):
        def prepare(_book, sheet):
            sheet.merge_cells("A2:A3")
            sheet["B3"] = "=A1"

        rows = [self._row(PO=4500.0, Qty=100, Line=True), self._row(PO="P2")]
        job = self._job(self._xlsx(rows, prepare=prepare), name="old.xlsx")
        self._run()
        self.assertEqual(self._counts(job), (1, 0, 0, 1))
        self.assertIn("formula", self._rejected(job)[0]["reason"])

    def test_rejected_rows_can_be_corrected_and_imported(self):
        rows = [*self._rows(4), self._row(PO="neg", Qty="-5"), self._row(PO="")]
        job = self._job(rows)
        self._run()
        self.assertEqual(self._counts(job), (4, 0, 0, 2))
        self.assertEqual([row["row"] for row in self._rejected(job)], ["6", "7"])
        self.assertIn("rejected_file", job.action_download_rejected()["url"])
        content = base64.b64decode(job.rejected_file).replace(b"'-5", b"5")
        self._assert_counts(self._import(content), created=1, rejected=1)

    def test_a_crash_loses_nothing(self):
        """What was committed stays, and the next run goes on."""
        job = self._job(self._rows())
        with patch(f"{ROOM}.reading.SLICE_SECONDS", -1):
            self._run(1)
        self.assertEqual((job.state, job.read_count), ("reading", 4))
        self._run(1)
        self.assertEqual((job.state, job.row_count), ("importing", 10))
        parts = job._parts()
        self.assertGreater(len(parts), 2)
        job._import_part(*parts[0], {})
        done = job.imported_count
        self.assertGreater(done, 0)
        job._import_part(*parts[0], {})
        self.assertEqual(job.imported_count, done)
        self._run(1)
        self.assertEqual((job.state, self._counts(job)), ("done", (10, 0, 0, 0)))

    def test_slices_learn_from_all_rows(self):
        """What a later slice shows of dates, totals and suppliers holds for all."""
        rows = [
            self._row(PO="first", Promised="3/4/26", Arrived="3/5/26", Qty="1,5"),
            {**self._row(PO="Total"), "Line": "Total"},
            *self._rows(8),
            self._row(PO="", Line="2", Vendor=""),
            self._row(PO="two", Vendor="Two", **{"Vendor Code": "T1"}),
            *self._rows(8),
            self._row(PO="last", Promised="3/14/26", Arrived="3/15/26", Qty="2,75"),
            self._row(PO="three", Vendor="Two", **{"Vendor Code": "T2"}),
        ]
        rows[10:18] = [{**row, "Line": "9"} for row in rows[10:18]]
        jobs = []
        for seconds in (-1, 45):
            job = self._job(rows, create_suppliers=True, repeat_empty=True)
            with patch(f"{ROOM}.reading.SLICE_SECONDS", seconds):
                while job.state == "reading":
                    job._read_slice()
            jobs.append(job)
        sliced, whole = jobs
        self.assertEqual(sliced.facts, whole.facts)
        self.assertEqual(sliced.row_count, whole.row_count)
        self.assertEqual(sliced.left_out_total, 1)
        rows = self.env["supplier.history.job.row"]
        found = [
            rows.search([("job_id", "=", job.id)]).mapped(
                lambda r: (r.number, r.content)
            )
            for job in jobs
        ]
        self.assertEqual(*found)

    def test_a_bad_line_stops_no_other(self):
        """Whatever is wrong with it."""
        apply = HistoryChanges.apply

        def fail(changes, *args):
            if any(plan.vals["order_ref"] == "J3" for plan, _c in changes.to_create):
                raise ValueError("no disk")
            return apply(changes, *args)

        job = self._job(self._rows())
        with (
            patch.object(HistoryChanges, "apply", fail),
            mute_logger(f"{ROOM}.importing"),
        ):
            self._run()
        self.assertEqual((job.state, self._counts(job)), ("done", (9, 0, 0, 1)))
        self.assertIn("no disk", self._rejected(job)[0]["reason"])

    def test_cancel(self):
        job = self._job(self._rows())
        self._run(1)
        job._import_part(*job._parts()[0], {})
        done = job.created_count
        job.action_cancel()
        self._run()
        self.assertEqual((job.state, job.created_count), ("cancelled", done))
        self.assertFalse(self.env["supplier.history.job.row"].search([]))

    def test_another_list_below(self):
        """A slice may end within it; nothing is learned from it, nor created."""
        own = dict(zip(HEADER, HEADER, strict=True))
        other = {**own, "Qty": "Price", "Price": "Qty"}
        below = [self._row(PO=order, Vendor="New Co") for order in ("P2", "P3")]
        rows = [self._row(), other, *below]
        with (
            patch(f"{ROOM}.reading.PAGE", 1),
            patch(f"{ROOM}.reading.SLICE_SECONDS", 0),
        ):
            job = self._job(rows, create_suppliers=True)
            for _slice in range(6):
                job._read_slice()
        self._run()
        self.assertEqual(self._counts(job), (1, 0, 0, 3))
        self.assertFalse(self.env["res.partner"].search([("name", "=", "New Co")]))

    def test_file_that_cannot_be_read(self):
        job = self._job(b"a,b\n1,2\n")
        self._run()
        self.assertEqual(job.state, "failed")
        self.assertIn("Not among the columns", job.error)

    def test_rights_are_those_of_the_user(self):
        manager = self._create_user("job_manager", MANAGER)
        job = self._job([self._row(Vendor="New Co")], create_suppliers=True)
        job.user_id = manager
        self._run()
        self.assertEqual(job.state, "failed")
        self.assertIn("Contact", job.error)
        job = self._job([self._row(Vendor="New Co")])
        job.user_id = manager
        self._run()
        self.assertEqual(self._counts(job), (0, 0, 0, 1))

    def test_queries_of_a_batch_do_not_grow(self):
        counts = []
        for order, count in (("warm", 10), ("few", 10), ("many", 100)):
            rows = [self._row(PO=order, Line=str(number)) for number in range(count)]
            job = self._job(rows)
            job._read_slice()
            with patch(f"{ROOM}.importing.BATCH", 1000):
                (part,) = job._parts()
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            job._import_part(*part, {})
            counts.append(self.env.cr.sql_log_count - before)
            self.assertEqual(job.created_count, count)
        self.assertLessEqual(counts[2] - counts[1], 3, counts)

    def test_the_dialog_starts_it(self):
        wizard = self.env["supplier.history.import"].create(
            {
                "file": base64.b64encode(self._csv(self._rows(8), HEADER)),
                "filename": "long.csv",
                "mapping_id": self.mapping.id,
            }
        )
        wizard.action_read()
        self.assertFalse(wizard.is_long)
        dialog = "odoo.addons.supplier_evaluation.wizard.history"
        with patch(f"{dialog}.supplier_history_import.LONG", 5):
            wizard.invalidate_recordset()
            self.assertTrue(wizard.is_long)
            wizard.action_check()
            self.assertEqual(wizard.good_count, 5)
            self.assertIn("first 5 rows", " ".join(wizard.report_html.split()))
            action = wizard.action_import()
        job = self.env["supplier.history.job"].browse(action["res_id"])
        self.assertEqual(job, wizard.job_id)
        self._run()
        self.assertEqual(self._counts(job), (8, 0, 0, 0))
        self.assertEqual(job.name, "long.csv")
