from odoo import api, fields, models


class SupplierCertificationApproval(models.Model):
    """What one person decided in one step."""

    _name = "supplier.certification.approval"
    _inherit = ["supplier.guard.mixin"]
    _description = "Certification Approval"
    _order = "date desc, id desc"
    _rec_name = "certification_id"

    certification_id = fields.Many2one(
        "supplier.certification",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one("res.company", required=True, readonly=True)
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
    user_id = fields.Many2one("res.users", string="Who", required=True, readonly=True)
    date = fields.Datetime(string="When", required=True, readonly=True)
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

    @api.model
    def _guarded_fields(self):
        return super()._guarded_fields() | {
            name for name, field in self._fields.items() if field.store
        }
