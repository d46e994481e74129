from odoo import api, fields, models
from odoo.exceptions import UserError

from ....report.scorecard.results_mail import ResultsMail
from ....tools.groups import USER_GROUP
from ....tools.scheduled import Work, run_scheduled
from ....tools.wording import listed

CRON = "supplier_evaluation.ir_cron_supplier_evaluation_results"


class SupplierEvaluation(models.Model):
    """The results, by e-mail to those who are named on the template.

    They are sent by a scheduled action: publishing waits for no printer, and what goes
    wrong with the mail does not go wrong with it.
    """

    _inherit = "supplier.evaluation"

    is_result_due = fields.Boolean(
        string="Results Are Being Sent", readonly=True, copy=False
    )

    def action_publish(self):
        """Queue the results for those who want them, once all is published."""
        result = super().action_publish()
        self.filtered("template_id.report_user_ids")._queue_results()
        return result

    def action_send_results(self):
        """Send the results again, or for the first time.

        :raises UserError: they are not published, or nobody is named to get them
        """
        self.check_access("write")
        self._check_state(("published",))
        for evaluation in self:
            if not evaluation.template_id.report_user_ids:
                raise UserError(
                    self.env._(
                        "Nobody is to get these results: name people on the template "
                        "%s first.",
                        evaluation.template_id.name,
                    )
                )
        self._queue_results()
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": self.env._("The results will be sent in a moment."),
                "next": {"type": "ir.actions.act_window_close"},
            },
        }

    def _queue_results(self):
        if self:
            self.sudo()._write_guarded({"is_result_due": True})
            self.env.ref(CRON).sudo()._trigger()

    @api.model
    def _cron_send_results(self):
        """Send the results that are due; one that fails stops no other.

        :raises Exception: the error of one that failed, when the others are done
        """
        run_scheduled(
            self.env,
            Work(
                "Results",
                self.search([("is_result_due", "=", True)]),
                lambda evaluations: evaluations._send_results(),
                failed=lambda evaluation, error: evaluation._note_unsent(error),
            ),
        )

    def _send_results(self):
        """Make the mails; they leave with the others that are waiting.

        What is no longer published, as a revision took its place, is not sent.
        """
        due = self.filtered("is_result_due")
        published = due.filtered(lambda evaluation: evaluation.state == "published")
        (due - published)._write_guarded({"is_result_due": False})
        for evaluation in published:
            readers = evaluation._result_readers()
            remarks = []
            for lang, users in readers.filtered("email").grouped("lang").items():
                remarks += ResultsMail(evaluation, users, lang).send()
            evaluation._note_sent(readers, remarks)
            evaluation._write_guarded({"is_result_due": False})

    def _result_readers(self):
        """Return the people who are named, and may read these scorecards today."""
        self.ensure_one()
        return self.template_id.report_user_ids.filtered(
            lambda user: (
                user.active
                and user.has_group(USER_GROUP)
                and self.company_id in user.company_ids
            )
        )

    def _note_sent(self, readers, remarks):
        """Say in the chatter who got the results, who did not, and what was missing."""
        [own] = self.env["res.company"]._in_company_language(self)
        others = self.template_id.report_user_ids - readers
        unreached = readers.filtered(lambda user: not user.email)
        texts = []
        if readers - unreached:
            names = listed(self.env, (readers - unreached).mapped("name"))
            texts.append(own.env._("The results were sent to %s.", names))
        if unreached:
            texts.append(
                own.env._(
                    "The results were not sent to %s: no mail address is known.",
                    listed(self.env, unreached.mapped("name")),
                )
            )
        if others:
            texts.append(
                own.env._(
                    "The results were not sent to %s, who may not read the scorecards "
                    "of this company.",
                    listed(self.env, others.mapped("name")),
                )
            )
        for text in (*texts, *dict.fromkeys(remarks)):
            self._message_log(body=text)

    def _note_unsent(self, error):
        """Say in the chatter why nobody got the results; they are not tried again."""
        [own] = self.env["res.company"]._in_company_language(self)
        self._message_log(
            body=own.env._("The results could not be sent: %s", str(error))
        )
        self._write_guarded({"is_result_due": False})
