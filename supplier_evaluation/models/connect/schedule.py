from odoo import api, fields, models
from odoo.exceptions import UserError

from ...tools.scheduled import Work, run_scheduled
from ...transport import Problem


class SupplierConnector(models.Model):
    """When systems are read: each for itself, page by page."""

    _inherit = "supplier.connector"

    @api.model
    def _cron_read(self):
        """Read what is due.

        :raises Exception: the error of one that failed, when the others are done
        """
        due = self.search(
            [
                ("date_next", "<=", fields.Datetime.now()),
                ("company_id.active", "=", True),
            ],
            order="id",
        )
        run_scheduled(
            self.env,
            Work(
                "Connectors",
                due,
                lambda connector: connector._read_all(),
                failed=lambda connector, error: connector._note_error(error),
            ),
        )

    def _read_all(self):
        """Read page after page; where it was cut off, it goes on.

        :raises UserError: a page could not be read; the pages before were taken
        """
        connector = self.with_company(self.company_id)
        if not connector.active or not connector.try_lock_for_update(
            allow_referencing=True
        ):
            return  # or another process is at it
        run = connector._open_run()
        problem, is_done = None, False
        try:
            is_done = connector._read_pages(run)
        except Problem as met:
            problem = met
        # Not in the block above: what is raised here would tell of what was met below.
        if problem:
            self.env.cr.rollback()
            connector._fail(run, problem)
        if is_done:
            now = fields.Datetime.now()
            run._write_guarded({"state": "done", "date_end": now})
            connector._plan_next()

    def _read_pages(self, run):
        """Read pages for as long as there is time.

        :return: whether that was all
        :raises Problem: one could not be read
        """
        commit = self.env["ir.cron"]._commit_progress
        feed = self._feed()
        with feed.client:
            while self._read_page(feed, run):
                if commit() <= 0:
                    cron = "supplier_evaluation.ir_cron_supplier_connector"
                    self.env.ref(cron).sudo()._trigger()
                    return False
        return True

    def _open_run(self):
        """Return the run that was cut off, or a new one."""
        runs = self.env["supplier.connector.run"]
        run = runs.search(
            [("connector_id", "=", self.id), ("state", "=", "open")], limit=1
        )
        if not run:
            run = runs._unguarded().create({"connector_id": self.id})
            run = runs.browse(run.id)
            self.env["ir.cron"]._commit_progress()
        return run

    def _fail(self, run, problem):
        """Write down why a run ended, and let the scheduled action fail.

        The cursor stays: the next run goes on where this one ended. Only one that
        leads nowhere any more is forgotten, and all is read anew.
        """
        if self._is_stale(run, problem):
            self._write_guarded({"cursor": False})
        run._write_guarded(
            {
                "state": "failed",
                "date_end": fields.Datetime.now(),
                "problem": problem.kind,
                "problem_values": problem.values,
            }
        )
        self._plan_next()
        self.env["ir.cron"]._commit_progress()
        problem_in_words = f"{self.name}: {run.reason} {run.mend}"
        raise UserError(problem_in_words)

    def _is_stale(self, run, problem):
        """Whether it may be the cursor that the other system does not know any more."""
        if problem.kind == "repeats":
            return True
        never = self.preset == "hub" or run.page_count
        return not never and problem.kind in ("status", "refused", "shape", "json")

    def _note_error(self, error):
        """Show on the run what was not foreseen."""
        connector = self.exists()
        run = connector.run_ids.filtered(lambda one: one.state == "open")
        run._write_guarded(
            {
                "state": "failed",
                "date_end": fields.Datetime.now(),
                "error": str(error),
            }
        )
        if run:
            connector._plan_next()
