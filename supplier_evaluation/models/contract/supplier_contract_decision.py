from odoo import fields, models


class SupplierContractDecision(models.Model):
    """Who submitted, approved, sent back or ended a contract, and why."""

    _name = "supplier.contract.decision"
    _inherit = ["supplier.register.mixin"]
    _description = "Contract Decision"
    _rec_name = "contract_id"

    contract_id = fields.Many2one(
        "supplier.contract",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    round = fields.Integer(
        readonly=True,
        aggregator=None,
        help="A submission starts a new round; approvals of earlier ones are void.",
    )
    decision = fields.Selection(
        selection=[
            ("submitted", "Submitted"),
            ("approved", "Approved"),
            ("sent_back", "Sent back"),
            ("in_force", "In force"),
            ("terminated", "Terminated"),
            ("ended", "Ended"),
            ("replaced", "Replaced"),
        ],
        required=True,
        readonly=True,
    )


class SupplierContract(models.Model):
    _inherit = "supplier.contract"

    decision_ids = fields.One2many(
        "supplier.contract.decision", "contract_id", string="Decisions", readonly=True
    )
