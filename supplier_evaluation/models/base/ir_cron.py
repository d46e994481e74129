from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL

from odoo.addons.base.models.ir_cron import CompletionStatus

DAY = timedelta(days=1)


class IrCron(models.Model):
    """A scheduled action of this add-on fails in sight, and goes on all the same.

    It does what it can and fails when a record could not be done, see
    ``tools/scheduled.py``. Odoo counts failures where few look, and switches an action
    off after a week of them: one bad record would then stop all others.
    """

    _inherit = "ir.cron"

    @api.model
    def _update_failure_count(self, job, status):
        """Tell the administrators of the first failure, and never switch it off.

        :param dict job: the row of the scheduled action
        """
        if status != CompletionStatus.FAILED or not self._evaluates_suppliers(job):
            return super()._update_failure_count(job, status)
        if not job["failure_count"]:
            self._notify_admin(
                self.env._(
                    "The scheduled action “%(name)s” failed. What could be done is "
                    "done; the server log says which records could not, and why. It "
                    "tries them again with every run.",
                    name=job["cron_name"],
                )
            )
        # Only a failure that began long ago switches an action off.
        since = job["first_failure_date"]
        super()._update_failure_count({**job, "first_failure_date": None}, status)
        if since:
            self.env.cr.execute(
                SQL(
                    "UPDATE ir_cron SET first_failure_date = %s WHERE id = %s",
                    since,
                    job["id"],
                )
            )

    @api.model
    def _evaluates_suppliers(self, job):
        """Whether a scheduled action is one of this add-on's."""
        names = self.browse(job["id"]).get_external_id()
        return names[job["id"]].startswith("supplier_evaluation.")


class IrCronProgress(models.Model):
    """Which of the items that a scheduled action finds in each run were done.

    A run is over after some seconds, and what is left goes on in the next one.
    """

    _inherit = "ir.cron.progress"

    supplier_kept = fields.Json(string="Done So Far", readonly=True)

    @api.model
    def _supplier_own(self):
        """Return the progress of the run, empty outside of scheduled actions."""
        return self.sudo().browse(self.env.context.get("ir_cron_progress_id"))

    @api.model
    def _supplier_kept(self):
        """Return what the run before kept, if it left something to this one."""
        own = self._supplier_own()
        if not own:
            return []
        before = own.search(
            [("cron_id", "=", own.cron_id.id), ("id", "<", own.id)],
            order="id desc",
            limit=1,
        )
        # What was cut off long ago, as the server was stopped, begins anew.
        is_cut_off = before.remaining and own.create_date - before.create_date < DAY
        return is_cut_off and before.supplier_kept or []

    @api.model
    def _keep_supplier(self, keys):
        self._supplier_own().supplier_kept = keys
