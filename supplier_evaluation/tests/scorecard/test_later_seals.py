import io

from openpyxl import load_workbook

from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import SQL

from ...models.scorecard.columns import EDITIONS, LATEST
from ...models.scorecard.seal import verify_seals
from ...models.scorecard.sealing.later import seal_later_figures
from ...report.scorecard.scorecard_xlsx import scorecards_xlsx
from ..common import BUYER
from .common import ThreeSuppliersCommon, UpgradedCommon

REPORT = "supplier_evaluation.supplier_scorecard_report"
SEALS = "post-90-later-seals"
CHANGED = "an upgrade filled in do not match their seal"
MISSING = "seal number %s of figures that an upgrade filled in is missing"
NO_SEAL = "No seal covers them"


@tagged("post_install", "-at_install")
class TestLaterSeals(UpgradedCommon):
    """What an upgrade fills in is in no seal of before: it is named, and sealed."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.old = cls.first | cls.second
        cls.buyer = cls._create_user("seal_buyer", BUYER)

    def setUp(self):
        super().setUp()
        self._forget()
        self._migrate()

    def _sql(self, text, *params):
        self.env.flush_all()
        self.env.cr.execute(SQL(text, *params))
        self.env.invalidate_all()

    def _checked(self):
        """Return what a buyer is told who checks for changes."""
        return self._as(self.second, self.buyer).action_verify_seals()["params"]

    def _shown(self, evaluation):
        """Return what is read of an evaluation: on screen, on paper, in a workbook."""
        card = evaluation.scorecard_ids[0]
        html, _kind = self.env["ir.actions.report"]._render_qweb_html(REPORT, card.ids)
        book = load_workbook(io.BytesIO(scorecards_xlsx(evaluation)))
        cover = dict(row[:2] for row in book["Cover"].values if row[0])
        return (
            self._as(evaluation, self.buyer).later_figures,
            self._as(card, self.buyer).later_figures,
            html.decode(),
            cover["Filled In Later"],
        )

    def assertBroken(self, text):
        self.assertIn(text, verify_seals(self.company) or "")
        with self.assertRefused(text):
            self._checked()

    # ------------------------------------------------------------
    # What the upgrade does
    # ------------------------------------------------------------

    def test_untouched(self):
        own = self.old.scorecard_ids.mapped("seal"), self.old.mapped("seal")
        self._migrate(SEALS)
        self.assertFalse(verify_seals(self.company))
        self.assertEqual(
            (self.old.scorecard_ids.mapped("seal"), self.old.mapped("seal")), own
        )
        self.assertEqual(self.runs.mapped("later_seal_number"), [1, 2, 0])
        self.assertEqual(self.company.supplier_later_seal_hash, self.second.later_seal)

    def test_once(self):
        self._migrate(SEALS)
        sealed = self.old.read(["later_seal", "later_seal_date"])
        self._migrate(SEALS)
        self.assertEqual(self.old.read(["later_seal", "later_seal_date"]), sealed)
        self.assertEqual(self.company.supplier_later_seal_number, 2)

    def test_what_is_broken_is_not_sealed(self):
        """Figures made of others that somebody changed have nothing to hold on to."""
        self._sql(
            "UPDATE supplier_scorecard SET score = 1 WHERE id = %s",
            self.first.scorecard_ids[0].id,
        )
        with self.assertLogs(SEALS, "WARNING") as logs:
            self._migrate(SEALS)
        self.assertIn("does not match its seal", logs.output[0])
        self.assertEqual(self.runs.mapped("later_seal"), [False] * 3)

    def test_published_after_the_upgrade(self):
        self._migrate(SEALS)
        self.revised.action_publish()
        self.assertFalse(verify_seals(self.company))
        self._migrate(SEALS)
        self.assertFalse(self.revised.later_seal)
        self.assertFalse(self.revised.later_figures)
        self.assertTrue(self.second.later_figures)

    # ------------------------------------------------------------
    # What is found
    # ------------------------------------------------------------

    def test_changed_by_sql(self):
        """Each of the figures that no seal of before covers."""
        self._migrate(SEALS)
        before, now = EDITIONS[0], EDITIONS[LATEST]
        added = [
            ("supplier_scorecard", "id", set(now.card) - set(before.card)),
            (
                "supplier_scorecard_line",
                "scorecard_id",
                set(now.line) - set(before.line),
            ),
            ("supplier_scorecard_dimension", "scorecard_id", set(now.dimension)),
        ]
        cards = self.second.scorecard_ids.ids
        for table, of_card, names in added:
            self.assertTrue(names)
            for name in names:
                with self.subTest(table=table, name=name):
                    savepoint = self.env.cr.savepoint()
                    value = {"dimension": "cost", "has_score": None}.get(name, 7)
                    self._sql(
                        "UPDATE %s SET %s = %s WHERE %s = ANY(%s)",
                        SQL.identifier(table),
                        SQL.identifier(name),
                        value,
                        SQL.identifier(of_card),
                        cards,
                    )
                    self.assertBroken(CHANGED)
                    savepoint.rollback()
                    self.env.invalidate_all()
        self.assertFalse(verify_seals(self.company))

    def test_deleted_by_sql(self):
        self._migrate(SEALS)
        part = self.second.scorecard_ids.dimension_ids[0]
        self._sql("DELETE FROM supplier_scorecard_dimension WHERE id = %s", part.id)
        self.assertBroken(CHANGED)

    def test_seal_changed_by_sql(self):
        """Neither its day nor its edition, and no link of the chain can be taken."""
        self._migrate(SEALS)
        first, second, company = self.first, self.second, self.company
        cases = (
            (first, "later_seal_date", "2020-01-01", CHANGED),
            (first, "later_seal_edition", 0, CHANGED),
            (first, "later_seal_edition", 99, CHANGED),
            (first, "later_seal_number", None, MISSING % 1),
            (second, "later_seal_number", None, MISSING % 2),
            (second, "later_seal", "0" * 64, CHANGED),
            (company, "supplier_later_seal_hash", "0" * 64, CHANGED),
            (company, "supplier_later_seal_number", 1, CHANGED),
            (company, "supplier_later_seal_number", 3, MISSING % 3),
        )
        for record, name, value, text in cases:
            with self.subTest(record=record, name=name, value=value):
                savepoint = self.env.cr.savepoint()
                self._sql(
                    "UPDATE %s SET %s = %s WHERE id = %s",
                    SQL.identifier(record._table),
                    SQL.identifier(name),
                    value,
                    record.id,
                )
                self.assertBroken(text)
                savepoint.rollback()
                self.env.invalidate_all()

    def test_whole_chain_taken_by_sql(self):
        """Nothing is missing then, so the check says that nothing is covered."""
        self._migrate(SEALS)
        self._sql(
            "UPDATE supplier_evaluation SET later_seal = NULL,"
            " later_seal_number = NULL, later_seal_edition = NULL"
        )
        self._sql(
            "UPDATE res_company SET supplier_later_seal_number = NULL,"
            " supplier_later_seal_hash = NULL"
        )
        self.assertIn(NO_SEAL, self._checked()["message"])

    def test_nobody_writes_it(self):
        self._migrate(SEALS)
        with self.assertRefused("cannot be written directly", AccessError):
            self.first.write({"later_seal": "0" * 64})
        with self.assertRefused("cannot be written directly", AccessError):
            self.company.write({"supplier_later_seal_number": 0})

    # ------------------------------------------------------------
    # What is said
    # ------------------------------------------------------------

    def test_sealed_later(self):
        self._migrate(SEALS)
        told = self._checked()
        self.assertEqual(told["type"], "success")
        self.assertTrue(told["sticky"])
        self.assertIn("of an earlier version: 2. ", told["message"])
        self.assertIn("spend, dimensions", told["message"])
        self.assertIn("a seal of their own", told["message"])
        self.assertNotIn(NO_SEAL, told["message"])
        for evaluation in self.old:
            for text in self._shown(evaluation):
                self.assertIn(evaluation.later_seal, text)

    def test_not_sealed(self):
        """A change goes unseen, so nobody is left to think otherwise."""
        self._sql("UPDATE supplier_scorecard_line SET loss = 7")
        told = self._checked()
        self.assertEqual(told["type"], "warning")
        self.assertTrue(told["sticky"])
        self.assertIn("of an earlier version: 2. ", told["message"])
        self.assertIn("it would not be found", told["message"])
        self.assertNotIn("Everything published", told["message"])
        for evaluation in self.old:
            for text in self._shown(evaluation):
                self.assertIn(NO_SEAL, text)

    def test_some_sealed(self):
        """Those that have a seal are told from those that have none."""
        seal_later_figures(self.first, self.company)
        told = self._checked()
        self.assertEqual(told["type"], "warning")
        self.assertEqual(told["message"].count("of an earlier version: 1. "), 2)
        self.assertIn("a seal of their own", told["message"])
        self.assertIn(NO_SEAL, told["message"])
        self.assertNotIn(NO_SEAL, self.first.later_figures)
        self.assertIn(NO_SEAL, self.second.later_figures)

    def test_every_older_edition_has_words(self):
        figures = self.env["supplier.evaluation"]._figures_since
        for edition in set(EDITIONS) - {LATEST}:
            self.assertTrue(figures(edition))


@tagged("post_install", "-at_install")
class TestNoLaterSeals(ThreeSuppliersCommon):
    """What is published today is sealed as a whole, and there is nothing to add."""

    def test_published_today(self):
        evaluation = self._evaluate()
        self.assertFalse(evaluation.later_figures)
        evaluation.action_publish()
        evaluation.invalidate_recordset()
        self.assertFalse(evaluation.later_figures)
        self.assertFalse(evaluation.scorecard_ids[0].later_figures)
        told = evaluation.action_verify_seals()["params"]
        self.assertEqual(told["type"], "success")
        self.assertFalse(told["sticky"])
        self.assertEqual(
            told["message"], "Everything published is as it was published."
        )
        html, _kind = self.env["ir.actions.report"]._render_qweb_html(
            REPORT, evaluation.scorecard_ids.ids
        )
        self.assertNotIn("filled in", html.decode())
