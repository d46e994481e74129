from datetime import datetime
from unittest.mock import patch

from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import RUST, QualityCommon


@tagged("post_install", "-at_install")
class TestQualityChanges(QualityCommon):
    """What quality control takes back is corrected here, and nothing is deleted."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.move = cls._arrived()
        cls.check = cls._check_of(cls.move, 10)
        cls._decide(cls.check)
        cls.first = cls._inspections(cls.move)

    def _shares(self, **scope):
        """The pass rates that count, at a cut-off."""
        facts = self._facts(**scope).search(
            [("id", "in", self._chain().ids), ("exclusion", "=", False)]
        )
        return facts.mapped("passed_share")

    def _chain(self):
        return self._inspections(self.move)

    def test_cancelled(self):
        self._as(self.check, "tester").action_cancel()
        first, second = self._chain()
        self.assertEqual((first.state, first.result), ("done", "accepted"))
        self.assertEqual((second.state, second.version), ("in_progress", 2))
        self.assertEqual((second.quantity_inspected, len(second.value_ids)), (0, 0))
        self.assertIn("no result any more", str(second.message_ids.mapped("body")))
        self.assertEqual(self._shares(), [1])
        own = self._as(second, "inspector")
        own.write({"quantity_inspected": 10, "quantity_rejected": 4})
        with self.assertRefused("Only approvers", AccessError):
            own.action_finish()
        self._as(second, "approver").action_finish()
        self.assertEqual(self._shares(), [0.6])

    def test_pointed_at_other_goods(self):
        """Its result is one of the goods that it is about now."""
        own = self._as(self.check, "tester")
        own.action_cancel()
        own.action_draft()
        other = self._arrived()
        own.object_id = f"stock.move,{other.id}"
        own.action_todo()
        self._decide(self.check, rust=True)
        self.assertEqual(self._inspections(other).result, "rejected")
        first, second = self._chain()
        self.assertEqual((first.result, second.state), ("accepted", "in_progress"))
        self.assertFalse(second.qc_inspection_ids)

    def test_correction_that_an_approver_opened(self):
        """What somebody opened to correct it, quality control does not finish."""
        opened = self.first.browse(
            self._as(self.first, "head").action_correct("Looked at")["res_id"]
        )
        self._again(self.check, True, "2026-03-20", "chief", supplier_quantity_bad=2)
        self.assertEqual((opened.state, opened.quantity_rejected), ("in_progress", 0))
        self.assertIn("entered by hand stays", str(opened.message_ids.mapped("body")))

    def test_decided_anew(self):
        known = self.first.date_done
        self._again(self.check, True, "2026-03-20", "chief", supplier_quantity_bad=2)
        second = self._chain()[-1]
        self.assertEqual((second.result, second.date_done), ("rejected", known))
        self.assertEqual(self._shares(), [0.8])
        for user, number in (("tester", 3), ("chief", 4)):
            # What an approver finished by hand, nobody's test replaces by itself.
            self._again(self.check, user=user, day="2026-03-21")
            newest = self._chain()[-1]
            self.assertEqual((newest.state, newest.version), ("in_progress", number))
            self.assertIn(
                "An approver finishes", str(newest.message_ids.mapped("body"))
            )
            self._as(newest, "approver").action_finish()
            self.assertEqual((newest.result, newest.date_done), ("accepted", known))
            self.assertEqual(self._shares(), [1])
        self.assertEqual(self.first.result, "accepted")
        before = datetime(2026, 3, 11, 3, 59)
        self.assertEqual(self._shares(cutoff=before), [])

    def test_entered_in_the_correction(self):
        self._as(self.check, "tester").action_cancel()
        second = self._chain()[-1]
        self._as(second, "inspector").quantity_inspected = 9
        self._as(self.check, "tester").action_draft()
        self._as(self.check, "tester").action_todo()
        self._decide(self.check, rust=True, user="chief")
        self.assertEqual((second.state, second.quantity_inspected), ("in_progress", 9))
        self._as(self.check, "tester").action_cancel()
        self.assertEqual(second.quantity_inspected, 9)
        self.assertEqual(len(self._chain()), 2)

    def test_not_finished_yet(self):
        """What is open is emptied again."""
        line = self._order(10, 10, "2026-03-10", product=self.free)
        check = self._decide(self._check_of(line.move_ids, 10))
        one = self._inspections(line.move_ids)
        self.assertEqual(one.quantity_inspected, 10)
        self._as(check, "tester").action_cancel()
        self.assertEqual((one.quantity_inspected, len(one.value_ids)), (0, 0))
        self._receive(line, "2026-03-10")
        self.assertEqual(one.state, "in_progress")

    def test_not_deleted(self):
        own = self._as(self.check, "tester")
        own.action_cancel()
        own.action_draft()
        with self.assertRefused("has its result"):
            own.unlink()
        self.assertTrue(self.check.exists())
        free = self._check_of(self.free)
        self._as(free, "tester").action_draft()
        self._as(free, "tester").unlink()

    def test_changed_after_the_decision(self):
        """A quantity or an answer of what is decided: an approver sees to it."""
        own = self._as(self.check, "chief")
        own.write({"qty": 10, "internal_notes": "Looked at again"})
        self.assertEqual(len(self._chain()), 1)
        own.qty = 8
        first, second = self._chain()
        self.assertEqual((first.state, first.quantity_inspected), ("done", 10))
        self.assertEqual((second.state, second.quantity_inspected), ("in_progress", 8))
        self.assertTrue(second.is_quality_correction)
        self.assertIn("after it was decided", str(second.message_ids.mapped("body")))
        self.assertIn(self.people["chief"], second.quality_people_ids)
        self.assertEqual(self._shares(), [1])
        # The same correction goes on, as long as it is open.
        rust = own.inspection_lines.filtered(lambda line: line.name == RUST)
        rust.qualitative_value = rust.possible_ql_values.filtered(
            lambda one: not one.ok
        )
        self.assertEqual(self._chain(), first | second)
        row = second.value_ids.filtered(lambda one: one.name == RUST)
        self.assertEqual(row.verdict, "bad")
        self.assertIn("have it decided anew", str(second.message_ids.mapped("body")))
        own.action_approve()
        self.assertEqual((own.state, second.result), ("failed", "rejected"))
        # Questions that go, or come, are no longer those that were decided.
        rust.sudo().unlink()
        third = self._chain()[-1]
        self.assertEqual((third.version, third.state), (3, "in_progress"))
        self.assertNotIn(RUST, third.value_ids.mapped("name"))

    def test_several_answers_in_one_save(self):
        """They are one change, and the correction is made of all of them."""
        lines = self.check.inspection_lines
        bad = [
            Command.update(
                line.id,
                {"quantitative_value": 11}
                if line.question_type == "quantitative"
                else {
                    "qualitative_value": line.possible_ql_values.filtered(
                        lambda one: not one.ok
                    ).id
                },
            )
            for line in lines
        ]
        other = self._decide(self._check_of(self._arrived(), 10))
        moved = other.inspection_lines[0]
        own = self._as(self.check, "chief")
        changed = type(self.env["supplier.inspection"])._quality_changed
        seen = []

        def notice(inspections, check):
            if check == self.check:
                seen.append(check.inspection_lines.mapped("success"))
            return changed(inspections, check)

        with patch.object(
            type(self.env["supplier.inspection"]), "_quality_changed", notice
        ):
            own.write({"qty": 8, "inspection_lines": bad})
        self.assertEqual(seen, [[False] * len(lines)])
        _first, second = self._chain()
        told = second.message_ids.filtered(lambda one: "after it was" in one.body)
        # Why it is made, and what is to be done.
        self.assertEqual(len(told), 2)
        self.assertEqual(set(second.value_ids.mapped("value")), {0, 11})
        self.assertEqual(second.quantity_inspected, 8)
        # Whose question comes from elsewhere, that one is noticed, too.
        own.write({"inspection_lines": [Command.link(moved.id)]})
        theirs = self.env["supplier.inspection"].search(
            [("qc_inspection_ids", "in", other.ids)]
        )
        self.assertEqual(len(theirs), 2)
        # Nobody switches it off from outside.
        own.with_context(supplier_quality_noticed=self.check.ids).qty = 7
        self.assertEqual(second.quantity_inspected, 7)

    def test_changed_where_somebody_entered_it(self):
        """What was done or entered by hand stays; it is said."""
        own = self._as(self.check, "tester")
        own.qty = 8
        second = self._chain()[-1]
        self._as(second, "inspector").quantity_inspected = 9
        own.qty = 7
        self.assertEqual((len(self._chain()), second.quantity_inspected), (2, 9))
        self.assertIn("after it was decided", second.message_ids[0].body)

    def test_in_the_language_of_the_inspector(self):
        """Who is asked reads it, whatever language the tester speaks."""
        self.env["res.lang"]._activate_lang("de_DE")
        self.people["inspector"].lang = "de_DE"
        self.first._write_guarded({"user_id": self.people["inspector"].id})
        asked = self.first._in_their_words()
        self.assertEqual(asked.env.lang, "de_DE")
        line = self.check.inspection_lines.filtered("uom_id")
        line.write(
            {
                "uom_id": self.env.ref("uom.product_uom_dozen").id,
                "quantitative_value": 1234.25,
            }
        )
        notes = self._chain()[-1].value_ids.mapped("note")
        self.assertTrue(any((note or "").startswith("1.234,25 ") for note in notes))
