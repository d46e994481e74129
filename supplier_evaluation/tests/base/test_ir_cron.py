from datetime import datetime, timedelta
from unittest.mock import patch

from odoo.tests import TransactionCase, tagged
from odoo.tools import mute_logger

from ..scheduled import IR_CRON


@tagged("post_install", "-at_install")
class TestIrCron(TransactionCase):
    """A failing action of ours is told of, and is not switched off."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ours = cls.env.ref("supplier_evaluation.ir_cron_supplier_document_reminder")
        cls.other = cls.ours.copy()

    def _fail(self, cron):
        """Let a scheduled action fail; return what its administrators are told."""
        cron.active = True
        cron._trigger()
        self.env.flush_all()
        crons = self.registry["ir.cron"]
        progress = {"done": 0, "remaining": 0, "timed_out_counter": 0}
        with (
            self.enter_registry_test_mode(),
            patch.object(crons, "_callback", side_effect=ValueError("bad record")),
            patch.object(crons, "_notify_admin") as notify,
            mute_logger(IR_CRON),
            self.registry.cursor() as cr,
        ):
            crons._process_job(cr, {**cron.read(load=None)[0], **progress})
        self.env.invalidate_all()
        return " ".join(call.args[0] for call in notify.call_args_list)

    def test_administrators_are_told_once(self):
        self.assertIn(self.ours.cron_name, self._fail(self.ours))
        self.assertEqual(self._fail(self.ours), "")
        self.assertEqual(self.ours.failure_count, 2)

    def test_it_goes_on_after_weeks_of_failures(self):
        begun = datetime(2026, 1, 1)
        for cron in (self.ours, self.other):
            cron.write({"failure_count": 40, "first_failure_date": begun})
        self._fail(self.ours)
        self.assertTrue(self.ours.active)
        self.assertEqual(self.ours.failure_count, 41)
        self.assertEqual(self.ours.first_failure_date, begun)

    def test_actions_of_others_are_left_to_odoo(self):
        self.assertEqual(self._fail(self.other), "")
        begun = self.env.cr.now() - timedelta(days=8)
        self.other.write({"failure_count": 4, "first_failure_date": begun})
        self._fail(self.other)
        self.assertFalse(self.other.active)
