import hashlib
import json
from datetime import date

from odoo.exceptions import AccessError
from odoo.modules.migration import load_script
from odoo.tests import tagged
from odoo.tools import SQL, file_path, mute_logger

from ...models.scorecard.columns import (
    DIMENSION_COLUMNS,
    EDITIONS,
    LATEST,
    SCORECARD_COLUMNS,
)
from ...models.scorecard.columns import LINE_COLUMNS as LINE_STORED
from ...models.scorecard.seal import verify_scorecards, verify_seals
from .common import ThreeSuppliersCommon

SCRIPT = "supplier_evaluation/migrations/19.0.1.2.0/post-40-seals.py"
# What a scorecard of 19.0.1.1.0 sealed, by heart: its seals are never made again.
CARD_COLUMNS = """
    evaluation_id, template_id, company_id, date_from, date_to, partner_name, score,
    score_low, score_high, has_score, coverage, gated, provisional, delivery_lines,
    grade_id, rank, previous_id, trend, trend_direction
"""
LINE_COLUMNS = """
    company_id, kpi_id, sequence, value, has_value, numerator, denominator, n, n_eff,
    has_interval, low, high, score, computed_score, score_low, score_high, weight,
    has_gate, minimum_score, effective_weight, contribution, is_overridden,
    override_score, override_reason, override_uid, override_date
"""


def _digest(before, text):
    return hashlib.sha256(f"{before}\n{text}".encode()).hexdigest()


@tagged("post_install", "-at_install")
class TestSeals(ThreeSuppliersCommon):
    """What was published is found to be changed, also by those who write SQL."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.first = cls._evaluate()
        cls.first.action_publish()
        cls.other = cls._evaluate(date_from=date(2026, 3, 2))
        cls.other.action_publish()
        cls.second = cls.first.browse(cls.first.action_revise()["res_id"])
        cls.second.action_compute()
        cls.second.action_publish()

    def _sql(self, text, *params):
        self.env.flush_all()
        self.env.cr.execute(SQL(text, *params))
        self.env.invalidate_all()

    def _set(self, evaluation, **vals):
        for name, value in vals.items():
            self._sql(
                "UPDATE supplier_evaluation SET %s = %s WHERE id = %s",
                SQL.identifier(name),
                value,
                evaluation.id,
            )

    def _forget_evaluation_seals(self):
        """Make it a database of the version before, in which scorecards alone had."""
        self._sql("UPDATE supplier_evaluation SET seal = NULL, seal_number = NULL")
        self._sql(
            "UPDATE res_company SET supplier_evaluation_seal_number = NULL,"
            " supplier_evaluation_seal_hash = NULL"
        )

    def _migrate(self):
        script = load_script(file_path(SCRIPT), "supplier_evaluation_seals")
        script.migrate(self.env.cr, "19.0.1.1.0")
        self.env.invalidate_all()

    def assertBroken(self, text):
        self.assertRegex(verify_seals(self.company) or "", text)

    # ------------------------------------------------------------
    # States
    # ------------------------------------------------------------

    def test_as_published(self):
        self.assertFalse(verify_seals(self.company))
        numbers = (self.first | self.other | self.second).mapped("seal_number")
        self.assertEqual(numbers, [1, 2, 3])

    def test_head_of_a_chain(self):
        """It is moved on by publishing only, and the last seal is that."""
        for fname, text in (
            ("supplier_seal_hash", "scorecard .* does not match its seal"),
            ("supplier_evaluation_seal_hash", "evaluation .* does not match its seal"),
        ):
            with self.subTest(field=fname):
                with self.assertRefused("cannot be written directly", AccessError):
                    self.company.write({fname: "0" * 64})
                savepoint = self.env.cr.savepoint()
                self._sql(
                    "UPDATE res_company SET %s = %s WHERE id = %s",
                    SQL.identifier(fname),
                    "0" * 64,
                    self.company.id,
                )
                self.assertBroken(text)
                savepoint.rollback()
                self.env.invalidate_all()

    def test_state_changed_by_sql(self):
        """Whichever evaluation is given which state, with and without own seals."""
        cases = (
            {self.first: "published"},
            {self.first: "published", self.second: "superseded"},
            {self.first: "published", self.second: "computed"},
            {self.first: "draft"},
            {self.first: "computed"},
            {self.second: "superseded"},
            {self.second: "draft"},
            {self.other: "superseded"},
            {self.other: "computed"},
        )
        for forget in (False, True):
            for states in cases:
                with self.subTest(states=states, forget=forget):
                    savepoint = self.env.cr.savepoint()
                    if forget:
                        self._forget_evaluation_seals()
                        self.assertFalse(verify_seals(self.company))
                    for evaluation, state in states.items():
                        self._set(evaluation, state=state)
                    self.assertBroken("does not follow from what was published")
                    savepoint.rollback()
                    self.env.invalidate_all()

    def test_published_without_a_seal(self):
        computed = self._evaluate(date_from=date(2026, 3, 3))
        self._set(computed, state="published")
        self.assertBroken("scorecards without a seal")

    def test_the_open_revision_is_nobodys_business(self):
        """What is computed or drafted is not sealed, and no state of it is wrong."""
        self.second.action_revise()
        self.assertFalse(verify_seals(self.company))
        third = self.second.browse(self.second.action_revise()["res_id"])
        third.action_compute()
        self.assertFalse(verify_seals(self.company))

    def test_revision_that_drops_everybody(self):
        """It has no scorecard, and supersedes all the same."""
        orders = self.env["purchase.order.line"].search(
            [("company_id", "=", self.company.id)]
        )
        orders._set_supplier_exclusion("manual", "test orders")
        third = self.second.browse(self.second.action_revise()["res_id"])
        third.action_compute()
        third.action_publish()
        self.assertFalse(third.scorecard_ids)
        self.assertFalse(verify_seals(self.company))
        self._set(self.second, state="published")
        self.assertBroken("does not follow")

    # ------------------------------------------------------------
    # Dates
    # ------------------------------------------------------------

    def test_dates_changed_by_sql(self):
        cases = {
            "date_from": "2026-02-01",
            "date_to": "2026-04-30",
            "cutoff": "2026-05-05",
            "date_computed": "2026-05-05",
            "date_published": "2026-05-05",
            "revision": 7,
            "scorecard_count": 99,
            "average_score": 99,
        }
        for name, value in cases.items():
            with self.subTest(name=name), self.env.cr.savepoint() as savepoint:
                self._set(self.first, **{name: value})
                self.assertBroken("does not match")
                savepoint.rollback()
            self.env.invalidate_all()

    def test_dates_of_what_was_sealed_before(self):
        self._forget_evaluation_seals()
        self._set(self.first, date_from="2026-02-01")
        self.assertBroken("its period was changed")

    def test_missing_evaluation(self):
        """One without scorecards leaves a gap, too."""
        empty = self._evaluate(date_from=date(2026, 3, 31))
        empty.action_publish()
        self.assertFalse(empty.scorecard_ids)
        self.assertFalse(verify_seals(self.company))
        self._sql("DELETE FROM supplier_evaluation WHERE id = %s", empty.id)
        self.assertBroken("number 4 is missing")

    # ------------------------------------------------------------
    # The version before
    # ------------------------------------------------------------

    def test_seals_of_the_version_before_are_the_same(self):
        """Their scorecards verify, so what they say must not change its form."""
        seal = ""
        for card in self._cards():
            seal = _digest(seal, self._text_of_the_version_before(card))
            self._sql(
                "UPDATE supplier_scorecard SET seal = %s, seal_edition = NULL"
                " WHERE id = %s",
                seal,
                card.id,
            )
        # The chain ends with the new seal only once its head says so.
        self.assertIn("does not match its seal", verify_scorecards(self.company))
        self._sql(
            "UPDATE res_company SET supplier_seal_hash = %s WHERE id = %s",
            seal,
            self.company.id,
        )
        self.assertFalse(verify_scorecards(self.company))
        # Sealed anew by hand, so the evaluations are bound to other seals.
        self._sql("UPDATE supplier_scorecard_line SET loss = 99")
        self.assertFalse(verify_scorecards(self.company))
        self._sql("UPDATE supplier_scorecard_line SET value = 99")
        self.assertIn("does not match its seal", verify_scorecards(self.company))

    def test_edition_of_a_seal_cannot_be_chosen(self):
        """Neither an older one, of fewer figures, nor one that there is not."""
        self.assertEqual(set(self._cards().mapped("seal_edition")), {LATEST})
        for edition in (0, LATEST + 1):
            with self.subTest(edition=edition), self.env.cr.savepoint() as savepoint:
                self._sql(
                    "UPDATE supplier_scorecard SET seal_edition = %s WHERE id = %s",
                    edition,
                    self.first.scorecard_ids[0].id,
                )
                self.assertBroken("does not match its seal")
                savepoint.rollback()
            self.env.invalidate_all()

    def test_all_that_is_stored_is_sealed(self):
        """What a run stores and nobody sealed could be changed unseen."""
        edition = EDITIONS[LATEST]
        # What says where a part belongs, or changes after publishing.
        known = {"scorecard_id", "partner_id", "template_id", "date_to", "state"}
        known |= {"company_id"}
        self.assertEqual(set(SCORECARD_COLUMNS) - set(edition.card) - known, set())
        self.assertEqual(set(LINE_STORED) - set(edition.line) - known, set())
        self.assertEqual(set(DIMENSION_COLUMNS) - set(edition.dimension) - known, set())

    def _cards(self):
        return self.env["supplier.scorecard"].search(
            [("company_id", "=", self.company.id)], order="seal_number"
        )

    def _text_of_the_version_before(self, card):
        run = card.evaluation_id
        rules = [run.revision, run.cutoff, run.template_snapshot]
        digest = _digest("", json.dumps(rules, default=str, sort_keys=True))
        [values] = self.env.execute_query(
            SQL(f"SELECT {CARD_COLUMNS} FROM supplier_scorecard WHERE id = %s", card.id)
        )
        lines = self.env.execute_query(
            SQL(
                f"SELECT {LINE_COLUMNS} FROM supplier_scorecard_line"
                " WHERE scorecard_id = %s ORDER BY sequence, id",
                card.id,
            )
        )
        return json.dumps([digest, values, lines], default=str)

    def test_upgrade_seals_what_verifies(self):
        self._forget_evaluation_seals()
        cards = self.env["supplier.scorecard"].search([], order="id")
        sealed = cards.mapped("seal")
        self._migrate()
        runs = self.first | self.other | self.second
        numbers = runs.sorted("date_published").mapped("seal_number")
        self.assertEqual(numbers, [1, 2, 3])
        self.assertEqual(cards.mapped("seal"), sealed)
        self.assertFalse(verify_seals(self.company))
        seals = runs.mapped("seal")
        self._migrate()
        self.assertEqual(runs.mapped("seal"), seals)
        self._set(self.first, date_published="2026-05-05")
        self.assertBroken("does not match its seal")

    def test_upgrade_does_not_seal_what_is_broken(self):
        self._forget_evaluation_seals()
        self._sql("UPDATE supplier_scorecard SET score = 1 WHERE score = 100")
        with mute_logger("supplier_evaluation_seals"):
            self._migrate()
        self.assertFalse(self.first.seal)
        self.assertBroken("does not match its seal")

    def test_published_after_an_upgrade_without_the_script(self):
        """Both kinds stand side by side."""
        self._forget_evaluation_seals()
        third = self.second.browse(self.second.action_revise()["res_id"])
        third.action_compute()
        third.action_publish()
        self.assertEqual(third.seal_number, 1)
        self.assertFalse(verify_seals(self.company))
