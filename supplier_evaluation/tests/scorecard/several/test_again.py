from unittest.mock import patch

from freezegun import freeze_time

from odoo import Command
from odoo.tests import tagged

from ....models.scorecard.columns import DIMENSION, LINE, SCORECARD
from ....models.scorecard.run import EvaluationRun
from .again import AgainCommon

RUN = "odoo.addons.supplier_evaluation.models.scorecard.run.run"


@tagged("post_install", "-at_install")
class TestAgain(AgainCommon):
    """Computed again, only what differs is written, and what is the same stays."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.evaluation = cls._evaluate()

    def _again(self):
        """Compute again; return what was there and is not as it was, by model."""
        before = self._versions(self.evaluation)
        ids = {key[1] for key in before if key[0] == SCORECARD}
        self.evaluation.action_compute()
        after = self._versions(self.evaluation)
        self.kept = ids & {key[1] for key in after if key[0] == SCORECARD}
        self.assertAsFromNothing(self.evaluation)
        written = {name: set() for name in (SCORECARD, LINE, DIMENSION)}
        for (name, row_id), version in before.items():
            if after.get((name, row_id)) != version:
                written[name].add(row_id)
        return written

    def _parts(self, partner=None):
        card = self._card(self.evaluation, partner)
        return (card, card.line_ids.ids, card.dimension_ids.ids)

    def test_nothing_changed(self):
        """The same records, of which none was written, whoever computes when."""
        stamps = self.evaluation.scorecard_ids.mapped("write_date")
        with freeze_time("2026-12-24 08:00:00"):
            written = self._again()
        self.assertEqual(written, {SCORECARD: set(), LINE: set(), DIMENSION: set()})
        self.assertEqual(self.evaluation.scorecard_ids.mapped("write_date"), stamps)
        self.assertEqual(str(self.evaluation.date_computed), "2026-12-24 08:00:00")

    def test_how_the_database_adds_up_is_no_change(self):
        line = self._card(self.evaluation).line_ids[0]
        self.env.cr.execute(
            "UPDATE supplier_scorecard_line SET value = value * (1 + 1e-13)"
            " WHERE id = %s",
            [line.id],
        )
        self.env.invalidate_all()
        self.assertFalse(self._again()[LINE])

    def test_one_changed(self):
        """It keeps its records; of the others, what they have beside it changes."""
        parts = self._parts(self.late_supplier)
        line = self._order(10, 5, "2026-03-10", partner=self.late_supplier)
        self._receive(line, "2026-03-10")
        written = self._again()
        self.assertEqual(self._parts(self.late_supplier), parts)
        self.assertIn(parts[0].id, written[SCORECARD])
        self.assertTrue(written[LINE] & set(parts[1]))
        self.assertNotIn(self._card(self.evaluation).id, written[SCORECARD])
        self.assertGreater(parts[0].line_ids[0].value, 0)

    def test_ranks_and_medians_of_the_others(self):
        """Nothing of this supplier changed, but it is the second now."""
        self.template.write({"minimum_lines": 0, "coverage_floor": 0})
        self.evaluation.action_compute()
        card = self._card(self.evaluation, self.late_supplier)
        rank, median = card.rank, card.line_ids[0].peer_median
        for index in range(4):
            supplier = self._create_supplier(f"Between {index}")
            for day in ("2026-03-10", "2026-03-12"):
                line = self._order(10, 5, "2026-03-10", partner=supplier)
                self._receive(line, day)
        self._again()
        self.assertEqual(self._card(self.evaluation, self.late_supplier), card)
        self.assertNotEqual((card.rank, card.line_ids[0].peer_median), (rank, median))

    def test_one_left_and_one_came(self):
        gone, new = self._card(self.evaluation), self._create_supplier("New")
        others = self.evaluation.scorecard_ids - gone
        parts = gone.line_ids, gone.dimension_ids
        self._receive(self._order(10, 5, "2026-03-10", partner=new), "2026-03-10")
        self.template.partner_domain = str([("id", "!=", self.supplier.id)])
        self._again()
        self.assertFalse(any(records.exists() for records in (gone, *parts)))
        cards = self.evaluation.scorecard_ids
        self.assertEqual(cards - others, self._card(self.evaluation, new))
        self.assertFalse(others - cards)
        self.assertEqual(len(self._card(self.evaluation, new).line_ids), 2)
        self.assertEqual(cards.mapped("create_uid"), self.env.user)

    def test_nobody_is_left(self):
        self.template.partner_domain = "[('id', '=', 0)]"
        self._again()
        self.assertFalse(self.evaluation.scorecard_ids)

    def test_other_rules(self):
        """A KPI more, less, or elsewhere: scorecards stay, and say what is new."""
        lines = self.template.line_ids
        kpi = self.env["supplier.kpi"].search([("code", "=", "days_late")])
        points = [Command.create(point) for point in self._points(False)]
        for name, change in (
            ("weight", lambda: lines[0].write({"weight": 30})),
            ("point", lambda: lines[0].point_ids[0].write({"score": 20})),
            ("minimum", lambda: lines[0].write({"has_gate": True, "minimum_score": 9})),
            ("order", lambda: lines[0].write({"sequence": 99})),
            (
                "more",
                lambda: self.template.write(
                    {
                        "line_ids": [
                            Command.create({"kpi_id": kpi.id, "point_ids": points})
                        ]
                    }
                ),
            ),
            ("less", lambda: lines[0].unlink()),
        ):
            with self.subTest(change=name):
                cards = set(self.evaluation.scorecard_ids.ids)
                change()
                self.env.flush_all()
                self.env.invalidate_all()
                self._again()
                self.assertEqual(self.kept, cards)

    def test_override(self):
        """What a manager overrode is computed again as well, in the same line."""
        line = self._card(self.evaluation).line_ids[0]
        line.write(
            {"is_overridden": True, "override_score": 3, "override_reason": "Strike"}
        )
        written = self._again()
        self.assertIn(line.id, written[LINE])
        self.assertFalse(line.is_overridden or line.override_reason)
        self.assertEqual(line.score, line.computed_score)

    def test_one_fails(self):
        """It has no scorecard, as if it had none before; the others have theirs."""
        failing = self._card(self.evaluation)
        others = self.evaluation.scorecard_ids - failing
        score = EvaluationRun.score

        def fail(run, partner_id, measures):
            if partner_id == self.supplier.id:
                raise ValueError("No number")
            return score(run, partner_id, measures)

        with patch.object(EvaluationRun, "score", fail), self.assertLogs(RUN, "ERROR"):
            self._again()
        self.assertEqual(self.evaluation.scorecard_ids, others)
        self.assertIn("No number", self.evaluation.problems)
        self.evaluation.action_compute()
        self.assertEqual(len(self.evaluation.scorecard_ids), 3)

    def test_what_is_published_stays(self):
        """A revision of the same period has its own scorecards."""
        self.evaluation.action_publish()
        versions = self._versions(self.evaluation)
        stored = self._stored(self.evaluation)
        revision = self.evaluation.browse(self.evaluation.action_revise()["res_id"])
        revision.action_compute()
        line = self._order(10, 5, "2026-03-10", partner=self.late_supplier)
        self._receive(line, "2026-03-20")
        revision.action_compute()
        self.assertAsFromNothing(revision)
        self.assertEqual(self._versions(self.evaluation), versions)
        self.assertEqual(self._stored(self.evaluation), stored)
        with self.assertRefused("is Published"):
            self.evaluation.action_compute()

    def test_what_it_is_about_changes(self):
        """Somebody chose another cut-off: nothing is shown until it is computed."""
        cards = self.evaluation.scorecard_ids
        self.evaluation.cutoff = "2026-04-03 12:00:00"
        self.assertEqual(self.evaluation.state, "draft")
        self.assertFalse(cards.exists())

    def test_fails_in_the_middle(self):
        stored, versions = (
            self._stored(self.evaluation),
            self._versions(self.evaluation),
        )
        self._order(10, 5, "2026-03-10", partner=self.late_supplier)
        original = EvaluationRun._store

        def die(run, *results):
            original(run, *results)
            raise KeyboardInterrupt

        with (
            patch.object(EvaluationRun, "_store", die),
            self.assertRaises(KeyboardInterrupt),
            self.env.cr.savepoint(),
        ):
            self.evaluation.action_compute()
        self.env.invalidate_all()
        self.assertEqual(self._stored(self.evaluation), stored)
        self.assertEqual(self._versions(self.evaluation), versions)
