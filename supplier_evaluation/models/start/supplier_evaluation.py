import logging
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import LockError

from ...tools.scheduled import Work, run_scheduled

CRON = "supplier_evaluation.ir_cron_supplier_start"

_logger = logging.getLogger(__name__)


class SupplierEvaluation(models.Model):
    """Evaluations of the past wait in a row, and are worked off one at a time."""

    _inherit = "supplier.evaluation"

    queued_on = fields.Datetime(
        string="Waits Since",
        readonly=True,
        copy=False,
        index="btree_not_null",
        help="It waits until the scheduled action computes it.",
    )
    queued_uid = fields.Many2one(
        "res.users", string="Asked For By", readonly=True, copy=False
    )
    queue_publishes = fields.Boolean(
        string="Publish When Computed", readonly=True, copy=False
    )
    queue_error = fields.Text(
        string="Why It Was Not Computed", readonly=True, copy=False
    )

    def _queue(self, publish):
        """Have evaluations computed by the scheduled action, the oldest first.

        What is published already stays out of it.

        :param bool publish: whether each is published as soon as it is computed
        """
        waiting = self.filtered(lambda run: run.state in ("draft", "computed"))
        if not waiting:
            return
        waiting._write_guarded(
            {
                "queued_on": fields.Datetime.now(),
                "queued_uid": self.env.uid,
                "queue_publishes": publish,
                "queue_error": False,
            }
        )
        self.env.ref(CRON).sudo()._trigger()

    @api.model
    def _cron_work_off_queue(self):
        """Compute what waits, each as one transaction, the oldest period first.

        One that fails is noted on itself and waits no more; the others go on.

        :raises Exception: the error of one that failed, when the others are done
        """
        waiting = self.search([("queued_on", "!=", False)], order="date_to, id")
        run_scheduled(
            self.env,
            Work(
                "Past period",
                waiting,
                lambda run: run._work_off(),
                failed=lambda run, error: run._leave_queue(str(error)),
            ),
        )

    def _work_off(self):
        """Do what waits, unless another worker is at it: then it goes on waiting."""
        self.ensure_one()
        try:
            self._claim_series(self.template_id, self.company_id)
            self._claim()
        except LockError:
            self.env.cr.rollback()
            _logger.info("%s is being computed elsewhere", self)
            later = fields.Datetime.now() + timedelta(minutes=1)
            self.env.ref(CRON).sudo()._trigger(at=later)
            return
        if self.queued_on:
            self._compute_as_asked()

    def _compute_as_asked(self):
        """Compute it, and publish it where that was asked for.

        With the rights of who asked: they may have lost them since.
        """
        user, publish = self.queued_uid, self.queue_publishes
        self._leave_queue()
        own = self.with_user(user).with_context(
            allowed_company_ids=self.company_id.ids, lang=user.lang
        )
        if own._is_to_be_computed():
            own._look_at_whole_period()
            own.action_compute()
        if publish and own.state == "computed" and own.scorecard_count:
            own._publish_as_asked()

    def _publish_as_asked(self):
        """Publish it; what was changed by hand since is left to a person who looks."""
        problem = self._segregation_or_team_problem()
        if not problem and self._adjustments():
            problem = self.env._(
                "It was changed by hand: somebody looks at it before it is published."
            )
        if problem:
            self.sudo()._write_guarded({"queue_error": problem})
        else:
            self.action_publish()

    def _is_to_be_computed(self):
        """Whether it has no figures yet, or only those of a period that ran."""
        self.ensure_one()
        return self.state == "draft" or (
            self.state == "computed" and (self.is_preview or not self.scorecard_count)
        )

    def _leave_queue(self, error=False):
        """Let an evaluation wait no more.

        :param str error: why it could not be computed
        """
        self._write_guarded({"queued_on": False, "queue_error": error})
