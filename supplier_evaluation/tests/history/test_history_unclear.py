import base64
import io
from zipfile import ZipFile

from freezegun import freeze_time

from odoo.tests import tagged

from .common import HistoryJobCommon

HEADER = ("Supplier", "PO", "Line", "Qty", "Promised", "Received", "Received Qty")


@tagged("post_install", "-at_install")
class TestHistoryUnclear(HistoryJobCommon):
    """Dates that nothing in the file shows how to read."""

    def _content(self, *days, received="2026-04-03"):
        rows = [
            dict(
                zip(
                    HEADER,
                    (self.supplier.name, f"U{number}", 1, 10, day, received, 10),
                    strict=True,
                )
            )
            for number, day in enumerate(days)
        ]
        return self._csv(rows, header=HEADER)

    def _wizard(self, content, lang="en_US"):
        self.env["res.lang"]._activate_lang(lang)
        wizard = (
            self.env["supplier.history.import"]
            .with_context(lang=lang)
            .create({"file": base64.b64encode(content), "filename": "unclear.csv"})
        )
        wizard.action_read()
        return wizard

    def _promised(self):
        lines = self.Line.search([("order_ref", "=like", "U%")], order="order_ref")
        return [str(line.date_promised) for line in lines]

    def test_the_language_of_the_user_proposes(self):
        content = self._content("03/04/2026")
        for lang, order, day in (
            ("en_US", "mdy", "2026-03-04"),
            ("de_DE", "dmy", "2026-04-03"),
        ):
            with self.subTest(lang=lang):
                wizard = self._wizard(content, lang)
                self.assertEqual(wizard.unclear_date_order, order)
                self.assertEqual(wizard.unclear_dates, "03/04/2026 (Promised)")
                wizard.action_check()
                self.assertEqual(wizard.rejected_count, 0)
                self.assertIn("03/04/2026 = ", wizard.report_html)
                wizard.action_import()
                self.assertEqual(self._promised(), [day])
                # What was asked and answered is an answer for the next file.
                self.assertEqual(wizard.mapping_id.unclear_date_order, order)
                learned = wizard.mapping_id.learned or {}
                self.assertNotIn("date_promised", learned)
                self.Line.search([("order_ref", "=like", "U%")]).unlink()
                wizard.mapping_id.unlink()

    def test_the_month_is_named(self):
        wizard = self._wizard(self._content("03/04/2026"))
        wizard.action_check()
        self.assertIn("03/04/2026 = March 4, 2026", wizard.report_html)

    def test_the_user_changes_it(self):
        wizard = self._wizard(self._content("03/04/2026"))
        wizard.unclear_date_order = "dmy"
        wizard.action_import()
        self.assertEqual(self._promised(), ["2026-04-03"])
        # The next file with these headers is asked about, with that answer.
        wizard = self._wizard(self._content("05/04/2026"))
        self.assertEqual(wizard.unclear_date_order, "dmy")
        self.assertEqual(wizard.unclear_dates, "05/04/2026 (Promised)")
        wizard.unclear_date_order = False
        wizard.action_check()
        self.assertEqual((wizard.good_count, wizard.rejected_count), (0, 1))
        self.assertIn("ambiguous", wizard.report_html)

    def test_other_dates_of_the_file_propose(self):
        wizard = self._wizard(self._content("03/04/2026", received="20.03.2026"))
        self.assertEqual(wizard.unclear_date_order, "dmy")
        self.assertTrue(wizard.unclear_dates)

    @freeze_time("2026-06-30")
    def test_what_the_language_does_not_decide_is_asked(self):
        wizard = self._wizard(self._content("20/01/24", received="21/01/24"))
        self.assertIn("20/01/24 (Promised)", wizard.unclear_dates)
        wizard.action_check()
        self.assertEqual((wizard.good_count, wizard.rejected_count), (0, 1))
        for order, day in (("dmy", "2024-01-20"), ("ymd", "2020-01-24")):
            wizard.unclear_date_order = order
            wizard.action_import()
            self.assertEqual(self._promised(), [day])

    def test_what_is_asked_is_translated_in_whole_sentences(self):
        """Translators see one term after the other."""
        view = self.env.ref("supplier_evaluation.supplier_history_import_view_form")
        field = view._fields["arch_db"]
        terms = {" ".join(term.split()) for term in field.get_trans_terms(view.arch_db)}
        self.assertFalse([term for term in terms if term.startswith(".")])
        for words in (
            "These dates can be read in two ways",
            "Proposed is the answer for an earlier file",
            "Change it if it is wrong",
        ):
            found = [term for term in terms if term.startswith(words)]
            self.assertEqual([term[-1] in ".:" for term in found], [True], words)

    def test_a_language_that_begins_with_the_year_proposes_nothing_here(self):
        """Where people write 2026年4月3日, 03/04/2026 is as unclear as before."""
        wizard = self._wizard(self._content("03/04/2026"), "zh_CN")
        self.assertTrue(wizard.unclear_dates)
        self.assertFalse(wizard.unclear_date_order)

    @freeze_time("2026-06-30")
    def test_a_language_that_begins_with_the_year(self):
        wizard = self._wizard(self._content("26/03/10"), "zh_CN")
        self.assertEqual(wizard.unclear_date_order, "ymd")

    def test_nothing_is_asked_where_the_file_shows_it(self):
        wizard = self._wizard(self._content("03/04/2026", "13/04/2026"))
        self.assertFalse(wizard.unclear_dates)
        wizard.action_import()
        self.assertEqual(self._promised(), ["2026-04-03", "2026-04-13"])
        self.assertFalse(wizard.mapping_id.unclear_date_order)

    def test_programs_are_not_asked(self):
        """Nobody sees a proposal: what is unclear is rejected."""
        self._assert_rejected([self._row(Promised="03/04/2026")], "ambiguous")

    def test_in_the_background(self):
        rows = [self._row(PO=f"J{number}", Promised="03/04/2026") for number in "12"]
        job = self._job(rows, unclear_date_order="dmy")
        self._run()
        self.assertEqual(self._counts(job), (2, 0, 0, 0))
        self.assertIn("03/04/2026 = April 3, 2026", job.unclear_dates)

    def test_what_is_no_day_stops_nothing(self):
        """The rows of placeholders are rejected, the others go in."""
        for empty in ("01/02/1900", "1/0/1900"):
            with self.subTest(empty=empty):
                wizard = self._wizard(self._content("3/4/2026", empty, "05/06/2026"))
                self.assertEqual(wizard.unclear_dates, "3/4/2026 (Promised)")
                wizard.unclear_date_order = "dmy"
                wizard.action_check()
                self.assertEqual((wizard.good_count, wizard.rejected_count), (2, 1))
                self.assertIn("3/4/2026 = April 3, 2026", wizard.report_html)
                wizard.mapping_id.unlink()
        rows = [self._row(PO=day, Promised=day) for day in ("01/02/1900", "03/04/2026")]
        job = self._job(rows, unclear_date_order="dmy")
        self._run()
        self.assertEqual((job.state, self._counts(job)), ("done", (1, 0, 0, 1)))
        self.assertIn("03/04/2026 = April 3, 2026", job.unclear_dates)

    def test_what_is_nowhere_a_day_is_not_asked(self):
        wizard = self._wizard(self._content("01/02/1900"))
        self.assertFalse(wizard.unclear_dates)
        wizard.unclear_date_order = "dmy"
        wizard.action_import()
        self.assertEqual((wizard.good_count, wizard.rejected_count), (0, 1))
        self.assertNotIn("could be read in two ways", wizard.report_html)

    def test_months_in_the_language_of_the_user(self):
        self.env["res.lang"]._activate_lang("de_DE")
        self.env.user.lang = "de_DE"
        job = self._job([self._row(Promised="2. Mai 2026")])
        self._run()
        self.assertEqual(self._counts(job), (1, 0, 0, 0))

    def test_a_file_that_breaks_off(self):
        """The dialog and the import in the background say so in words."""
        rows = [self._row(PO=f"B{number}") for number in range(100)]
        content = self._xlsx(rows)
        broken = io.BytesIO()
        with ZipFile(io.BytesIO(content)) as old, ZipFile(broken, "w") as new:
            for name in old.namelist():
                part = old.read(name)
                if name.endswith("sheet1.xml"):
                    part = part[: part.index(b'<row r="80"')]
                new.writestr(name, part)
        with self.assertRefused("cannot be opened as a spreadsheet"):
            self._wizard(broken.getvalue())
        job = self._job(broken.getvalue())
        self._run(times=1)
        self.assertEqual(job.state, "failed")
        self.assertIn("cannot be opened as a spreadsheet", job.error)
