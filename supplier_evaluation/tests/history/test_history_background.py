import base64
from types import SimpleNamespace
from unittest.mock import patch

from psycopg2.errors import SerializationFailure

from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ...importer import importer
from ...importer.changes import HistoryChanges
from ...importer.files import workbook
from ...importer.reader import Table, read_table
from ..common import BUYER, MANAGER
from .common import ROOM, HistoryJobCommon

DIALOG = "odoo.addons.supplier_evaluation.wizard.history.supplier_history_import"


@tagged("post_install", "-at_install")
class TestHistoryJobAccess(HistoryJobCommon):
    """An import has the rights of its user: so nobody may say who that is."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        people = {"buyer": BUYER, "manager": MANAGER}
        cls.people = cls._create_people("history", people)
        cls.people["elsewhere"] = cls._create_user(
            "history_elsewhere", MANAGER, cls.other_company
        )
        cls.startClassPatcher(patch(f"{DIALOG}.LONG", 5))

    def _dialog(self, rows, **vals):
        """A long file, checked in the dialog by a manager."""
        wizard = self._as(self.env["supplier.history.import"], "manager").create(
            {
                "file": base64.b64encode(self._csv(rows)),
                "filename": "long.csv",
                "mapping_id": self.mapping.id,
                **vals,
            }
        )
        wizard.action_read()
        wizard.action_check()
        return wizard

    def _started(self, wizard):
        action = wizard.action_import()
        return self.env["supplier.history.job"].browse(action["res_id"])

    def test_managers_write_no_imports(self):
        job = self._job(self._rows())
        row = self.env["supplier.history.job.row"].create(
            {"job_id": job.id, "number": 2, "line_hash": 1, "content": "[[], []]"}
        )
        own = self._as(job, "manager")
        for vals in (
            {"user_id": self.env.ref("base.user_root").id},
            {"state": "importing"},
            {"facts": {}},
            {"created_count": 7},
        ):
            with self.subTest(vals=vals):
                with self.assertRefused("not allowed", AccessError):
                    own.write(vals)
                with self.assertRefused("not allowed", AccessError):
                    own.create({"name": "mine.csv", "columns": {}, **vals})
                with self.assertRefused("not allowed", AccessError):
                    own.copy(vals)
        # Nor the rows, nor another file in the place of that which is imported.
        with self.assertRefused("not allowed", AccessError):
            self._as(row, "manager").write({"content": "[]"})
        with self.assertRefused("not allowed", AccessError):
            self._as(row, "manager").create({"job_id": job.id, "number": 3})
        with self.assertRefused("not allowed", AccessError):
            self._as(self.env["ir.attachment"], "manager").create(
                {
                    "name": "file",
                    "res_model": job._name,
                    "res_id": job.id,
                    "res_field": "file",
                    "raw": b"Vendor",
                }
            )
        own.unlink()
        self.assertFalse(job.exists())

    def test_the_dialog_starts_it_for_its_user(self):
        job = self._started(self._dialog(self._rows(8)))
        self.assertEqual(job.user_id, self.people["manager"])
        self.assertEqual(job.company_id, self.company)
        self._run()
        self.assertEqual((job.state, self._counts(job)), ("done", (8, 0, 0, 0)))
        line = self.Line.search([("order_ref", "=", "J1")])
        self.assertEqual(line.create_uid, self.people["manager"])

    def test_not_for_a_company_of_others(self):
        wizard = self._dialog(self._rows(8), remember=False)
        with self.assertRefused("do not act in Other Works", AccessError):
            wizard.company_id = self.other_company

    def test_whoever_may_import_may_cancel(self):
        job = self._job(self._rows())
        for name, why in (("buyer", "not allowed"), ("elsewhere", "company")):
            with self.subTest(name), self.assertRefused(why, AccessError):
                self._as(job, name).action_cancel()
        self.assertEqual(job.state, "reading")
        self._as(job, "manager").action_cancel()
        self.assertEqual(job.state, "cancelled")

    def test_a_file_is_imported_once(self):
        """However often the button is pressed."""
        wizard = self._dialog(self._rows(8))
        job = self._started(wizard)
        self.assertEqual(self._started(wizard), job)
        self._run()
        self.assertEqual(self._started(wizard), job)
        # Other choices are another import; and what was given up may be tried again.
        wizard.action_back()
        other = self._started(wizard)
        self.assertNotEqual(other, job)
        other.action_cancel()
        again = self._started(wizard)
        self.assertNotIn(again, other | job)

    def test_a_mapping_that_finds_nothing_is_not_remembered(self):
        mappings = self.env["supplier.history.mapping"]
        for count, promised in ((0, "soon"), (1, "2026-03-10")):
            rows = [{**row, "Promised": promised} for row in self._rows(8)]
            wizard = self._dialog(rows)
            wizard.mapping_id = False
            before = mappings.search([])
            self._started(wizard)
            self.assertEqual(len(mappings.search([]) - before), count, promised)


@tagged("post_install", "-at_install")
class TestHistoryJobFailures(HistoryJobCommon):
    """What fails is done again, with what is in the database by then."""

    def test_suppliers_are_read_again_only_where_a_line_failed(self):
        apply, lookup = HistoryChanges.apply, importer.HistoryLookup

        def apply_or_fail(changes, *args):
            if any(plan.vals["order_ref"] == "J3" for plan, _c in changes.to_create):
                raise ValueError("no disk")
            return apply(changes, *args)

        job = self._job(self._rows())
        job._read_slice()
        with (
            patch(f"{ROOM}.importing.BATCH", 1000),
            patch.object(importer, "HistoryLookup", side_effect=lookup) as made,
            patch.object(HistoryChanges, "apply", apply_or_fail),
            mute_logger(f"{ROOM}.importing"),
        ):
            (part,) = job._parts()
            job._import_part(*part, {})
        self.assertEqual(self._counts(job), (9, 0, 0, 1))
        # All rows at once; line by line; and after the one that failed.
        self.assertEqual(made.call_count, 3)

    def test_another_writer(self):
        """What was rolled back is created again, whenever the other one was met."""
        cron = type(self.env["ir.cron"])
        for place, model, name in (
            ("counting", type(self.env["supplier.history.job"]), "_note"),
            ("committing", cron, "_commit_progress"),
        ):
            with self.subTest(place):
                rows = [
                    self._row(PO=f"{place}{number}", Vendor=f"New at {place}")
                    for number in range(8)
                ]
                job = self._job(rows, create_suppliers=True)
                self._run(1)
                self._import_beside_another(model, name)
                self.assertEqual((job.state, self._counts(job)), ("done", (8, 0, 0, 0)))
                found = self.env["res.partner"].search_count(
                    [("name", "=", f"New at {place}")]
                )
                self.assertEqual((found, job.suppliers_count), (1, 1))

    def _import_beside_another(self, model, name):
        method, met = getattr(model, name), []

        def meet_once(record, *args, **kwargs):
            # The scheduled action commits before it begins, too.
            is_batch = name == "_note" or args == (1,)
            if is_batch and not met:
                met.append(name)
                raise SerializationFailure
            return method(record, *args, **kwargs)

        with (
            patch.object(model, name, meet_once),
            self.assertNoLogs(f"{ROOM}.importing", level="WARNING"),
        ):
            self._run(1)
        self.assertTrue(met)


@tagged("post_install", "-at_install")
class TestHistorySlices(HistoryJobCommon):
    """A long file is read in slices, each of which gets on."""

    def test_passing_over_what_was_read_is_not_reading(self):
        """Else a slice far down in a file ended with its first page."""
        clock, rows = [0], Table.rows

        def slow(table, **options):
            clock[0] += 60
            yield from rows(table, **options)

        job = self._job(self._rows(14))
        with (
            patch(f"{ROOM}.reading.time", SimpleNamespace(monotonic=lambda: clock[0])),
            patch.object(Table, "rows", slow),
        ):
            job._read_slice()
        self.assertEqual((job.state, job.read_count), ("importing", 14))

    def test_a_slice_ends_in_time(self):
        clock, insert = [0], type(self.env["supplier.history.job"])._insert

        def slow(job, *args):
            clock[0] += 20
            insert(job, *args)

        job = self._job(self._rows(14))
        found = []
        with (
            patch(f"{ROOM}.reading.time", SimpleNamespace(monotonic=lambda: clock[0])),
            patch.object(type(job), "_insert", slow),
        ):
            while job.state == "reading":
                job._read_slice()
                found.append(job.read_count)
        self.assertEqual(found, [12, 14])

    def test_every_row_can_be_the_first(self):
        """With what merged cells above it say, and its number."""

        def prepare(_book, sheet):
            sheet.merge_cells("A3:A5")
            sheet.merge_cells("D4:D7")
            sheet.row_dimensions[6].hidden = True
            sheet["B8"] = "=A1"

        rows = [self._row(PO=f"J{number}") for number in range(9)]
        for content in (self._csv(rows), self._xlsx(rows, prepare=prepare)):
            table = read_table(content)
            found = list(table.rows())
            self.assertEqual(len(found), 9)
            for after in range(12):
                wanted = [row for row in found if row.number > after]
                self.assertEqual(list(table.rows(after=after)), wanted)

    def test_a_workbook_is_read_from_there(self):
        firsts, read = [], workbook._rows

        def note(sheet, first=1, *formats):
            firsts.append(first)
            return read(sheet, first, *formats)

        job = self._job(self._xlsx(self._rows(8)), name="old.xlsx")
        with (
            patch(f"{ROOM}.reading.SLICE_SECONDS", -1),
            patch.object(workbook, "_rows", note),
        ):
            for after in (1, 5, 9):
                job._read_slice()
                self.assertEqual(firsts[-1], after + 1)
        self.assertEqual((job.state, job.row_count), ("importing", 8))
