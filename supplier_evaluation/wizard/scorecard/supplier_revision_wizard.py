from odoo import api, fields, models
from odoo.exceptions import UserError

from ...models.base.supplier_adjustment import check_reason
from ...models.scorecard.supplier_evaluation import ASK_REVISION


class SupplierRevisionWizard(models.TransientModel):
    """Until when a revision looks at records is chosen by whoever revises."""

    _name = "supplier.revision.wizard"
    _description = "Revise an Evaluation"

    evaluation_id = fields.Many2one("supplier.evaluation", required=True)
    stale_count = fields.Integer(related="evaluation_id.stale_count")
    stale_difference = fields.Float(related="evaluation_id.stale_difference")
    basis = fields.Selection(
        [
            ("same", "As what is published"),
            ("now", "Now"),
            ("chosen", "A moment that I choose"),
        ],
        string="Look at Records Until",
        required=True,
        default="same",
        help="With the cut-off of what is published, the revision differs by what was "
        "booked, changed or deleted later; until now, also by what happened later.",
    )
    cutoff = fields.Datetime(
        string="Data Until (Cut-off)",
        compute="_compute_cutoff",
        store=True,
        readonly=False,
        required=True,
    )
    reason = fields.Char(string="Why", required=True)

    @api.depends("basis", "evaluation_id")
    def _compute_cutoff(self):
        for wizard in self:
            if wizard.basis == "now":
                wizard.cutoff = fields.Datetime.now()
            else:
                wizard.cutoff = wizard.evaluation_id.cutoff

    def action_apply(self):
        """Open the revision, with this cut-off, and say why it is made.

        :raises UserError: the evaluation is not published
        :raises ValidationError: the cut-off is before the period
        """
        self.ensure_one()
        check_reason(self)
        evaluation = self.evaluation_id.with_context(**{ASK_REVISION: False})
        action = evaluation.action_revise()
        revision = self.env["supplier.evaluation"].browse(action["res_id"])
        if revision.cutoff != self.cutoff:
            self._check_nothing_computed(revision)
            revision.cutoff = self.cutoff
        revision.message_post(body=self.env._("Revised: %s", self.reason))
        return action

    def _check_nothing_computed(self, revision):
        """What somebody computed and looked through does not vanish by a dialog."""
        if revision.state == "computed":
            raise UserError(
                self.env._(
                    "%s is computed already, with another cut-off: open it, and set it "
                    "back there.",
                    revision.name,
                )
            )
