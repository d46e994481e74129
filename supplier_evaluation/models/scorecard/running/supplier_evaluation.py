from odoo import api, fields, models
from odoo.fields import Domain

from ..supplier_evaluation import SEALED


class SupplierEvaluation(models.Model):
    """The running period, looked at each night: a preview, never its result.

    It is the evaluation of the period before the period is over. Once it is, the
    scheduled action computes the same evaluation again, and no figure is left of it.

    All suppliers are measured each night: what others did, and the clock, change what
    is said of one of whom no record changed. Written is only what differs.
    """

    _inherit = "supplier.evaluation"

    is_running = fields.Boolean(
        string="So Far",
        compute="_compute_is_running",
        search="_search_is_running",
        help="A preview of the period that is not over yet.",
    )

    @api.depends("state", "is_preview", "date_from", "date_to")
    def _compute_is_running(self):
        running = self._running(self.company_id)
        for evaluation in self:
            evaluation.is_running = evaluation in running

    @api.model
    def _search_is_running(self, operator, value):
        if operator != "in":
            return NotImplemented
        # Odoo asks for the running ones, or for all.
        return (
            Domain.TRUE if False in value else Domain("id", "in", self._running().ids)
        )

    @api.model
    def _running(self, companies=None):
        """Return the previews of the periods that are not over.

        :param companies: whose; by default, those that the user acts in
        :return: computed evaluations, at most one per template and company
        """
        companies = self.env.companies if companies is None else companies
        previews = self.search(
            [
                ("company_id", "in", companies.ids),
                ("state", "=", "computed"),
                ("is_preview", "=", True),
                ("template_id.active", "=", True),
            ]
        )
        # Somebody may have looked at other days than those of a period, too.
        return previews.filtered(
            lambda run: (
                (run.date_from, run.date_to)
                == run.template_id._running_period(run.company_id)
            )
        )

    # ------------------------------------------------------------
    # Cron
    # ------------------------------------------------------------

    @api.model
    def _cron_look_at_running_periods(self):
        """Compute how every running period is so far.

        Each is one transaction: one that fails is rolled back, noted on its template
        and tried again in the next night; the others go on.

        :raises Exception: the error of one that failed, when the others are done
        """
        self._work_through_periods(
            "Running period",
            self._running_periods(),
            self._look_at_running,
            lambda template, text: template._note_running_error(text),
            stays=True,
        )

    @api.model
    def _running_periods(self):
        """Return ``(template, company, date_from, date_to)`` of what is not over."""
        templates = self.env["supplier.scorecard.template"].search(
            [("is_scheduled", "=", True), ("is_live", "=", True)]
        )
        companies = self.env["res.company"].search([("active", "=", True)])
        periods = [
            (template, company, *template._running_period(company))
            for template in templates
            for company in template.company_id or companies
        ]
        return [period for period in periods if period[3] >= period[0].date_start]

    @api.model
    def _look_at_running(self, template, company, date_from, date_to):
        """Compute one running period; return whether it was done here.

        :raises LockError: another worker is at it
        """
        run = self._find_or_create(template, company, date_from, date_to)
        run._look_until_now()
        return True

    def _look_until_now(self):
        """Compute the preview of a period that is not over, with all that came."""
        self.ensure_one()
        self._claim()
        now = fields.Datetime.now()
        if self.state in SEALED or now >= self._period_end():
            return  # it ended a moment ago, and is evaluated by its own action
        self._write_guarded({"cutoff": now})
        self.action_compute()
