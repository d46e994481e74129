import logging
from collections import defaultdict
from functools import partial

from psycopg2.errors import (
    DeadlockDetected,
    LockNotAvailable,
    SerializationFailure,
    UniqueViolation,
)

from odoo import api, fields, models
from odoo.exceptions import UserError

_logger = logging.getLogger(__name__)

# Somebody else wrote the same rows meanwhile: the next try sees what they wrote.
CONCURRENCY_ERRORS = (DeadlockDetected, LockNotAvailable, SerializationFailure)
TRIES = 4
ONE_A_PERIOD = "supplier_evaluation_period_unique"


class SupplierEvaluation(models.Model):
    """The scheduled action: evaluates what is due, one transaction a period."""

    # The reviews, a matter of their own, have a file of their own.
    _inherit = "supplier.evaluation"

    @api.model
    def _cron_evaluate_closed_periods(self):
        """Evaluate every closed period that has no computed evaluation yet.

        Each evaluation is one transaction: one that fails is rolled back, noted
        on its template and tried again on the next day; the others go on.
        """
        due = self._due_evaluations()
        self.env["ir.cron"]._commit_progress(remaining=len(due))
        errors = defaultdict(list)
        for template, company, date_from, date_to in due:
            evaluated, error = self._in_transaction(
                f"Evaluation of {template.name} {company.name} {date_to}",
                partial(self._evaluate_period, template, company, date_from, date_to),
            )
            if error:
                errors[template].append(
                    f"{company.name}, {date_from} – {date_to}: {error}"
                )
            if evaluated or error:
                template._note_error("\n".join(errors[template]))
            if not self.env["ir.cron"]._commit_progress(1):
                break

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
    def _in_transaction(self, name, work):
        """Do a piece of scheduled work as a transaction of its own.

        Whoever meets another writer tries again; anything else that fails is rolled
        back, logged and returned.

        :param str name: what the log calls it
        :param work: function without arguments
        :return: ``(what the work returned or False, error text or False)``
        """
        for attempt in range(1, TRIES + 1):
            try:
                result = work()
                self.env.flush_all()
                return result, False
            except CONCURRENCY_ERRORS as error:
                self.env.cr.rollback()
                _logger.info("%s: try %s met %s", name, attempt, type(error).__name__)
                if attempt == TRIES:
                    return False, str(error)
            except UserError as error:
                self.env.cr.rollback()
                _logger.warning("%s failed: %s", name, error)
                return False, str(error)
            except Exception as error:
                self.env.cr.rollback()
                if self._is_evaluated_elsewhere(error):
                    _logger.info("%s is evaluated elsewhere", name)
                    return False, False
                _logger.exception("%s failed", name)
                return False, str(error)

    @api.model
    def _is_evaluated_elsewhere(self, error):
        """Whether another scheduler committed the same period a moment ago."""
        return (
            isinstance(error, UniqueViolation)
            and error.diag.constraint_name == ONE_A_PERIOD
        )

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
