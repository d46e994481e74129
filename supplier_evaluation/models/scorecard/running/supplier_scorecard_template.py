from odoo import fields, models

from ....scoring.period import period_of


class SupplierScorecardTemplate(models.Model):
    """Whether a template looks at the period that is not over yet."""

    _inherit = "supplier.scorecard.template"

    is_live = fields.Boolean(
        string="Look at the Running Period",
        default=True,
        tracking=True,
        help="Every night the scheduled action computes a preview of the period that "
        "is not over yet. It is shown as “so far”, is never published and has no "
        "consequence. When the period is over, its evaluation takes the place of the "
        "preview.",
    )
    running_error = fields.Text(
        readonly=True,
        copy=False,
        help="Why the scheduled action could not look at the running period last time.",
    )

    def action_look_at_running(self):
        """Compute what the running period is so far, and open it.

        :raises UserError: the template cannot be used
        """
        self.ensure_one()
        self.check_access("write")
        company = self.company_id or self.env.company
        runs = self.env["supplier.evaluation"]
        run = runs._find_or_create(self, company, *self._running_period(company))
        run._look_until_now()
        return run.get_formview_action()

    def _running_period(self, company):
        """Return the first and last day of the period that is not over in a company."""
        self.ensure_one()
        return period_of(self.period, company._supplier_day(fields.Datetime.now()))

    def _note_running_error(self, error):
        """Show on the template why it was not looked at; empty: it was."""
        self.ensure_one()
        if (self.exists().running_error or "") == error:
            return
        if self.try_lock_for_update(allow_referencing=True):
            self.running_error = error or False
