import logging
from collections import defaultdict

from psycopg2.errors import UniqueViolation

from odoo import api, fields, models

from ...tools.scheduled import Work, run_scheduled

_logger = logging.getLogger(__name__)

ONE_A_PERIOD = "supplier_evaluation_period_unique"


class SupplierEvaluation(models.Model):
    """The scheduled action: evaluates what is due, one transaction a period."""

    _inherit = "supplier.evaluation"

    @api.model
    def _cron_evaluate_closed_periods(self):
        """Evaluate every closed period that has no computed evaluation yet.

        Each evaluation is one transaction: one that fails is rolled back, noted
        on its template and tried again on the next day; the others go on.

        :raises Exception: the error of one that failed, when the others are done
        """
        self._work_through_periods(
            "Evaluation",
            self._due_evaluations(),
            self._evaluate_period,
            lambda template, text: template._note_error(text),
        )

    @api.model
    def _due_evaluations(self):
        """Return ``(template, company, date_from, date_to)``, oldest period first."""
        now = fields.Datetime.now()
        done = set(
            self._read_group(
                [("state", "!=", "draft")],
                ["template_id", "company_id", "date_from:day", "date_to:day"],
            )
        )
        templates = self.env["supplier.scorecard.template"].search(
            [("active", "=", True), ("is_scheduled", "=", True)]
        )
        companies = self.env["res.company"].search([("active", "=", True)])
        due = [
            (template, company, *period)
            for template in templates
            for company in template.company_id or companies
            for period in template._due_periods(company, now)
        ]
        return sorted(
            (item for item in due if item not in done), key=lambda item: item[3]
        )

    @api.model
    def _work_through_periods(self, name, due, work, note):
        """Do something about each period that is due, as a transaction of its own.

        :param str name: what the log calls it
        :param due: list of ``(template, company, date_from, date_to)``
        :param work: function of these four; returns whether it was done here
        :param note: function of a template and the text of what failed in this run,
            empty if nothing did: shows it to those who can mend it
        :raises Exception: the last error, when the others are done
        """
        errors = defaultdict(dict)

        def note_errors(template):
            note(template, "\n".join(errors[template].values()))

        def do(periods):
            for period in periods:
                if self._unless_elsewhere(work, *period):
                    note_errors(period[0])

        def failed(period, error):
            template, company, date_from, date_to = period
            text = f"{company.name}, {date_from} – {date_to}: {error}"
            errors[template][period] = text
            note_errors(template)

        run_scheduled(
            self.env,
            Work(name, due, do, describe=self._describe_period, failed=failed),
        )

    @api.model
    def _describe_period(self, period):
        template, company, date_from, date_to = period
        return f"{template.name}, {company.name}, {date_from} – {date_to}"

    @api.model
    def _unless_elsewhere(self, work, *period):
        """Do the work; it is not done here if another scheduler was faster."""
        try:
            return work(*period)
        except UniqueViolation as error:
            if error.diag.constraint_name != ONE_A_PERIOD:
                raise
            # It committed the same period a moment ago.
            self.env.cr.rollback()
            _logger.info("%s is done elsewhere", self._describe_period(period))
            return False

    @api.model
    def _find_or_create(self, template, company, date_from, date_to):
        """Return the evaluation of a period, a new draft if there is none."""
        vals = {
            "template_id": template.id,
            "company_id": company.id,
            "date_from": date_from,
            "date_to": date_to,
        }
        found = self.search(
            [(name, "=", value) for name, value in vals.items()], limit=1
        )
        return found or self.create(vals)

    @api.model
    def _evaluate_period(self, template, company, date_from, date_to):
        """Compute one evaluation, and publish it if the template says so.

        :return: whether it was done here
        """
        if not template.try_lock_for_update(allow_referencing=True):
            return False  # another scheduler is at it
        evaluation = self._find_or_create(template, company, date_from, date_to)
        if evaluation.state != "draft":
            return False
        evaluation.action_compute()
        if template.auto_publish and evaluation.scorecard_count:
            evaluation.action_publish()
        return True
