from odoo import api, models
from odoo.tools import SQL

from odoo.addons.base.models.ir_cron import CompletionStatus


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
