from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from odoo.addons.supplier_evaluation.tests.inspection.common import LENGTH, THREAD

from .common import RUST, QualityCommon


@tagged("post_install", "-at_install")
class TestQualityTest(QualityCommon):
    """An inspection of ours is carried out by a quality test."""

    def test_what_passes_is_accepted(self):
        one = self._came()
        self.assertEqual(one.qc_test_id, self.qc_test)
        check = self._opened(one)
        self.assertEqual(one.user_id, self.people["both"])
        self.assertEqual((check.state, check.qty), ("ready", 20))
        self.assertEqual(check.product_id, self.product)
        self.assertEqual(check.user, self.people["both"])
        self.assertEqual(len(check.inspection_lines), 3)
        self.assertEqual(self._opened(one), check)
        self._decide(check, external_notes="Well packed")
        self.assertEqual((one.state, one.result), ("done", "accepted"))
        self.assertEqual((one.quantity_inspected, one.quantity_rejected), (20, 0))
        self.assertEqual(one.description, "Well packed")
        thread, length = one.value_ids.filtered("is_planned")
        self.assertEqual((thread.name, thread.verdict), (THREAD, "good"))
        self.assertEqual((length.name, length.value), (LENGTH, 10))
        self.assertEqual((one.value_ids - thread - length).name, RUST)
        self.assertFalse(any(one.value_ids.mapped("is_bad")))
        self.assertEqual(str(one.date_done), "2026-03-11 04:00:00")
        fact = self._facts().search([("id", "=", one.id)])
        self.assertEqual(fact.passed_share, 1)
        self.assertEqual(one.quality_people_ids, self.people["tester"] | one.user_id)

    def test_what_fails_is_rejected_and_decided_by_others(self):
        self.plan.accept_number = 5
        one = self._came()
        check = self._opened(one, "chief")
        self._decide(check, rust=True, user="chief", supplier_quantity_bad=3)
        self.assertEqual(check.state, "failed")
        self.assertEqual((one.state, one.result), ("done", "rejected"))
        self.assertEqual((one.quantity_inspected, one.quantity_rejected), (20, 3))
        self.assertEqual(one.defect_count, 3)
        bad = one.value_ids.filtered("is_bad")
        self.assertEqual((bad.name, bad.note, bad.verdict), (RUST, "Much", "bad"))
        with self.assertRefused("You checked", AccessError):
            self._as(one, "chief").action_accept("Mine")
        self._as(one, "approver").action_accept("Polished")
        self.assertEqual(one.result, "conditional")
        whole = self._came(20)
        self._decide(self._opened(whole), rust=True)
        self.assertEqual((whole.quantity_inspected, whole.quantity_rejected), (4, 4))

    def test_what_is_missing_waits(self):
        one = self._came()
        check = self._opened(one)
        check.qty = 7
        self._decide(check)
        self.assertEqual((one.state, one.quantity_inspected), ("in_progress", 7))
        self.assertFalse(one.editor_ids)
        self.assertIn("asks to inspect 20", str(one.message_ids.mapped("body")))
        self.assertEqual(one.activity_ids.user_id, self.people["both"])
        self._again(check, qty=25)
        self.assertEqual((one.state, one.quantity_inspected), ("done", 25))
        self.assertFalse(one.activity_ids)
        other = self._came()
        check = self._opened(other)
        self._as(check, "both").object_id = self.free
        self._decide(check)
        self.assertEqual((other.state, other.quantity_inspected), ("in_progress", 0))
        self.assertIn("another product", str(check.message_ids.mapped("body")))

    def test_what_was_entered_stays(self):
        one = self._came()
        check = self._opened(one)
        own = self._as(one, "both")
        with self.assertRefused("nothing to take over"):
            own.action_take_quality_result()
        own.write({"quantity_inspected": 30, "quantity_rejected": 2})
        self._decide(check)
        self.assertEqual((one.state, one.quantity_inspected), ("in_progress", 30))
        self.assertEqual(one.quantity_rejected, 2)
        self.assertIn("entered by hand stays", str(one.message_ids.mapped("body")))
        own.action_take_quality_result()
        self.assertEqual((one.quantity_inspected, one.quantity_rejected), (20, 0))
        self.assertEqual(len(one.value_ids), 3)
        self.assertIn(self.people["tester"], one._involved())
        own.action_finish()
        self.assertEqual(one.result, "accepted")
        with self.assertRefused("done and stays"):
            own.qc_test_id = False

    def test_what_was_done_by_hand_stays(self):
        one = self._came()
        check = self._opened(one)
        self._check(one)
        self._decide(check, rust=True)
        self.assertEqual((one.result, one.quantity_rejected), ("accepted", 0))
        self.assertFalse(one.next_ids)
        self.assertIn("stays as it is", str(one.message_ids.mapped("body")))
        correction = one.browse(self._as(one, "head").action_correct("Rust")["res_id"])
        self._as(correction, "head").action_take_quality_result()
        self.assertEqual(correction.quantity_rejected, 20)

    def test_it_needs_a_test_and_rights_in_both_apps(self):
        one = self._came()
        for user in ("inspector", "tester"):
            with self.assertRaises(AccessError), self.env.cr.savepoint():
                self._opened(one, user)
        one.qc_test_id = False
        with self.assertRefused("has no quality test"):
            self._opened(one)
        elsewhere = self._create_company("Elsewhere", "Europe/Berlin", "EUR")
        foreign = self._quality_test("Elsewhere", elsewhere)
        with self.assertRaises(UserError), self.env.cr.savepoint():
            self._as(one, "both").qc_test_id = foreign.sudo().id
