from odoo import fields, models
from odoo.exceptions import UserError

# Each decision: its label, and what carries it out with what the dialog asked for.
DECISIONS = {
    "approve": ("Approve", lambda one, asked: one._approve(asked.comment)),
    "approve_conditions": (
        "Approve with conditions",
        lambda one, asked: one._approve(
            asked.comment, asked.conditions, asked.date_conditions
        ),
    ),
    "send_back": ("Send back", lambda one, asked: one._send_back(asked.comment)),
    "reject": ("Reject", lambda one, asked: one._reject(asked.comment)),
    "suspend": ("Suspend", lambda one, asked: one._suspend(asked.comment)),
    "keep": (
        "Keep in force",
        lambda one, asked: one._dismiss_suspension(asked.comment),
    ),
    "reinstate": ("Reinstate", lambda one, asked: one._reinstate(asked.comment)),
    "revoke": ("Revoke", lambda one, asked: one._revoke(asked.comment)),
}


class SupplierCertificationDecisionWizard(models.TransientModel):
    """Asks why, before a certification is decided on."""

    _name = "supplier.certification.decision.wizard"
    _description = "Decide on Certifications"

    certification_ids = fields.Many2many(
        "supplier.certification",
        relation="supplier_certification_decision_rel",
        required=True,
    )
    decision = fields.Selection(
        selection=[(name, label) for name, (label, _call) in DECISIONS.items()],
        required=True,
        readonly=True,
    )
    comment = fields.Text()
    conditions = fields.Text(help="What the supplier still has to do.")
    date_conditions = fields.Date(
        string="Until", help="The certification ends on this day unless they are met."
    )

    def action_apply(self):
        """Carry out the decision; who may is checked by the certification."""
        self.ensure_one()
        if (
            self.decision == "approve_conditions"
            and not (self.conditions or "").strip()
        ):
            raise UserError(
                self.env._("Say which conditions the supplier has to meet.")
            )
        _label, decide = DECISIONS[self.decision]
        for certification in self.certification_ids:
            decide(certification, self)
        return {"type": "ir.actions.act_window_close"}
