from odoo import fields, models
from odoo.exceptions import UserError


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
        selection=[
            ("approve", "Approve"),
            ("approve_conditions", "Approve with conditions"),
            ("send_back", "Send back"),
            ("reject", "Reject"),
            ("suspend", "Suspend"),
            ("reinstate", "Reinstate"),
            ("revoke", "Revoke"),
        ],
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
        for certification in self.certification_ids:
            self._decide(certification)
        return {"type": "ir.actions.act_window_close"}

    def _decide(self, certification):
        if self.decision == "approve":
            certification._approve(self.comment)
        elif self.decision == "approve_conditions":
            certification._approve(self.comment, self.conditions, self.date_conditions)
        else:
            # The decisions that ask for a reason have methods of their names.
            getattr(certification, f"_{self.decision}")(self.comment)
