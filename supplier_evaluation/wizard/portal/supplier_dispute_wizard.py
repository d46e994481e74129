from odoo import fields, models

from ...models.portal.supplier_dispute import OUTCOMES
from ...tools.optional_numbers import OptionalFloat


class SupplierDisputeWizard(models.TransientModel):
    """How a dispute is decided, and what the supplier is told."""

    _name = "supplier.dispute.wizard"
    _description = "Decide on a Dispute"

    dispute_id = fields.Many2one("supplier.dispute", required=True)
    decision = fields.Selection(
        [("accepted", "Accept"), ("rejected", "Reject")],
        required=True,
        default="accepted",
    )
    outcome = fields.Selection(
        OUTCOMES,
        string="What Changes",
        default=lambda self: self._default_outcome(),
        help="A revision of the evaluation is computed with it. Somebody else than "
        "whoever decides publishes that, unless the template lets anybody publish "
        "what was changed by hand.",
    )
    score = OptionalFloat(string="Right Score", digits=(5, 2))
    answer = fields.Text(required=True, help="The supplier reads it in the portal.")

    def _default_outcome(self):
        dispute = self.env["supplier.dispute"].browse(
            self.env.context.get("default_dispute_id")
        )
        return "exclusion" if dispute.fact_id else "score"

    def action_apply(self):
        """Decide; what is accepted opens the revision.

        :raises AccessError: the user must not decide on it
        :raises UserError: what was chosen cannot be done
        """
        self.ensure_one()
        if self.decision == "rejected":
            self.dispute_id._reject(self.answer)
            return {"type": "ir.actions.act_window_close"}
        revision = self.dispute_id._accept(self.outcome, self.answer, self.score)
        return revision.get_formview_action()
