from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date

from ....tools.wording import sentences
from ..columns import LATEST, SEALED_RUN_COLUMNS
from ..seal import verify_seals
from ..sealing.later import editions_of_older

LATER = ("later_seal_number", "later_seal_edition", "later_seal_date", "later_seal")


class SupplierEvaluation(models.Model):
    """Whether anything published was changed, and of which figures no seal says so."""

    _inherit = "supplier.evaluation"
    # A revision takes its place, and an upgrade may fill in figures.
    _sealed_anew = ("state", *LATER)

    later_seal_number = fields.Integer(readonly=True, copy=False, aggregator=None)
    later_seal_edition = fields.Integer(readonly=True, copy=False, aggregator=None)
    later_seal_date = fields.Datetime(readonly=True, copy=False)
    later_seal = fields.Char(
        readonly=True,
        copy=False,
        help="SHA-256 of the figures as an upgrade completed them after publishing.",
    )
    later_figures = fields.Char(
        string="Filled In Later",
        compute="_compute_later_figures",
        help="Figures that there were not yet when this was published.",
    )

    @api.model
    def _sealed_columns(self):
        """What it says of itself, and whether that counts; its chatter changes."""
        return sorted(
            {"revision", "cutoff", "template_snapshot", "seal_number", "seal", "state"}
            | {*SEALED_RUN_COLUMNS, *LATER}
        )

    def _set_state(self, state, **vals):
        result = super()._set_state(state, **vals)
        self.filtered("seal_number")._seal_soon(changed=True)
        return result

    @api.depends("state", "later_seal")
    @api.depends_context("lang")
    def _compute_later_figures(self):
        older = editions_of_older(self._origin)
        for evaluation in self:
            edition = older.get(evaluation._origin)
            evaluation.later_figures = edition is not None and (
                evaluation._say_later_figures(edition)
            )

    def _say_later_figures(self, edition):
        """Say what an upgrade filled in, and which seal covers it, if any.

        :param int edition: of the seals that were made when this was published
        """
        if self._are_later_figures_sealed():
            return self.env._(
                "An upgrade filled in these figures after publishing: %(figures)s. "
                "They were sealed on %(date)s: %(seal)s",
                figures=self._figures_since(edition),
                date=self._day_of_later_seal(),
                seal=self.later_seal,
            )
        return self.env._(
            "An upgrade filled in these figures after publishing: %(figures)s. No seal "
            "covers them.",
            figures=self._figures_since(max(edition, self.later_seal_edition)),
        )

    def action_verify_seals(self):
        """Check that nothing published of the company has been changed.

        :raises UserError: something was changed, or is missing
        """
        self.ensure_one()
        self.check_access("read")
        company = self.sudo().company_id
        broken = verify_seals(company)
        if broken:
            raise UserError(broken)
        older = editions_of_older(self.sudo().search([("company_id", "=", company.id)]))
        unsealed = {
            run: max(edition, run.later_seal_edition)
            for run, edition in older.items()
            if not run._are_later_figures_sealed()
        }
        sealed = {run: older[run] for run in older.keys() - unsealed.keys()}
        messages = [
            self.env._("All seals hold.")
            if unsealed
            else self.env._("Everything published is as it was published.")
        ]
        if sealed:
            messages.append(self._say_sealed_later(sealed))
        if unsealed:
            messages.append(self._say_not_sealed(unsealed))
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "warning" if unsealed else "success",
                "sticky": bool(older),
                "message": sentences(self.env, messages),
            },
        }

    @api.model
    def _say_sealed_later(self, editions):
        """Say what is sealed since an upgrade: at the latest since its last seal."""
        last = max(editions, key=lambda run: run.later_seal_date)
        return self.env._(
            "Evaluations of an earlier version: %(count)s. An upgrade filled in these "
            "figures after publishing: %(figures)s. They are as they were on %(date)s, "
            "when they got a seal of their own.",
            count=len(editions),
            figures=self._figures_since(min(editions.values())),
            date=last._day_of_later_seal(),
        )

    @api.model
    def _say_not_sealed(self, editions):
        """Say what no seal covers."""
        return self.env._(
            "Evaluations of an earlier version: %(count)s. An upgrade filled in these "
            "figures after publishing: %(figures)s. No seal covers them: if somebody "
            "changed them, it would not be found.",
            count=len(editions),
            figures=self._figures_since(min(editions.values())),
        )

    def _are_later_figures_sealed(self):
        return self.later_seal_edition == LATEST

    def _day_of_later_seal(self):
        day = self.company_id._supplier_day(self.later_seal_date)
        return format_date(self.env, day)

    @api.model
    def _figures_since(self, edition):
        """Say which figures are younger than an edition of the seals."""
        return {
            0: self.env._(
                "spend, dimensions, points lost, previous scores, figures of the "
                "others, targets, and points of the scale"
            ),
        }[edition]
