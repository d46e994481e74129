from odoo import fields, models


class SupplierCertificationApproval(models.Model):
    """What one person decided in one step."""

    _name = "supplier.certification.approval"
    _inherit = ["supplier.register.mixin"]
    _description = "Certification Approval"
    _rec_name = "certification_id"

    certification_id = fields.Many2one(
        "supplier.certification",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    step_id = fields.Many2one(
        "supplier.certification.program.step",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
    )
    round = fields.Integer(
        readonly=True,
        aggregator=None,
        help="A submission starts a new round; decisions of earlier ones are void.",
    )
    decision = fields.Selection(
        selection=[
            ("approved", "Approved"),
            ("conditional", "Approved with conditions"),
            ("sent_back", "Sent back"),
            ("rejected", "Rejected"),
        ],
        required=True,
        readonly=True,
    )
    comment = fields.Text(readonly=True)
    # The name under which every register tells why.
    reason = fields.Text(related="comment")

    def _told(self):
        """Return these decisions for the form, the first one first."""
        labels = dict(self._fields["decision"]._description_selection(self.env))
        return [
            {
                "id": approval.id,
                "person": approval.user_id.sudo().name,
                "date": fields.Datetime.to_string(approval.date),
                "decision": approval.decision,
                "label": labels[approval.decision],
                "comment": approval.comment or "",
            }
            for approval in self.sorted("id")
        ]
