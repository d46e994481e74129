from contextlib import contextmanager, nullcontext

# Where scheduled work logs what failed, and where Odoo does in the end.
SCHEDULED = "odoo.addons.supplier_evaluation.tools.scheduled"
IR_CRON = "odoo.addons.base.models.ir_cron"


class ScheduledCommon:
    """Runs scheduled actions as the scheduler does, also those that fail."""

    @contextmanager
    def _failing(self, cron, text):
        """In this block the scheduled action fails with the text, once, and visibly."""
        failures = cron.failure_count
        with self.assertLogs(IR_CRON, "ERROR") as logs:
            yield
        cron.invalidate_recordset()
        self.assertEqual(cron.failure_count, failures + 1)
        [log] = logs.output
        self.assertIn(text, log)

    @contextmanager
    def _failing_work(self, cron, text):
        """In this block a part of the scheduled action fails, and so does the whole."""
        with self._failing(cron, text), self.assertLogs(SCHEDULED, "WARNING"):
            yield

    def _trigger(self, xmlid, fails=None):
        """Run a scheduled action.

        :param str fails: of what it is to fail; by default it is not
        """
        cron = self.env.ref(xmlid)
        block = self._failing_work(cron, fails) if fails else nullcontext()
        with self.enter_registry_test_mode(), block:
            cron.method_direct_trigger()
        self.env.invalidate_all()
