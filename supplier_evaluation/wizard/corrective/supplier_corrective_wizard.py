from odoo import api, fields, models


class SupplierCorrectiveWizard(models.TransientModel):
    """Asks what a step of a corrective action needs; the action checks who may."""

    _name = "supplier.corrective.wizard"
    _description = "Step of a Corrective Action"

    action_id = fields.Many2one("supplier.corrective.action", required=True)
    step_id = fields.Many2one(
        "supplier.corrective.action.step", domain="[('action_id', '=', action_id)]"
    )
    deed = fields.Selection(
        [
            ("answer", "Answer"),
            ("accept", "Accept"),
            ("reject", "Reject"),
            ("judge", "Did It Help?"),
            ("cancel", "Cancel"),
            ("reopen", "Reopen"),
        ],
        required=True,
        readonly=True,
    )
    answer = fields.Html(string="Answer of the Supplier")
    # Read with the rights of whoever asks: a step of another company tells nothing.
    given_answer = fields.Html(
        related="step_id.answer", related_sudo=False, string="Its Answer"
    )
    reason = fields.Text(string="Why")
    outcome = fields.Selection(
        [
            ("effective", "Yes: it is better"),
            ("not_proven", "It cannot be shown"),
            ("reopened", "No: look for the cause again"),
        ]
    )

    @api.onchange("step_id")
    def _onchange_step_id(self):
        if self.deed == "answer":
            self.answer = self.step_id.answer

    def action_apply(self):
        """Do it; whoever may not is refused by the action."""
        self.ensure_one()
        getattr(self, f"_apply_{self.deed}")()
        return {"type": "ir.actions.act_window_close"}

    def _apply_answer(self):
        self.step_id._answer(self.answer)

    def _apply_accept(self):
        self.step_id._accept(self.reason)

    def _apply_reject(self):
        self.step_id._reject(self.reason)

    def _apply_judge(self):
        self.action_id._judge(self.outcome, self.reason)

    def _apply_cancel(self):
        self.action_id._cancel(self.reason)

    def _apply_reopen(self):
        self.action_id._reopen(self.reason)
