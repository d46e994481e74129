import logging

from psycopg2.errors import UniqueViolation

from odoo import api, fields, models

_logger = logging.getLogger(__name__)


class SupplierEvaluation(models.Model):
    """The scheduled action: evaluates what is due, one transaction a period."""

    _inherit = "supplier.evaluation"

    @api.model
    def _cron_evaluate_closed_periods(self):
        """Evaluate every closed period that has no computed evaluation yet.

        Each evaluation is one transaction: one that fails is rolled back, noted
        on its template and tried again on the next day; the others go on.
        """
        due = self._due_evaluations()
        self.env["ir.cron"]._commit_progress(remaining=len(due))
        for template, company, date_from, date_to in due:
            try:
                self._evaluate_period(template, company, date_from, date_to)
                template.last_error = False
                self.env.flush_all()
            except UniqueViolation:
                self.env.cr.rollback()
                _logger.info("%s %s is evaluated elsewhere", template.name, date_to)
            except Exception as error:
                self.env.cr.rollback()
                _logger.exception("Evaluation of %s %s failed", template.name, date_to)
                template.last_error = f"{date_from} – {date_to}: {error}"
            if not self.env["ir.cron"]._commit_progress(1):
                break

    @api.model
    def _due_evaluations(self):
        """Return ``(template, company, date_from, date_to)``, oldest period first."""
        now = fields.Datetime.now()
        done = {
            (template.id, company.id, date_to)
            for template, company, date_to in self._read_group(
                [("state", "!=", "draft")],
                ["template_id", "company_id", "date_to:day"],
            )
        }
        due = [
            (template, company, date_from, date_to)
            for template in self.env["supplier.scorecard.template"].search([])
            for company in template.company_id or self.env["res.company"].search([])
            for date_from, date_to in template._due_periods(company, now)
            if (template.id, company.id, date_to) not in done
        ]
        return sorted(due, key=lambda item: item[3])

    @api.model
    def _evaluate_period(self, template, company, date_from, date_to):
        """Compute one evaluation, and publish it if the template says so."""
        if not template.try_lock_for_update(allow_referencing=True):
            return  # another scheduler is at it
        vals = {
            "template_id": template.id,
            "company_id": company.id,
            "date_from": date_from,
            "date_to": date_to,
        }
        evaluation = self.search(
            [(name, "=", value) for name, value in vals.items()], limit=1
        )
        if evaluation.state not in (False, "draft"):
            return
        evaluation = evaluation or self.create(vals)
        evaluation.action_compute()
        if template.auto_publish:
            evaluation.action_publish()
