from odoo import fields, models

DECISIONS = [
    ("answered", "Answered"),
    ("accepted", "Answer Accepted"),
    ("rejected", "Rejected"),
    ("effective", "Effective"),
    ("not_proven", "Not Proven"),
    ("reopened", "Reopened"),
    ("cancelled", "Cancelled"),
]


class SupplierCorrectiveDecision(models.Model):
    """Who answered and decided what of a corrective action, when and why."""

    _name = "supplier.corrective.decision"
    _inherit = ["supplier.register.mixin"]
    _description = "Decision on a Corrective Action"
    _rec_name = "action_id"

    action_id = fields.Many2one(
        "supplier.corrective.action",
        string="Corrective Action",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    step_id = fields.Many2one(
        "supplier.corrective.action.step",
        readonly=True,
        ondelete="cascade",
    )
    decision = fields.Selection(DECISIONS, required=True, readonly=True)
    answer = fields.Html(string="Answer Then", readonly=True)
