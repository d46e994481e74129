from odoo import api, models

from ...tools.activities import plan, planned
from ...tools.scheduled import Work, run_scheduled

ACTIVITY = "supplier_evaluation.mail_activity_type_goal"
BATCH = 200


class SupplierGoal(models.Model):
    """Goals are looked at each night, and when scorecards were published."""

    _inherit = "supplier.goal"

    # ------------------------------------------------------------
    # Cron
    # ------------------------------------------------------------

    @api.model
    def _cron_follow(self):
        """Measure all goals, and tell the owners of those that were missed.

        :raises Exception: the error of one that failed, when the others are done
        """
        run_scheduled(
            self.env,
            Work(
                "Goals",
                self.search([("active", "=", True)]),
                lambda goals: goals._follow(),
                size=BATCH,
            ),
        )

    def _follow(self):
        """Measure goals, and tell whose is missed. A few statements for all of them."""
        self._refresh()
        self._take_back_missed()
        self._tell_missed()

    def _take_back_missed(self):
        """Nobody has to see to what a revision has shown to be reached, or unknown."""
        told = self.filtered(lambda goal: goal.date_told and goal.status != "missed")
        if told:
            told._forget_missed()
            told.sudo()._write_guarded({"date_told": False})

    def _forget_missed(self):
        planned(self, ACTIVITY).unlink()

    def _tell_missed(self):
        """Put what is missed on the list of its owner, once."""
        missed = self.filtered(
            lambda goal: (
                goal.status == "missed"
                and not goal.date_told
                and goal._is_shown_to_owner()
            )
        )
        if not missed:
            return
        today = missed._today()
        plan(
            missed,
            ACTIVITY,
            [
                {
                    "res_id": goal.id,
                    "user_id": goal.user_id.id,
                    "date_deadline": today[goal.company_id],
                    "summary": goal.with_context(
                        lang=goal.user_id.lang
                    )._missed_sentence(),
                }
                for goal in missed
            ],
        )
        for company, goals in missed.grouped("company_id").items():
            goals.sudo()._write_guarded({"date_told": today[company]})
